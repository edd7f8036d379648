// SCIM as two providers document that they speak it: what they send word by word, who may, and what is understood.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { ROLES, type Actor } from '@/core/permissions'
import { importPeople } from '@/governance/directory/import-people'
import { listPeople } from '@/governance/directory/list-people'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import {
  ask,
  BASE,
  filtered,
  made,
  madeGroup,
  openInstallation,
  patch,
  person,
  tokens,
  userNamed,
} from '@/tests/scim-client'
import { scim } from './_scim/endpoint'

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

/** As Microsoft documents it. */
const ENTRA_USER = {
  schemas: [
    'urn:ietf:params:scim:schemas:core:2.0:User',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  ],
  externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
  userName: 'Test_User_00aa00aa-bb11-cc22-dd33-44ee44ee44ee',
  active: true,
  emails: [
    { primary: true, type: 'work', value: 'Test_User_11bb11bb-cc22-dd33-ee44-55ff55ff55ff@testuser.com' },
  ],
  meta: { resourceType: 'User' },
  name: { formatted: 'givenName familyName', familyName: 'familyName', givenName: 'givenName' },
  roles: [],
}
const ENTRA_EMAIL = 'test_user_11bb11bb-cc22-dd33-ee44-55ff55ff55ff@testuser.com'
/** As Okta documents it. */
const OKTA_USER = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'test.user@okta.local',
  name: { givenName: 'Test', familyName: 'User' },
  emails: [{ primary: true, value: 'test.user@okta.local', type: 'work' }],
  displayName: 'Test User',
  locale: 'en-US',
  externalId: '00ujl29u0le5T6Aj10h7',
  groups: [],
  password: '1mz050nq',
  active: true,
}
describe('who may', () => {
  test.each([...ROLES, 'scim', 'events'] as const)('a token of %s', async (role) => {
    const { status } = await ask('GET', '/Users', undefined, { authorization: `Bearer ${tokens[role]}` })
    expect(status).toBe(role === 'administrator' || role === 'scim' ? 200 : 403)
  })
  test('nobody without a token, and no session', async () => {
    const asked = await scim(new Request(`${BASE}/Users`, { headers: { cookie: 'session=x' } }))
    expect(asked.status).toBe(401)
    expect(asked.headers.get('www-authenticate')).toContain('Bearer')
    expect(await asked.json()).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '401',
    })
  })
  test('a token for SCIM may do nothing else', async () => {
    const actor: Actor = { ...administrator, kind: 'token', only: 'person:provision' }
    await expect(listPeople(actor)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(importPeople(actor, { csv: 'name,email' })).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('users as Entra sends them', () => {
  test('are looked for, made, read and found', async () => {
    const none = await filtered('Users', `userName eq "${ENTRA_USER.userName}"`)
    expect(none).toMatchObject({
      status: 200,
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 0,
        Resources: [],
      },
    })
    const post = await ask('POST', '/Users', ENTRA_USER)
    const { meta: _, roles: __, schemas: ___, ...kept } = ENTRA_USER
    expect(post.status).toBe(201)
    expect(post.headers.get('content-type')).toBe('application/scim+json')
    expect(post.headers.get('location')).toBe(`${BASE}/Users/${String(post.body.id)}`)
    expect(post.body).toMatchObject({ ...kept, meta: { resourceType: 'User' } })
    expect((await ask('GET', `/Users/${String(post.body.id)}`)).body).toEqual(post.body)
    for (const filter of [
      `userName eq "${ENTRA_USER.userName.toUpperCase()}"`,
      `externalId eq "${ENTRA_USER.externalId}"`,
      `emails[type eq "work"].value eq "${ENTRA_EMAIL}"`,
      `emails[type eq "work" and value co "55ff"]`,
      `id eq "${String(post.body.id)}" and active eq true`,
    ])
      expect((await filtered('Users', filter)).body, filter).toMatchObject({
        totalResults: 1,
        Resources: [{ id: post.body.id }],
      })
    expect(
      (await filtered('Users', `emails[type eq "home"].value eq "${ENTRA_EMAIL}"`)).body.totalResults,
    ).toBe(0)
    expect(await person(ENTRA_EMAIL)).toMatchObject({
      name: 'givenName familyName',
      standing: 'here',
      sources: [{ source: 'scim', externalId: post.body.id, isActive: true }],
    })
  })
  test('are updated in several values and in one', async () => {
    const id = await made(ENTRA_USER)
    const several = await patch(
      `/Users/${id}`,
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'updatedEmail@microsoft.com' },
      { op: 'Replace', path: 'name.familyName', value: 'updatedFamilyName' },
    )
    expect(several.status).toBe(200)
    expect(several.body).toMatchObject({
      name: {
        formatted: 'givenName updatedFamilyName',
        familyName: 'updatedFamilyName',
        givenName: 'givenName',
      },
      emails: [{ value: 'updatedEmail@microsoft.com', type: 'work', primary: true }],
    })
    expect((await person('updatedemail@microsoft.com')).name).toBe('givenName updatedFamilyName')
    const userName = '5b50642d-79fc-4410-9e90-4c077cdd1a59@testuser.com'
    const single = await patch(`/Users/${id}`, { op: 'Replace', path: 'userName', value: userName })
    expect(single.body.userName).toBe(userName)
    expect(await db.person.count()).toBe(1)
  })
  test.each([
    ['as documented', { op: 'Replace', path: 'active', value: false }],
    ['without its flag', { op: 'Replace', path: 'active', value: 'False' }],
  ])('are disabled %s, and have left at once', async (_, operation) => {
    const id = await made(ENTRA_USER)
    expect((await patch(`/Users/${id}`, operation)).body.active).toBe(false)
    expect(await person(ENTRA_EMAIL)).toMatchObject({ standing: 'left', leftAt: expect.any(Date) as Date })
    await patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'True' })
    expect(await person(ENTRA_EMAIL)).toMatchObject({ standing: 'here', leftAt: null })
  })
  test('are deleted: they have left, and are somebody who can come back', async () => {
    const id = await made(ENTRA_USER)
    expect((await ask('DELETE', `/Users/${id}`)).status).toBe(204)
    expect((await ask('GET', `/Users/${id}`)).status).toBe(404)
    expect((await ask('DELETE', `/Users/${id}`)).status).toBe(404)
    const { id: personId, standing } = await person(ENTRA_EMAIL)
    expect(standing).toBe('left')
    await made(ENTRA_USER)
    expect(await person(ENTRA_EMAIL)).toMatchObject({
      id: personId,
      standing: 'here',
      sources: [{ isActive: true }],
    })
  })
})

