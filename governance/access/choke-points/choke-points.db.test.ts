// Choke points of small worlds made by hand: what is cut, what that costs, and what is said of its use.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import { idOf } from '@/inventory/content-hash'
import { db } from '@/prisma/client'
import { closeSender } from '@/jobs/queue'
import { actorAs } from '@/tests/actors'
import { askedWorld, TOKEN } from '@/tests/asked-world'
import { identityIdOf, insertIdentity, insertScope } from '@/tests/inserted-scope'
import { v4 as newId } from 'uuid'
import { chokePoints } from './choke-points'
import { ChokePointsQuestion } from './input'

const reader = actorAs('administrator')
const ask = (given: Record<string, unknown>) => chokePoints(reader, ChokePointsQuestion.parse(given))
const ends = (answer: Awaited<ReturnType<typeof ask>>) =>
  answer.points.map(({ steps }) => steps.map(({ from, to }) => [nameOf(from), nameOf(to)]))
const nameOf = (end: object): string => ('end' in end ? (end.end as { name: string }).name : 'everything')
const DAYS = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString()

const head = (scopeId: string, kind: 'grant' | 'usage' | 'workload', nativeId: string) => ({
  id: idOf(scopeId, kind, nativeId),
  scopeId,
  stream: 'main',
  nativeId,
  fingerprint: '00000000-0000-0000-0000-000000000000',
  firstSeenAt: DAYS(30),
  validFrom: DAYS(30),
  runId: newId(),
})
async function grant(scopeId: string, identity: string, name: string, exercised?: object): Promise<void> {
  await db.grant.create({
    data: {
      ...head(scopeId, 'grant', `${identity}/${name}`),
      identityId: identity,
      identityRef: identity,
      entitlementId: newId(),
      effect: 'allow',
      via: 'attached',
      doc: { entitlement: name, entitlementName: name, exercised: exercised ?? null },
    },
  })
}
const SOURCE = 'demo:List'
type MadeScope = { id: string; of: (name: string) => string }

async function madeScope(names: readonly string[], classOf = 'machine'): Promise<MadeScope> {
  const { id } = await insertScope()
  for (const name of names) {
    await insertIdentity(id, name, { class: classOf })
    await used(id, name, unknown('not-offered', SOURCE, 'it keeps no record'))
  }
  await db.accessAnalysis.create({ data: { scopeId: id, mark: 'made', analysedAt: new Date(), unseen: [] } })
  return { id, of: (name) => identityIdOf(id, name) }
}

async function used(scopeId: string, name: string, lastUsedAt: Fact<Instant>): Promise<void> {
  const id = identityIdOf(scopeId, name)
  const row = await db.identity.findUniqueOrThrow({ where: { id } })
  await db.identity.update({
    where: { id },
    data: {
      doc: { ...(row.doc as object), lastUsedAt },
      lastUsedState: lastUsedAt.state,
      lastUsedAt: lastUsedAt.state === 'known' ? lastUsedAt.value : null,
    },
  })
}
const usedAt = (at: Instant) => known(at, SOURCE)

type Given = { by?: string; certainty?: string; origin?: string; fromKind?: string; because?: string[] }
/** @param to an id, or undefined for everything in the scope */
async function step(
  scopeId: string,
  from: string,
  to: string | undefined,
  given: Given = {},
): Promise<string> {
  const {
    by = to ? 'K01' : 'administrator',
    certainty = 'possible',
    origin = 'platform',
    fromKind = 'identity',
  } = given
  const id = newId()
  const begins = await db.identity.findUnique({ where: { id: from }, select: { scopeId: true } })
  await db.accessStep.create({
    data: {
      id,
      scopeId,
      fromId: from,
      fromKind,
      fromScopeId: begins?.scopeId ?? scopeId,
      toId: to ?? null,
      toKind: to ? 'identity' : 'administrator',
      toScopeId: scopeId,
      origin,
      by,
      certainty,
      because: given.because ?? ['It may.'],
      missing: [],
    },
  })
  return id
}

afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

