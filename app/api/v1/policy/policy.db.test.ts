// The policy over the API: read, previewed, put in place where nobody was quicker, restored.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Role } from '@/core/permissions'
import { DEFAULT_POLICY, Policy } from '@/core/policy'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { createMember } from '@/governance/members/create-member'
import { createToken } from '@/governance/tokens/create-token'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { handlers, routes } from '../_api/routes'

const HOST = 'http://localhost:3000'
process.env.BASE_URL = HOST
const tokens = new Map<Role, string>()

beforeAll(async () => {
  const password = 'correct horse battery staple'
  const admin = await createFirstAdministrator({ name: 'Ada', email: 'ada@example.com', password })
  const actor = { kind: 'user' as const, id: admin.id, name: 'Ada', role: 'administrator' as const }
  tokens.set('administrator', (await createToken(actor, { name: 'test' })).token)
  const analyst = await createMember(actor, { name: 'A', email: 'a@example.com', role: 'analyst', password })
  const made = await createToken({ ...actor, id: analyst.id, role: 'analyst' }, { name: 'test' })
  tokens.set('analyst', made.token)
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(30) })
})
beforeEach(() => db.policy.deleteMany())
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

type Options = {
  method?: 'GET' | 'POST' | 'PUT'
  body?: unknown
  headers?: Record<string, string>
  role?: Role
}
function ask(
  template: string,
  address: string,
  { method = 'GET', body, headers = {}, role = 'administrator' }: Options = {},
) {
  const request = new Request(`${HOST}/api/v1${address}`, {
    method,
    headers: {
      authorization: `Bearer ${tokens.get(role)}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return handlers(template)[method](request)
}
const answerOf = async (response: Response, template: string, method = 'GET') => {
  const said = (await response.json()) as Record<string, unknown>
  const route = routes.find((one) => one.path === template && one.method === method)
  expect(route?.answer.safeParse(said).error).toBeUndefined()
  return said
}
const severe = Policy.parse({ ...DEFAULT_POLICY, rules: { 'identity-ownerless': { severity: 'critical' } } })
const put = (
  match: string | undefined,
  body: unknown = { policy: severe, note: 'because' },
  role: Role = 'administrator',
) =>
  ask('/policy', '/policy', {
    method: 'PUT',
    body,
    role,
    headers: match === undefined ? {} : { 'if-match': match },
  })

test('is read as JSON and as YAML, with its version', async () => {
  const response = await ask('/policy', '/policy')
  expect(response.headers.get('etag')).toBe('"0"')
  expect(await answerOf(response, '/policy')).toMatchObject({ version: 0, policy: DEFAULT_POLICY })
  const yaml = await ask('/policy', '/policy?format=yaml')
  expect(yaml.headers.get('content-type')).toContain('application/yaml')
  expect(parse(await yaml.text())).toEqual(DEFAULT_POLICY)
})

test('is put in place, shown, listed and restored', async () => {
  const saved = await put('"0"')
  expect(saved.status).toBe(200)
  expect(await answerOf(saved, '/policy', 'PUT')).toMatchObject({
    version: 1,
    before: 0,
    changed: 1,
    warnings: [],
  })
  const versions = await answerOf(await ask('/policy/versions', '/policy/versions'), '/policy/versions')
  expect(versions).toMatchObject({ rows: [{ version: 1, source: 'code' }, { version: 0 }] })
  const one = '/policy/versions/{version}'
  expect(await answerOf(await ask(one, '/policy/versions/1'), one)).toMatchObject({
    changes: [{ ruleId: 'identity-ownerless', what: 'Severity', after: 'critical' }],
  })
  const restore = `${one}/restore`
  const send = (match: string) =>
    ask(restore, '/policy/versions/0/restore', { method: 'POST', body: {}, headers: { 'if-match': match } })
  expect((await send('"0"')).status).toBe(409)
  expect(await answerOf(await send('"1"'), restore, 'POST')).toMatchObject({ version: 2 })
  expect((await ask(one, '/policy/versions/9')).status).toBe(404)
  expect((await ask(one, '/policy/versions/x')).status).toBe(404)
})

describe('is refused', () => {
  test('where another one was saved meanwhile', async () => {
    await put('"0"')
    const late = await put('"0"', { policy: DEFAULT_POLICY, note: 'because' })
    expect(late.status).toBe(409)
    expect(((await late.json()) as { detail: string }).detail).toContain('Version 1 was saved meanwhile')
    expect(await db.policy.count()).toBe(1)
  })
  test.each([undefined, '0', '*', 'W/"0"', '"x"', '"-1"'])('without a version: %s', async (match) => {
    const response = await put(match)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { detail: string }).detail).toContain('If-Match')
  })
  test.each<[unknown, string]>([
    [{ note: 'because' }, 'policy'],
    [{ policy: severe }, 'note'],
    [{ policy: severe, note: 'because', more: 1 }, 'more'],
    [{ policy: { rules: { nonsense: {} } }, note: 'because' }, 'rules.nonsense'],
    [
      { policy: { rules: { 'secret-old': { params: { ageDaysMax: 'x' } } } }, note: 'because' },
      'rules.secret-old.params.ageDaysMax',
    ],
    [{ policy: severe, note: 'because', source: 'interface' }, 'source'],
  ])('with the wrong field named: %j', async (body, path) => {
    const response = await put('"0"', body)
    expect(response.status).toBe(400)
    expect((await response.json()) as object).toMatchObject({ issues: [{ path }] })
  })
  test('to whoever may only read', async () => {
    expect((await put('"0"', undefined, 'analyst')).status).toBe(403)
    expect((await ask('/policy', '/policy', { role: 'analyst' })).status).toBe(200)
  })
})

describe('a preview', () => {
  const PREVIEW = '/policy/preview'
  const post = (body: unknown, headers = {}) =>
    ask(PREVIEW, PREVIEW, { method: 'POST', body, headers, role: 'analyst' })
  test('is one answer', async () => {
    const response = await post({ policy: severe })
    expect(response.status).toBe(200)
    const said = await answerOf(response, PREVIEW, 'POST')
    expect(said).toMatchObject({ isWhole: true, moves: [{ ruleId: 'identity-ownerless' }] })
    expect(await db.policy.count()).toBe(0)
  })
  test('is lines of progress and an answer', async () => {
    const response = await post({ policy: severe, whole: true }, { accept: 'application/x-ndjson' })
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.slice(0, -1).every((line) => 'progress' in line)).toBe(true)
    expect(lines.at(-1)).toMatchObject({ preview: { isWhole: true, total: expect.any(Number) as number } })
  })
  test('whose reader goes away ends, and lets others in', async () => {
    for (let n = 0; n < 4; n++) {
      const response = await post({ policy: severe, whole: true }, { accept: 'application/x-ndjson' })
      const reader = response.body?.getReader()
      await reader?.read()
      await reader?.cancel()
    }
    expect((await (await post({ policy: severe, whole: true })).json()) as object).toMatchObject({
      isWhole: true,
    })
  })
  test('of what is no policy is refused before it begins', async () => {
    const response = await post({ policy: { nonsense: 1 } }, { accept: 'application/x-ndjson' })
    expect([response.status, ((await response.json()) as { issues: object[] }).issues]).toMatchObject([
      400,
      [{ path: 'nonsense' }],
    ])
  })
})