describe('users as Okta sends them', () => {
  test('are made, replaced and deactivated; a password is nowhere', async () => {
    const id = await made(OKTA_USER)
    const put = await ask('PUT', `/Users/${id}`, {
      ...{ schemas: OKTA_USER.schemas, id, userName: OKTA_USER.userName, active: true, groups: [] },
      name: { givenName: 'Another', middleName: 'Excited', familyName: 'User' },
      emails: [
        { primary: true, value: 'test.user@okta.local', type: 'work', display: 'test.user@okta.local' },
      ],
      meta: { resourceType: 'User' },
    })
    expect(put).toMatchObject({
      status: 200,
      body: { id, name: { givenName: 'Another', familyName: 'User' } },
    })
    const off = await patch(`/Users/${id}`, { op: 'replace', value: { active: false } })
    expect(off).toMatchObject({ status: 200, body: { id, active: false } })
    expect((await person('test.user@okta.local')).standing).toBe('left')
    const [kept] = await db.$queryRaw<{ text: string }[]>`
      SELECT (SELECT json_agg(u)::text FROM provisioned_person u) || (SELECT json_agg(a)::text FROM activity a) AS text`
    expect(kept?.text).toContain(id)
    expect(kept?.text).not.toContain(OKTA_USER.password)
  })
  test('are paged', async () => {
    for (const name of ['a', 'b', 'c']) await made(userNamed(name))
    const page = async (query: string) => {
      const { body } = await ask('GET', `/Users?${query}`)
      const names = (body.Resources as { userName: string }[]).map(({ userName }) => userName[0])
      return [body.totalResults, body.startIndex, body.itemsPerPage, names.join('')]
    }
    expect(await page('startIndex=1&count=2')).toEqual([3, 1, 2, 'ab'])
    expect(await page('startIndex=3&count=2')).toEqual([3, 3, 1, 'c'])
    expect(await page('startIndex=0&count=100')).toEqual([3, 1, 3, 'abc'])
    expect(await page('count=-1')).toEqual([3, 1, 0, ''])
    expect((await ask('GET', '/Users?count=many')).status).toBe(400)
  })
  test('who exists already is a conflict', async () => {
    await made(OKTA_USER)
    const again = await ask('POST', '/Users', { ...OKTA_USER, userName: OKTA_USER.userName.toUpperCase() })
    expect(again).toMatchObject({ status: 409, body: { status: '409', scimType: 'uniqueness' } })
    const alike = await ask('POST', '/Users', { ...OKTA_USER, userName: 'another' })
    expect(alike).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
  })
})

