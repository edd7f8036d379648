// Identities by who answers for them: what is known, what is suggested, and a box to confirm with where one is surest.
import type { OwnershipRow } from '@/governance/owners/list-ownership'
import { typeTitle } from '@/app/_inventory/type-title'
import { OwnerCell } from '@/app/_inventory/owner-cell'
import { DataTable, type Column } from '@/app/_list/data-table'
import { SuggestionWords } from '@/app/_owners/suggestion'
import { Link } from '@/app/_ui/link'
import { Moment } from '@/app/_ui/moment'
import { StateWord, type Tone } from '@/app/_ui/state-word'

export const OWNERSHIP_WORDS: Record<OwnershipRow['ownership'], { tone: Tone; title: string }> = {
  unconfirmed: { tone: 'waiting', title: 'Not confirmed' },
  confirmed: { tone: 'ok', title: 'Confirmed' },
  disputed: { tone: 'warn', title: 'Disputed' },
  left: { tone: 'danger', title: 'Owner has left' },
}
/** So many suggestions are told in a row; all of them are on the page of the identity. */
const SHOWN_MAX = 3

export const canConfirm = ({ ownership, suggestions }: OwnershipRow) =>
  ownership === 'unconfirmed' && suggestions.some(({ isBest }) => isBest)

function State({ row }: { row: OwnershipRow }) {
  const { tone, title } = OWNERSHIP_WORDS[row.ownership]
  return (
    <>
      <StateWord tone={tone}>{title}</StateWord>
      {row.confirmed && (
        <span className="block text-caption text-muted">
          by {row.confirmed.by} <Moment at={row.confirmed.at} />
        </span>
      )}
      {row.dispute && (
        <span className="block text-caption text-muted [overflow-wrap:anywhere]">
          {row.dispute.by}: {row.dispute.why}
        </span>
      )}
    </>
  )
}

function Suggested({ row }: { row: OwnershipRow }) {
  const { suggestions } = row
  const more = suggestions.length - SHOWN_MAX
  if (!suggestions.length) return <span className="text-muted">Nothing speaks for anybody</span>
  return (
    <div className="flex min-w-48 flex-col gap-1.5 whitespace-normal">
      {suggestions.slice(0, SHOWN_MAX).map((one) => (
        <SuggestionWords key={one.key} suggestion={one} />
      ))}
      {more > 0 && <p className="text-caption text-muted">and {more} more</p>}
    </div>
  )
}

const COLUMNS: Column<OwnershipRow>[] = [
  {
    key: 'name',
    title: 'Identity',
    cell: (row) => (
      <span className="block min-w-40 whitespace-normal">
        <Link
          href={`/identities/${row.id}#ownership`}
          data-row-link
          prefetch={false}
          className="row-link [overflow-wrap:anywhere]"
        >
          {row.name}
        </Link>
        <span className="block text-caption text-muted">
          {typeTitle(row.type)} in {row.scope.name}
        </span>
      </span>
    ),
  },
  { key: 'state', title: 'State', cell: (row) => <State row={row} /> },
  {
    key: 'owner',
    title: 'Owner',
    cell: (row) => (
      <>
        <OwnerCell owner={row.owner} />
        {row.declared?.differs && (
          <span className="block text-caption font-medium text-sev-medium-text">
            The OWNERS file says {row.declared.owner}, line {row.declared.line}
          </span>
        )}
      </>
    ),
  },
  { key: 'suggested', title: 'Suggested', cell: (row) => <Suggested row={row} /> },
]

const SELECT: Column<OwnershipRow> = {
  key: 'select',
  title: 'Select',
  cell: (row) =>
    canConfirm(row) && (
      <input
        type="checkbox"
        name="identity"
        value={row.id}
        aria-label={`Select ${row.name}`}
        className="size-4"
      />
    ),
}

export function OwnershipTable({ rows, selectable }: { rows: OwnershipRow[]; selectable: boolean }) {
  const columns = selectable && rows.some(canConfirm) ? [SELECT, ...COLUMNS] : COLUMNS
  return <DataTable caption="Identities by owner" columns={columns} rows={rows} rowKey={(row) => row.id} />
}
