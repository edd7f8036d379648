// Whatever happens in whatever order, the database agrees with a model of a few lines.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { absent, known, unknown, type Fact } from '@/core/fact'
import { db } from '@/prisma/client'
import { connection, identity, refused, takeLook } from '@/tests/scripted-source'
import { scopeIdOf } from './scopes'

type Answer = 'unknown' | 'absent' | number
type Held = { answer: Answer; confirmed: boolean; active: boolean }
type Step = { seen: Record<string, Answer>; whole: boolean }

const IDS = ['a', 'b', 'c']
const answer = fc.oneof(
  fc.constant('unknown' as const),
  fc.constant('absent' as const),
  fc.integer({ min: 1, max: 9 }),
)
const step: fc.Arbitrary<Step> = fc.record({
  seen: fc.dictionary(fc.constantFrom(...IDS), answer),
  whole: fc.boolean(),
})

const factOf = (a: Answer): Fact<string> =>
  a === 'unknown'
    ? unknown('denied', 'demo:Use')
    : a === 'absent'
      ? absent('demo:Use')
      : known(`2026-09-0${a}T00:00:00.000Z`, 'demo:Use')

/** The law in ten lines: an unknown keeps the answer, and only a whole look retires. */
function model(held: Map<string, Held>, { seen, whole }: Step): void {
  for (const [id, said] of Object.entries(seen)) {
    const before = held.get(id)
    const kept = said === 'unknown' && before && before.answer !== 'unknown'
    held.set(
      id,
      kept ? { ...before, confirmed: false, active: true } : { answer: said, confirmed: true, active: true },
    )
  }
  if (!whole) return
  for (const [id, row] of held) if (!(id in seen)) row.active = false
}

const read = async (scope: string) => {
  const rows = await db.identity.findMany({ where: { scopeId: scopeIdOf('demo', false, scope) } })
  return rows
    .map((row) => {
      const fact = (row.doc as { lastUsedAt: Fact<string> }).lastUsedAt
      const said = fact.state === 'known' ? Number(fact.value.slice(9, 10)) : fact.state
      const confirmed = fact.state === 'unknown' || !fact.unconfirmed
      return { id: row.nativeId, answer: said, confirmed, active: row.retiredAt === null }
    })
    .sort((x, y) => x.id.localeCompare(y.id))
}

test('the inventory equals the model after every look of a random sequence', async () => {
  const to = await connection()
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      const scope = `s-${Math.random().toString(36).slice(2)}`
      const held = new Map<string, Held>()
      for (const [i, one] of steps.entries()) {
        const observations = Object.entries(one.seen).map(([id, a]) =>
          identity(id, { lastUsedAt: factOf(a) }),
        )
        const fails = one.whole ? {} : { fails: refused('throttled') }
        const at = `2026-10-${String(i + 1).padStart(2, '0')}T00:00:00.000Z`
        await takeLook(to, { at, scopes: [scope], streams: { all: { observations, ...fails } } })
        model(held, one)
        const expected = [...held]
          .map(([id, row]) => ({ id, ...row }))
          .sort((x, y) => x.id.localeCompare(y.id))
        expect(await read(scope)).toEqual(expected)
      }
    }),
    { numRuns: 30 },
  )
}, 120_000)
