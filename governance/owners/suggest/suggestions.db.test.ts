// What speaks for somebody as an owner, confirming it, and the list of what nobody has confirmed.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { known } from '@/core/fact'
import type { Of } from '@/core/observation'
import { DEFAULT_POLICY, type Policy } from '@/core/policy'
import type { Actor } from '@/core/permissions'
import { importPeople } from '@/governance/directory/import-people'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import type { Prisma } from '@/prisma/generated/client'
import { actorOf, analyst, look } from '@/tests/queried-estate'
import { connection, identity } from '@/tests/scripted-source'
import { assignOwner } from '../assign-owner'
import { confirmOwner } from '../confirm-owner'
import { eachOwnership, listOwnership, OwnershipFilter } from '../list-ownership'
import { ownershipOf } from '../ownership-of'
import { undoOwnership } from '../undo-ownership'
import { suggestionsFor } from './suggestions-for'

const NOW = new Date('2026-06-10T12:00:00.000Z')
const SEEN = '2026-06-01T00:00:00.000Z'
const SOURCE = 'demo:List'
const at = () => ({ now: new Date() })
const ada = actorOf('owner', { id: 'ada', name: 'Ada', email: 'ada@b.c' })
let ids: Record<string, string>
const id = (name: string) => ids[name] ?? ''

const hint = (of: string, value: string, via = 'tag owner', names: Of<'owner-hint'>['names'] = 'person') =>
  ({ kind: 'owner-hint', nativeId: `${of}/${via}/${value}`, identity: of, names, value, via }) as const
const runs = (name: string, namespace: string, ...uses: string[]): Of<'workload'> => ({
  kind: 'workload',
  nativeId: `w-${name}`,
  aliases: [],
  type: 'demo.service',
  name,
  uses,
  createdAt: known(SEEN, SOURCE),
  namespace,
})
const NAMES = [
  'agreed',
  'apart',
  'bare',
  'left',
  'made',
  'one',
  'other',
  'pair',
  'tagged',
  'third',
  'unclear',
]

beforeAll(async () => {
  await look(await connection(), {
    at: SEEN,
    streams: {
      main: {
        observations: [
          ...NAMES.map((name) =>
            identity(name, name === 'tagged' ? { tags: known({ 'cost-Owner': 'ada@b.c' }, SOURCE) } : {}),
          ),
          hint('agreed', 'Ada@b.c'),
          hint('agreed', 'Platform', 'tag team', 'team'),
          hint('apart', 'ada@b.c'),
          hint('apart', 'bo@b.c', 'label owner'),
          hint('left', 'cy@b.c'),
          hint('made', 'stranger@b.c', 'audit log: who made it'),
          hint('made', 'robot', 'audit log: who made it', 'unclear'),
          hint('unclear', 'Marta', 'tag owner', 'unclear'),
          hint('unclear', 'shop', 'label part-of', 'unclear'),
          runs('together', 'ns-a', 'one', 'pair'),
          runs('alone', 'ns-a', 'other'),
          runs('elsewhere', 'ns-b', 'third'),
        ],
      },
    },
  })
  ids = Object.fromEntries((await db.identity.findMany()).map((row) => [row.nativeId, row.id]))
  const csv = ['name,email,team,status', 'Ada,ada@b.c,Platform,', 'Bo,bo@b.c,,', 'Cy,cy@b.c,,left'].join('\n')
  await importPeople(actorOf('administrator'), { csv }, { now: new Date(SEEN) })
  await db.user.create({ data: { id: 'ada', name: 'Ada', email: 'ada@b.c', role: 'owner' } })
  const person = await db.person.findUniqueOrThrow({ where: { email: 'ada@b.c' } })
  const said = { source: 'members', externalId: 'ada', isActive: true, at: new Date(SEEN) }
  await db.personSource.create({ data: { ...said, personId: person.id } })
})
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  await db.ownershipAct.deleteMany()
  await db.ownership.deleteMany()
  await db.policy.deleteMany()
  await db.person.deleteMany({ where: { email: 'stranger@b.c' } })
  return () => vi.useRealTimers()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const suggested = async (name: string) => (await suggestionsFor([id(name)])).get(id(name)) ?? []
const brief = async (name: string) =>
  (await suggested(name)).map(
    ({ role, name: who, confidence, isBest }) => `${role} ${who} ${confidence}${isBest ? ' best' : ''}`,
  )
