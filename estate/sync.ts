// One look at the generated estate through the real pipeline: a run of a sample source, so that it never counts as real.
import { v7 as newId } from 'uuid'
import type { Instant } from '@/core/fact'
import { sealSettings } from '@/governance/crypto/seal-settings'
import { endRun } from '@/governance/runs/end-run'
import { holdRun } from '@/governance/runs/hold-run'
import { failed } from '@/governance/runs/work-on-run'
import { applyScope, outcomeOf } from '@/inventory/apply'
import { ApplyingScopes } from '@/inventory/applying-scopes'
import { observe } from '@/inventory/observe'
import { send } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { estateConnector, type EstateOptions } from './connector'

export type EstateSync = {
  options: EstateOptions
  /** The simulated instant the facts are as of. */
  observedAt: Instant
  /** The source to sync; without it, the one of that name, which is made where there is none. */
  connectionId?: string
  name?: string
  signal?: AbortSignal
  onProgress?: (phase: string, observations: number) => void
}
export type EstateSynced = {
  connectionId: string
  runId: string
  state: 'complete' | 'partial'
  rows: { kind: string; count: number }[]
}

/** Enough for the largest scope of twenty million identities. */
const OBSERVATIONS_MAX = 50_000_000
const WHO = 'estate'

/** @throws RollcallError `conflict` when the source was looked at on a later day */
export async function syncEstate(at: EstateSync): Promise<EstateSynced> {
  const connectionId = at.connectionId ?? (await connectionOf(at.name ?? 'Generated estate'))
  const { id: runId } = await db.run.create({
    data: {
      connectionId,
      trigger: 'sample',
      requestedBy: WHO,
      state: 'running',
      phase: 'Starting',
      startedAt: new Date(),
      observedAt: at.observedAt,
    },
  })
  const held = await holdRun(runId, { waitMs: 0 }, async (lost) => {
    const signal = AbortSignal.any([lost, ...(at.signal ? [at.signal] : [])])
    try {
      return await lookAndApply(at, { connectionId, runId, signal })
    } catch (error) {
      await failed(runId, error instanceof Error ? error.message : String(error))
      throw error
    }
  })
  if (!held.held) throw new Error(`run ${runId} was taken up by another process`)
  return { connectionId, runId, state: held.value, rows: await rowsOf(runId) }
}

type Work = { connectionId: string; runId: string; signal: AbortSignal }

async function lookAndApply(at: EstateSync, { connectionId, runId, signal }: Work) {
  const connector = estateConnector(at.options)
  const { observedAt } = at
  const applying = new ApplyingScopes((scopeId) =>
    applyScope({ runId, observedAt, send: (tx, name, job) => send(name, job, tx) }, scopeId),
  )
  const { calls, scopes } = await observe({
    connector,
    transport: connector.open({}),
    connection: { id: connectionId, connectorId: connector.manifest.id, mode: 'sample' },
    runId,
    observedAt,
    signal,
    limits: { observationsMax: OBSERVATIONS_MAX },
    onProgress: async ({ phase, observations }) => at.onProgress?.(phase, observations),
    onScope: (scopeId) => applying.add(scopeId),
  })
  signal.throwIfAborted()
  const changes = await applying.finish()
  const state = await outcomeOf(runId)
  await endRun(runId, { state, changes, calls, scopes })
  return state === 'complete' && scopes.state === 'complete' ? 'complete' : 'partial'
}

/** Paused: nobody but this command can read it, so no schedule may try. */
async function connectionOf(name: string): Promise<string> {
  const held = await db.connection.findFirst({ where: { name, connectorId: 'estate' }, select: { id: true } })
  if (held) return held.id
  const id = newId()
  await db.connection.create({
    data: {
      id,
      connectorId: 'estate',
      name,
      mode: 'sample',
      settings: sealSettings(id, {}),
      intervalMinutes: 1440,
      paused: true,
      createdBy: WHO,
    },
  })
  return id
}

async function rowsOf(runId: string): Promise<EstateSynced['rows']> {
  const sums = await db.runCoverage.groupBy({ by: ['kind'], where: { runId }, _sum: { count: true } })
  return sums
    .map(({ kind, _sum }) => ({ kind, count: _sum.count ?? 0 }))
    .sort((a, b) => b.count - a.count || a.kind.localeCompare(b.kind))
}