describe('groups', () => {
  const membersOf = async (id: string) =>
    ((await ask('GET', `/Groups/${id}`)).body.members as { value: string }[]).map(({ value }) => value).sort()
  test('as Entra sends them', async () => {
    const user = await made(OKTA_USER)
    const post = await ask('POST', '/Groups', {
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      externalId: '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159',
      displayName: 'displayName',
      meta: { resourceType: 'Group' },
    })
    expect(post).toMatchObject({ status: 201, body: { displayName: 'displayName', members: [] } })
    const path = `/Groups/${String(post.body.id)}`
    const add = await patch(path, { op: 'Add', path: 'members', value: [{ $ref: null, value: user }] })
    expect(add).toMatchObject({ status: 204, body: {} })
    expect(await membersOf(String(post.body.id))).toEqual([user])
    const { body } = await filtered('Groups', 'displayName eq "displayName"', '&excludedAttributes=members')
    expect(body).toMatchObject({ totalResults: 1, Resources: [{ id: post.body.id }] })
    expect(body.Resources).not.toHaveProperty('0.members')
    const asked = `id eq "${String(post.body.id)}" and members eq "${user}"`
    expect((await filtered('Groups', asked)).body.totalResults).toBe(1)
    const renamed = '1879db59-3bdf-4490-ad68-ab880a269474updatedDisplayName'
    await patch(path, { op: 'Replace', path: 'displayName', value: renamed })
    expect(await db.team.findMany({ include: { members: true } })).toMatchObject([
      { name: renamed, members: [{}] },
    ])
    await patch(path, { op: 'Remove', path: 'members', value: [{ $ref: null, value: user }] })
    expect(await membersOf(String(post.body.id))).toEqual([])
    expect((await ask('DELETE', path)).status).toBe(204)
    expect((await ask('GET', path)).status).toBe(404)
  })
  test('as Okta sends them', async () => {
    const [one, two] = [await made(userNamed('one')), await made(userNamed('two'))]
    const post = await ask('POST', '/Groups', { displayName: 'Test SCIMv2', members: [] })
    const id = String(post.body.id)
    await patch(`/Groups/${id}`, { op: 'replace', value: { id, displayName: 'Test SCIMv20' } })
    expect((await ask('GET', `/Groups/${id}`)).body.displayName).toBe('Test SCIMv20')
    const value = [one, two].map((value) => ({ value, display: 'test.user@okta.local' }))
    await patch(`/Groups/${id}`, { op: 'replace', path: 'members', value })
    expect(await membersOf(id)).toEqual([one, two].sort())
    await patch(
      `/Groups/${id}`,
      { op: 'remove', path: `members[value eq "${one}"]` },
      { op: 'add', path: 'members', value: [{ value: two, display: 'test.user@okta.local' }] },
    )
    expect(await membersOf(id)).toEqual([two])
    const put = await ask('PUT', `/Groups/${id}`, { displayName: 'Test SCIMv20', members: [{ value: one }] })
    expect(put).toMatchObject({ status: 200, body: { members: [{ value: one, display: 'one' }] } })
  })
  test('a member nobody told of is named, and nothing is changed', async () => {
    const [id, user] = [await madeGroup(), await made(OKTA_USER)]
    const add = { op: 'add', path: 'members', value: [{ value: user }, { value: 'nobody' }] }
    const refused = await patch(`/Groups/${id}`, add)
    expect(refused).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } })
    expect(refused.body.detail).toContain('nobody')
    expect(await membersOf(id)).toEqual([])
    // Who is gone already does not have to be taken out.
    expect((await patch(`/Groups/${id}`, { op: 'remove', path: 'members[value eq "nobody"]' })).status).toBe(
      204,
    )
  })
  test('a second of a name is a conflict', async () => {
    await madeGroup()
    const again = await ask('POST', '/Groups', { displayName: 'platform' })
    expect(again).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } })
  })
})

test('says what it understands', async () => {
  expect((await ask('GET', '/ServiceProviderConfig')).body).toMatchObject({
    patch: { supported: true },
    bulk: { supported: false },
  })
  expect((await ask('GET', '/ResourceTypes')).body).toMatchObject({ totalResults: 2 })
  const { body } = await ask('GET', '/Schemas')
  const ids = (body.Resources as { id: string }[]).map(({ id }) => id)
  expect(ids).toHaveLength(3)
  for (const id of ids) expect((await ask('GET', `/Schemas/${id}`)).body.id).toBe(id)
})
