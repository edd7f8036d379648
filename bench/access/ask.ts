// Asks a question about steps many times and holds the slow calls against a look-up by primary key of the same run.
import { db } from '@/prisma/client'
import { atMost, spaced, type Figure, type Plan } from '../contract'
import { outline, planOf, readWhole, type PlanNode } from '../queries/plans'
import { oneOf, seeded, type Random } from '../queries/random'
import { recorded } from '../queries/recorder'
import { percentile } from '../queries/statistics'
import { withServer } from '../sync/server'

/** Hundred and fifty milliseconds where a look-up takes one. */
const LOOKUPS_MAX = 150
const WARM = 5
const FEWEST = 8
const group = 'Access'

export type Asked<T> = {
  name: string
  calls: number
  /** Longest that is asked, however many calls were made. */
  budgetMs: number
  starts: readonly T[]
  /** Resolves to what it found, in words of a few kinds, which are counted. */
  ask: (start: T, random: Random) => Promise<{ size: number; notes: readonly string[] }>
  show?: string
}

/** What it takes at least to ask the database anything. */
async function lookUp(ids: readonly string[], random: Random): Promise<number> {
  const began = performance.now()
  await db.accessVerdict.findUnique({ where: { identityId: oneOf(random, ids) } })
  return performance.now() - began
}

async function plansOf(work: () => Promise<unknown>): Promise<PlanNode[]> {
  const sent = await recorded(work)
  return withServer(async (client) => {
    const plans: PlanNode[] = []
    for (const one of sent) plans.push(await planOf(client, one))
    return plans
  })
}

/** Rows that were looked at for it, all of its nodes together. */
const rowsOf = (node: PlanNode): number =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'] +
  (node.Plans ?? []).reduce((sum, child) => sum + rowsOf(child), 0)
const shown = (title: string, plans: readonly PlanNode[]): Plan => {
  const [most] = [...plans].sort((a, b) => rowsOf(b) - rowsOf(a))
  return { title, text: most ? outline(most).join('\n') : '' }
}

type Call<T> = { start: T; ms: number; lookupMs: number; size: number }
/** A look-up goes before each call: whatever else the machine does, it does to both. */
async function callsOf<T>(asked: Asked<T>, ids: readonly string[], seed: number) {
  const random = seeded(seed)
  const calls: Call<T>[] = []
  const notes = new Map<string, number>()
  for (let warm = 0; warm < WARM; warm++) await asked.ask(oneOf(random, asked.starts), random)
  const from = performance.now()
  while (calls.length < asked.calls) {
    if (calls.length >= FEWEST && performance.now() - from > asked.budgetMs) break
    const start = oneOf(random, asked.starts)
    const lookupMs = await lookUp(ids, random)
    const began = performance.now()
    const found = await asked.ask(start, random)
    calls.push({ start, ms: performance.now() - began, lookupMs, size: found.size })
    for (const note of found.notes) notes.set(note, (notes.get(note) ?? 0) + 1)
  }
  return { calls, notes }
}

/** The plans are those of the slowest call. */
export async function measureAsked<T>(
  asked: Asked<T>,
  ids: readonly string[],
  seed: number,
): Promise<{ figure: Figure; plan?: Plan }> {
  const { calls, notes } = await callsOf(asked, ids, seed)
  const times = calls.map(({ ms }) => ms)
  const [p50, p95, worst] = [percentile(times, 0.5), percentile(times, 0.95), Math.max(...times)]
  const slowest = calls.find(({ ms }) => ms === worst)
  const plans = slowest ? await plansOf(() => asked.ask(slowest.start, seeded(seed))) : []
  const whole = plans.flatMap((plan) => readWhole(plan))
  const tables = [...new Set(whole.map(({ table, rows }) => `${spaced(rows)} rows of ${table}`))].slice(0, 3)
  const sizes = calls.map(({ size }) => size)
  const told = [...notes].map(([note, count]) => `${count} ${note}`).join(', ')
  const lookupMs = percentile(
    calls.map((call) => call.lookupMs),
    0.5,
  )
  const ratio = p95 / lookupMs
  return {
    figure: {
      group,
      name: asked.name,
      aim: `95 of 100 within ${LOOKUPS_MAX} look-ups by primary key, no large table read whole`,
      measured: `${ratio.toFixed(0)} look-ups of ${lookupMs.toFixed(1)} ms: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, at most ${worst.toFixed(0)} ms (of ${calls.length} calls; found p50 ${percentile(sizes, 0.5)}, p95 ${percentile(sizes, 0.95)}${told && `; ${told}`})${tables.length ? `; reads ${tables.join(', ')} without an index` : ''}`,
      verdict: whole.length ? 'misses' : atMost(ratio, LOOKUPS_MAX),
    },
    ...(asked.show !== undefined && { plan: shown(asked.show, plans) }),
  }
}
