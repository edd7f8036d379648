// The list of credentials and stored secrets: whose each is, how old its value is, when it ends, when it was used.
import { KeyRound, Lock } from 'lucide-react'
import type { CredentialRow } from '@/core/list'
import { spanWords } from '@/app/_inventory/show-value'
import { typeTitle } from '@/app/_inventory/type-title'
import { CREDENTIAL_KIND_WORDS, FORM_WORDS } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Link } from '@/app/_ui/link'
import { Moment, daysSince } from '@/app/_ui/moment'

const ICONS = { credential: KeyRound, secret: Lock }

function Badge({ children }: { children: string }) {
  return <span className="badge rounded-sm border border-hairline px-1 text-micro">{children}</span>
}

function Name({ row }: { row: CredentialRow }) {
  const Icon = ICONS[row.kind]
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Icon size={15} aria-hidden className="shrink-0 text-muted" />
      <span className="sr-only">{CREDENTIAL_KIND_WORDS[row.kind]}:</span>
      <Link
        href={`/credentials/${row.id}`}
        data-row-link
        prefetch={false}
        className="row-link truncate"
        title={row.name}
      >
        {row.name}
      </Link>
      {row.count !== undefined && <Badge>{`${row.count.toLocaleString('en')} or more`}</Badge>}
      {row.enabled?.value === false && !row.retiredAt && <Badge>Disabled</Badge>}
      {row.retiredAt && <Badge>Gone</Badge>}
    </span>
  )
}

function BelongsTo({ row: { identity } }: { row: CredentialRow }) {
  if (!identity) return <span className="text-muted">Kept in a store</span>
  if (identity.state !== 'known')
    return <span className="text-muted">{identity.state === 'absent' ? 'Nobody' : 'Unknown'}</span>
  if (!identity.id)
    return (
      <span className="truncate text-muted" title={identity.nativeId}>
        {identity.nativeId} (not seen)
      </span>
    )
  return (
    <Link
      href={`/identities/${identity.id}`}
      prefetch={false}
      className="link truncate"
      title={identity.name}
    >
      {identity.name}
    </Link>
  )
}

/** A date that may be missing for two reasons, each with its word. */
function When({ of: { state, at }, none }: { of: CredentialRow['value']; none: string }) {
  if (at) return <Moment at={at} />
  return <span className="text-muted">{state === 'absent' ? none : 'Unknown'}</span>
}

function Age({ row: { value } }: { row: CredentialRow }) {
  if (value.at) return `${daysSince(value.at).toLocaleString('en')} d`
  return <span className="text-muted">{value.state === 'absent' ? 'No date' : 'Unknown'}</span>
}

/** How a credential proves itself; how a stored secret is renewed. */
function Form({ row: { kind, form, rotates, copiedEvery } }: { row: CredentialRow }) {
  if (kind === 'credential') return FORM_WORDS[form ?? ''] ?? form
  if (copiedEvery?.seconds !== undefined) return `Copied every ${spanWords(copiedEvery.seconds)}`
  if (copiedEvery?.state === 'absent') return 'Copied once'
  if (rotates?.value !== undefined) return rotates.value ? 'Rotates' : 'Does not rotate'
  return (
    <span className="text-muted">{rotates?.state === 'absent' ? 'Does not rotate' : 'Rotation unknown'}</span>
  )
}

const COLUMNS: Column<CredentialRow>[] = [
  {
    key: 'name',
    title: 'Name',
    sorts: ['name', '-name'],
    className: 'w-[20%]',
    cell: (row) => <Name row={row} />,
  },
  {
    key: 'type',
    title: 'Type',
    className: 'w-[12%]',
    cell: (row) => <span title={typeTitle(row.type)}>{typeTitle(row.type)}</span>,
  },
  { key: 'identity', title: 'Belongs to', className: 'w-[15%]', cell: (row) => <BelongsTo row={row} /> },
  {
    key: 'scope',
    title: 'Scope',
    className: 'w-[11%] max-xl:hidden',
    cell: (row) => (
      <span className="block truncate text-muted" title={`${row.scope.name} (${row.scope.nativeId})`}>
        {row.scope.name}
      </span>
    ),
  },
  {
    key: 'form',
    title: 'Form or renewal',
    className: 'w-[12%]',
    cell: (row) => <Form row={row} />,
  },
  {
    key: 'age',
    title: 'Age of value',
    sorts: ['age', '-age'],
    largestFirst: true,
    numeric: true,
    className: 'w-[11%]',
    cell: (row) => <Age row={row} />,
  },
  {
    key: 'expires',
    title: 'Expires',
    sorts: ['expires', '-expires'],
    className: 'w-[9%]',
    cell: (row) => <When of={row.expires} none="Never" />,
  },
  {
    key: 'lastUsed',
    title: 'Last used',
    className: 'w-[10%]',
    cell: (row) => <When of={row.lastUsed} none="None seen" />,
  },
]

type Props = { rows: CredentialRow[]; sort: string; sortHref: (sort: string) => string }
export function CredentialTable({ rows, sort, sortHref }: Props) {
  return (
    <DataTable
      fixed
      caption="Credentials"
      columns={COLUMNS}
      rows={rows}
      rowKey={(row) => row.id}
      dimmed={(row) => row.retiredAt !== undefined}
      sort={sort}
      sortHref={sortHref}
    />
  )
}
