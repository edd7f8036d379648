// The comparison over HTTP: the same instants get the same bytes; a page, a file and what is refused.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DiffAnswer } from '@/app/api/v1/_api/diff-schemas'
import { handlers } from '@/app/api/v1/_api/routes'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { createToken } from '@/governance/tokens/create-token'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { knownAt, putGrant, putIdentity, putLook, putSource, retire, uuid } from '@/tests/simulated-time'

const HOST = 'http://localhost:3000'
process.env.BASE_URL = HOST
const day = (n: number) => new Date(Date.UTC(2026, 8, n)).toISOString()
let token = ''
const ask = (query: string, headers = {}) =>
  handlers('/diff').GET(
    new Request(`${HOST}/api/v1/diff?${query}`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    }),
  )

beforeAll(async () => {
  const person = { name: 'Ada', email: 'ada@example.com', password: 'correct horse battery staple' }
  const { id } = await createFirstAdministrator(person)
  const actor = { kind: 'user', id, name: 'Ada', role: 'administrator' } as const
  token = (await createToken(actor, { name: 'test' })).token
  await knownAt(day(1), async (tx) => {
    await putSource(tx, 'North', { at: day(1), scopes: ['s1'] })
    for (const kind of ['identity', 'grant']) await putLook(tx, 's1', kind, day(1))
    await putIdentity(tx, 's1', 'old', day(1))
  })
  await knownAt(day(5), async (tx) => {
    for (let n = 0; n < 30; n++) await putIdentity(tx, 's1', `new-${n}`, day(5))
    await putGrant(tx, 's1', '=cmd()', 'old', day(5))
    await retire(tx, 'identity', uuid('identity', 's1', 'old'), day(5))
  })
})
afterAll(async () => {
  await closeMomentClient()
  await db.$disconnect()
})

const RANGE = 'from=2026-09-02&to=2026-09-08'

test('one page, as described, with its instants; asked again, the same bytes', async () => {
  const response = await ask(`${RANGE}&size=25`)
  expect(response.status).toBe(200)
  const text = await response.text()
  const page = DiffAnswer.parse(JSON.parse(text))
  expect(page.between).toEqual({ from: '2026-09-02T23:59:59.999Z', to: '2026-09-08T23:59:59.999Z' })
  expect(page.rows).toHaveLength(25)
  expect(page.counts.filter(({ count }) => count)).toEqual([
    { kind: 'identity', count: 31, more: false },
    { kind: 'grant', count: 1, more: false },
  ])
  await knownAt(new Date().toISOString(), (tx) => putIdentity(tx, 's1', 'later', day(20)))
  expect(await (await ask(`${RANGE}&size=25`)).text()).toBe(text)
  const next = DiffAnswer.parse(await (await ask(`after=${page.next}&size=25`)).json())
  expect(next.between).toEqual(page.between)
  expect([...page.rows, ...next.rows].map(({ name }) => name).sort()).toEqual(
    ['=cmd()', 'old', ...Array.from({ length: 30 }, (_, n) => `new-${n}`)].sort(),
  )
})

test('every row as a file that says its instants', async () => {
  const response = await ask(`${RANGE}&kind=grant`, { accept: 'text/csv' })
  expect(response.headers.get('content-disposition')).toMatch(
    /filename="diff-2026-09-02T235959Z-2026-09-08T235959Z-/,
  )
  expect(response.headers.get('rollcall-to')).toBe('2026-09-08T23:59:59.999Z')
  const [head, ...rows] = (await response.text()).trimEnd().split('\r\n')
  expect(head).toMatch(/^kind,what,id,name,identity,/)
  expect(rows).toHaveLength(1)
  expect(rows[0]).toMatch(/^grant,added,.*,'=cmd\(\),old,/)
})

test.each([
  ['from=2026-09-08&to=2026-09-02', 400, 'from'],
  ['from=2999-01-01&to=2999-01-02', 400, 'to'],
  [`${RANGE}&known=2026-09-03`, 400, 'known'],
  [`${RANGE}&kind=nonsense`, 400, 'kind'],
  [`${RANGE}&asOf=2026-09-03`, 400, 'asOf'],
  [`${RANGE}&identity=${uuid('nobody')}`, 404, undefined],
])('%s is refused before any row, also as a file', async (query, status, path) => {
  for (const headers of [{}, { accept: 'text/csv' }]) {
    const response = await ask(query, headers)
    expect(response.status).toBe(status)
    const { issues = [] } = (await response.json()) as { issues?: { path: string }[] }
    if (path) expect(issues.map((issue) => issue.path)).toContain(path)
  }
})

test('known is its own parameter: both sides as known then', async () => {
  const response = await ask(`${RANGE}&known=2026-10-01`)
  expect(response.status).toBe(200)
  expect(DiffAnswer.parse(await response.json()).between.known).toBe('2026-10-01T23:59:59.999Z')
})
