// Threads that ask rules about what was read before, where there is much of it: the process has one core to itself, and reading
// the database keeps it busy.
import os from 'node:os'
import { Tinypool } from 'tinypool'
import { compareKept, type Compared, type CompareKept } from '@/governance/evaluation/compare-kept'
import type { Task } from './judge-thread'

/** Rows that are compared here before threads are worth their start. */
const HERE_MAX = 5000
/** How long a thread without work stays. */
const IDLE_MS = 20_000
/** Threads are never more than so many: each holds the rules. */
const THREADS_MAX = 4
/** A chunk of rows as text and as what it says, a few times over. */
const MEMORY = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32 }

let pool: Tinypool | undefined
let compared = 0
let lastAt = 0

function open(): Tinypool {
  const opened = new Tinypool({
    filename: new URL('thread.mjs', import.meta.url).href,
    runtime: 'worker_threads',
    minThreads: 0,
    maxThreads: Math.min(os.availableParallelism(), THREADS_MAX),
    idleTimeout: IDLE_MS,
    resourceLimits: MEMORY,
  })
  // A thread that cannot start answers nobody: whoever waits for one compares here instead.
  opened.on('error', () => void endThreads())
  return opened
}

/** Compares here until there is much to compare, and where no thread can. */
export const compareInThreads: CompareKept = async (judge, rows) => {
  if (Date.now() - lastAt > IDLE_MS) compared = 0
  lastAt = Date.now()
  compared += rows.length
  if (compared <= HERE_MAX) return compareKept(judge, rows)
  pool ??= open()
  try {
    return (await pool.run({ like: judge.like, rows } satisfies Task)) as Compared
  } catch {
    return compareKept(judge, rows)
  }
}

/** Ends the threads, for a process or a test that is done. */
export async function endThreads(): Promise<void> {
  const ending = pool
  pool = undefined
  await ending?.destroy()
}
