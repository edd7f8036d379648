// The identity list: who it is, who answers for it, what it may do, when it was used, how old its keys are.
import { Link } from '@/app/_ui/link'
import type { IdentityRow } from '@/core/list'
import { ClassIcon } from '@/app/_inventory/class-icon'
import { OwnerCell } from '@/app/_inventory/owner-cell'
import { PrivilegeCell } from '@/app/_inventory/privilege-cell'
import { typeTitle } from '@/app/_inventory/type-title'
import { CLASS_WORDS } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment, daysSince } from '@/app/_ui/moment'
import { SeverityMark } from '@/app/_ui/severity'

function Name({ row }: { row: IdentityRow }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ClassIcon of={row.class} />
      <span className="sr-only">{CLASS_WORDS[row.class]}:</span>
      <Link
        href={`/identities/${row.id}`}
        data-row-link
        prefetch={false}
        className="row-link truncate"
        title={row.name}
      >
        {row.name}
      </Link>
      {row.retiredAt && <span className="badge rounded-sm border border-hairline px-1 text-micro">Gone</span>}
    </span>
  )
}

function LastUsed({ row }: { row: IdentityRow }) {
  const { state, at } = row.lastUsed
  if (at) return <Moment at={at} />
  return <span className="text-muted">{state === 'absent' ? 'None seen' : 'Unknown'}</span>
}

function Findings({ row }: { row: IdentityRow }) {
  if (row.worst) return <SeverityMark severity={row.worst} count={row.failing} />
  const none = row.judged || row.retiredAt ? 'None' : 'Not judged yet'
  return <span className="text-muted">{row.unknowns > 0 ? `${row.unknowns} not decided` : none}</span>
}

const COLUMNS: Column<IdentityRow>[] = [
  {
    key: 'name',
    title: 'Name',
    sorts: ['name', '-name'],
    className: 'w-[22%]',
    cell: (row) => <Name row={row} />,
  },
  {
    key: 'type',
    className: 'w-[11%]',
    title: 'Type',
    cell: (row) => <span className="whitespace-nowrap">{typeTitle(row.type)}</span>,
  },
  {
    key: 'scope',
    className: 'w-[12%] max-xl:hidden',
    title: 'Scope',
    cell: (row) => (
      <span className="block truncate text-muted" title={`${row.scope.name} (${row.scope.nativeId})`}>
        {row.scope.name}
      </span>
    ),
  },
  {
    key: 'owner',
    title: 'Owner',
    className: 'w-[14%]',
    cell: (row) => (
      <OwnerCell owner={row.owner} expected={row.class === 'machine' || row.class === 'unclear'} />
    ),
  },
  {
    key: 'privilege',
    title: 'Privilege',
    className: 'w-[13.5%]',
    cell: (row) => <PrivilegeCell privilege={row.privilege} />,
  },
  {
    key: 'lastUsed',
    title: 'Last used',
    sorts: ['-lastUsed', 'lastUsed'],
    className: 'w-[9%]',
    cell: (row) => <LastUsed row={row} />,
  },
  {
    key: 'oldestCredential',
    className: 'w-[9%]',
    largestFirst: true,
    title: 'Oldest key',
    sorts: ['oldestCredential'],
    numeric: true,
    cell: (row) =>
      row.oldestCredentialAt ? (
        `${daysSince(row.oldestCredentialAt).toLocaleString('en')} d`
      ) : (
        <span className="text-muted">
          {row.credentials > 0 ? 'No date' : row.credentialsState === 'known' ? 'None' : 'Unknown'}
        </span>
      ),
  },
  {
    key: 'worst',
    title: 'Findings',
    sorts: ['worst'],
    largestFirst: true,
    className: 'w-[10.5%]',
    cell: (row) => <Findings row={row} />,
  },
]

type Props = { rows: IdentityRow[]; sort: string; sortHref: (sort: string) => string }
export function IdentityTable({ rows, sort, sortHref }: Props) {
  return (
    <DataTable
      fixed
      caption="Identities"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => row.id}
      dimmed={(row) => row.retiredAt !== undefined}
      sort={sort}
      sortHref={sortHref}
    />
  )
}
