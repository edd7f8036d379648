// Audits over the API: every answer as it is described, with the token of whoever answers and that of an auditor.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'csv-parse/sync'
import type { Role } from '@/core/permissions'
import { createToken } from '@/governance/tokens/create-token'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { accounts, auditor, maker, PERIOD, sealedPack } from '@/tests/audit-world'
import { estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { handlers, routes } from '../_api/routes'

const HOST = 'http://localhost:3000'
process.env.BASE_URL = HOST
const tokens = new Map<Role, string>()

type Method = 'GET' | 'POST' | 'PUT'
const call = (role: Role, method: Method, template: string, address: string, body?: object) =>
  handlers(template)[method](
    new Request(`${HOST}/api/v1${address}`, {
      method,
      headers: { authorization: `Bearer ${tokens.get(role)}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }),
  )
/** What it answers, which is what its description says. */
async function answer<T>(
  role: Role,
  method: Method,
  template: string,
  address: string,
  body?: object,
): Promise<T> {
  const response = await call(role, method, template, address, body)
  const said: unknown = await response.json()
  const route = routes.find((one) => one.path === template && one.method === method)
  expect(response.status, JSON.stringify(said)).toBe(route?.status)
  expect(route?.answer.safeParse(said).error).toBeUndefined()
  return said as T
}

beforeAll(async () => {
  await accounts(auditor, maker)
  for (const actor of [auditor, maker])
    tokens.set(actor.role, (await createToken(actor, { name: 'test' })).token)
  await look(await connection(), { at: new Date(Date.now() - 60_000).toISOString(), streams: estate(30) })
}, 60_000)
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

test('made, drawn from, asked in, answered, judged and closed', async () => {
  type Made = { id: string }
  const pack = await sealedPack()
  const given = { title: 'Year', about: 'Access.', ...PERIOD, auditors: [auditor.id] }
  const { id } = await answer<Made>('analyst', 'POST', '/audits', '/audits', given)
  const of = `/audits/${id}`
  await answer('analyst', 'PUT', '/audits/{id}', of, { packs: [pack] })
  const drawn = { size: 25, seed: '1', pack }
  const sample = await answer<Made>('auditor', 'POST', '/audits/{id}/samples', `${of}/samples`, drawn)
  const asked = { title: 'The policy', question: 'Which one is it?' }
  const item = await answer<Made>('auditor', 'POST', '/audits/{id}/items', `${of}/items`, asked)
  const [comments, status] = ['comments', 'status'].map((word) => `/audits/{id}/items/{item}/${word}`)
  const at = (word: string) => `${of}/items/${item.id}/${word}`
  const link = { kind: 'pack', id: pack }
  await answer('analyst', 'POST', comments ?? '', at('comments'), { text: 'This one.', link })
  await answer('analyst', 'POST', comments ?? '', at('comments'), { text: 'For us.', internal: true })
  await answer('auditor', 'POST', comments ?? '', at('comments'), { text: 'Thank you.' })
  await answer('analyst', 'POST', status ?? '', at('status'), { status: 'ready', expected: 'waiting' })
  const late = await call('auditor', 'POST', status ?? '', at('status'), {
    status: 'approved',
    expected: 'waiting',
  })
  expect(late.status).toBe(409)
  const mixed = await call('analyst', 'POST', status ?? '', at('status'), {
    status: 'approved',
    expected: 'ready',
  })
  expect(mixed.status).toBe(403)
  await answer('auditor', 'POST', status ?? '', at('status'), { status: 'approved', expected: 'ready' })
  const view = await answer<{ thread: object[] }>(
    'auditor',
    'GET',
    '/audits/{id}/items/{item}',
    `${of}/items/${item.id}`,
  )
  expect(view.thread).toHaveLength(4)

  const listed = await answer<{ total: number }>(
    'auditor',
    'GET',
    '/audits/{id}/items',
    `${of}/items?sample=${sample.id}&size=5`,
  )
  expect(listed.total).toBe(25)
  const file = await call('auditor', 'GET', '/audits/{id}/items', `${of}/items?format=csv`)
  const rows = parse<Record<string, string>>(await file.text(), { columns: true })
  expect(rows).toHaveLength(26)
  expect(rows[25]).toMatchObject({ status: 'approved', comments: '2', origin: 'request' })
  expect(rows[0]).toMatchObject({ seed: '1', rank: '1', subjectKind: 'identity' })
  await answer('auditor', 'GET', '/audits/{id}', of)
  expect(await answer<object>('auditor', 'GET', '/audits', '/audits')).toMatchObject({ rows: [{ id }] })

  await answer('analyst', 'POST', '/audits/{id}/close', `${of}/close`, { why: 'Done.' })
  const after = await call('auditor', 'POST', '/audits/{id}/items', `${of}/items`, asked)
  expect(after.status).toBe(409)
  const nowhere = await call(
    'auditor',
    'GET',
    '/audits/{id}/items',
    `/audits/${crypto.randomUUID()}/items?format=csv`,
  )
  expect(nowhere.status).toBe(404)
})
