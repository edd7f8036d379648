// How completely a run saw each kind, stream by stream: what may be retired because of it, and what may not.
import type { RunCoverageView, RunDetail } from '@/inventory/queries/types'
import { GapList } from '@/app/_inventory/gap-list'
import { kindTitle, whyWords } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Notice } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'

const COLUMNS: Column<RunCoverageView>[] = [
  { key: 'scope', title: 'Scope', cell: (look) => look.scope.name },
  {
    key: 'stream',
    title: 'Stream',
    cell: (look) => <code className="font-mono text-caption">{look.stream}</code>,
  },
  {
    key: 'kind',
    title: 'Looked at',
    cell: (look) => <span className="font-medium">{kindTitle(look.kind)}</span>,
  },
  { key: 'count', title: 'Seen', numeric: true, cell: (look) => look.count.toLocaleString('en') },
  {
    key: 'state',
    title: 'How completely',
    cell: (look) => (
      <>
        {look.state === 'complete' ? (
          <StateWord tone={look.gaps.length ? 'warn' : 'ok'}>
            {look.gaps.length ? 'Complete, details missing' : 'Complete'}
          </StateWord>
        ) : (
          <StateWord tone="warn">Partial</StateWord>
        )}
        {look.state === 'partial' && (
          <span className="block text-caption text-muted [overflow-wrap:anywhere]">
            {look.why && whyWords(look.why)}{' '}
            {look.permission && <code className="font-mono">{look.permission}</code>} {look.detail}
          </span>
        )}
        <GapList gaps={look.gaps} />
      </>
    ),
  },
]

export function CoverageSection({ detail: { coverage, scopesCoverage } }: { detail: RunDetail }) {
  return (
    <Section id="coverage" title="Coverage" aside={coverage.more && 'the first ones'}>
      {scopesCoverage?.state === 'partial' && (
        <div className="mb-3">
          <Notice tone="warn" title="The list of scopes itself was not seen whole.">
            {scopesCoverage.why && whyWords(scopesCoverage.why)} ({scopesCoverage.permission}).{' '}
            {scopesCoverage.detail}
          </Notice>
        </div>
      )}
      {coverage.rows.length ? (
        <DataTable
          caption="Coverage by stream"
          columns={COLUMNS}
          rows={coverage.rows}
          rowKey={(look) => look.scope.id + look.stream + look.kind}
        />
      ) : (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">
          Nothing was looked at.
        </p>
      )}
    </Section>
  )
}
