// Findings one by one: how bad, what about, what it says, since when.
import { Link } from '@/app/_ui/link'
import type { FindingRow } from '@/core/list'
import { FindingVerdict } from '@/app/_inventory/finding-verdict'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment } from '@/app/_ui/moment'

const COLUMNS: Column<FindingRow>[] = [
  {
    key: 'severity',
    title: 'Severity',
    sorts: ['severity'],
    largestFirst: true,
    className: 'w-32',
    cell: (row) => <FindingVerdict finding={row} />,
  },
  {
    key: 'rule',
    title: 'Finding',
    cell: (row) => (
      <span className="block ">
        <Link href={`/findings/${row.id}`} data-row-link prefetch={false} className="row-link">
          {ruleTitle(row.ruleId)}
        </Link>
        <span className="line-clamp-2 whitespace-normal text-muted [overflow-wrap:anywhere]">
          {row.message}
        </span>
      </span>
    ),
  },
  {
    key: 'subject',
    className: 'w-[24%]',
    title: 'About',
    sorts: ['subject'],
    cell: (row) => (
      <span className="block truncate" title={row.subject.name}>
        {row.identityId ? (
          <Link href={`/identities/${row.identityId}`} className="link">
            {row.subject.name}
          </Link>
        ) : (
          row.subject.name
        )}
        <span className="block text-caption text-muted">
          {row.subject.kind === 'credential' ? 'Credential' : 'Identity'}
        </span>
      </span>
    ),
  },
  {
    key: 'scope',
    className: 'w-[14%]',
    title: 'Scope',
    cell: (row) => (
      <span className="block truncate text-muted" title={row.scope.name}>
        {row.scope.name}
      </span>
    ),
  },
  {
    key: 'opened',
    className: 'w-[9%]',
    title: 'Since',
    sorts: ['-opened', 'opened'],
    cell: (row) => <Moment at={row.openedAt} />,
  },
]

type Props = { rows: FindingRow[]; sort: string; sortHref: (sort: string) => string }
export function FindingTable({ rows, sort, sortHref }: Props) {
  return (
    <DataTable
      fixed
      caption="Findings"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => row.id}
      dimmed={(row) => row.state === 'resolved'}
      sort={sort}
      sortHref={sortHref}
    />
  )
}
