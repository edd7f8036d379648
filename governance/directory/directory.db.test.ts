// The directory: whoever may sign in is in it, files bring people all or nothing, and only a complete one says who left.
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/core/permissions'
import { createMember } from '@/governance/members/create-member'
import { deactivateMember } from '@/governance/members/deactivate-member'
import { reactivateMember } from '@/governance/members/reactivate-member'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs, ACTORS } from '@/tests/actors'
import { look, ownerHint } from '@/tests/queried-estate'
import { connection, identity } from '@/tests/scripted-source'
import { may } from '@/core/permissions'
import { importPeople, previewPeople } from './import-people'
import { eachPerson, listPeople, PeopleFilter } from './list-people'
import { listTeams } from './list-teams'

const administrator = actorAs('administrator')
const NOW = new Date('2026-06-10T12:00:00.000Z')
const later = (days: number) => new Date(NOW.getTime() + days * 24 * 3600_000)
const csv = (...lines: string[]) => lines.join('\n')
const HEAD = 'name,email,manager email,team,status,left date'

beforeEach(async () => {
  await db.person.deleteMany()
  await db.team.deleteMany()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})
const person = (email: string) =>
  db.person.findUniqueOrThrow({ where: { email }, include: { manager: true, sources: true, teams: true } })
const bring = (text: string, more: object = {}, now = NOW) =>
  importPeople(administrator, { csv: text, ...more }, { now })

describe('members', () => {
  test('are somebody from when they are made, have left when shut out, and are back when let in', async () => {
    const made = await createMember(administrator, {
      name: 'Ada',
      email: 'Ada@acme.example',
      role: 'analyst',
      password: 'a long enough password',
    })
    expect(await person('ada@acme.example')).toMatchObject({ standing: 'here', name: 'Ada' })
    await deactivateMember(administrator, { userId: made.id }, { now: NOW })
    expect(await person('ada@acme.example')).toMatchObject({
      standing: 'left',
      leftAt: NOW,
      sources: [{ source: 'members', externalId: made.id, isActive: false }],
    })
    await reactivateMember(administrator, { userId: made.id }, { now: later(1) })
    expect(await person('ada@acme.example')).toMatchObject({ standing: 'here', leftAt: null })
    // A newer source that says so counts more, an older one does not.
    await bring(csv(HEAD, 'Ada B,ada@acme.example,,,left,'), {}, later(2))
    expect(await person('ada@acme.example')).toMatchObject({ standing: 'left', name: 'Ada B' })
    expect(await db.person.count()).toBe(1)
  })
})

