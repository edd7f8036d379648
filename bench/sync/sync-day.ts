// One look at the generated estate through the real pipeline, with the time apply took of it.
import { v7 as newId } from 'uuid'
import type { Instant } from '@/core/fact'
import { estateConnector, type EstateOptions } from '@/estate/connector'
import { sealSettings } from '@/governance/crypto/seal-settings'
import { endRun } from '@/governance/runs/end-run'
import { applyScope, outcomeOf } from '@/inventory/apply'
import { ApplyingScopes } from '@/inventory/applying-scopes'
import { observe } from '@/inventory/observe'
import { send } from '@/jobs/queue'
import { db } from '@/prisma/client'
import type { SyncTime } from '../contract'

const WHO = 'bench'
const OBSERVATIONS_MAX = 50_000_000
const SAY_EVERY_MS = 20_000

/** The jobs that follow are enqueued as ever; nobody works on them here. */
export async function syncDay(options: EstateOptions, observedAt: Instant): Promise<SyncTime> {
  const connector = estateConnector(options)
  const connection = { id: await connectionId(), connectorId: 'estate', mode: 'sample' as const }
  const from = performance.now()
  const { id: runId } = await db.run.create({
    data: {
      connectionId: connection.id,
      trigger: 'sample',
      requestedBy: WHO,
      state: 'running',
      phase: 'Starting',
      startedAt: new Date(),
      observedAt,
    },
  })
  let applyMs = 0
  const applying = new ApplyingScopes(async (scopeId) => {
    const began = performance.now()
    const job = {
      runId,
      observedAt,
      send: (async (tx, name, payload) => send(name, payload, tx)) satisfies Send,
    }
    const changes = await applyScope(job, scopeId)
    applyMs += performance.now() - began
    return changes
  })
  const { calls, scopes, observations } = await observe({
    connector,
    transport: connector.open({}),
    connection,
    runId,
    observedAt,
    signal: new AbortController().signal,
    limits: { observationsMax: OBSERVATIONS_MAX },
    onProgress: progress(from),
    onScope: (scopeId) => applying.add(scopeId),
  })
  const changes = await applying.finish()
  const state = await outcomeOf(runId)
  await endRun(runId, { state, changes, calls, scopes })
  if (state !== 'complete') throw new Error(`the look was ${state}: that is not what is to be measured`)
  return { seconds: (performance.now() - from) / 1000, applySeconds: applyMs / 1000, rows: observations }
}
type Send = Parameters<typeof applyScope>[0]['send']

function progress(from: number) {
  let last = from
  return async ({ observations }: { observations: number }) => {
    const now = performance.now()
    if (now - last < SAY_EVERY_MS) return
    last = now
    process.stderr.write(`           ${observations} observations, ${((now - from) / 1000).toFixed(0)} s\n`)
  }
}

/** Paused: nobody but this can read it, so no schedule may try. */
async function connectionId(): Promise<string> {
  const held = await db.connection.findFirst({ where: { connectorId: 'estate' }, select: { id: true } })
  if (held) return held.id
  const id = newId()
  await db.connection.create({
    data: {
      id,
      connectorId: 'estate',
      name: 'Measured estate',
      mode: 'sample',
      settings: sealSettings(id, {}),
      intervalMinutes: 1440,
      paused: true,
      createdBy: WHO,
    },
  })
  return id
}
