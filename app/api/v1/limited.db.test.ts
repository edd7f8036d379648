// What an auditor who is limited to some scopes reads through the API: of what lies elsewhere no id, no native id and no name.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { may, type Actor } from '@/core/permissions'
import { createMember } from '@/governance/members/create-member'
import { createToken } from '@/governance/tokens/create-token'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { heldIn, unseenWords } from '@/tests/unseen-words'
import { handlers, routes } from './_api/routes'

const HOST = 'http://localhost:3000'
process.env.BASE_URL = HOST
const NOBODY = '00000000-0000-4000-8000-000000000000'

afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

type Reader = { token: string; scope: string; words: Set<string> }
const readers = new Map<string, Reader>()

async function readerOf(connectorId: string): Promise<Reader> {
  const { id: scope } = await db.scope.findFirstOrThrow({ where: { connectorId } })
  const email = `${connectorId}@example.com`
  const { id } = await createMember(actorAs('administrator'), {
    ...{ name: connectorId, email, role: 'auditor', password: 'correct horse battery', scopes: [scope] },
  })
  const actor: Actor = { kind: 'user', id, name: connectorId, role: 'auditor', within: [scope] }
  const { token } = await createToken(actor, { name: 'test' })
  return { token, scope, words: await unseenWords([scope]) }
}

const CONNECTORS = ['aws', 'azure', 'gcp', 'kubernetes', 'spire', 'vault']
beforeAll(async () => {
  for (const connectorId of CONNECTORS) readers.set(connectorId, await readerOf(connectorId))
})
const reader = (connectorId: string): Reader => {
  const found = readers.get(connectorId)
  if (!found) throw new Error(connectorId)
  return found
}

const ask = (
  { token }: Reader,
  template: string,
  address: string,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' = 'GET',
) =>
  handlers(template)[method](
    new Request(`${HOST}/api/v1${address}`, { method, headers: { authorization: `Bearer ${token}` } }),
  )

/** All texts of an answer, whatever they are written as. */
const textsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : value !== null && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, one]) => [key, ...textsOf(one)])
      : []
async function read(who: Reader, template: string, address: string) {
  const response = await ask(who, template, address)
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text, text }
}
/** Which words an answer tells that it should not; and its status. */
async function tells(who: Reader, template: string, address: string): Promise<[number, string[]]> {
  const { status, body } = await read(who, template, address)
  expect(status, address).toBeLessThan(500)
  // An address that is asked about is repeated in the refusal.
  const asked = decodeURIComponent(address)
  const found = heldIn(textsOf(body).join('\n'), who.words)
    .filter((word) => !(status >= 400 && asked.includes(word)))
    .map((word) => `${address}: ${word}`)
  return [status, found]
}

/** Routes that a limited auditor may ask at all. */
const limited = { ...actorAs('auditor'), within: [] }
const open = routes.filter(({ permission }) => permission === null || may(limited, permission))
const LISTS: Record<string, string[]> = {
  '/identities': ['', '?state=any&scope=any', '?format=csv', '?unused=30', '?sort=worst', '?q=halden'],
  '/credentials': ['', '?state=any&scope=any', '?format=csv', '?kind=secret', '?sort=expires'],
  '/findings': ['', '?state=any', '?format=csv', '?verdict=unknown', '?verdict=fail', '?q=halden'],
  '/diff': ['', '?format=csv', '?kind=identity,grant,trust,owner,privilege'],
  '/owners': ['', '?format=csv'],
  '/score': ['', '?scope=any'],
}

/** All that is theirs, and of what is not every fifth. */
const some =
  ({ scope }: Reader) =>
  ({ id, scopeId }: { id: string; scopeId: string }): boolean =>
    scopeId === scope || Number.parseInt(id.slice(0, 2), 16) % 5 === 0

