// Findings one by one: how bad, what about, what it says, since when.
import { Link } from '@/app/_ui/link'
import type { FindingRow } from '@/core/list'
import { subjectHref, subjectTitle } from '@/app/_inventory/finding-subject'
import { FindingVerdict } from '@/app/_inventory/finding-verdict'
import { ruleTitle } from '@/app/_inventory/rule-meta'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment } from '@/app/_ui/moment'
import { STATUS_TITLES } from '../triage-fields'

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
        {row.triage && (
          <span className="block truncate text-caption text-muted">
            {[
              STATUS_TITLES[row.triage.status],
              row.triage.assignee?.name,
              row.triage.note && `“${row.triage.note}”`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        )}
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
        <Link
          href={row.identityId ? `/identities/${row.identityId}` : subjectHref(row.subject)}
          className="link"
        >
          {row.subject.name}
        </Link>
        <span className="block text-caption text-muted">{subjectTitle(row.subject)}</span>
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

/** Only where something can be done with what is selected. */
const SELECT: Column<FindingRow> = {
  key: 'select',
  title: 'Select',
  className: 'w-16',
  cell: (row) =>
    row.state === 'open' && (
      <input
        type="checkbox"
        name="finding"
        value={row.id}
        aria-label={`Select ${ruleTitle(row.ruleId)}: ${row.subject.name}`}
        className="size-4"
      />
    ),
}

type Props = {
  rows: FindingRow[]
  sort: string
  sortHref: (sort: string) => string
  selectable: boolean
}
export function FindingTable({ rows, sort, sortHref, selectable }: Props) {
  return (
    <DataTable
      fixed
      caption="Findings"
      columns={selectable ? [SELECT, ...COLUMNS] : COLUMNS}
      rows={rows}
      rowKey={(row) => row.id}
      dimmed={(row) => row.state === 'resolved'}
      sort={sort}
      sortHref={sortHref}
    />
  )
}
