// In whatever order the looks of two sources are taken in, and however often joins are made in between: the edges are the same.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bearer, edgesOf, link, look, namer, scope, type World } from '@/tests/joined-world'
import { fitsPattern } from '@/core/join'
import { db } from '@/prisma/client'
import { joinChanges } from './join-changes'

/** Who bears which name, or who names what, at each look; two looks of the same source are a day apart. */
type Bearing = { names: Record<string, string>; partial: boolean }
type Naming = { asks: { asked: string; bound: boolean }[]; partial: boolean }
type Plan = { bearing: Bearing[]; naming: Naming[]; first: boolean[]; joinAfter: boolean[] }

const uid = fc.constantFrom('u1', 'u2', 'u3')
const name = fc.constantFrom('a', 'b', 'ab')
const plan: fc.Arbitrary<Plan> = fc.record({
  bearing: fc.array(fc.record({ names: fc.dictionary(uid, name), partial: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  }),
  naming: fc.array(
    fc.record({
      asks: fc.uniqueArray(fc.record({ asked: fc.constantFrom('a', 'b', 'a*', '?b'), bound: fc.boolean() }), {
        maxLength: 3,
        selector: ({ asked }) => asked,
      }),
      partial: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  first: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  joinAfter: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
})
const AUTHORITY = 'demo:bearing'
/** Both sources look on the same days, but for an hour. */
const at = (n: number, hour: number) => `2026-10-0${n + 1}T0${hour}:00:00.000Z`

async function play({ bearing, naming }: Plan, order: ('bearing' | 'naming')[], joinAfter: boolean[]) {
  // The same sources each time, so that ids are the same too.
  const worlds = { bearing: await scope('bearing'), naming: await scope('naming') }
  const done = { bearing: 0, naming: 0 }
  for (const [step, which] of order.entries()) {
    const n = done[which]++
    if (which === 'bearing') await bear(worlds.bearing, bearing[n]!, n)
    else await ask(worlds.naming, naming[n]!, n)
    if (joinAfter[step]) await joinChanges()
  }
  await joinChanges()
  const edges = await edgesOf(worlds.naming)
  await db.scope.deleteMany()
  return edges

  async function bear(world: World, { names, partial }: Bearing, n: number) {
    const things = Object.entries(names).map(([id, called]) => bearer(id, called))
    await look(world, { at: at(n, 1), things, partial, authorities: [AUTHORITY] })
  }
  async function ask(world: World, { asks, partial }: Naming, n: number) {
    const links = asks.map(({ asked, bound }) =>
      link(asked, {
        authority: AUTHORITY,
        match: /[*?]/.test(asked) ? 'pattern' : 'exact',
        ...(bound && { bound }),
      }),
    )
    await look(world, { at: at(n, 2), things: [namer('role', ...links)], partial })
  }
}

/** The same looks, each source's in its order, mixed as told. */
function mixed({ bearing, naming, first }: Plan): ('bearing' | 'naming')[] {
  const left = { bearing: bearing.length, naming: naming.length }
  return Array.from({ length: left.bearing + left.naming }, (_, step) => {
    const which = left.bearing && (first[step] || !left.naming) ? 'bearing' : 'naming'
    left[which]--
    return which
  })
}

test('edges are a function of what was seen', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (one) => {
      const inTurn = [
        ...one.bearing.map(() => 'bearing' as const),
        ...one.naming.map(() => 'naming' as const),
      ]
      const expected = await play(one, inTurn, [])
      expect(await play(one, mixed(one), one.joinAfter)).toEqual(expected)
      expect(await play(one, [...inTurn].reverse(), Array(8).fill(true))).toEqual(expected)
    }),
    { numRuns: 25 },
  )
}, 240_000)

test('the database and the pure function agree on what fits a pattern', async () => {
  const letters = fc.constantFrom('*', '?', '%', '_', '\\', 'a', 'B', 'ä', '名', '|', '\n')
  const text = fc.array(letters, { maxLength: 8 }).map((all) => all.join(''))
  await fc.assert(
    fc.asyncProperty(text, text, async (pattern, value) => {
      const [row] = await db.$queryRaw<{ fits: boolean; begins: boolean }[]>`
        SELECT ${value}::text LIKE pattern_like(${pattern}::text) AS fits,
          starts_with(${value}::text, pattern_prefix(${pattern}::text)) AS begins`
      expect(row?.fits).toBe(fitsPattern(pattern, value))
      if (row?.fits) expect(row.begins).toBe(true)
    }),
    { numRuns: 400 },
  )
})