describe.each(CONNECTORS)('an auditor who sees %s alone', (connectorId) => {
  test('is told of nothing else by any list', async () => {
    const who = reader(connectorId)
    const found: string[] = []
    const ask = async (path: string, address: string) => {
      const [status, words] = await tells(who, path, address)
      expect(status, address).toBe(200)
      found.push(...words)
    }
    for (const { path } of open.filter((route) => route.method === 'GET' && !route.path.includes('{')))
      for (const query of LISTS[path] ?? ['']) await ask(path, path + query)
    const { rows: frameworks } = (await read(who, '/frameworks', '/frameworks')).body as {
      rows: { id: string }[]
    }
    expect(frameworks.length).toBeGreaterThan(5)
    for (const { id } of frameworks) await ask('/frameworks/{id}', `/frameworks/${id}`)
    const [clock] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
    for (const { path } of open.filter((route) => route.past && !route.path.includes('{')))
      await ask(path, `${path}?asOf=${clock?.now.toISOString()}`)
    expect(found).toEqual([])
  })

  test('counts what is theirs', async () => {
    const who = reader(connectorId)
    const total = async (path: string) => ((await read(who, path, path)).body as { total: number }).total
    const where = { scopeId: who.scope }
    expect([await total('/identities'), await total('/findings')]).toEqual([
      await db.identity.count({ where: { ...where, retiredAt: null } }),
      await db.finding.count({ where: { ...where, state: 'open' } }),
    ])
    const { rows } = (await read(who, '/rules', '/rules')).body as {
      rows: { tally?: { fail: number; pass: number } }[]
    }
    const sum = await db.tally.aggregate({ where, _sum: { fail: true, pass: true } })
    expect(rows.reduce((n, { tally }) => n + (tally?.fail ?? 0), 0)).toBe(sum._sum.fail)
    expect(rows.reduce((n, { tally }) => n + (tally?.pass ?? 0), 0)).toBe(sum._sum.pass)
  })

  test('finds every identity of theirs, and no other', async () => {
    const who = reader(connectorId)
    const all = await db.identity.findMany({ select: { id: true, scopeId: true, nativeId: true } })
    const found: string[] = []
    for (const { id, scopeId, nativeId } of all.filter(some(who))) {
      const isTheirs = scopeId === who.scope
      for (const [template, address] of [
        ['/identities/{reference...}', `/identities/${id}`],
        ['/owners/{identity}', `/owners/${id}`],
        ['/identities/{reference...}', `/identities/${encodeURIComponent(isTheirs ? id : nativeId)}`],
      ] as const) {
        const [status, words] = await tells(who, template, address)
        expect(status, `${address} ${nativeId}`).toBe(isTheirs ? 200 : 404)
        found.push(...words)
      }
    }
    expect(found).toEqual([])
  })

  test('finds credentials, stored secrets and findings of theirs, and no others', async () => {
    const who = reader(connectorId)
    const select = { id: true, scopeId: true } as const
    const found: string[] = []
    const rows = [
      ...(await db.credential.findMany({ select })).map((row) => ['/credentials/{id}', row] as const),
      ...(await db.secret.findMany({ select })).map((row) => ['/credentials/{id}', row] as const),
      ...(await db.finding.findMany({ select })).map((row) => ['/findings/{id}', row] as const),
    ]
    // Many are alike: every third of them.
    for (const [template, row] of rows.filter(([, one], at) => at % 3 === 0 && some(who)(one))) {
      const [status, words] = await tells(who, template, template.replace('{id}', row.id))
      expect(status, `${template} ${row.id}`).toBe(row.scopeId === who.scope ? 200 : 404)
      const more = `${template}/${template === '/credentials/{id}' ? 'replacement' : 'history'}`
      const [, others] = await tells(who, more, more.replace('{id}', row.id))
      found.push(...words, ...others)
    }
    expect(found).toEqual([])
  })
})

test('takes files away under their name, and the activity log says so', async () => {
  const who = reader('vault')
  const response = await ask(who, '/identities', '/identities?format=csv&state=any')
  const [, file] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  expect(file).toMatch(/^identities-.+-copy-of-vault-example-com\.csv$/)
  await response.text()
  const logged = await db.activity.findMany({ where: { action: 'export.download', object: `file:${file}` } })
  expect(logged.map(({ actorKind, detail }) => [actorKind, detail])).toEqual([
    ['token', { address: '/api/v1/identities?format=csv&state=any' }],
  ])
  const before = await db.activity.count({ where: { action: 'export.download' } })
  await ask(who, '/identities', '/identities')
  expect(await db.activity.count({ where: { action: 'export.download' } })).toBe(before)
})

test('is refused whatever tells of all scopes, and whatever changes anything of theirs', async () => {
  const who = reader('aws')
  for (const { method, path, permission } of routes) {
    if (permission === null || may(limited, permission)) continue
    const address = path.replace(/\{\w+(\.\.\.)?\}/g, NOBODY)
    expect((await ask(who, path, address, method)).status, `${method} ${path}`).toBe(403)
  }
  const changing = open
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path}`)
  // What they say in an audit that names them, and when they are told.
  expect(changing).toEqual([
    'POST /audits/{id}/samples',
    'POST /audits/{id}/items',
    'POST /audits/{id}/items/{item}/comments',
    'POST /audits/{id}/items/{item}/status',
    'PUT /notices/preferences',
  ])
})
