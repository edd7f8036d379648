// The runs of a source, newest first.
import { Link } from '@/app/_ui/link'
import type { Bounded, RunSummary } from '@/inventory/queries/types'
import { resumesWords } from '@/core/resume-words'
import { RunStateWord } from '@/app/_inventory/run-state'
import { DataTable, type Column } from '@/app/_list/data-table'
import { Moment, duration } from '@/app/_ui/moment'
import { Section } from '@/app/_ui/section'

const TRIGGERS: Record<string, string> = {
  schedule: 'on schedule',
  manual: 'by hand',
  connect: 'when connected',
  retry: 'retry',
  import: 'import',
  sample: 'sample',
  cli: 'command line',
  watch: 'following changes',
  resume: 'after throttling',
}

const columns = (sourceId: string): Column<RunSummary>[] => [
  {
    key: 'started',
    title: 'Started',
    cell: (run) => (
      <Link href={`/sources/${sourceId}/runs/${run.id}`} data-row-link prefetch={false} className="row-link">
        <Moment at={run.startedAt ?? run.createdAt} full />
      </Link>
    ),
  },
  { key: 'state', title: 'State', cell: (run) => <RunStateWord state={run.state} /> },
  {
    key: 'phase',
    title: 'Last phase',
    cell: (run) => (
      <span className="block max-w-96 text-muted [overflow-wrap:anywhere]">
        {run.error ?? run.phase}
        {run.resumes && run.state !== 'waiting' && (
          <span className="block text-caption">{resumesWords(run.resumes)}</span>
        )}
      </span>
    ),
  },
  { key: 'seen', title: 'Observations', numeric: true, cell: (run) => run.observations.toLocaleString('en') },
  {
    key: 'took',
    title: 'Took',
    numeric: true,
    cell: (run) =>
      run.startedAt && run.endedAt ? (
        duration(run.startedAt, run.endedAt)
      ) : (
        <span className="text-muted">Not ended</span>
      ),
  },
  {
    key: 'by',
    title: 'Asked for',
    cell: (run) => (
      <span className="text-muted">
        {run.requestedBy}, {TRIGGERS[run.trigger] ?? run.trigger}
      </span>
    ),
  },
]

export function RunsSection({ sourceId, runs }: { sourceId: string; runs: Bounded<RunSummary> }) {
  return (
    <Section id="runs" title="Runs" aside={runs.more && 'the newest ones'}>
      {runs.rows.length ? (
        <DataTable caption="Runs" columns={columns(sourceId)} rows={runs.rows} rowKey={(run) => run.id} />
      ) : (
        <p className="rounded-lg border border-dashed border-control px-3 py-3 text-muted">
          It has never run.
        </p>
      )}
    </Section>
  )
}