describe('three jobs come to the administrator over one deployer', () => {
  let world: MadeScope
  beforeAll(async () => {
    world = await madeScope(['a', 'b', 'c', 'deployer', 'root'])
    const { id, of } = world
    for (const name of ['a', 'b', 'c']) await step(id, of(name), of('deployer'))
    await step(id, of('deployer'), of('root'))
    await step(id, of('root'), undefined)
  })
  test('from one of them: one step, the one nearest to it', async () => {
    const answer = await ask({ from: world.of('a'), to: world.of('root') })
    expect(answer).toMatchObject({
      cut: 'found',
      ways: { count: 1, more: false, sources: 1 },
      after: { sources: 0 },
    })
    expect(answer.points).toHaveLength(1)
  })
  test('from every machine to somebody: the one step all ways go through', async () => {
    const answer = await ask({ to: world.of('root') })
    // The administrator itself is where the ways lead, and no start.
    expect(ends(answer)).toEqual([[['deployer', 'root']]])
    expect(answer.ways).toEqual({ count: 4, more: false, sources: 4 })
    expect(answer.after.sources).toBe(0)
  })
  test('to everything: what the one that is administrator holds', async () => {
    const answer = await ask({ to: `administrator:${world.id}` })
    expect(ends(answer)).toEqual([[['root', 'everything']]])
    expect(answer.ways.sources).toBe(5)
  })
  test('a way that is longer than asked is left, and told', async () => {
    const { id, of } = world
    const long = await step(id, of('deployer'), of('a'), { by: 'K02' })
    const answer = await ask({ from: of('deployer'), to: `administrator:${id}`, hops: 1 })
    expect(answer).toMatchObject({
      cut: 'none',
      ways: { count: 0, sources: 0 },
      after: { sources: 1, hops: 8 },
    })
    await db.accessStep.delete({ where: { id: long } })
  })
})

test('two ways beside each other need two cuts; a step that depends is a way unless only certain ones are asked for', async () => {
  const { id, of } = await madeScope(['a', 'x', 'y', 'root'])
  for (const middle of ['x', 'y']) {
    await step(id, of('a'), of(middle), { certainty: middle === 'y' ? 'depends' : 'possible' })
    await step(id, of(middle), of('root'))
  }
  expect((await ask({ from: of('a'), to: of('root') })).points).toHaveLength(2)
  expect((await ask({ from: of('a'), to: of('root'), certain: 'true' })).points).toHaveLength(1)
})

test('administrators of a scope act as all in it: the cut takes their rights as well', async () => {
  const home = await madeScope(['job'])
  const far = await madeScope(['vault'])
  await step(home.id, home.of('job'), undefined, { by: 'administrator' })
  const inside = await madeScope(['boss'])
  await step(home.id, inside.of('boss'), undefined)
  await step(far.id, home.of('job'), far.of('vault'), { origin: 'join', by: 'permitted' })
  const answer = await ask({ from: inside.of('boss'), to: far.of('vault') })
  expect(answer.cut).toBe('found')
  expect(ends(answer)).toEqual([[['boss', 'everything']]])
})

test('what runs is stopped only where nothing else can be cut', async () => {
  const { id, of } = await madeScope(['sa', 'root'])
  const workload = newId()
  await db.workload.create({
    data: {
      ...head(id, 'workload', 'nightly'),
      id: workload,
      type: 'demo.job',
      name: 'nightly',
      aliases: [],
      uses: ['sa'],
      doc: {},
    },
  })
  await step(id, workload, of('sa'), { origin: 'runs-as', by: 'runs-as', fromKind: 'workload' })
  const way = await step(id, of('sa'), of('root'))
  const softly = await ask({ from: workload, to: of('root') })
  expect(softly.points).toMatchObject([{ kind: 'step', use: { workloads: ['nightly'] } }])
  await db.accessStep.delete({ where: { id: way } })
  const hard = await ask({ from: workload, to: of('sa') })
  expect(hard.points).toMatchObject([{ kind: 'workload', use: { answer: 'would-break' } }])
})

test('one grant that gives many steps is one cut, and steps of the same kind by different grants are several', async () => {
  const { id, of } = await madeScope(['a', 'x', 'y', 'root'])
  await grant(id, of('a'), 'everything-role')
  await grant(id, of('a'), 'everything')
  for (const middle of ['x', 'y']) {
    await step(id, of('a'), of(middle), { because: ['everything-role (attached), statement 1 allows it.'] })
    await step(id, of(middle), of('root'))
  }
  const answer = await ask({ from: of('a'), to: of('root') })
  expect(answer.points).toMatchObject([{ kind: 'grant', remove: 'everything-role (attached)', count: 2 }])
  // Nothing judges the rights of this made-up source.
  expect(answer.points[0]?.confirmed.answer).toBe('not-tried')
})

