// Links to the parts of the page, in its order; stays in view while scrolling.
import type { IdentityDetail } from '@/inventory/queries/types'

type Part = [string, string, number?]

export function SectionNav({ detail, lineage }: { detail: IdentityDetail; lineage: string }) {
  const open = detail.findings.rows.filter((finding) => finding.state === 'open').length
  const { becomeIt, itBecomes, restsOn, reaches } = detail.connections
  const shown = [becomeIt, itBecomes, restsOn, reaches]
  const workloads = detail.usedBy.rows.length
  const parts: Part[] = [
    ['lineage', lineage],
    ...(workloads ? [['workloads', 'Workloads', workloads] satisfies Part] : []),
    ['findings', 'Findings', open],
    ['credentials', 'Credentials', detail.credentials.rows.length],
    ['permissions', 'Permissions', detail.grants.rows.length],
    ['trust', 'Who can become it', detail.trust.rows.length],
    ['connections', 'Connections', shown.reduce((sum, { rows }) => sum + rows.length, 0)],
    ['ownership', 'Ownership'],
    ['evidence', 'Evidence'],
    ['timeline', 'Timeline'],
  ]
  return (
    <nav
      aria-label="Parts of this page"
      className="sticky top-(--bar) z-10 -mx-4 mt-3 mb-5 overflow-x-auto border-b border-hairline bg-bg px-4 sm:-mx-6 sm:px-6 print:hidden"
    >
      <ul className="flex gap-1">
        {parts.map(([id, title, n]) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="inline-flex h-9 items-center gap-1 rounded-sm px-2 whitespace-nowrap text-muted -outline-offset-2 hover:text-ink"
            >
              {title}
              {n !== undefined && <span className="tabular text-caption">{n}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
