// The API as programs meet it: who may, what is refused, and that answers are what the description says.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import { PERMISSIONS, ROLES, type Actor, type Role } from '@/core/permissions'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { createMember } from '@/governance/members/create-member'
import { auth } from '@/governance/auth/auth'
import { createToken } from '@/governance/tokens/create-token'
import { db } from '@/prisma/client'
import { estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { GET as nowhere } from './[...unknown]/route'
import { GET as findings } from './findings/route'
import { GET as oneIdentity } from './identities/[...reference]/route'
import * as identities from './identities/route'
import { Problem } from './_api/schemas'
import { handlers, routes } from './_api/routes'
import type { AnyRoute } from '@/app/_http/route'

const HOST = 'http://localhost:3000'
// The test runner uses this name for something else.
process.env.BASE_URL = HOST
const NOBODY = '00000000-0000-4000-8000-000000000000'
const tokens = new Map<Role, string>()

const ask = (
  handler: (request: Request) => Promise<Response>,
  address: string,
  {
    role = 'administrator' as Role | null,
    method = 'GET',
    headers = {} as Record<string, string>,
    body = undefined as BodyInit | undefined,
  } = {},
) =>
  handler(
    new Request(`${HOST}/api/v1${address}`, {
      method,
      body,
      headers: { ...(role && { authorization: `Bearer ${tokens.get(role)}` }), ...headers },
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    }),
  )

const addressOf = (route: AnyRoute) => route.path.replace(/\{\w+(\.\.\.)?\}/g, NOBODY)
const askRoute = (route: AnyRoute, role: Role | null) =>
  ask(handlers(route.path)[route.method], addressOf(route), { role, method: route.method })

beforeAll(async () => {
  const admin = await createFirstAdministrator({
    name: 'Ada',
    email: 'ada@example.com',
    password: 'correct horse battery staple',
  })
  const actor = (id: string, role: Role): Actor => ({ kind: 'user', id, name: role, role })
  const first = actor(admin.id, 'administrator')
  for (const role of ROLES) {
    const email = role === 'owner' ? 'ann@example.com' : `${role}@example.com`
    const made =
      role === 'administrator'
        ? admin
        : await createMember(first, { name: role, email, role, password: 'correct horse battery staple' })
    tokens.set(role, (await createToken(actor(made.id, role), { name: 'test' })).token)
  }
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(40) })
})

describe('the list of routes', () => {
  const folder = import.meta.dirname
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => path.basename(name) === 'route.ts' && !name.startsWith('[...unknown]'),
  )
  const pathOf = (file: string) =>
    `/${path.dirname(file).split(path.sep).join('/')}`
      .replace(/\[\.\.\.(\w+)\]/, '{$1...}')
      .replace(/\[(\w+)\]/g, '{$1}')

  test('has exactly the paths that there are files for', () => {
    expect([...new Set(routes.map((r) => r.path))].sort()).toEqual(files.map(pathOf).sort())
  })
  test.each(files)('%s serves its own path', async (file) => {
    const served = (await import(path.join(folder, file))) as typeof identities
    const other = await served.PATCH(new Request(`${HOST}/api/v1/x`, { method: 'PATCH' }))
    const own = routes.filter((r) => r.path === pathOf(file)).map((r) => r.method)
    expect(
      other.headers
        .get('allow')
        ?.split(', ')
        .filter((m) => m !== 'HEAD'),
    ).toEqual(own)
  })
})

describe('who may', () => {
  const cases = routes.flatMap((route) =>
    [null, ...ROLES].map((role) => [route.method, route.path, role, route] as const),
  )
  test.each(cases)('%s %s as %s', async (_method, _path, role, route) => {
    const { status } = await askRoute(route, role)
    const allowed =
      route.permission === null ||
      (role !== null && (PERMISSIONS[route.permission] as readonly Role[]).includes(role))
    if (allowed) expect([200, 201, 202, 400, 404]).toContain(status)
    else expect(status).toBe(role === null ? 401 : 403)
  })
  test('a token that is not valid is nobody', async () => {
    const response = await ask(identities.GET, '/identities', {
      role: null,
      headers: { authorization: 'Bearer rc_nonsense' },
    })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('Bearer')
  })
})

