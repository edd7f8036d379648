// Findings as sentences, the worst first. For places that are not the findings list itself.
import { Link } from '@/app/_ui/link'
import type { FindingRow } from '@/core/list'
import { Moment } from '@/app/_ui/moment'
import { subjectPrefix } from './finding-subject'
import { FindingVerdict } from './finding-verdict'
import { ruleTitle } from './rule-meta'

type Props = { findings: FindingRow[]; none: string; /** Names the subject of each. */ subjects?: boolean }
export function FindingList({ findings, none, subjects = false }: Props) {
  if (!findings.length)
    return <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">{none}</p>
  return (
    <ul className="divide-y divide-hairline rounded-lg border border-hairline">
      {findings.map((finding) => (
        <li
          key={finding.id}
          className="flex items-start gap-3 px-3 py-2.5 hover:bg-hover max-sm:flex-col max-sm:gap-1.5"
        >
          <span className="flex w-26 shrink-0 pt-px">
            <FindingVerdict finding={finding} />
          </span>
          <span className="min-w-0 flex-1">
            <Link href={`/findings/${finding.id}`} data-row-link prefetch={false} className="row-link">
              {ruleTitle(finding.ruleId)}
            </Link>
            {subjects && (
              <span className="text-muted [overflow-wrap:anywhere]">
                {' '}
                · {subjectPrefix(finding.subject)}
                {finding.subject.name}
              </span>
            )}
            <span className="block text-muted [overflow-wrap:anywhere]">{finding.message}</span>
          </span>
          <span className="shrink-0 text-caption text-muted">
            <Moment at={finding.resolvedAt ?? finding.openedAt} />
          </span>
        </li>
      ))}
    </ul>
  )
}
