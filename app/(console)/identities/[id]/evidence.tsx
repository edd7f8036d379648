// Every fact with the call that gave it and when, and how completely the scope was looked at.
import type { FactView, IdentityDetail, LookView } from '@/inventory/queries/types'
import { FactSource, FactValue } from '@/app/_inventory/fact-value'
import { showValue } from '@/app/_inventory/show-value'
import { count, factWords, kindTitle, whyWords } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'

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

function Looks({ looks }: { looks: LookView[] }) {
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

export function EvidenceSection({ detail }: { detail: IdentityDetail }) {
  const facts = Object.entries(detail.facts).map(([name, fact]) => ({ name, fact: fact as FactView }))
  return (
    <Section
      id="evidence"
      title="Evidence"
      aside={
        <>
          last confirmed to exist <Moment at={detail.confirmedAt} full />
        </>
      }
    >
      <DataTable caption="Facts with their sources" columns={FACTS} rows={facts} rowKey={(row) => row.name} />
      <p className="mt-2 text-caption text-muted">Class: {detail.classReason}</p>
      <h3 className="mt-5 mb-2 text-ui">Looks these facts rest on</h3>
      <Looks looks={detail.looks} />
    </Section>
  )
}
