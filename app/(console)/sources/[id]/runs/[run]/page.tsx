// One run: what it is doing or did, how completely it saw, what it was refused, what changed.
import { RollcallError } from '@/core/errors'
import { cache } from 'react'
import { wouldChange } from '@/governance/imports/would-change'
import { getRun } from '@/inventory/queries/get-run'
import { runProgress } from '@/inventory/queries/run-progress'
import { RunStateWord } from '@/app/_inventory/run-state'
import { orNotFound } from '@/app/_session/or-not-found'
import { recordPage, recordTitle } from '@/app/_session/record-page'
import type { SearchProps } from '@/app/_session/route-props'
import { Moment, absolute, duration } from '@/app/_ui/moment'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import { CallsSection } from './calls'
import { ChangesSection } from './changes'
import { CoverageSection } from './coverage'
import { Progress } from './progress'
import { PreviewSection } from './preview'
import { ReportSection } from './report'
import { Resumed } from './resumed'
import { RunActions } from './run-actions'

type Props = SearchProps & { params: Promise<{ id: string; run: string }> }
const read = cache(getRun)

export const generateMetadata = recordTitle<Props>('source:read', async ({ actor, at }, { params }) => {
  const ids = await params
  const { run, connection } = await orNotFound(at(() => read(actor, ids.run)))
  return `Run of ${connection.name}, ${absolute(run.createdAt)}`
})

export default recordPage<Props>('source:read', async ({ actor, moment, at }, { params }) => {
  const ids = await params
  const detail = await orNotFound(at(() => read(actor, ids.run)))
  const { run, connection } = detail
  if (connection.id !== ids.id)
    await orNotFound(Promise.reject(new RollcallError('not-found', 'The run belongs to another source.')))
  const waits = run.state === 'waiting'
  const underWay = run.state === 'queued' || run.state === 'running'
  const isOver = !underWay && !waits
  const progress = underWay && !moment ? await at(() => runProgress(actor, run.id)) : undefined
  return (
    <Page
      title={run.state === 'previewed' ? 'Preview of the import' : `Run of ${absolute(run.createdAt)}`}
      crumbs={[
        { title: 'Sources', href: '/sources' },
        { title: connection.name, href: `/sources/${connection.id}` },
      ]}
      actions={!moment && <RunActions actor={actor} detail={detail} />}
    >
      <p className="-mt-2 mb-4 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
        <RunStateWord state={run.state} />
        <span>asked for by {run.requestedBy}</span>
        {run.observedAt && (
          <span>
            facts as of <Moment at={run.observedAt} full />
          </span>
        )}
        {run.startedAt && run.endedAt && <span>took {duration(run.startedAt, run.endedAt)}</span>}
        <span>{run.observations.toLocaleString('en')} observations</span>
      </p>
      {run.resumes && <Resumed sourceId={connection.id} waits={waits} resumes={run.resumes} />}
      {progress && <Progress key={run.id} initial={progress} />}
      {run.error && (
        <Notice tone="danger" title={run.phase}>
          {run.error}
        </Notice>
      )}
      {moment && run.state === 'previewed' && (
        <Notice title="It waited for a decision then.">What it would have changed is not kept.</Notice>
      )}
      {moment && underWay && <Notice title="It was under way then.">How far it was is not kept.</Notice>}
      {!moment && run.state === 'previewed' && <PreviewSection changes={await wouldChange(run.id)} />}
      {detail.report && <ReportSection report={detail.report} />}
      {isOver && run.state !== 'previewed' && <ChangesSection changes={detail.changes} />}
      {isOver && <CoverageSection detail={detail} />}
      {isOver && <CallsSection calls={detail.calls} />}
    </Page>
  )
})
