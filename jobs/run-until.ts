// Waits for a run, and does it in this process when no worker is there to do it: for the command line.
import { setTimeout as wait } from 'node:timers/promises'
import { ensure } from '@/core/errors'
import { health } from '@/governance/health'
import { toRunView, RUN_WITH_CONNECTION, type RunView } from '@/governance/runs/list-runs'
import { isUnderWay } from '@/governance/runs/run-state'
import { db } from '@/prisma/client'
import { pendingJobs } from './queue'
import { startWorker, type RunningWorker, type WorkerOptions } from './run-worker'

const ASK_EVERY_MS = 300

export type RunUntilOptions = WorkerOptions & {
  /** Ends the waiting, not the run. */
  signal?: AbortSignal
  onProgress?: (run: RunView) => void
}

/** Resolves when the run is over and the rules have been asked about what it brought. */
export async function runUntil(runId: string, options: RunUntilOptions = {}): Promise<RunView> {
  const { signal, onProgress } = options
  let own: RunningWorker | undefined
  let told = ''
  try {
    for (;;) {
      signal?.throwIfAborted()
      const run = await find(runId)
      if (run.phase !== told) onProgress?.(run)
      told = run.phase
      if (!isUnderWay(run.state) && !(await pendingJobs('evaluate-scope', { runId })).length) return run
      // Asked every time: a worker that was there may have died since.
      if (!own && (await health()).worker === 'missing') own = await startWorker(options)
      await wait(ASK_EVERY_MS, undefined, { signal })
    }
  } finally {
    await own?.stop()
  }
}

async function find(runId: string): Promise<RunView> {
  const row = await db.run.findUnique({ where: { id: runId }, include: RUN_WITH_CONNECTION })
  ensure(row, 'not-found', 'There is no such run, or no longer.')
  return toRunView(row)
}
