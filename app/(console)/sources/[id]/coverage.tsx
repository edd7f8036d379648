// How completely each stream was last seen in each scope: the table that every "nothing found" rests on.
import type { LookView, SourceDetail } from '@/inventory/queries/types'
import { GapList } from '@/app/_inventory/gap-list'
import { kindTitle, whyWords } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'
import { StateWord } from '@/app/_ui/state-word'

type Props = { detail: SourceDetail; streams: Readonly<Record<string, string>> }

const columns = (streams: Props['streams'], scopes: boolean): Column<LookView>[] => [
  ...(scopes ? [{ key: 'scope', title: 'Scope', cell: (look: LookView) => look.scope.name }] : []),
  {
    key: 'kind',
    title: 'Looked at',
    cell: (look) => <span className="font-medium">{kindTitle(look.kind)}</span>,
  },
  {
    key: 'stream',
    title: 'In',
    cell: (look) => (
      <span className="block min-w-48 text-muted" title={look.stream}>
        {streams[look.stream] ?? look.stream}
      </span>
    ),
  },
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
            {look.why && whyWords(look.why)}
            {look.permission && (
              <>
                {' '}
                (<code className="font-mono">{look.permission}</code>)
              </>
            )}
            {look.detail && <span className="block">{look.detail}</span>}
          </span>
        )}
        <GapList gaps={look.gaps} />
      </>
    ),
  },
  { key: 'at', title: 'Newest look', cell: (look) => <Moment at={look.at} /> },
  {
    key: 'whole',
    title: 'Last seen whole',
    cell: (look) =>
      look.completeAt ? <Moment at={look.completeAt} /> : <span className="text-muted">Never</span>,
  },
]

export function CoverageSection({ detail, streams }: Props) {
  const { rows, more } = detail.looks
  const scopes = new Set(rows.map((look) => look.scope.id)).size > 1
  return (
    <Section
      id="coverage"
      title="Coverage"
      lead="Only what a complete look no longer sees counts as gone. What a partial look did not see keeps what was known, with its age."
    >
      {rows.length ? (
        <DataTable
          caption="Coverage"
          columns={columns(streams, scopes)}
          rows={rows}
          rowKey={(look) => look.scope.id + look.stream + look.kind}
        />
      ) : (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">
          Nothing was looked at yet.
        </p>
      )}
      {more && <p className="mt-2 text-caption text-muted">There are more than are shown here.</p>}
    </Section>
  )
}