describe('answers', () => {
  /** What has to be told what is meant is asked where it stands. */
  const isPlain = ({ query }: AnyRoute) => query?.safeParse({}).success ?? true
  const reads = routes.filter((r) => r.method === 'GET' && !r.path.includes('{') && isPlain(r))
  test.each(reads.map((r) => [r.path, r] as const))('%s is as described', async (_, route) => {
    const response = await askRoute(route, 'administrator')
    expect(response.status).toBe(route.status)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(route.answer.safeParse(await response.json()).error).toBeUndefined()
  })
  test('single things are as described', async () => {
    const one = async (template: string, address: string) => {
      const route = routes.find((r) => r.path === template && r.method === 'GET')
      const response = await ask(handlers(template).GET, address)
      expect(response.status).toBe(200)
      expect(route?.answer.safeParse(await response.json()).error).toBeUndefined()
    }
    const [finding, source, run] = [
      await db.finding.findFirstOrThrow(),
      await db.connection.findFirstOrThrow(),
      await db.run.findFirstOrThrow(),
    ]
    await one('/identities/{reference...}', '/identities/id-001')
    await one('/findings/{id}', `/findings/${finding.id}`)
    await one('/sources/{id}', `/sources/${encodeURIComponent(source.name)}`)
    await one('/runs/{id}', `/runs/${run.id}`)
    await one('/runs/{id}/progress', `/runs/${run.id}/progress`)
  })
  test('pages lead to each other', async () => {
    const first = (await (await ask(identities.GET, '/identities?size=25')).json()) as {
      rows: unknown[]
      next: string
    }
    const second = (await (
      await ask(identities.GET, `/identities?size=25&after=${first.next}`)
    ).json()) as typeof first
    expect([first.rows.length, second.rows.length, second.next]).toEqual([25, 15, undefined])
  })
  test.each(['arn:demo:id-001', 'arn%3Ademo%3Aid-001', 's1:id-001'])(
    'an identity is found as %s',
    async (reference) => {
      const body = (await (await ask(oneIdentity, `/identities/${reference}`)).json()) as {
        identity: { nativeId: string }
      }
      expect(body.identity.nativeId).toBe('id-001')
    },
  )
  test('HEAD has the headers and no body', async () => {
    const response = await ask(identities.HEAD, '/identities?format=csv', { method: 'HEAD' })
    expect([response.status, response.headers.get('content-type'), response.body]).toEqual([
      200,
      expect.stringContaining('text/csv'),
      null,
    ])
  })
  test('an owner gets what is theirs, as CSV too', async () => {
    const page = (await (await ask(identities.GET, '/identities', { role: 'owner' })).json()) as {
      total: number
    }
    const csv = await (await ask(identities.GET, '/identities?format=csv', { role: 'owner' })).text()
    expect(page.total).toBe(5)
    expect(parse(csv, { record_delimiter: '\r\n' })).toHaveLength(6)
  })
})

describe('CSV', () => {
  const rows = async (address: string, headers = {}) => {
    const response = await ask(identities.GET, address, { headers })
    expect(response.headers.get('content-type')).toContain('text/csv')
    return parse(await response.text(), { record_delimiter: '\r\n' }) as string[][]
  }
  test('has every matching row, sorted as asked, with the columns asked for and the ids', async () => {
    const [head, ...body] = await rows(
      '/identities?format=csv&class=machine&sort=-name&size=25&cols=name,owner',
    )
    const { total } = (await (await ask(identities.GET, '/identities?class=machine')).json()) as {
      total: number
    }
    expect(head).toEqual(['id', 'nativeId', 'name', 'owner'])
    expect(body).toHaveLength(total)
    const names = body.map((r) => r[2] ?? '')
    expect(names).toContain("'=1+1")
    expect(names.filter((n) => !n.startsWith("'"))).toEqual(
      [...names]
        .filter((n) => !n.startsWith("'"))
        .sort(byBytes)
        .reverse(),
    )
  })
  test.each(['text/csv', 'text/csv, application/json;q=0.5'])('comes for accept: %s', async (accept) => {
    expect((await rows('/identities', { accept })).length).toBe(41)
  })
  test.each(['application/json, text/csv', '*/*'])('does not for accept: %s', async (accept) => {
    const response = await ask(findings, '/findings', { headers: { accept } })
    expect(response.headers.get('content-type')).toContain('application/json')
  })
})
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

