// A worker inside this process: takes jobs until it is stopped.
import type { JobWithMetadata } from 'pg-boss'
import type { Connector } from '@/core/connector'
import type { JobName } from '@/core/jobs'
import { connectorOf } from '@/governance/connector-registry'
import { ensureKey } from '@/governance/packs/keys/signing-key'
import { sweepFiles } from '@/governance/packs/sweep'
import { concurrencyOf, JOB_NAMES, runJob } from './index'
import { endThreads } from './judging/threads'
import { startBoss } from './queue'
import { startBeat } from './worker-beat'

/** Time for jobs to notice that the worker stops, within the patience of who stops it. */
const STOP_MS = 6_000
const EVERY_MINUTE = '* * * * *'
const EVERY_TEN_MINUTES = '*/10 * * * *'
/** Jobs wake a worker when they are sent; retries do not, so the queue is also asked. */
const POLL_SECONDS = 1

export type WorkerOptions = {
  /** Told of what went wrong outside a job. */
  log?: (line: string) => void
  connectorOf?: (connectorId: string) => Promise<Connector>
}
export type RunningWorker = { stop: () => Promise<void> }

const lineOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export async function startWorker(options: WorkerOptions = {}): Promise<RunningWorker> {
  const { log = () => {} } = options
  const stopping = new AbortController()
  const boss = await startBoss({ work: true, onError: (error) => log(`queue: ${lineOf(error)}`) })
  const work = (name: JobName) =>
    boss.work(
      name,
      {
        batchSize: 1,
        localConcurrency: concurrencyOf(name),
        includeMetadata: true,
        pollingIntervalSeconds: POLL_SECONDS,
        notifyPollingIntervalSeconds: POLL_SECONDS,
      },
      async ([job]: JobWithMetadata<object>[]) => {
        if (!job) return
        try {
          await runJob(name, job.data, {
            signal: job.signal,
            stopping: stopping.signal,
            lastAttempt: job.retryCount >= job.retryLimit,
            connectorOf: options.connectorOf ?? connectorOf,
          })
        } catch (error) {
          log(`${name} failed (attempt ${job.retryCount + 1}): ${lineOf(error)}`)
          throw error
        }
      },
    )
  // What a killed process left is gone before anything new is built.
  await sweepFiles().catch((error: unknown) => log(`packs: ${lineOf(error)}`))
  await ensureKey().catch((error: unknown) => log(`signing key: ${lineOf(error)}`))
  for (const name of JOB_NAMES) await work(name)
  await boss.schedule('tick', EVERY_MINUTE, {})
  await boss.schedule('evaluate-due', EVERY_TEN_MINUTES, {})
  const beat = await startBeat((error) => log(`heartbeat: ${lineOf(error)}`))
  return {
    async stop() {
      stopping.abort()
      await boss.stop({ graceful: true, timeout: STOP_MS })
      await beat.stop()
      await endThreads()
    },
  }
}
