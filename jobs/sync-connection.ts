// Reads one connection, or what of it was throttled, and applies what it saw. A run that is taken up again starts over; nothing is doubled.
import type { Connector, Manifest } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import type { JobPayload } from '@/core/jobs'
import type { Transport } from '@/core/upstream'
import { parseInput } from '@/governance/command'
import { openSettings } from '@/governance/crypto/seal-settings'
import { endRun, endUnread } from '@/governance/runs/end-run'
import { holdRun } from '@/governance/runs/hold-run'
import { othersLetGo } from '@/governance/runs/others-let-go'
import {
  cancelled,
  failed,
  handOver,
  isUnwanted,
  progressed,
  putBack,
  takeUpRun,
} from '@/governance/runs/work-on-run'
import { applyScope, outcomeOf } from '@/inventory/apply'
import { ApplyingScopes } from '@/inventory/applying-scopes'
import { observe } from '@/inventory/observe'
import type { JobAt } from './job'
import { send } from './queue'
import { resumeSelection } from './resume-selection'
import { databaseTrouble, reconnecting } from './database-trouble'
import { secretTexts, withoutSecrets } from './without-secrets'

/** Longest wait for an attempt that was taken for dead to let go of the run. */
const HOLD_MS = 60_000
const CANCEL_CHECK_MS = 1_000
const PROGRESS_EVERY_MS = 400

type Run = NonNullable<Awaited<ReturnType<typeof takeUpRun>>>
type Opened = { connector: Connector; transport: Transport }
/** Why a run ended before its time. */
class Stopped extends Error {
  constructor(readonly by: 'cancel' | 'shutdown' | 'loss') {
    super(by === 'loss' ? 'The worker lost touch with the database or the queue.' : `stopped by ${by}`)
  }
}

export async function syncConnection({ runId }: JobPayload<'sync-connection'>, at: JobAt): Promise<void> {
  const signal = AbortSignal.any([at.signal, at.stopping])
  const held = await holdRun(runId, { waitMs: HOLD_MS, signal }, async (lost) => {
    await othersLetGo(runId, AbortSignal.any([signal, lost]))
    const run = await takeUpRun(runId)
    if (run) await workOn(run, at, lost)
  })
  if (!held.held) throw new Error(`run ${runId} is held by an earlier attempt that still works on it`)
}

async function workOn(run: Run, at: JobAt, lost: AbortSignal): Promise<void> {
  const cancel = new AbortController()
  const watch = watchCancel(run.id, cancel)
  const stopped = () =>
    cancel.signal.aborted
      ? new Stopped('cancel')
      : at.stopping.aborted
        ? new Stopped('shutdown')
        : new Stopped('loss')
  const signal = AbortSignal.any([cancel.signal, at.stopping, at.signal, lost])
  const secrets = new Set<string>()
  try {
    await collectAndApply(run, at, { signal, stopped, secrets })
  } catch (error) {
    // An error after a stop is most likely the stop itself.
    await settle(run.id, signal.aborted && !(error instanceof Stopped) ? stopped() : error, at, secrets)
  } finally {
    clearInterval(watch)
  }
}

function watchCancel(runId: string, cancel: AbortController) {
  return setInterval(() => {
    // A question that fails is asked again in a second.
    isUnwanted(runId).then(
      (unwanted) => unwanted && cancel.abort(),
      () => {},
    )
  }, CANCEL_CHECK_MS)
}

type Work = { signal: AbortSignal; stopped: () => Stopped; secrets: Set<string> }

async function collectAndApply(run: Run, at: JobAt, { signal, stopped, secrets }: Work): Promise<void> {
  const { id, connectorId, mode } = run.connection
  const { connector, transport } = await open(run, at, secrets)
  const observedAt = (run.observedAt ?? run.createdAt).toISOString()
  const applying = new ApplyingScopes((scopeId) =>
    applyScope({ runId: run.id, observedAt, send: (tx, name, job) => send(name, job, tx) }, scopeId),
  )
  const ensureWanted = async () => {
    if (await isUnwanted(run.id)) throw new Stopped('cancel')
    if (signal.aborted) throw stopped()
  }
  try {
    const observed = await observe({
      connector,
      transport,
      connection: { id, connectorId, mode: mode as 'live' | 'sample' },
      runId: run.id,
      observedAt,
      signal,
      selection: await resumeSelection(run),
      onProgress: throttled(run.id),
      onScope: async (scopeId) => {
        await ensureWanted()
        await applying.add(scopeId)
      },
    })
    await ensureWanted()
    const { calls, scopes, observations } = observed
    if (!observed.scopeIds.length && scopes.state === 'partial')
      return endUnread(
        run.id,
        `Nothing could be read. ${scopes.permission}: ${scopes.detail.replace(/\.$/, '')}.`,
        { calls, scopes },
      )
    await progressed(run.id, 'Applying', observations)
    const changes = await applying.finish()
    await endRun(run.id, { state: await outcomeOf(run.id), changes, calls, scopes })
  } finally {
    // What is being applied comes to its end, well or not, before anybody takes the run up again.
    await applying.settled()
    await transport.close?.()
  }
}

async function open({ connection }: Run, at: JobAt, secrets: Set<string>): Promise<Opened> {
  const connector = await at.connectorOf(connection.connectorId)
  if (connection.mode === 'sample') {
    if (!connector.sample) throw new RollcallError('not-found', 'This connector has no sample any more.')
    return { connector, transport: connector.sample() }
  }
  const manifest: Manifest = connector.manifest
  const settings = openSettings(connection.id, connection.settings)
  for (const value of secretTexts(manifest.settings, settings)) secrets.add(value)
  return { connector, transport: connector.open(parseInput(manifest.settings, settings, ['settings'])) }
}

function throttled(runId: string) {
  let last = 0
  return async ({ phase, observations }: { phase: string; observations: number }) => {
    const now = Date.now()
    if (now - last < PROGRESS_EVERY_MS) return
    last = now
    await progressed(runId, `${phase}, ${observations} so far`, observations)
  }
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`)

/** Writes down how the attempt ended. Throws when the job should be tried again. */
async function settle(runId: string, error: unknown, at: JobAt, secrets: Set<string>): Promise<void> {
  if (error instanceof Stopped && error.by === 'cancel') return reconnecting(() => cancelled(runId))
  if (error instanceof Stopped && error.by === 'shutdown') return reconnecting(() => handOver(runId))
  const trouble = databaseTrouble(error)
  const told = trouble === undefined ? withoutSecrets(error, secrets) : new Error(trouble)
  if (error instanceof RollcallError && error.code !== 'upstream')
    return reconnecting(() => failed(runId, told.message))
  const last = `${sentence(told.message)} It was tried several times; try again later.`
  await reconnecting(() =>
    at.lastAttempt ? failed(runId, last) : putBack(runId, `Starts over soon: ${told.message}`),
  )
  throw told
}
