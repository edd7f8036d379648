// Credentials and stored secrets as programs meet them: as described, owners limited to their own, CSV equal to the list.
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import type { CredentialRow } from '@/core/list'
import type { Actor, Role } from '@/core/permissions'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { createMember } from '@/governance/members/create-member'
import { createToken } from '@/governance/tokens/create-token'
import { look } from '@/tests/queried-estate'
import { vaultful } from '@/tests/queried-secrets'
import { connection } from '@/tests/scripted-source'
import { CredentialDetail } from '../_api/credential-schemas'
import { ReplacementAnswer } from '../_api/replacement-schemas'
import { GET as replacement } from './[id]/replacement/route'
import { GET as one } from './[id]/route'
import { GET as list } from './route'

const HOST = 'http://localhost:3000'
process.env.BASE_URL = HOST
const password = 'correct horse battery staple'
let [admin, owner] = ['', '']

const ask = (handler: typeof list, address: string, token = admin) =>
  handler(
    new Request(`${HOST}/api/v1/credentials${address}`, { headers: { authorization: `Bearer ${token}` } }),
  )
type Body = { rows: CredentialRow[]; total: number; next?: string }
const page = async (address: string, token = admin) =>
  (await (await ask(list, address, token)).json()) as Body

beforeAll(async () => {
  const actor = (id: string, role: Role): Actor => ({ kind: 'user', id, name: role, role })
  const first = await createFirstAdministrator({ name: 'Ada', email: 'ada@example.com', password })
  const made = { name: 'Ann', email: 'ann@example.com', role: 'owner' as const, password }
  const ann = await createMember(actor(first.id, 'administrator'), made)
  admin = (await createToken(actor(first.id, 'administrator'), { name: 'test' })).token
  owner = (await createToken(actor(ann.id, 'owner'), { name: 'test' })).token
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: vaultful(40) })
})

test('pages lead to each other, and hold both kinds', async () => {
  const first = await page('?size=50')
  const second = await page(`?size=50&after=${first.next}`)
  expect([first.rows.length, second.rows.length, second.next]).toEqual([50, 30, undefined])
  expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(80)
  expect(new Set(first.rows.map(({ kind }) => kind))).toEqual(new Set(['credential', 'secret']))
})

test.each(['credential', 'secret'])('a %s is as described', async (kind) => {
  const { rows } = await page(`?kind=${kind}`)
  for (const { id } of rows) {
    const response = await ask(one, `/${id}`)
    expect(response.status).toBe(200)
    expect(CredentialDetail.safeParse(await response.json()).error).toBeUndefined()
  }
})

describe('an owner', () => {
  test('gets what is theirs, and the rest is not found', async () => {
    const [mine, all] = [await page('?size=100', owner), await page('?size=100')]
    expect(mine.total).toBeGreaterThan(0)
    expect(mine.total).toBeLessThan(all.total)
    const ids = new Set(mine.rows.map(({ id }) => id))
    for (const { id } of all.rows)
      expect((await ask(one, `/${id}`, owner)).status, id).toBe(ids.has(id) ? 200 : 404)
    const csv = await (await ask(list, '?format=csv', owner)).text()
    expect(parse(csv, { record_delimiter: '\r\n' })).toHaveLength(mine.total + 1)
  })
})

describe('what could take its place', () => {
  const status = async (id: string, token = admin) =>
    (await ask(replacement, `/${id}/replacement`, token)).status

  test('is as described, also where there is nothing', async () => {
    const { rows } = await page('?kind=credential&size=100')
    for (const { id } of rows) {
      const response = await ask(replacement, `/${id}/replacement`)
      expect(response.status).toBe(200)
      expect(ReplacementAnswer.parse(await response.json()).ways).toEqual([])
    }
  })
  test('is told to an owner of what is theirs alone', async () => {
    const mine = new Set((await page('?size=100&kind=credential', owner)).rows.map(({ id }) => id))
    const { rows } = await page('?size=100&kind=credential')
    expect(mine.size).toBeGreaterThan(0)
    for (const { id } of rows) expect(await status(id, owner), id).toBe(mine.has(id) ? 200 : 404)
  })
  test('is about credentials and about now', async () => {
    const [secret] = (await page('?kind=secret')).rows
    expect(await status(secret?.id ?? '')).toBe(404)
    const [first] = (await page('?kind=credential')).rows
    expect((await ask(replacement, `/${first?.id}/replacement?asOf=2026-06-01`)).status).toBe(400)
  })
})

test('CSV has the rows of the list in its order, a word where there is no date, and no formula', async () => {
  const response = await ask(list, '?format=csv&sort=name&unused=unknown')
  expect(response.headers.get('content-disposition')).toMatch(/filename="credentials-/)
  const csv = parse(await response.text(), { record_delimiter: '\r\n', columns: true }) as Record<
    string,
    string
  >[]
  const { rows } = await page('?size=100&sort=name&unused=unknown')
  expect(csv.map(({ id }) => id)).toEqual(rows.map(({ id }) => id))
  expect(new Set(csv.map(({ lastUsed }) => lastUsed))).toEqual(new Set(['unknown']))
  const whole = parse(await (await ask(list, '?format=csv')).text(), { columns: true }) as typeof csv
  expect(new Set(whole.map(({ expiresAt }) => (/^\d/.test(expiresAt ?? '') ? 'date' : expiresAt)))).toEqual(
    new Set(['date', 'never', 'unknown']),
  )
  expect(new Set(whole.filter((r) => r.kind === 'secret').map((r) => r.copiedEverySeconds))).toEqual(
    new Set(['3600', '']),
  )
  expect(whole.some(({ name }) => name === "'=1+1")).toBe(true)
})

test.each(['?colour=red', '?sort=colour', '?form=colour', '?age=7', '?after=nonsense'])(
  '%s is refused by name',
  async (query) => {
    expect((await ask(list, query)).status).toBe(400)
  },
)
test('what is not there is not found', async () => {
  expect((await ask(one, '/nothing')).status).toBe(404)
})