const confirm = (
  rows: { identity: string; keys?: string[]; as?: 'person' | 'team' }[],
  actor: Actor = analyst,
) => confirmOwner(actor, { rows }, at())
const failing = async (work: Promise<unknown>) =>
  (await work.catch((error: unknown) => error)) as {
    code: string
    message: string
    issues: { path: string }[]
  }

describe('what speaks for somebody', () => {
  test('are hints, with where they stand, and as whom the directory knows them', async () => {
    expect(await brief('agreed')).toEqual(['person ada@b.c strong best', 'team Platform strong best'])
    const [person] = await suggested('agreed')
    expect(person).toMatchObject({
      standing: 'here',
      evidence: [{ kind: 'named', words: 'tag owner', source: 's1', at: SEEN }],
    })
  })
  test('that does not agree stands side by side', async () => {
    const found = await suggested('apart')
    expect(found.map(({ name, conflict, isBest }) => [name, conflict, isBest])).toEqual(
      expect.arrayContaining([
        ['ada@b.c', ['bo@b.c'], false],
        ['bo@b.c', ['ada@b.c'], false],
      ]),
    )
  })
  test('may be somebody who has left, somebody nobody knows, or of unclear kind', async () => {
    expect(await brief('left')).toEqual(['person cy@b.c strong'])
    expect((await suggested('left'))[0]?.standing).toBe('left')
    // A machine that made it, and the name of an application that no team bears, are nobody.
    expect(await brief('made')).toEqual(['person stranger@b.c fair best'])
    expect(await brief('unclear')).toEqual(['unclear Marta strong'])
    expect(await brief('bare')).toEqual([])
  })
  test('may be a tag that only the policy knows', async () => {
    expect(await brief('tagged')).toEqual([])
    const doc = { ...DEFAULT_POLICY, ownerTags: ['Cost-owner'] } satisfies Policy
    await db.policy.create({
      data: {
        version: 1,
        doc: doc as unknown as Prisma.InputJsonObject,
        note: 'x',
        author: 'x',
        source: 'code',
      },
    })
    expect(await brief('tagged')).toEqual(['person ada@b.c strong best'])
    expect((await suggested('tagged'))[0]?.evidence[0]?.words).toBe('tag cost-Owner')
  })
  test('is who was confirmed for what is used together, and for all that runs beside it', async () => {
    await assignOwner(analyst, { identities: [id('one')], set: { person: 'bo@b.c' } }, at())
    expect(await brief('pair')).toEqual(['person bo@b.c strong best'])
    expect((await suggested('pair'))[0]?.evidence.map(({ words }) => words)).toEqual([
      'one is used by the same workload',
      'one runs in ns-a as well',
    ])
    expect(await brief('other')).toEqual(['person bo@b.c weak'])
    expect(await brief('third')).toEqual([])
    await assignOwner(analyst, { identities: [id('pair')], set: { person: 'ada@b.c' } }, at())
    // What runs in one place has two owners now.
    expect(await brief('other')).toEqual([])
  })
})