describe('a file', () => {
  test('brings people, managers, teams and last days', async () => {
    const done = await bring(
      csv(
        HEAD,
        'Ada,ADA@acme.example,,Platform; Data,active,',
        'Bo,bo@acme.example,ada@acme.example,Platform,left,2026-05-01',
        '"Cy, the third",cy@acme.example,ada@acme.example,,,2026-12-31',
      ),
    )
    expect(done).toMatchObject({ people: 3, added: 3, left: 0, leaveLater: 1, missing: { count: 0 } })
    expect(await person('bo@acme.example')).toMatchObject({
      standing: 'left',
      leftAt: new Date('2026-05-01T00:00:00.000Z'),
      manager: { name: 'Ada' },
    })
    expect(await person('cy@acme.example')).toMatchObject({ standing: 'here', name: 'Cy, the third' })
    const { rows } = await listTeams(administrator)
    expect(rows.map(({ name, members, here }) => [name, members, here])).toEqual([
      ['Data', 1, 1],
      ['Platform', 2, 1],
    ])
  })
  test.each<[string, string[], string]>([
    ['without a name', ['email', 'a@b.c'], 'line 1, column name'],
    ['with a column nobody knows', ['name,email,salary', 'A,a@b.c,1'], 'line 1, column 3'],
    ['with an address that is none', [HEAD, 'A,nonsense,,,,'], 'line 2, column email'],
    ['with a line too short', [HEAD, 'A,a@b.c'], 'line 2, column 3'],
    ['with the same person twice', ['name,email', 'A,a@b.c', 'B,A@b.c'], 'line 3, column email'],
    ['with a status that is none', [HEAD, 'A,a@b.c,,,gone,'], 'line 2, column status'],
    ['with a day that is none', [HEAD, 'A,a@b.c,,,,1.1.2026'], 'line 2, column left'],
    ['with a manager who is nobody', [HEAD, 'A,a@b.c,x@b.c,,,'], 'line 2, column manager'],
    ['with one who manages themselves', [HEAD, 'A,a@b.c,a@b.c,,,'], 'line 2, column manager'],
    ['with a quote that does not end', ['name,email', 'A,a@b.c', '"B,b@b.c'], 'line 3, column'],
    ['that is empty', [''], 'line 1, column 1'],
  ])('%s is refused by line and column, and nothing of it is written', async (_, lines, path) => {
    const failure = (await bring(csv(...lines)).catch((error: unknown) => error)) as {
      code: string
      issues: { path: string }[]
    }
    expect(failure.code).toBe('invalid')
    expect(failure.issues[0]?.path).toContain(path)
    expect(await db.person.count()).toBe(0)
    expect(await db.team.count()).toBe(0)
  })
  test('says nothing of those it leaves out, unless it is declared to be complete', async () => {
    await bring(csv('name,email', 'A,a@b.c', 'B,b@b.c', 'C,c@b.c'))
    await bring(csv('name,email', 'D,d@b.c'), { name: 'other' })
    const one = csv('name,email', 'A,a@b.c')
    expect(await bring(one, {}, later(1))).toMatchObject({ missing: { count: 0 } })
    expect((await person('b@b.c')).standing).toBe('here')
    expect(await previewPeople(administrator, { csv: one, complete: true })).toMatchObject({
      missing: { count: 2, names: ['B', 'C'] },
    })
    await expect(bring(one, { complete: true }, later(2))).rejects.toMatchObject({ code: 'conflict' })
    await expect(bring(one, { complete: true, leaving: 3 }, later(2))).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await person('b@b.c')).standing).toBe('here')
    await bring(one, { complete: true, leaving: 2 }, later(2))
    expect([(await person('b@b.c')).standing, (await person('c@b.c')).standing]).toEqual(['left', 'left'])
    // Another file spoke of this one.
    expect((await person('d@b.c')).standing).toBe('here')
    expect(await bring(csv('name,email', 'B,b@b.c'), {}, later(3))).toMatchObject({ returned: 1 })
    expect((await person('b@b.c')).standing).toBe('here')
  })
  test('knows somebody by their id when their address is another', async () => {
    await bring(csv('id,name,email', '1,A,a@b.c', '2,B,b@b.c'))
    const { id } = await person('a@b.c')
    await bring(csv('id,name,email', '1,A,new@b.c'), {}, later(1))
    expect((await person('new@b.c')).id).toBe(id)
    await expect(bring(csv('id,name,email', '1,A,b@b.c'), {}, later(2))).rejects.toMatchObject({
      issues: [{ path: 'line 2, column email' }],
    })
  })
  test('has those judged again whose owner left', async () => {
    await look(await connection(), {
      at: '2026-06-01T00:00:00.000Z',
      streams: { main: { observations: [identity('one'), ownerHint('one', 'Bo@Acme.example')] } },
    })
    const { id: scopeId } = await db.scope.findFirstOrThrow()
    const waiting = async () => (await pendingJobs('evaluate-scope', { scopeId, runId: null })).length
    await bring(csv('name,email', 'Ada,ada@acme.example'))
    expect(await waiting()).toBe(0)
    await bring(csv(HEAD, 'Bo,bo@acme.example,,,left,'), {}, later(1))
    expect(await waiting()).toBe(1)
  })
})

describe('the list', () => {
  const filled = () =>
    bring(csv(HEAD, 'Ada,ada@b.c,,Platform,,', 'Bo,bo@b.c,ada@b.c,,left,2026-05-01', 'C%,c@b.c,,Data,,'))
  const names = async (filter: Record<string, string>) =>
    (await listPeople(administrator, PeopleFilter.parse(filter))).rows.map(({ name }) => name)
  test('filters and pages', async () => {
    await filled()
    await db.person.create({ data: { name: 'Di' } })
    expect(await names({})).toEqual(['Ada', 'Bo', 'C%', 'Di'])
    expect(await names({ standing: 'left' })).toEqual(['Bo'])
    expect(await names({ standing: 'unknown' })).toEqual(['Di'])
    expect(await names({ q: '%' })).toEqual(['C%'])
    expect(await names({ team: 'plat' })).toEqual(['Ada'])
    expect(await names({ source: 'members' })).toEqual([])
    const first = await listPeople(administrator, { size: 2 })
    const rest = await listPeople(administrator, { size: 2, after: first.next })
    expect([...first.rows, ...rest.rows].map(({ name }) => name)).toEqual(['Ada', 'Bo', 'C%', 'Di'])
    expect(rest.next).toBeUndefined()
    const all: string[] = []
    for await (const rows of eachPerson(administrator, { size: 1 })) all.push(...rows.map(({ name }) => name))
    expect(all).toHaveLength(4)
  })
  test('says where each is known from', async () => {
    await filled()
    const [, bo] = (await listPeople(administrator)).rows
    expect(bo).toMatchObject({
      standing: 'left',
      leftAt: '2026-05-01T00:00:00.000Z',
      manager: { name: 'Ada' },
      sources: [{ source: 'import', isActive: false, at: NOW.toISOString() }],
      identities: 0,
    })
  })
  test.each(ACTORS.map((actor) => [actor.role, actor] as const))('as %s', async (_, actor: Actor) => {
    for (const read of [() => listPeople(actor), () => listTeams(actor)]) {
      const got = await read().then(
        () => 'done',
        (error: { code: string }) => error.code,
      )
      expect(got).toBe(may(actor, 'person:read') ? 'done' : 'forbidden')
    }
  })
})
