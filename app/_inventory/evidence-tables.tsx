// Facts with the call that gave each and when, and how completely a scope was looked at: tables for every page of one thing.
import type { FactView, LookView } from '@/inventory/queries/types'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment } from '@/app/_ui/moment'
import { StateWord } from '@/app/_ui/state-word'
import { FactSource, FactValue } from './fact-value'
import { showValue } from './show-value'
import { count, factWords, kindTitle, whyWords } from './words'

type Row = { name: string; fact: FactView }
const FACTS: Column<Row>[] = [
  {
    key: 'name',
    title: 'Fact',
    cell: (row) => <span className="font-medium whitespace-nowrap">{factWords(row.name)}</span>,
  },
  {
    key: 'value',
    title: 'Value',
    cell: (row) => (
      <span className="[overflow-wrap:anywhere]">
        <FactValue fact={row.fact} show={(value) => showValue(value, row.name)} />
      </span>
    ),
  },
  {
    key: 'source',
    title: 'Answered by · confirmed',
    cell: (row) => (
      <span className="text-caption text-muted">
        <FactSource fact={row.fact} />
      </span>
    ),
  },
]
const LOOKS: Column<LookView>[] = [
  {
    key: 'kind',
    title: 'Looked at',
    cell: (look) => <span className="font-medium">{kindTitle(look.kind)}</span>,
  },
  {
    key: 'stream',
    title: 'Stream',
    cell: (look) => <code className="font-mono text-caption">{look.stream}</code>,
  },
  {
    key: 'state',
    title: 'How completely',
    cell: (look) =>
      look.state === 'complete' ? (
        <StateWord tone="ok">Complete</StateWord>
      ) : (
        <span>
          <StateWord tone="warn">Partial</StateWord>
          <span className="block text-caption text-muted">
            {look.why && whyWords(look.why)}{' '}
            {look.permission && <code className="font-mono">{look.permission}</code>}
          </span>
        </span>
      ),
  },
  { key: 'at', title: 'Newest look', cell: (look) => <Moment at={look.at} /> },
  {
    key: 'whole',
    title: 'Last seen whole',
    cell: (look) => (look.completeAt ? <Moment at={look.completeAt} /> : 'Never'),
  },
]

/** Facts by name, each with the call that gave it and when. */
export function FactTable({ facts }: { facts: Readonly<Record<string, FactView>> }) {
  const rows = Object.entries(facts).map(([name, fact]) => ({ name, fact }))
  return (
    <DataTable caption="Facts with their sources" columns={FACTS} rows={rows} rowKey={(row) => row.name} />
  )
}

/** Looks, those that were not complete first. */
export function LookTables({ looks }: { looks: LookView[] }) {
  const partial = looks.filter((look) => look.state === 'partial')
  const complete = looks.filter((look) => look.state === 'complete')
  const key = (look: LookView) => look.stream + look.kind
  if (!looks.length) return <p className="text-muted">No look at its scope is recorded.</p>
  return (
    <>
      {partial.length > 0 && (
        <DataTable caption="Looks that were not complete" columns={LOOKS} rows={partial} rowKey={key} />
      )}
      {complete.length > 0 && (
        <details className="mt-2">
          <summary className="link inline-block min-h-6">{count(complete.length, 'complete look')}</summary>
          <div className="mt-1">
            <DataTable caption="Complete looks" columns={LOOKS} rows={complete} rowKey={key} />
          </div>
        </details>
      )}
    </>
  )
}
