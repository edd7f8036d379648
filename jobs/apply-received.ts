// Brings in what a source has sent by itself, as a look of the stream it is told by: one that can only add.
import type { Selection } from '@/core/collect'
import type { Connector, Stream } from '@/core/connector'
import { RollcallError } from '@/core/errors'
import type { JobPayload } from '@/core/jobs'
import type { Transport } from '@/core/upstream'
import { dropWaiting, waitingFor, type WaitingScope } from '@/governance/received/waiting'
import { nextLookAt } from '@/governance/runs/follow-run'
import { holdRun } from '@/governance/runs/hold-run'
import { beginReceiving, endReceiving, type BroughtIn } from '@/governance/runs/receive-run'
import { addChanges, applyScope } from '@/inventory/apply'
import { observe } from '@/inventory/observe'
import { db } from '@/prisma/client'
import { databaseTrouble, reconnecting } from './database-trouble'
import type { JobAt } from './job'
import { send } from './queue'

/** Longest wait for an attempt that was taken for dead to let go. */
const HOLD_MS = 30_000
/** Rules are asked some seconds after a change: more may follow. */
const ASK_RULES_AFTER_SECONDS = 10

export async function applyReceived(
  { connectionId }: JobPayload<'apply-received'>,
  at: JobAt,
): Promise<void> {
  const stop = AbortSignal.any([at.signal, at.stopping])
  const hold = { waitMs: HOLD_MS, signal: stop, what: 'receiving' } as const
  const held = await holdRun(connectionId, hold, async (lost) => {
    const source = await db.connection.findUnique({
      where: { id: connectionId },
      select: { id: true, connectorId: true },
    })
    if (!source) return
    const connector = await at.connectorOf(source.connectorId)
    const stream = streamOf(connector)
    const { ids, scopes } = await waitingFor(connectionId, stream.name)
    if (scopes.length)
      await bringIn({ source, connector, stream, scopes, signal: AbortSignal.any([stop, lost]) })
    await dropWaiting(ids)
  })
  if (!held.held)
    throw new Error(`what was sent to ${connectionId} is being brought in by an earlier attempt`)
}

type Named = { name: string; stream: Stream }

function streamOf({ manifest, streams }: Connector): Named {
  const name = manifest.receives?.stream ?? ''
  const stream = streams[name]
  if (stream?.neverWhole === undefined)
    throw new Error('what is sent has to be of a stream that can only add')
  return { name, stream }
}

type BringIn = {
  source: { id: string; connectorId: string }
  connector: Connector
  stream: Named
  scopes: readonly WaitingScope[]
  signal: AbortSignal
}

async function bringIn({ source, connector, stream, scopes, signal }: BringIn): Promise<void> {
  const runId = await beginReceiving(source.id)
  const brought: BroughtIn = { observations: 0, changes: {} }
  try {
    const observedAt = await nextLookAt(source.id)
    const { observations } = await observe({
      connector: asTold(connector, stream, scopes),
      transport: SILENT,
      connection: { ...source, mode: 'live' },
      runId,
      observedAt,
      signal,
      scopeIds: new Map(scopes.map(({ scope, scopeId }) => [scope.nativeId, scopeId])),
      selection: selectionOf(scopes),
      onScope: async (scopeId) => {
        signal.throwIfAborted()
        const changes = await applyScope(
          {
            runId,
            observedAt,
            send: (tx, name, job) =>
              send(name, job, tx, name === 'evaluate-scope' ? { afterSeconds: ASK_RULES_AFTER_SECONDS } : {}),
          },
          scopeId,
        )
        brought.changes = addChanges(brought.changes, changes)
      },
    })
    brought.observations = observations
    signal.throwIfAborted()
    await reconnecting(() => endReceiving(runId, brought))
  } catch (error) {
    const own = error instanceof RollcallError ? error.message : 'It could not be brought in.'
    const told = databaseTrouble(error) ?? own
    await reconnecting(() => endReceiving(runId, brought, `${told} It is tried again; nothing is lost.`))
    throw error
  }
}

/** The source as what it sent tells it: these scopes, this stream, and no call. */
const asTold = (connector: Connector, { name, stream }: Named, told: readonly WaitingScope[]): Connector => ({
  ...connector,
  async *scopes() {
    for (const { scope } of told) yield scope
  },
  streams: { [name]: { ...stream, async *collect() {} } },
})

const SILENT: Transport = {
  send: () => Promise.reject(new Error('what was sent is brought in without a call')),
  explain: () => undefined,
}

function selectionOf(told: readonly WaitingScope[]): Selection {
  return {
    choose: ({ nativeId }) => {
      const found = told.find(({ scope }) => scope.nativeId === nativeId)
      return found && { passed: found.observations, gaps: found.gaps }
    },
    begin: () => {},
  }
}
