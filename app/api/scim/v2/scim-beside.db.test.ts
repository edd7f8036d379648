// What SCIM does to the directory beside other sources, who is told of it, and what it makes of bad input and of much.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '@/core/permissions'
import { importPeople } from '@/governance/directory/import-people'
import { listPeople } from '@/governance/directory/list-people'
import { provisioning } from '@/governance/directory/scim/provisioning'
import { closeSender, pendingJobs } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { look, ownerHint } from '@/tests/queried-estate'
import {
  ask,
  filtered,
  made,
  madeGroup,
  openInstallation,
  patch,
  person,
  userNamed,
} from '@/tests/scim-client'
import { connection, identity } from '@/tests/scripted-source'

let administrator: Actor
beforeAll(async () => {
  administrator = await openInstallation()
})
beforeEach(async () => {
  await db.person.deleteMany()
  await db.team.deleteMany()
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

describe('beside other sources', () => {
  const bring = (...lines: string[]) => importPeople(administrator, { csv: lines.join('\n') })
  test('what another says of a name stays, what it does not say is filled in', async () => {
    await bring('name,email', 'Ada B,ada@acme.example')
    const id = await made({ ...userNamed('ada'), displayName: 'Ada L' })
    expect(await person('ada@acme.example')).toMatchObject({ name: 'Ada B', standing: 'here' })
    const changed = { op: 'replace', path: 'emails', value: [{ value: 'else@acme.example' }] }
    expect((await patch(`/Users/${id}`, changed)).body.emails).toEqual([{ value: 'else@acme.example' }])
    expect((await person('ada@acme.example')).sources).toHaveLength(2)
    expect(await provisioning(administrator)).toMatchObject({
      ...{ people: 1, left: 0, groups: 0, last: { by: 'Root (token scim)' } },
      differing: {
        count: 1,
        first: [{ name: 'Ada B <ada@acme.example>', says: 'Ada L <else@acme.example>' }],
      },
    })
    expect(await db.person.count()).toBe(1)
  })
  test('memberships are each source’s own', async () => {
    await bring('name,email,team', 'Ada,ada@acme.example,Platform', 'Bo,bo@acme.example,Platform')
    const ada = await made(userNamed('ada'))
    const id = await madeGroup({ members: [{ value: ada }] })
    const names = async () => (await listPeople(administrator)).rows.map(({ name, teams }) => [name, teams])
    expect(await names()).toEqual([
      ['Ada', ['Platform']],
      ['Bo', ['Platform']],
    ])
    // The file does not say it any more: the group still does.
    await bring('name,email,team', 'Ada,ada@acme.example,', 'Bo,bo@acme.example,Platform')
    expect(await names()).toEqual([
      ['Ada', ['Platform']],
      ['Bo', ['Platform']],
    ])
    await ask('DELETE', `/Groups/${id}`)
    expect(await names()).toEqual([
      ['Ada', []],
      ['Bo', ['Platform']],
    ])
  })
  test('a team of another source is not renamed: the group is another one then', async () => {
    await bring('name,email,team', 'Bo,bo@acme.example,Platform')
    const id = await madeGroup({ members: [{ value: await made(userNamed('ada')) }] })
    await patch(`/Groups/${id}`, { op: 'replace', path: 'displayName', value: 'Core' })
    const teams = await db.team.findMany({ orderBy: { name: 'asc' }, include: { members: true } })
    expect(teams.map(({ name, members }) => [name, members.length])).toEqual([
      ['Core', 1],
      ['Platform', 1],
    ])
  })
  test('a change of a name says nothing of being there', async () => {
    const id = await made(userNamed('ada'))
    await bring('name,email,status', 'Ada,ada@acme.example,left')
    await patch(`/Users/${id}`, { op: 'replace', path: 'displayName', value: 'A' })
    expect((await person('ada@acme.example')).standing).toBe('left')
    await patch(`/Users/${id}`, { op: 'replace', path: 'active', value: true })
    expect((await person('ada@acme.example')).standing).toBe('here')
  })
  test('a manager is whoever the source told of, until it takes them back', async () => {
    const ada = await made(userNamed('ada'))
    const bo = await made(userNamed('bo'))
    const manager = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager'
    await patch(`/Users/${bo}`, { op: 'Add', path: manager, value: ada })
    expect((await person('bo@acme.example')).manager?.name).toBe('ada')
    expect((await filtered('Users', `id eq "${bo}" and manager eq "${ada}"`)).body.totalResults).toBe(1)
    await patch(`/Users/${bo}`, { op: 'Remove', path: manager })
    expect((await person('bo@acme.example')).manager).toBeNull()
  })
  test('who leaves has what they own judged again, and each write has its line in the log', async () => {
    await look(await connection(), {
      at: '2026-06-01T00:00:00.000Z',
      streams: { main: { observations: [identity('one'), ownerHint('one', 'Ada@acme.example')] } },
    })
    const { id: scopeId } = await db.scope.findFirstOrThrow()
    const id = await made(userNamed('ada'))
    const waiting = async () => (await pendingJobs('evaluate-scope', { scopeId, runId: null })).length
    const before = await waiting()
    await patch(`/Users/${id}`, { op: 'replace', value: { active: false } })
    expect(await waiting()).toBeGreaterThan(before)
    const { id: personId } = await person('ada@acme.example')
    const log = await db.activity.findMany({
      where: { object: `person:${personId}` },
      orderBy: { id: 'asc' },
    })
    expect(log.map(({ action, detail }) => [action, detail])).toEqual([
      ['person.provision', { source: 'scim', id, active: true, added: true }],
      ['person.reprovision', { source: 'scim', id, active: false, standing: 'left' }],
    ])
    expect(log[1]?.actorName).toContain('token scim')
  })
})

test('a transfer of a large group stays within its bounds', async () => {
  const many = 2000
  await db.$executeRaw`INSERT INTO person (id, name) SELECT gen_random_uuid(), 'p' || n FROM generate_series(1, ${many}::int) n`
  await db.$executeRaw`
    INSERT INTO provisioned_person (id, person_id, user_name, is_active, name, said, created_at, changed_at)
    SELECT gen_random_uuid(), id, name, TRUE, name, jsonb_build_object('userName', name, 'emails', '[]'::jsonb), now(), now() FROM person`
  const ids = await db.provisionedPerson.findMany({ select: { id: true } })
  const id = await madeGroup({ members: ids.map(({ id: value }) => ({ value })) })
  expect((await ask('GET', `/Groups/${id}`)).body.members).toHaveLength(many)
  const { body } = await ask('GET', '/Users?count=100000')
  expect([body.totalResults, body.itemsPerPage]).toEqual([many, 500])
})

describe('bad input', () => {
  test.each<[string, string, string, unknown, number, string?]>([
    ['a body that is no JSON', 'POST', '/Users', '{', 400, 'invalidSyntax'],
    ['a body that is a list', 'POST', '/Users', '[]', 400, 'invalidSyntax'],
    ['a user without a name', 'POST', '/Users', { active: true }, 400, 'invalidValue'],
    ['a userName with NUL', 'POST', '/Users', { userName: 'a\u0000' }, 400, 'invalidValue'],
    ['half a character', 'POST', '/Users', { userName: 'a\ud800' }, 400, 'invalidValue'],
    [
      'a filter that does not end',
      'GET',
      '/Users?filter=userName%20eq%20%22',
      undefined,
      400,
      'invalidFilter',
    ],
    ['a filter over what is not kept', 'GET', '/Users?filter=title%20pr', undefined, 400, 'invalidFilter'],
    ['an id that is none', 'GET', '/Users/%27%3B', undefined, 404],
    ['an address that is not encoded', 'GET', '/Users/%ff', undefined, 404],
    ['what there is not', 'GET', '/Bulk', undefined, 404],
    ['a method that there is not', 'DELETE', '/Users', undefined, 405],
  ])('%s', async (_, method, path, body, status, scimType) => {
    const answer = await ask(method, path, body)
    expect(answer).toMatchObject({ status, body: { status: String(status) } })
    expect(answer.body.scimType).toBe(scimType ?? (status === 405 ? 'invalidValue' : undefined))
  })
  test('a body that is too large, and one of another kind', async () => {
    const large = JSON.stringify({ userName: 'x'.repeat(5 * 1024 * 1024) })
    expect((await ask('POST', '/Users', large)).status).toBe(413)
    const form = await ask('POST', '/Users', 'userName=x', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(form).toMatchObject({ status: 400, body: { scimType: 'invalidSyntax' } })
  })
})
