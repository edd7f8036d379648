// The audits that name an auditor, with what is open in each: what their home leads to.
import type { AuditRow } from '@/governance/audits/list-audits'
import { Link } from '@/app/_ui/link'
import { absolute } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { Counts } from '../audits/words'

export function HomeAudits({ audits }: { audits: readonly AuditRow[] }) {
  return (
    <Section
      id="audits"
      title="Your audits"
      aside={
        <Link href="/audits" className="link">
          All audits
        </Link>
      }
    >
      {audits.length > 0 ? (
        <ul className="divide-y divide-hairline rounded-lg border border-hairline">
          {audits.map((audit) => (
            <li
              key={audit.id}
              className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 px-3 py-2.5"
            >
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <Link href={`/audits/${audit.id}`} prefetch={false} className="row-link">
                  {audit.title}
                </Link>
                <span className="block text-caption text-muted">
                  {absolute(audit.from, false)} to {absolute(audit.to, false)}
                </span>
              </span>
              <Counts audit={audit} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">
          No open audit names you.
        </p>
      )}
    </Section>
  )
}
