// What the form of an exception offers, and that what is chosen in it excepts exactly that.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FindingFilter, type FindingRow } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { listFindings } from '@/inventory/queries/list-findings'
import { scopeIdOf } from '@/inventory/scopes'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorOf, analyst, estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { askException } from './ask-exception'
import { approveException } from './decide-exception'
import { exceptionView } from './list-exceptions'
import { filterToExcept, identityToExcept } from './what-to-except'

const nobody = '00000000-0000-4000-8000-000000000000'
const NORTH = scopeIdOf('demo', false, 'north')
const words = { reason: 'It goes.', evidence: 'https://tickets.example/1', control: 'It is watched.' }
const until = new Date(Date.now() + 9 * 24 * 3600_000).toISOString().slice(0, 10)

const list = async (given: Record<string, string> = {}) =>
  (await listFindings(analyst, { ...FindingFilter.parse(given), size: 1000 })).rows
async function approved(about: Partial<Parameters<typeof askException>[1]>) {
  const { id } = await askException(analyst, { ...words, until, ...about })
  await approveException(actorOf('administrator'), { id })
  return id
}
const counts = (rows: readonly FindingRow[], of: (row: FindingRow) => string) => {
  const held = new Map<string, number>()
  for (const row of rows) held.set(of(row), (held.get(of(row)) ?? 0) + 1)
  return Object.fromEntries(held)
}

beforeAll(async () => {
  const at = new Date(Date.now() - 3600_000).toISOString()
  const to = await connection()
  await look(to, { at, scopes: ['north'], streams: estate(8) })
  await look(to, { at, scopes: ['south'], streams: estate(4) })
  await look(await connection('sample'), { at, scopes: ['made up'], streams: estate(2) })
})
beforeEach(() => db.exception.deleteMany())
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

describe('of an identity', () => {
  /** One for which a rule fails twice: itself or a credential, and others do too. */
  async function many(): Promise<FindingRow> {
    const fails = await list({ verdict: 'fail' })
    const found = fails.find(
      (one) => new Set(fails.filter((f) => f.identityId === one.identityId).map((f) => f.ruleId)).size > 1,
    )
    return found as FindingRow
  }

  test('the rules that fail for it and its credentials, and no others', async () => {
    const { identityId = '', ruleId } = await many()
    const about = await identityToExcept(analyst, identityId)
    const meant = (await list({ verdict: 'fail' })).filter((row) => row.identityId === identityId)
    const told = Object.fromEntries(about.rules.map((rule) => [rule.ruleId, rule.count]))
    expect(told).toEqual(counts(meant, (row) => row.ruleId))
    expect(Object.keys(told)).toContain(ruleId)
    expect((await db.identity.findUniqueOrThrow({ where: { id: identityId } })).name).toBe(about.name)
  })

  test('one that is chosen excepts it by that rule, and is offered no more', async () => {
    const { identityId = '' } = await many()
    const { rules } = await identityToExcept(analyst, identityId)
    const [chosen, ...others] = rules
    await approved({ identity: identityId, rules: [chosen?.ruleId ?? ''] })
    const excepted = await list({ excepted: 'yes', verdict: 'fail' })
    expect(excepted).toHaveLength(chosen?.count ?? 0)
    expect(excepted.every((row) => row.identityId === identityId && row.ruleId === chosen?.ruleId)).toBe(true)
    expect((await identityToExcept(analyst, identityId)).rules).toEqual(others)
  })

  test('none chosen is said at the field of the rules', async () => {
    const { identityId } = await many()
    const failure: unknown = await askException(analyst, { ...words, until, identity: identityId }).catch(
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({ code: 'invalid', issues: [{ path: 'rules' }] })
  })

  test.each([nobody, 'no-id'])('%s is not there', async (id) => {
    await expect(identityToExcept(analyst, id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('of rules', () => {
  test('the scopes in which they have open findings, the most first, without the sample', async () => {
    const { ruleId } = (await list({ verdict: 'fail' }))[0] as FindingRow
    const { scopes, rules, words: said } = await filterToExcept(analyst, { rule: ruleId })
    expect({ rules, said, more: scopes?.more }).toEqual({ rules: [ruleId], said: '', more: false })
    const told = scopes?.rows ?? []
    expect(told.map(({ name }) => name)).toEqual(['north', 'south'])
    expect(Object.fromEntries(told.map(({ id, count }) => [id, count]))).toEqual(
      counts(await list({ rule: ruleId }), (row) => row.scope.id),
    )
  })

  test('a scope that is chosen is all that is excepted, named as people name it', async () => {
    const { ruleId } = (await list({ verdict: 'fail', scope: NORTH }))[0] as FindingRow
    const id = await approved({ filter: { rule: ruleId, scope: NORTH } })
    const excepted = await list({ excepted: 'yes' })
    const meant = await list({ rule: ruleId, scope: NORTH })
    expect(excepted.map((row) => row.id).sort()).toEqual(meant.map((row) => row.id).sort())
    expect(await exceptionView(analyst, id)).toMatchObject({
      about: 'scope north',
      filter: { scope: NORTH },
      covers: meant.length,
    })
    const { scopes } = await filterToExcept(analyst, { rule: ruleId })
    expect(scopes?.rows.map(({ name }) => name)).toEqual(['south'])
  })

  test('where is not asked of a filter that says more than rules, and is said by name', async () => {
    const { ruleId } = (await list({ verdict: 'fail' }))[0] as FindingRow
    for (const [filter, said] of [
      [{ rule: ruleId, q: 'a' }, 'q a'],
      [{ rule: ruleId, scope: `${NORTH},${nobody},native` }, `scope north, ${nobody}, native`],
      [{ rule: 'any' }, ''],
      [{ verdict: 'fail' }, 'verdict fail'],
    ] as const) {
      const about = await filterToExcept(analyst, filter)
      expect(about).not.toHaveProperty('scopes')
      expect(about.words).toBe(said)
    }
  })
})

test.each<[string, Actor | null, string]>([
  ['an auditor', actorOf('auditor'), 'forbidden'],
  ['an owner', actorOf('owner'), 'forbidden'],
  ['nobody', null, 'unauthenticated'],
])('%s is not told what there is to choose from', async (_, actor, code) => {
  await expect(identityToExcept(actor, nobody)).rejects.toMatchObject({ code })
  await expect(filterToExcept(actor, { rule: 'x' })).rejects.toMatchObject({ code })
})
