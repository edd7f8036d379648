// Reach, ways and distances among all identities of an organisation.
import { findPaths } from '@/governance/access/find-paths'
import { traceEscalation } from '@/governance/access/trace-escalation'
import { reachFrom } from '@/governance/access/walk'
import { db } from '@/prisma/client'
import { peakMiB, secondsOf, spaced, type Facts, type Figure, type Step } from '../contract'
import { oneOf } from '../queries/random'
import { listen } from '../queries/recorder'
import { settle, withServer } from '../sync/server'
import { measureAsked, type Asked } from './ask'
import { fillGraph } from './fill-graph'

const group = 'Access'
const REACH = { hops: 3, nodes: 5000, open: true }
const WAYS = { hops: 6, paths: 5, open: true }
const TRACE_MS_MAX = 30 * 60_000
const HUB = 500

type Start = { id: string; scopeId: string }
const startsOf = (where: string, most: number): Promise<Start[]> =>
  withServer(async (client) => {
    const { rows } = await client.query<Start>(
      `SELECT identity_id AS id, scope_id AS "scopeId" FROM access_verdict v WHERE ${where} ORDER BY md5(identity_id::text) LIMIT $1`,
      [most],
    )
    return rows
  })

const reach = async ({ id }: Start) => {
  const { visited, everything, cut } = await reachFrom([{ id, kind: 'identity' }], REACH)
  const notes = [
    ...(everything.size ? ['came to everything of a scope'] : []),
    ...(cut ? [`cut by ${cut}`] : []),
  ]
  return { size: visited.size - 1, notes }
}
type Found = Awaited<ReturnType<typeof findPaths>>
const ways = ({ paths, more }: Found) => ({
  size: paths[0]?.length ?? 0,
  notes: [...(paths.length ? ['with a way'] : []), ...(more ? ['cut'] : [])],
})

function questions(
  starts: readonly Start[],
  hubs: readonly Start[],
  ofOne: readonly Start[],
): Asked<Start>[] {
  const slow = { calls: 60, budgetMs: 20_000 }
  return [
    {
      name: 'Reach in 3 hops from anyone, 5 000 things at most',
      calls: 200,
      budgetMs: 120_000,
      starts,
      ask: reach,
      show: 'Reach, the statement that read most',
    },
    { name: `The same from those that have ${HUB} steps and more`, ...slow, starts: hubs, ask: reach },
    {
      name: 'Ways in 6 hops, from anyone to anyone of the largest scope',
      ...slow,
      starts: ofOne,
      ask: async ({ id }, random) =>
        ways(
          await findPaths(
            [{ id: oneOf(random, ofOne).id, kind: 'identity' }],
            { id, kind: 'identity' },
            WAYS,
          ),
        ),
    },
    {
      name: 'Ways in 6 hops, from anyone to everything in its scope',
      ...slow,
      starts,
      ask: async ({ id, scopeId }) =>
        ways(await findPaths([{ id, kind: 'identity' }], { kind: 'everything', scopeId }, WAYS)),
      show: 'Ways to everything, the statement that read most',
    },
  ]
}

async function trace(): Promise<Figure[]> {
  const timed = async (): Promise<number> => {
    const began = performance.now()
    await db.$transaction((tx) => traceEscalation(tx), { timeout: TRACE_MS_MAX, maxWait: 60_000 })
    return (performance.now() - began) / 1000
  }
  const [first, again] = [await timed(), await timed()]
  const { rows } = await withServer((client) =>
    client.query<{ near: number; open: number }>(
      'SELECT count(hops)::int AS near, count(open_hops)::int AS open FROM access_verdict',
    ),
  )
  const { near = 0, open = 0 } = rows[0] ?? {}
  return [
    {
      group,
      name: 'Distances of all identities to an administrator, made anew',
      measured: `${secondsOf(first)}: ${spaced(near)} come there by certain steps, ${spaced(open)} by any; ${secondsOf(again)} once more, nothing to write`,
      verdict: 'told',
    },
  ]
}

export const accessGraph: Step = async ({ identities, seed }) => {
  listen()
  const began = performance.now()
  const { steps, scopes } = await fillGraph(identities, seed)
  const filled = (performance.now() - began) / 1000
  await settle()
  const starts = await startsOf('TRUE', 1000)
  const fans = `(SELECT count(*) FROM access_step s WHERE s.from_id = v.identity_id) >= ${HUB}`
  const hubs = await startsOf(`certain = 'write' AND ${fans}`, 40)
  const ofOne = await startsOf(
    'scope_id = (SELECT scope_id FROM access_verdict GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)',
    1000,
  )
  const ids = starts.map(({ id }) => id)
  const figures: Figure[] = [
    {
      group,
      name: 'Organisation of made-up steps',
      measured: `${spaced(steps)} steps of ${spaced(identities)} identities in ${spaced(scopes)} scopes, filled in ${secondsOf(filled)}`,
      verdict: 'told',
    },
  ]
  const facts: Facts = {}
  for (const question of questions(starts, hubs, ofOne)) {
    if (!question.starts.length) continue
    const { figure, plan } = await measureAsked(question, ids, seed)
    process.stderr.write(`           ${figure.name}: ${figure.measured}\n`)
    figures.push(figure)
    if (plan) facts[`plan:${plan.title}`] = plan
  }
  figures.push(...(await trace()))
  figures.push({
    group,
    name: 'Most memory of the process that asks',
    measured: `${spaced(peakMiB())} MiB`,
    verdict: 'told',
  })
  return { figures, facts }
}