describe('what taking it away would break', () => {
  test('of two cuts of one step the one nobody was seen using goes', async () => {
    const { id, of } = await madeScope(['a', 'middle', 'root'])
    await step(id, of('a'), of('middle'))
    await step(id, of('middle'), of('root'))
    await used(id, 'a', usedAt(DAYS(2)))
    await used(id, 'middle', usedAt(DAYS(2)))
    await used(id, 'root', usedAt(DAYS(300)))
    const answer = await ask({ from: of('a'), to: of('root') })
    expect(ends(answer)).toEqual([[['middle', 'root']]])
    expect(answer.points[0]?.use).toMatchObject({ answer: 'no-use-seen' })
    expect(answer.points[0]?.use.words).toContain('root was last used on')
    await used(id, 'root', usedAt(DAYS(1)))
    await used(id, 'middle', absent('demo:List'))
    // Both can go now without anybody having been seen: the nearer one is told.
    expect(ends(await ask({ from: of('a'), to: of('root') }))).toEqual([[['a', 'middle']]])
  })
  test('a log that names both ends tells; one of each alone leaves it open, as does no line at all', async () => {
    const { id, of } = await madeScope(['a', 'root'])
    await step(id, of('a'), of('root'))
    const use = async () => (await ask({ from: of('a'), to: of('root') })).points[0]?.use
    expect(await use()).toMatchObject({ answer: 'unknown', seen: [] })
    expect((await use())?.words).toContain('does not tell')
    const said = (what: string) =>
      db.usage.create({
        data: {
          ...head(id, 'usage', what),
          identityId: of('a'),
          identityRef: 'a',
          usedAt: DAYS(2),
          what,
          doc: {},
        },
      })
    await said('denied: acted as root')
    expect(await use()).toMatchObject({ answer: 'unknown', seen: [] })
    await said('get pods')
    expect(await use()).toMatchObject({ answer: 'unknown', seen: [{ what: 'get pods' }] })
    await said('acted as root (3 times)')
    expect(await use()).toMatchObject({ answer: 'would-break' })
  })
  test('of a grant its source may tell, whatever else was seen', async () => {
    const { id, of } = await madeScope(['a', 'root'])
    await used(id, 'root', usedAt(DAYS(300)))
    const window = { from: DAYS(90), to: DAYS(1) }
    await grant(id, of('a'), 'role-x', {
      state: 'known',
      source: 's',
      value: { ...window, actions: ['x.get'] },
    })
    await step(id, of('a'), of('root'), { because: ['It holds role-x.'] })
    const use = async () => (await ask({ from: of('a'), to: of('root') })).points[0]?.use
    expect(await use()).toMatchObject({ answer: 'would-break' })
    const tells = (value: object) =>
      db.grant.updateMany({
        where: { scopeId: id },
        data: {
          doc: {
            entitlement: 'role-x',
            entitlementName: 'role-x',
            exercised: { state: 'known', source: 's', value: { ...window, actions: [], ...value } },
          },
        },
      })
    await tells({})
    expect(await use()).toMatchObject({ answer: 'no-use-seen' })
    await tells({ unseen: ['x.set'], total: 1 })
    expect(await use()).toMatchObject({ answer: 'no-use-seen' })
    // What it does not name it keeps silent of.
    await tells({ unseen: ['x.set'] })
    expect(await use()).toMatchObject({ answer: 'unknown' })
  })
})

test('what nobody could mean is refused', async () => {
  expect(ChokePointsQuestion.safeParse({ to: '' }).success).toBe(false)
  expect(ChokePointsQuestion.safeParse({ to: 'x', hops: 99 }).success).toBe(false)
  expect(ChokePointsQuestion.safeParse({ to: 'x', days: 0 }).success).toBe(false)
  await expect(ask({ to: 'administrator:nowhere' })).rejects.toMatchObject({ code: 'not-found' })
  await expect(ask({ from: 'token:nonsense', to: 'administrator:nowhere' })).rejects.toMatchObject({
    code: 'invalid',
  })
  await expect(ask({ to: "Robert'); DROP TABLE access_step;--" })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('where only what is certain is asked for, a token begins only where it is certainly let in', async () => {
  await askedWorld()
  expect((await ask({ from: TOKEN, to: 'target' })).from).toMatch(/let in by 2, of which 1 depend/)
  expect((await ask({ from: TOKEN, to: 'target', certain: 'true' })).from).not.toMatch(/let in by/)
}, 60_000)
