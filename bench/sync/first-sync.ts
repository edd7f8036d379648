// The first look at an estate: everything is new.
import { observedAt } from '@/estate/calendar'
import {
  atMost,
  peakMiB,
  secondsOf,
  spaced,
  type Facts,
  type Memory,
  type Step,
  type SyncTime,
  type Task,
} from '../contract'
import { settle } from './server'
import { syncDay } from './sync-day'

const MEMORY_MIB = 512

async function measured({ identities, seed }: Task): Promise<{ first: SyncTime; memory: Memory }> {
  // What a worker holds before it does anything.
  await import('@/jobs')
  const startMiB = peakMiB()
  const first = await syncDay({ identities, seed, day: 0 }, observedAt(0))
  return { first, memory: { identities, startMiB, peakMiB: peakMiB(), seconds: first.seconds } }
}

/** A point of the curve. */
function pointOf(memory: Memory): Facts {
  const facts: Facts = {}
  facts[`memory:${memory.identities}`] = memory
  return facts
}

export const firstSync: Step = async (task) => {
  await settle()
  const { first, memory } = await measured(task)
  const { generateSeconds = 0 } = task.facts
  return {
    figures: [
      {
        group: 'Sync',
        name: 'First sync, evaluation apart',
        measured: `${secondsOf(first.seconds)}, ${spaced(first.rows / first.seconds)} rows a second; ${secondsOf(first.applySeconds)} of it applying, beside reading; ${secondsOf(generateSeconds)} making the observations`,
        verdict: 'told',
      },
      {
        group: 'Memory',
        name: `Most memory of the process that syncs ${spaced(task.identities)} identities`,
        aim: `at most ${MEMORY_MIB} MiB`,
        measured: `${memory.peakMiB} MiB, ${memory.startMiB} of them before it starts`,
        verdict: atMost(memory.peakMiB, MEMORY_MIB),
      },
    ],
    facts: { first, ...pointOf(memory) },
  }
}

/** The same for a smaller estate, for the curve. */
export const memoryOfSync: Step = async (task) => {
  const { memory } = await measured(task)
  return { figures: [], facts: pointOf(memory) }
}
