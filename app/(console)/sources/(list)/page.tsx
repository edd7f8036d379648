// Where facts come from, and how well each source is doing.
import type { Metadata } from 'next'
import { Link } from '@/app/_ui/link'
import { may, type Actor } from '@/core/permissions'
import { hasSample } from '@/governance/sample/has-sample'
import { listSources } from '@/inventory/queries/list-sources'
import { goesOnWords } from '@/core/resume-words'
import type { SourceRow } from '@/inventory/queries/types'
import { CompletenessLine } from '@/app/_inventory/completeness-line'
import { SourceStateWord } from '@/app/_inventory/run-state'
import { connectorTitle } from '@/app/_inventory/type-title'
import { count } from '@/app/_inventory/words'
import { DataTable, type Column } from '@/app/_list/data-table'
import { ActionForm } from '@/app/_form/action-form'
import { Submit } from '@/app/_form/submit'
import { recordPage } from '@/app/_session/record-page'
import { ButtonLink } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { Moment } from '@/app/_ui/moment'
import { Page } from '@/app/_ui/page'
import { addSampleHere } from './add-sample'

export const metadata: Metadata = { title: 'Sources' }

const MODES = { live: 'Connected', import: 'Imported files', sample: 'Sample' }

function Scopes({ source }: { source: SourceRow }) {
  const [first] = source.scopes.rows
  if (!first) return <span className="text-muted">None yet</span>
  return (
    <span className="block max-w-56">
      <span className="block truncate" title={first.nativeId}>
        {first.name}
      </span>
      {source.scopeCount > 1 && (
        <span className="text-caption text-muted">and {source.scopeCount - 1} more</span>
      )}
    </span>
  )
}

const COLUMNS: Column<SourceRow>[] = [
  {
    key: 'name',
    title: 'Name',
    cell: (source) => (
      <span className="block min-w-40">
        <Link href={`/sources/${source.id}`} data-row-link prefetch={false} className="row-link">
          {source.name}
        </Link>
        <span className="block text-caption text-muted">
          {connectorTitle(source.connectorId)} · {MODES[source.mode]}
        </span>
      </span>
    ),
  },
  {
    key: 'state',
    title: 'State',
    cell: (source) => (
      <>
        <SourceStateWord state={source.state} />
        {source.partialLooks > 0 && (
          <span className="block text-caption text-muted">
            {count(source.partialLooks, 'look')} with gaps
          </span>
        )}
        {source.goesOn?.resumes && (
          <span className="block max-w-56 text-caption text-muted">{goesOnWords(source.goesOn.resumes)}</span>
        )}
        {source.awaitingRunId && (
          <Link
            href={`/sources/${source.id}/runs/${source.awaitingRunId}`}
            className="link block text-caption"
          >
            A preview waits for you
          </Link>
        )}
      </>
    ),
  },
  { key: 'scopes', title: 'Scopes', cell: (source) => <Scopes source={source} /> },
  {
    key: 'identities',
    title: 'Identities',
    numeric: true,
    cell: (source) =>
      source.scopes.rows.reduce((sum, scope) => sum + scope.identities, 0).toLocaleString('en'),
  },
  {
    key: 'whole',
    title: 'Last seen whole',
    cell: (source) => (
      <>
        {source.completeAt ? <Moment at={source.completeAt} /> : <span className="text-muted">Never</span>}
        {source.overdue && (
          <span className="block text-caption text-sev-medium-text">
            overdue since <Moment at={source.overdue.since} />
          </span>
        )}
      </>
    ),
  },
  {
    key: 'run',
    title: 'Last run',
    cell: (source) =>
      source.lastRun ? (
        <Moment at={source.lastRun.endedAt ?? source.lastRun.createdAt} />
      ) : (
        <span className="text-muted">Never</span>
      ),
  },
  {
    key: 'next',
    title: 'Next',
    cell: (source) =>
      source.nextDueAt ? <Moment at={source.nextDueAt} /> : <span className="text-muted">By hand</span>,
  },
]

function SampleOffer() {
  return (
    <ActionForm
      action={addSampleHere}
      label="Add the sample organisation"
      className="inline-flex flex-col gap-2"
    >
      <Submit look="plain" busy="Adding…">
        Explore sample data
      </Submit>
    </ActionForm>
  )
}

function NoSources({ actor, isPast }: { actor: Actor; isPast: boolean }) {
  if (isPast)
    return <Empty title="No source was connected by then">Go back to now to see the sources there are.</Empty>
  if (!may(actor, 'source:manage'))
    return (
      <Empty title="No source is connected">
        An administrator connects sources. Ask one of them to start.
      </Empty>
    )
  return (
    <Empty
      title="No source is connected"
      actions={
        <>
          <ButtonLink href="/sources/new" look="primary">
            Connect a source
          </ButtonLink>
          <ButtonLink href="/sources/import">Import a file</ButtonLink>
          <SampleOffer />
        </>
      }
    >
      Connect one with a read-only role, import the output of a command, or look around in a made-up
      organisation first.
    </Empty>
  )
}

export default recordPage('source:read', async ({ actor, moment, at }) => {
  const [{ rows, completeness }, sample] = await Promise.all([at(() => listSources(actor)), hasSample(actor)])
  return (
    <Page
      title="Sources"
      aside={rows.length > 0 && count(rows.length, 'source')}
      actions={
        rows.length > 0 &&
        !moment && (
          <>
            {!sample && may(actor, 'source:manage') && <SampleOffer />}
            {may(actor, 'source:import') && <ButtonLink href="/sources/import">Import a file</ButtonLink>}
            {may(actor, 'source:manage') && (
              <ButtonLink href="/sources/new" look="primary">
                Connect a source
              </ButtonLink>
            )}
          </>
        )
      }
    >
      {rows.length > 0 && (
        <div className="mb-3">
          <CompletenessLine completeness={completeness} />
        </div>
      )}
      {rows.length > 0 ? (
        <DataTable caption="Sources" columns={COLUMNS} rows={rows} rowKey={(source) => source.id} />
      ) : (
        <NoSources actor={actor} isPast={moment !== undefined} />
      )}
    </Page>
  )
})
