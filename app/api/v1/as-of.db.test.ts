// The same address gets the same bytes, whatever happened in between; and says which moment it is about.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { may } from '@/core/permissions'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { createMember } from '@/governance/members/create-member'
import { createToken } from '@/governance/tokens/create-token'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { estate, look } from '@/tests/queried-estate'
import { connection, identity } from '@/tests/scripted-source'
import { handlers, routes } from './_api/routes'

const HOST = 'http://localhost:3000'
process.env.BASE_URL = HOST
let token = ''
/** Of an auditor, for what an administrator may not. */
let auditing = ''
let asOf = ''
let addresses: [template: string, address: string][] = []

const ask = (
  template: string,
  address: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' = 'GET',
  headers = {},
) =>
  handlers(template)[method](
    new Request(`${HOST}/api/v1${address}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
    }),
  )
const at = (address: string, moment = asOf) => `${address}${address.includes('?') ? '&' : '?'}asOf=${moment}`
const hours = (n: number) => new Date(Date.now() - n * 3_600_000).toISOString()
const sha = (body: string) => `"${createHash('sha256').update(body).digest('hex')}"`

beforeAll(async () => {
  const { id } = await createFirstAdministrator({
    name: 'Ada',
    email: 'ada@example.com',
    password: 'correct horse battery staple',
  })
  const actor = { kind: 'user', id, name: 'Ada', role: 'administrator' } as const
  token = (await createToken(actor, { name: 'test' })).token
  const person = { name: 'Otto', email: 'otto@example.com', role: 'auditor' } as const
  const otto = await createMember(actor, { ...person, password: 'correct horse battery staple' })
  auditing = (await createToken({ ...person, kind: 'user', id: otto.id }, { name: 'test' })).token
  const to = await connection()
  await look(to, { at: hours(50), streams: estate(20) })
  const [one, key, finding, run] = [
    await db.identity.findFirstOrThrow({ where: { nativeId: 'id-001' } }),
    await db.credential.findFirstOrThrow(),
    await db.finding.findFirstOrThrow(),
    await db.run.findFirstOrThrow(),
  ]
  const [clock] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  asOf = clock?.now.toISOString() ?? ''
  addresses = [
    ['/identities', '/identities?size=25'],
    ['/identities', '/identities?unused=30&state=any&sort=worst'],
    ['/identities', '/identities?format=csv'],
    ['/identities/{reference...}', `/identities/${one.id}`],
    ['/identities/{reference...}', '/identities/id-001'],
    ['/credentials', '/credentials?unused=30&state=any&sort=expires'],
    ['/credentials', '/credentials?format=csv'],
    ['/credentials/{id}', `/credentials/${key.id}`],
    ['/findings', '/findings?state=any'],
    ['/findings', '/findings?format=csv&state=any'],
    ['/findings/{id}', `/findings/${finding.id}`],
    ['/rules', '/rules'],
    ['/score', '/score'],
    ['/score', '/score?format=csv'],
    ['/frameworks', '/frameworks'],
    ['/frameworks', '/frameworks?format=csv'],
    ['/frameworks/{id}', '/frameworks/csf?state=failing'],
    ['/frameworks/{id}', '/frameworks/csf?format=csv'],
    ['/sources', '/sources'],
    ['/sources/{id}', `/sources/${to.id}`],
    ['/runs/{id}', `/runs/${run.id}`],
  ]
})
afterAll(closeMomentClient)

const bodies = async () => {
  const answers = await Promise.all(addresses.map(([template, address]) => ask(template, at(address))))
  return Promise.all(
    answers.map(async (response) => ({
      status: response.status,
      etag: response.headers.get('etag'),
      body: await response.text(),
    })),
  )
}

test('the same bytes and the same tag, with changes in between', async () => {
  const first = await bodies()
  const now = async () => (await ask('/identities', '/identities?size=25')).text()
  const presentBefore = await now()
  const to = await db.connection.findFirstOrThrow()
  await look(
    { id: to.id, connectorId: 'demo', mode: 'live' },
    { at: hours(1), streams: { main: { observations: [identity('only')] } } },
  )
  await db.connection.update({ where: { id: to.id }, data: { name: 'another name', paused: true } })
  const second = await bodies()
  expect(await now()).not.toBe(presentBefore)
  expect(second).toEqual(first)
  for (const { status, etag, body } of first) {
    expect(status).toBe(200)
    if (body.startsWith('{')) {
      expect(etag).toBe(sha(body))
      expect(JSON.parse(body)).toMatchObject({ moment: { asOf, known: asOf } })
    }
  }
})

test('headers say the moment; a program that holds the answer is told so', async () => {
  const response = await ask('/identities', at('/identities'))
  expect(response.headers.get('rollcall-as-of')).toBe(asOf)
  expect(response.headers.get('rollcall-known')).toBe(asOf)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const held = { 'if-none-match': response.headers.get('etag') ?? '' }
  const again = await ask('/identities', at('/identities'), 'GET', held)
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
  const csv = await ask('/identities', at('/identities?format=csv'))
  expect(csv.headers.get('rollcall-as-of')).toBe(asOf)
  expect(csv.headers.get('content-disposition')).toContain(
    `identities-as-of-${asOf.slice(0, 19).replaceAll(':', '')}Z.csv`,
  )
  const present = await ask('/identities', '/identities')
  expect(present.headers.has('rollcall-as-of')).toBe(false)
  expect(await present.json()).not.toHaveProperty('moment')
})

test('`known=now` answers with the instant, so that it can be asked again', async () => {
  const first = (await (await ask('/identities', at('/identities?known=now'))).json()) as {
    moment: { known: string }
  }
  expect(first.moment.known > asOf).toBe(true)
  const again = await ask('/identities', at(`/identities?known=${first.moment.known}`))
  expect(await again.json()).toEqual(first)
})

describe('refused, naming the parameter', () => {
  test.each([
    ['asOf=2999-01-01', 'asOf'],
    ['asOf=soon', 'asOf'],
    ['asOf=2026-02-31', 'asOf'],
    ['asOf=2026-01-01&asOf=2026-01-02', 'asOf'],
    ['asOf=2026-01-02&known=2026-01-01', 'known'],
    ['known=2026-01-01', 'known'],
  ])('%s', async (query, path) => {
    const response = await ask('/identities', `/identities?${query}`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ issues: [{ path }] })
  })
  test('a moment before the past is kept', async () => {
    await db.setting.update({ where: { key: 'history' }, data: { value: { days: 400, from: hours(24) } } })
    const response = await ask('/identities', at('/identities', hours(48)))
    await db.setting.update({ where: { key: 'history' }, data: { value: { days: 400, from: null } } })
    expect(response.status).toBe(400)
    expect(JSON.stringify(await response.json())).toContain('is not kept')
  })
  test.each(
    routes
      .filter((route) => !route.past && route.permission)
      .map((route) => [route.method, route.path, route.permission] as const),
  )('%s %s has no past', async (method, path, permission) => {
    const address = path.replace(/\{\w+(\.\.\.)?\}/g, '00000000-0000-4000-8000-000000000000')
    const who = permission && may({ role: 'administrator' }, permission) ? token : auditing
    const response = await ask(path, at(address), method, { authorization: `Bearer ${who}` })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ issues: [{ path: 'asOf' }] })
  })
})
