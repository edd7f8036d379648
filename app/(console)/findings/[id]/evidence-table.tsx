// Evidence of a verdict, fact by fact, with source and time.
import type { Evidence } from '@/core/rule'
import { showValue } from '@/app/_inventory/show-value'
import { factWords, whyWords } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment } from '@/app/_ui/moment'
import { StateWord } from '@/app/_ui/state-word'

const STATES = {
  known: <StateWord tone="ok">Known</StateWord>,
  absent: <StateWord tone="off">None</StateWord>,
  unknown: <StateWord tone="unknown">Unknown</StateWord>,
}

const COLUMNS: Column<Evidence>[] = [
  {
    key: 'fact',
    title: 'Fact',
    cell: (e) => <span className="font-medium whitespace-nowrap">{factWords(e.fact)}</span>,
  },
  { key: 'state', title: 'State', cell: (e) => STATES[e.state] },
  {
    key: 'value',
    title: 'Value',
    cell: (e) => (
      <span className="[overflow-wrap:anywhere]">
        {e.state === 'known'
          ? showValue(e.value, e.fact)
          : e.state === 'absent'
            ? 'There is none'
            : e.why
              ? whyWords(e.why)
              : 'Not known'}
      </span>
    ),
  },
  {
    key: 'source',
    title: 'Answered by',
    cell: (e) => <code className="font-mono text-caption">{e.source}</code>,
  },
  {
    key: 'at',
    title: 'Confirmed',
    cell: (e) => (
      <>
        {e.at ? <Moment at={e.at} /> : <span className="text-muted">With the verdict</span>}
        {e.state !== 'unknown' && e.why && (
          <span className="block text-caption text-sev-medium-text">
            not confirmed since: {whyWords(e.why)}
          </span>
        )}
      </>
    ),
  },
]

export function EvidenceTable({ evidence }: { evidence: Evidence[] }) {
  return <DataTable caption="Evidence" columns={COLUMNS} rows={evidence} rowKey={(e) => e.fact} />
}
