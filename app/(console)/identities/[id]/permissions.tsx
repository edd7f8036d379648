// What it may do: the verdict with its reasons, then every grant it holds.
import { noneOf } from '@/app/_inventory/none-of'
import type { GrantView, IdentityDetail } from '@/inventory/queries/types'
import { PrivilegeCell } from '@/app/_inventory/privilege-cell'
import { whyWords } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'

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

export function PermissionsSection({ detail: { facts, grants, looks } }: { detail: IdentityDetail }) {
  const { privilege } = facts
  return (
    <Section id="permissions" title="Permissions">
      <div className="mb-3 rounded-lg border border-hairline px-3 py-2.5">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="text-muted">Judged over all it holds:</span>
          <PrivilegeCell
            privilege={
              privilege.state === 'known'
                ? privilege.value.class
                : privilege.state === 'absent'
                  ? 'none'
                  : 'unknown'
            }
          />
        </p>
        {privilege.state === 'unknown' && (
          <p className="mt-1 text-muted">
            {whyWords(privilege.why)} ({privilege.source}){privilege.detail && `: ${privilege.detail}`}
          </p>
        )}
        {privilege.state === 'known' && privilege.value.because.length > 0 && (
          <ul className="mt-1 list-disc pl-5 text-muted">
            {privilege.value.because.map((reason) => (
              <li key={reason} className="[overflow-wrap:anywhere]">
                {reason}
              </li>
            ))}
          </ul>
        )}
      </div>
      {grants.rows.length ? (
        <DataTable caption="Grants" columns={COLUMNS} rows={grants.rows} rowKey={(g) => g.id} />
      ) : (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">
          {noneOf(looks, 'grant', 'It holds no permission set.')}
        </p>
      )}
      {grants.more && <p className="mt-2 text-caption text-muted">There are more than are shown here.</p>}
    </Section>
  )
}
