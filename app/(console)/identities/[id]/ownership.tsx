// Who answers for it, how that is known, and every hint that names somebody.
import type { IdentityDetail } from '@/inventory/queries/types'
import { FactSource, FactValue } from '@/app/_inventory/fact-value'
import { DataTable, type Column } from '@/app/_list/data-table'
import type { OwnerHintView } from '@/inventory/queries/types'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'

const NAMES = { person: 'A person', team: 'A team', unclear: 'A person or a team' }
const COLUMNS: Column<OwnerHintView>[] = [
  {
    key: 'value',
    title: 'Names',
    cell: (hint) => <span className="font-medium [overflow-wrap:anywhere]">{hint.value}</span>,
  },
  { key: 'what', title: 'Which is', cell: (hint) => NAMES[hint.names] },
  {
    key: 'via',
    title: 'Known from',
    cell: (hint) => <code className="font-mono text-caption">{hint.via}</code>,
  },
  { key: 'at', title: 'Seen', cell: (hint) => <Moment at={hint.at} /> },
]

export function OwnershipSection({ detail: { facts, ownerHints } }: { detail: IdentityDetail }) {
  return (
    <Section id="ownership" title="Ownership">
      <p className="mb-3 rounded-lg border border-hairline px-3 py-2.5">
        <span className="font-medium">
          <FactValue
            fact={facts.owner}
            show={(owner) => `${owner.name} (${owner.how})`}
            none="Nobody is named"
          />
        </span>
        <span className="mt-0.5 block text-caption text-muted">
          <FactSource fact={facts.owner} />
        </span>
      </p>
      {ownerHints.rows.length > 0 && (
        <DataTable
          caption="Hints at an owner"
          columns={COLUMNS}
          rows={ownerHints.rows}
          rowKey={(hint) => hint.id}
        />
      )}
    </Section>
  )
}