describe('refusals', () => {
  test.each([
    ['/identities?colour=red', 'colour'],
    ['/identities?sort=colour', 'sort'],
    ['/identities?format=csv&cols=colour', 'cols'],
    ['/identities?after=nonsense', 'after'],
    ['/identities?q=%00', 'q'],
  ])('%s names %s', async (address, name) => {
    const response = await ask(identities.GET, address)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const body = Problem.parse(await response.json())
    expect(body).toMatchObject({
      status: 400,
      type: 'urn:rollcall:problem:invalid',
      issues: [{ path: name }],
    })
    expect(body.requestId).toBe(response.headers.get('x-request-id'))
  })
  test.each(['/identities/%ff', '/identities/%00'])('%s is not an address', async (address) => {
    expect((await ask(oneIdentity, address)).status).toBe(400)
  })
  test('what is not there says what was looked at', async () => {
    const response = await ask(oneIdentity, '/identities/nobody')
    expect(response.status).toBe(404)
    expect(Problem.parse(await response.json()).detail).toContain('Looked at 1 scope')
  })
  test('an address that is not there has a problem document too', async () => {
    const response = await ask(nowhere, '/nope', { role: null })
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  })
  test('a method that is not there says which are', async () => {
    const response = await ask(identities.POST, '/identities', { method: 'POST' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })
  test.each([
    ['{"x":1}', 'application/json', 'x'],
    ['{"x"', 'application/json', ''],
    ['x=1', 'application/x-www-form-urlencoded', ''],
  ])('the body %s is refused', async (body, type, name) => {
    const source = await db.connection.findFirstOrThrow()
    const sync = handlers('/sources/{id}/sync').POST
    const response = await ask(sync, `/sources/${source.id}/sync`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    })
    expect(response.status).toBe(400)
    expect(Problem.parse(await response.json()).issues).toMatchObject([{ path: name }])
  })
})

describe('a session', () => {
  let cookie: string
  beforeAll(async () => {
    const body = { email: 'analyst@example.com', password: 'correct horse battery staple' }
    const signedIn = await auth.api.signInEmail({ body, asResponse: true })
    cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  })
  const sync = (headers: Record<string, string>) =>
    ask(handlers('/sources/{id}/sync').POST, `/sources/${NOBODY}/sync`, {
      role: null,
      method: 'POST',
      headers: { cookie, ...headers },
    })

  test('reads', async () => {
    expect((await ask(identities.GET, '/identities', { role: null, headers: { cookie } })).status).toBe(200)
  })
  test.each<Record<string, string>>([
    { 'sec-fetch-site': 'same-origin' },
    { origin: HOST },
    { 'sec-fetch-site': 'same-origin', origin: 'null' },
  ])('changes things with %o', async (headers) => {
    expect((await sync(headers)).status).toBe(404)
  })
  test.each<Record<string, string>>([
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site', origin: HOST },
    { origin: 'https://elsewhere.example' },
    { origin: 'null' },
  ])('changes nothing with %o', async (headers) => {
    expect((await sync(headers)).status).toBe(403)
  })
})

describe('the description', () => {
  test('has every route with its places and parameters', async () => {
    const document = (await (
      await ask(handlers('/openapi.json').GET, '/openapi.json', { role: null })
    ).json()) as {
      openapi: string
      paths: Record<
        string,
        Record<string, { parameters: { name: string; in: string }[]; operationId: string }>
      >
    }
    expect(document.openapi).toBe('3.1.0')
    for (const route of routes) {
      const operation = document.paths[route.path.replace('...}', '}')]?.[route.method.toLowerCase()]
      const places = [...route.path.matchAll(/\{(\w+)/g)].map((m) => m[1])
      expect(operation?.parameters.filter((p) => p.in === 'path').map((p) => p.name)).toEqual(places)
      const query = operation?.parameters.filter((p) => p.in === 'query').map((p) => p.name)
      const past = route.past ? ['asOf', 'known'] : []
      expect(query).toEqual([...Object.keys(route.query?.shape ?? {}), ...past])
    }
    const ids = Object.values(document.paths).flatMap((p) => Object.values(p).map((o) => o.operationId))
    expect(new Set(ids).size).toBe(ids.length)
  })
})
