// Whatever happened: what is told to differ is what differs between the two inventories as they stood.
import fc from 'fast-check'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { DiffFilter, type DiffRow } from '@/core/diff'
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import { atMoment, reader } from '@/inventory/moment/at-moment'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import {
  forgetEverything,
  identityDoc,
  knownAt,
  putIdentity,
  putSource,
  retire,
  uuid,
} from '@/tests/simulated-time'
import { askedDiff } from './diff-slice'
import { docDifferences } from './doc-changes'
import { eachDiff } from './each-diff'

const auditor = actorAs('auditor')
const day = (n: number): Instant => new Date(Date.UTC(2026, 8, 1 + n)).toISOString()

beforeEach(forgetEverything)
afterAll(async () => {
  await closeMomentClient()
  await db.$disconnect()
})

const fact: fc.Arbitrary<Fact<string>> = fc.oneof(
  fc.constantFrom('x', 'y').map((value) => known(value, 'demo:A')),
  fc.constantFrom('demo:A', 'demo:B').map((source) => absent(source)),
  fc.constant(unknown('denied', 'demo:A')),
)
/** A window that moves on while the same is seen in it. */
const exercised: fc.Arbitrary<Fact<object>> = fc.oneof(
  fc
    .record({
      from: fc.constantFrom(day(1), day(2)),
      to: fc.constantFrom(day(8), day(9)),
      actions: fc.subarray(['read', 'write']),
      total: fc.constantFrom(2, 3),
    })
    .map((value) => known(value, 'demo:A')),
  fc.constant(unknown('denied', 'demo:A')),
)
const doc = fc
  .tuple(
    fc.dictionary(fc.constantFrom('one', 'two', 'three'), fc.oneof(fact, fc.constantFrom('p', 'q', [1])), {
      maxKeys: 3,
    }),
    fc.option(exercised, { nil: undefined }),
  )
  .map(([fields, seen]) => ({ ...fields, ...(seen && { exercised: seen }) }))

test('the database and the words agree about what differs', async () => {
  await fc.assert(
    fc.asyncProperty(doc, doc, async (before, after) => {
      const [row] = await db.$queryRaw<{ said: string | null }[]>`
        SELECT doc_difference(${JSON.stringify(before)}::jsonb, ${JSON.stringify(after)}::jsonb) AS said`
      const fields = docDifferences(before, after)
      expect(row?.said).toBe(!fields.length ? null : fields.every((f) => f.unseen) ? 'learned' : 'changed')
    }),
    { numRuns: 200 },
  )
})

async function differing(words: Record<string, string>): Promise<DiffRow[]> {
  const rows: DiffRow[] = []
  const asked = await askedDiff(auditor, DiffFilter.parse({ kind: 'identity', ...words }))
  for await (const batch of eachDiff(auditor, asked)) rows.push(...batch)
  return rows
}

/** As versions from before there were steps. */
const withoutSteps = () =>
  db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`
    await tx.$executeRaw`UPDATE version.identity SET step = NULL, prior_known = NULL, prior_valid = NULL`
  })

type Step = { id: number; does: 'put' | 'retire' | 'delete' | 'twice'; team: string }
const step: fc.Arbitrary<Step> = fc.record({
  id: fc.integer({ min: 0, max: 3 }),
  does: fc.constantFrom('put', 'put', 'retire', 'delete', 'twice'),
  team: fc.constantFrom('a', 'b'),
})

test(
  'whatever happened, the comparison is that of the two inventories as they stood',
  { timeout: 60_000 },
  async () => {
    await knownAt(day(-701), (tx) => putSource(tx, 'North', { at: day(-701), scopes: ['s1'] }))
    let turn = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 10 }), fc.nat(9), fc.nat(9), async (steps, one, other) => {
        const start = day(-700 + turn++ * 2)
        const at = (n: number) => new Date(Date.parse(start) + n * 3600_000).toISOString()
        const name = (id: number) => `${turn}-${id}`
        for (const [n, { id, does, team }] of steps.entries())
          await knownAt(at(2 * n + 1), async (tx) => {
            const row = uuid('identity', 's1', name(id))
            const held = await tx.identity.findUnique({ where: { id: row } })
            const tags = { tags: known({ team }, 'demo:List') }
            // Written twice at one instant: the second is what counts.
            if (does === 'twice') await putIdentity(tx, 's1', name(id), at(2 * n), { class: 'human' })
            if (does === 'put' || does === 'twice') await putIdentity(tx, 's1', name(id), at(2 * n), tags)
            else if (held && does === 'retire') await retire(tx, 'identity', row, at(2 * n))
            else if (held) await tx.identity.delete({ where: { id: row } })
          })
        if (one === other) return
        const [from, to] = [at(2 * Math.min(one, other) + 1), at(2 * Math.max(one, other) + 1)]
        const standing = (when: Instant) =>
          atMoment({ valid: when, known: when }, async () => {
            const rows = await reader.identity.findMany({ where: { retiredAt: null } })
            return new Map(rows.map((row) => [row.name, JSON.stringify(row.doc)]))
          })
        const [before, after] = [await standing(from), await standing(to)]
        const expected = [...new Set([...before.keys(), ...after.keys()])].filter(
          (key) => before.get(key) !== after.get(key),
        )
        const rows = await differing({ from, to })
        expect(rows.map(({ name }) => name).sort()).toEqual(expected.sort())
        // Asked for some words alone, other things are left unread; the answer is the same.
        for (const what of ['added,gone,returned', 'changed', 'first-look,learned'])
          expect(await differing({ from, to, what })).toEqual(
            rows.filter((row) => what.split(',').includes(row.what)),
          )
        // As one truth known now: another path to the same versions.
        const late = await differing({ from, to, known: at(30) })
        // What versions say of themselves spares reading them, and says nothing else than they do.
        await withoutSteps()
        expect(await differing({ from, to })).toEqual(rows)
        expect(await differing({ from, to, known: at(30) })).toEqual(late)
      }),
      { numRuns: 40, endOnFailure: true },
    )
  },
)

test('the fields of an identity document that a test writes are those the words know', () => {
  expect(docDifferences(identityDoc('a'), identityDoc('b'))).toEqual([{ field: 'name', from: 'a', to: 'b' }])
})
