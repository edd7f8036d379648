// Syncs in this process as a worker does them, over a source that says what a test wants.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Connector } from '@/core/connector'
import type { Observed } from '@/core/observation'
import { sealSettings } from '@/governance/crypto/seal-settings'
import { startRun } from '@/governance/runs/start-run'
import { runJob } from '@/jobs'
import { db } from '@/prisma/client'

const never = new AbortController().signal

export async function liveConnection(): Promise<string> {
  const id = randomUUID()
  await db.connection.create({
    data: {
      id,
      connectorId: 'demo',
      name: `demo ${id}`,
      mode: 'live',
      settings: sealSettings(id, {}),
      intervalMinutes: 60,
      createdBy: 'test',
    },
  })
  return id
}

/** Reads one scope in one stream. @param say may wait, and do to the database what it likes */
export const saying = (
  scope: string,
  say: () => Iterable<Observed> | AsyncIterable<Observed>,
): Connector => ({
  manifest: {
    id: 'demo',
    settings: z.object({}),
    permissions: [],
    streams: {},
    types: {},
  } as unknown as Connector['manifest'],
  open: () => ({ send: () => Promise.reject(new Error('asks nothing')), explain: () => undefined }),
  openFile: () => Promise.reject(new Error('no files')),
  async *scopes() {
    yield { nativeId: scope, name: scope, type: 'demo.account' }
  },
  streams: {
    all: {
      kinds: ['identity', 'credential', 'grant'],
      async *collect() {
        yield* say()
      },
    },
  },
})

export const queued = async (connectionId: string): Promise<string> =>
  (await db.$transaction((tx) => startRun(tx, connectionId, { trigger: 'manual', requestedBy: 'test' })))
    .runId

/** One attempt at a run. @throws what the queue is told of a failed attempt */
export const attempt = (runId: string, connector: Connector, { lastAttempt = true } = {}): Promise<void> =>
  runJob(
    'sync-connection',
    { runId },
    { signal: never, stopping: never, lastAttempt, connectorOf: async () => connector },
  )

/** Asks the rules about a scope, as the jobs do that syncs have sent: one that still waited would be left to do it. */
export async function evaluate(scopeId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM pgboss.job WHERE name = 'evaluate-scope' AND state = 'created'`
  const connectorOf = () => Promise.reject(new Error('not needed'))
  await runJob(
    'evaluate-scope',
    { scopeId, runId: null },
    { signal: never, stopping: never, lastAttempt: true, connectorOf },
  )
}

/** One whole run, and the row that tells of it. */
export async function sync(connectionId: string, connector: Connector) {
  const runId = await queued(connectionId)
  await attempt(runId, connector)
  return db.run.findUniqueOrThrow({ where: { id: runId } })
}
