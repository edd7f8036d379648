// What it may do: the verdict with its reasons, then every grant it holds.
import { noneOf } from '@/app/_inventory/none-of'
import type { GrantView, IdentityDetail } from '@/inventory/queries/types'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'
import { PrivilegeCard } from './privilege-card'
import { SeenInUse } from './seen-in-use'

const VIA = { attached: 'Attached', inline: 'Inline', group: 'Through a group' }

const COLUMNS: Column<GrantView>[] = [
  {
    key: 'name',
    title: 'Permission set',
    cell: (g) => <span className="font-medium [overflow-wrap:anywhere]">{g.entitlement.name}</span>,
  },
  {
    key: 'effect',
    title: 'Effect',
    cell: (g) => (g.effect === 'allow' ? 'Allows' : 'Limits what the others allow'),
  },
  { key: 'via', title: 'How', cell: (g) => `${VIA[g.via]}${g.viaName ? ` ${g.viaName}` : ''}` },
  {
    key: 'by',
    title: 'Kept by',
    cell: (g) =>
      g.entitlement.managedBy === 'provider'
        ? 'The provider'
        : g.entitlement.managedBy === 'customer'
          ? 'You'
          : 'Unknown',
  },
  {
    key: 'document',
    title: 'Document',
    cell: (g) =>
      g.entitlement.documentKnown ? (
        <StateWord tone="ok">Read</StateWord>
      ) : (
        <StateWord tone="unknown">Unknown</StateWord>
      ),
  },
  { key: 'at', title: 'Seen', cell: (g) => <Moment at={g.at} /> },
]
const IN_USE: Column<GrantView> = {
  key: 'exercised',
  title: 'Seen in use',
  cell: (g) => <SeenInUse grant={g} />,
}
/** Few sources tell what is used of a permission set: where none does, nothing is said of it. */
const columnsFor = (grants: readonly GrantView[]): Column<GrantView>[] =>
  grants.some(({ exercised }) => exercised)
    ? [...COLUMNS.slice(0, -1), IN_USE, ...COLUMNS.slice(-1)]
    : COLUMNS

type Props = {
  detail: IdentityDetail
  /** Whether the reader may ask further. */
  asks: boolean
}
export function PermissionsSection({ detail: { identity, facts, grants, looks }, asks }: Props) {
  const { privilege } = facts
  return (
    <Section id="permissions" title="Permissions">
      <PrivilegeCard identity={identity} privilege={privilege} asks={asks} />
      {grants.rows.length ? (
        <DataTable
          caption="Grants"
          columns={columnsFor(grants.rows)}
          rows={grants.rows}
          rowKey={(g) => g.id}
        />
      ) : (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">
          {noneOf(looks, 'grant', 'It holds no permission set.')}
        </p>
      )}
      {grants.more && <p className="mt-2 text-caption text-muted">There are more than are shown here.</p>}
    </Section>
  )
}
