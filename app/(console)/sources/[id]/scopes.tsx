// The scopes a source reads, each with how completely it was last seen.
import { Link } from '@/app/_ui/link'
import type { SourceRow, SourceScope } from '@/inventory/queries/types'
import { DataTable, type Column } from '@/app/_list/data-table'
import { CopyButton } from '@/app/_ui/copy-button'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'

const STATES = {
  complete: <StateWord tone="ok">Complete</StateWord>,
  partial: <StateWord tone="warn">With gaps</StateWord>,
  none: <StateWord tone="waiting">Not looked at yet</StateWord>,
}

const COLUMNS: Column<SourceScope>[] = [
  {
    key: 'name',
    title: 'Name',
    cell: (s) => <span className="block min-w-36 font-medium [overflow-wrap:anywhere]">{s.name}</span>,
  },
  {
    key: 'id',
    title: 'Id',
    cell: (s) => (
      <span className="inline-flex items-center gap-1">
        <code className="min-w-28 font-mono text-caption [overflow-wrap:anywhere]">{s.nativeId}</code>
        <CopyButton text={s.nativeId} what={`id of ${s.name}`} />
      </span>
    ),
  },
  {
    key: 'state',
    title: 'State',
    cell: (s) => (s.goneAt ? <StateWord tone="off">No longer listed</StateWord> : STATES[s.state]),
  },
  {
    key: 'identities',
    title: 'Identities',
    numeric: true,
    cell: (s) => (
      <Link href={`/identities?scope=${s.id}`} className="link inline-block min-w-6">
        {s.identities.toLocaleString('en')}
      </Link>
    ),
  },
  {
    key: 'whole',
    title: 'Last seen whole',
    cell: (s) => (
      <>
        {s.asOf ? <Moment at={s.asOf} /> : <span className="text-muted">Never</span>}
        {s.overdue && (
          <span className="block text-caption text-sev-medium-text">
            overdue since <Moment at={s.overdue.since} />
          </span>
        )}
      </>
    ),
  },
]

export function ScopesSection({ source }: { source: SourceRow }) {
  return (
    <Section id="scopes" title="Scopes" aside={source.scopes.more && `${source.scopeCount} in all`}>
      {source.scopes.rows.length ? (
        <DataTable caption="Scopes" columns={COLUMNS} rows={source.scopes.rows} rowKey={(s) => s.id} />
      ) : (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">
          None was met yet. They appear with the first run.
        </p>
      )}
    </Section>
  )
}
