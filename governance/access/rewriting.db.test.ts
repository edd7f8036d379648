// An account that changes at random: what is held after each analysis is what a first analysis of the same account would write.
import { afterAll, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import {
  all,
  dayOf,
  documentOf,
  holds,
  lets,
  newSource,
  NORTH,
  policy,
  role,
  roleArn,
  scopeOf,
  see,
  SOUTH,
} from '@/tests/granted-world'
import { refused, takeLook } from '@/tests/scripted-source'
import { analyseScope } from './analyse-scope'

afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const NAMES = ['a', 'b', 'c', 'd']
const ACTIONS = ['*', 's3:ListBucket', 'sts:AssumeRole', 'iam:PassRole', 'iam:PutRolePolicy']
const ROUNDS = 12

async function held(account: string) {
  const where = { scopeId: scopeOf(account) }
  const steps = await db.accessStep.findMany({ where, orderBy: { id: 'asc' }, omit: { since: true } })
  const verdicts = await db.accessVerdict.findMany({ where, orderBy: { identityId: 'asc' } })
  return { steps, verdicts }
}

test('grants, documents, trust, principals and refused looks in any order', async () => {
  let state = 11
  const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647
  const some = <T>(list: readonly T[]): T[] => list.filter(() => random() < 0.5)
  const source = await newSource()
  let most = 0
  for (let round = 1; round <= ROUNDS; round++) {
    const names = some(NAMES)
    const seen = all(
      ...names.map((name) => role(name)),
      ...ACTIONS.map((_, at) =>
        policy(`p${at}`, documentOf({ Action: some(ACTIONS).concat('s3:GetObject') })),
      ),
      ...names.flatMap((name) => some(ACTIONS.map((_, at) => `p${at}`)).map((one) => holds(name, one))),
      ...names.flatMap((name) => some(names).map((other) => lets(name, roleArn(other)))),
    )
    await see(source, NORTH, round, random() < 0.2 ? { ...seen, fails: refused() } : seen)
    const kept = await held(NORTH)
    most = Math.max(most, kept.steps.length)
    await db.$executeRaw`TRUNCATE access_step, access_verdict, access_rests, access_analysis`
    await analyseScope(scopeOf(NORTH), new AbortController().signal)
    expect(kept).toEqual(await held(NORTH))
  }
  expect(most).toBeGreaterThan(2)
}, 120_000)

test('one thing at a time: whoever is not judged again is held as if everybody were', async () => {
  let state = 5
  const random = (most: number) => (state = (state * 16_807) % 2_147_483_647) % most
  const names = Array.from({ length: 8 }, (_, at) => `n${at}`)
  const said = ACTIONS.map((action) => [action, 's3:GetObject'])
  const grants = new Set(names.map((name, at) => [name, `p${at % ACTIONS.length}`].join()))
  const trusts = new Set<string>()
  const toggle = (set: Set<string>, one: string) => void (set.delete(one) || set.add(one))
  const source = await newSource()
  let judged = 0
  for (let round = 1; round <= 2 * ROUNDS; round++) {
    const [one, other] = [names[random(names.length)] ?? '', names[random(names.length)] ?? '']
    const at = random(ACTIONS.length)
    const kind = round === 1 ? -1 : random(4)
    if (kind === 0) toggle(grants, `${one},p${at}`)
    else if (kind === 1) toggle(trusts, `${one},${other}`)
    else if (kind > 1)
      said[at] = [ACTIONS[random(ACTIONS.length)] ?? '', kind === 2 ? 's3:GetObject' : 'iam:*']
    const seen = all(
      ...names.map((name) => role(name, SOUTH)),
      ...said.map((Action, n) => policy(`p${n}`, documentOf({ Action, Effect: n === 4 ? 'Deny' : 'Allow' }))),
      ...[...grants].map((grant) => holds(...(grant.split(',') as [string, string]))),
      ...[...trusts]
        .map((trust) => trust.split(','))
        .map(([of = '', to = '']) => lets(of, roleArn(to, SOUTH))),
    )
    await takeLook(source, { at: dayOf(round), scopes: [SOUTH], streams: { all: seen } })
    const made = await analyseScope(scopeOf(SOUTH), new AbortController().signal)
    judged += round === 1 ? 0 : made.judged
    const kept = await held(SOUTH)
    await db.$executeRaw`TRUNCATE access_step, access_verdict, access_rests, access_analysis`
    await analyseScope(scopeOf(SOUTH), new AbortController().signal)
    expect(kept).toEqual(await held(SOUTH))
  }
  expect(judged).toBeGreaterThan(0)
  expect(judged).toBeLessThan((names.length * 2 * ROUNDS) / 1.5)
}, 120_000)

test('what a killed analysis left behind goes with the next, also that of a scope which is gone', async () => {
  const gone = 's0123456789abcdef0123456789abcdef_step_00000000'
  await db.$executeRawUnsafe(`CREATE UNLOGGED TABLE judging.${gone} (id uuid)`)
  await db.$executeRaw`TRUNCATE access_analysis`
  await analyseScope(scopeOf(NORTH), new AbortController().signal)
  expect(await db.$queryRaw`SELECT tablename FROM pg_tables WHERE schemaname = 'judging'`).toEqual([])
})