describe('confirming', () => {
  test('takes the surest person and team of each, notes who was not known, and is one act', async () => {
    const { actId, changed } = await confirm([{ identity: id('agreed') }, { identity: id('made') }])
    expect(changed).toBe(2)
    const { parts } = await ownershipOf(analyst, id('agreed'))
    expect(parts.map(({ part, name, how }) => [part, name, how])).toEqual([
      ['person', 'Ada', 'confirmed'],
      ['team', 'Platform', 'confirmed'],
    ])
    expect(parts[0]?.evidence).toContain('Named as owner by the source: tag owner (s1)')
    const [stranger] = (await ownershipOf(analyst, id('made'))).parts
    expect(stranger).toMatchObject({ name: 'stranger@b.c', standing: 'unknown' })
    await undoOwnership(analyst, { actId }, at())
    expect(await db.ownership.count()).toBe(0)
  })
  test.each(['apart', 'left', 'unclear', 'bare'])(
    'of %s, where nobody is surest, stops all',
    async (name) => {
      const { message, issues } = await failing(confirm([{ identity: id('agreed') }, { identity: id(name) }]))
      expect(message).toBe('Nothing was confirmed: 1 of 2 cannot be.')
      expect(issues).toEqual([expect.objectContaining({ path: 'rows.1' })])
      expect(await db.ownershipAct.count()).toBe(0)
    },
  )
  test('takes the one that is named, and says what it is', async () => {
    const [first] = (await suggested('apart')).filter(({ name }) => name === 'bo@b.c')
    await confirm([{ identity: id('apart'), keys: [first?.key ?? ''] }])
    expect((await ownershipOf(analyst, id('apart'))).parts).toEqual([expect.objectContaining({ name: 'Bo' })])
    const [marta] = await suggested('unclear')
    const keys = [marta?.key ?? '']
    expect((await failing(confirm([{ identity: id('unclear'), keys }]))).message).toContain(
      'a person or a team',
    )
    await confirm([{ identity: id('unclear'), keys, as: 'person' }])
    expect((await ownershipOf(analyst, id('unclear'))).parts[0]).toMatchObject({
      part: 'person',
      name: 'Marta',
    })
    const [cy] = await suggested('left')
    expect((await failing(confirm([{ identity: id('left'), keys: [cy?.key ?? ''] }]))).message).toContain(
      'has left',
    )
    expect((await failing(confirm([{ identity: id('left'), keys: ['person:x'] }]))).message).toContain(
      'no longer suggested',
    )
  })
  test('what somebody has confirmed meanwhile is refused', async () => {
    const both = await Promise.allSettled([
      confirm([{ identity: id('agreed') }]),
      confirm([{ identity: id('agreed') }]),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
  test('is of themselves and of their teams for an owner', async () => {
    expect((await failing(confirm([{ identity: id('left') }], ada))).code).toBe('not-found')
    expect(await confirm([{ identity: id('agreed') }], ada)).toMatchObject({ changed: 1 })
    await assignOwner(analyst, { identities: [id('apart')], set: { person: 'ada@b.c' } }, at())
    const bo = (await suggested('apart')).find(({ name }) => name === 'bo@b.c')
    const refused = await failing(confirm([{ identity: id('apart'), keys: [bo?.key ?? ''] }], ada))
    expect(refused.message).toContain('nobody else')
    expect((await failing(confirm([{ identity: id('agreed') }], actorOf('auditor')))).code).toBe('forbidden')
  })
})

describe('the list', () => {
  const names = async (filter: Record<string, string>, actor: Actor = analyst) =>
    (await listOwnership(actor, OwnershipFilter.parse(filter))).rows.map(({ name }) => name)
  test('is of what nobody has confirmed, unless others are asked for', async () => {
    expect(await names({})).toEqual(NAMES)
    await assignOwner(analyst, { identities: [id('bare'), id('one')], set: { person: 'bo@b.c' } }, at())
    await db.person.update({ where: { email: 'bo@b.c' }, data: { standing: 'left' } })
    await assignOwner(analyst, { identities: [id('third')], set: { team: 'Platform' } }, at())
    expect(await names({ ownership: 'left' })).toEqual(['bare', 'one'])
    expect(await names({ ownership: 'confirmed' })).toEqual(['third'])
    expect(await names({ ownership: 'left,confirmed' })).toEqual(['bare', 'one', 'third'])
    expect(await names({ ownership: 'disputed' })).toEqual([])
    expect((await names({ ownership: 'any' })).length).toBe(NAMES.length)
    expect(await names({ q: 'unc' })).toEqual(['unclear'])
    expect(await names({ owner: 'stranger' })).toEqual(['made'])
    await db.person.update({ where: { email: 'bo@b.c' }, data: { standing: 'here' } })
  })
  test('goes page by page, and for an owner holds what is theirs', async () => {
    const first = await listOwnership(analyst, { size: 4 })
    expect([first.rows.length, first.total]).toEqual([4, NAMES.length])
    const second = await listOwnership(analyst, { size: 100, after: first.next })
    expect([...first.rows, ...second.rows].map(({ name }) => name)).toEqual(NAMES)
    const each: string[] = []
    for await (const rows of eachOwnership(analyst)) each.push(...rows.map(({ name }) => name))
    expect(each).toEqual(NAMES)
    expect(await names({}, ada)).toEqual(['agreed'])
    expect(first.rows[0]).toMatchObject({
      owner: { state: 'known' },
      suggestions: [{ isBest: true }, { isBest: true }],
    })
  })
})
