// Builds a pack about a whole inventory: how long it takes, and what the process takes for it over time.
import { rm } from 'node:fs/promises'
import { env } from '@/env'
import { askPack } from '@/governance/packs/asking/build'
import { packView } from '@/governance/packs/asking/list'
import { buildPack } from '@/governance/packs/building/build-pack'
import { closeSender } from '@/jobs/queue'
import type { Actor } from '@/core/permissions'
import { atMost, mib, peakMiB, secondsOf, spaced, type Figure, type Step } from '../contract'
import { fillPopulation } from './fill-population'

const MEMORY_MIB = 512
const ASK_MS = 250
/** Points of the curve that are told. */
const POINTS = 10
const WHO: Actor = { kind: 'cli', id: 'bench', name: 'The benchmark', role: 'administrator' }

/** What the process holds, again and again while the work goes on, in MiB. */
async function watched(work: () => Promise<unknown>): Promise<number[]> {
  const seen: number[] = []
  const timer = setInterval(() => seen.push(mib(process.memoryUsage().rss)), ASK_MS)
  try {
    await work()
  } finally {
    clearInterval(timer)
  }
  return seen
}

/** The most of each tenth of the time. */
export function curveOf(seen: readonly number[], points = POINTS): number[] {
  const length = Math.max(1, Math.ceil(seen.length / points))
  return Array.from({ length: Math.ceil(seen.length / length) }, (_, at) =>
    Math.max(...seen.slice(at * length, (at + 1) * length)),
  )
}

export const packs: Step = async ({ identities }) => {
  await fillPopulation(identities)
  const { id } = await askPack(WHO, { title: 'Measured' })
  await closeSender()
  const startMiB = mib(process.memoryUsage().rss)
  const began = performance.now()
  const seen = await watched(() => buildPack(id, { signal: new AbortController().signal }))
  const seconds = (performance.now() - began) / 1000
  const { files = [], bytes } = await packView(WHO, id)
  await rm(env.packsFolder, { recursive: true, force: true })
  const rows = files.reduce((sum, file) => sum + (file.rows ?? 0), 0)
  const figure = (name: string, measured: string, rest: Pick<Figure, 'aim' | 'verdict'>): Figure => ({
    group: 'Packs',
    name,
    measured,
    ...rest,
  })
  const told = { verdict: 'told' } as const
  return {
    figures: [
      figure(
        `A pack about ${spaced(identities)} identities`,
        `${spaced(rows)} rows in ${files.length} files, ${secondsOf(seconds)}, ${spaced(rows / seconds)} rows a second; ${mib(bytes)} MiB`,
        told,
      ),
      figure(
        'Most memory of the process that builds it',
        `${peakMiB()} MiB, ${startMiB} of them before it begins`,
        {
          aim: `at most ${MEMORY_MIB} MiB`,
          verdict: atMost(peakMiB(), MEMORY_MIB),
        },
      ),
      figure('The same over time, in tenths', `${curveOf(seen).join(', ')} MiB`, told),
    ],
    facts: {},
  }
}
