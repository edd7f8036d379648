// The real client against a server: what each kind of answer means, and how it signs in.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Transport } from '@/core/upstream'
import { LOGIN } from './calls'
import { openClient } from './client'
import { DENIED, json, replayServer, type Override, type Reply } from './fixtures/replay-server'
import { OPENBAO, settingsFor, VAULT } from './fixtures/recorded-world'
import { unfolded } from './http'
import { Tokens } from './login'

const cleanups: (() => Promise<void> | undefined)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})
const signal = () => AbortSignal.timeout(5000)

type Login = Parameters<typeof settingsFor>[1]
async function clientOn(override: Override, more: Login = {}, recorded = VAULT) {
  const server = await replayServer(recorded, override)
  const client = openClient(settingsFor(server.url, more))
  cleanups.push(server.close, async () => client.close?.())
  return { server, client }
}
/** How a call ended, as the session is told. */
async function endOf(
  client: Transport,
  call: string,
  params: Record<string, unknown> = {},
): Promise<unknown> {
  const error = await client.send(call, params, signal()).then(
    () => 'an answer',
    (thrown: unknown) => thrown,
  )
  return error === 'an answer' ? error : client.explain(error)
}
const always =
  (reply: Reply): Override =>
  () =>
    reply
const AT = { ns: '', mount: 'k8s/prod', name: 'x' }
const ROLE = 'read auth/<kubernetes>/role/+'

describe('an answer', () => {
  test('comes without what is around it', async () => {
    const { client } = await clientOn(() => undefined)
    const answer = await client.send(ROLE, { ns: '', mount: 'kubernetes', name: 'ledger' }, signal())
    expect(Object.keys(answer as object)).toEqual(['data', 'auth'])
  })
  test('that an empty list gives is a list', async () => {
    const { client } = await clientOn(always(json(404, { errors: [] })))
    expect(await client.send('list auth/token/roles', { ns: '' }, signal())).toEqual({
      data: { keys: [] },
      auth: null,
    })
  })
  test('says which connection it came through', async () => {
    const { client, server } = await clientOn(() => undefined, {
      alsoKnownAs: ['Vault.internal:8200', 'vault'],
    })
    expect(await client.send('read sys/health', {}, signal())).toMatchObject({
      connection: { host: new URL(server.url).host, alsoKnownAs: ['vault.internal:8200', 'vault:443'] },
    })
    expect(server.asked[0]?.token).toBeUndefined()
  })
})

describe('a refusal', () => {
  const words = (text: string) => ({ errors: [text] })
  test.each([
    ['by a policy', DENIED, 'denied', 'path "auth/k8s/prod/role/+" { capabilities = ["read"] }'],
    ['of the token', json(403, words('permission denied')), 'denied', 'The token is not valid'],
    [
      'of the token, in newer words',
      json(403, words('2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n')),
      'denied',
      'The token is not valid',
    ],
    ['for want of a token', json(400, words('missing client token')), 'denied', 'The token is not valid'],
    ['of something that is gone', json(404, { errors: [] }), 'not-offered', 'no such thing'],
    [
      'by an edition',
      json(404, words('1 error occurred:\n\t* unsupported path\n\n')),
      'not-offered',
      'does not offer',
    ],
    ['for want of a mount', json(404, words('no handler for route "x"')), 'not-offered', 'does not offer'],
    ['for want of a namespace', json(404, words('namespace not found')), 'not-offered', 'no such namespace'],
    ['of the method', json(405, words('unsupported operation')), 'not-offered', 'does not offer'],
    ['by a quota', json(429, words('rate limit quota exceeded')), 'throttled', 'less often'],
    ['by a sealed server', json(503, words('Vault is sealed')), 'unreachable', 'sealed: unseal it'],
    [
      'by a standby',
      json(307, {}, { location: 'https://other.example/v1/x' }),
      'unreachable',
      'the active node',
    ],
    ['by a recovery secondary', json(472, {}), 'unreachable', 'disaster recovery'],
    ['by a performance standby', json(473, {}), 'unreachable', 'performance standby'],
    ['by a node that lags', json(412, {}), 'unreachable', 'caught up'],
    ['by a broken server', json(500, words('internal error')), 'unreachable', 'status 500'],
    [
      'by what stands before it',
      { status: 502, body: '<html>bad gateway</html>' },
      'unreachable',
      'could not reach',
    ],
    ['that makes no sense', json(418, {}), 'malformed', 'status 418'],
    ['to understand', json(400, words('something else')), 'malformed', 'status 400'],
    ['in HTML', { status: 200, body: '<html>sign in</html>' }, 'malformed', 'not JSON'],
    ['in half an answer', { status: 200, body: '{"data":{"keys":["a"' }, 'malformed', 'cut short'],
  ] as const)('%s', async (_, reply, why, detail) => {
    const { client } = await clientOn(always(reply))
    expect(await endOf(client, ROLE, AT)).toMatchObject({ why, detail: expect.stringContaining(detail) })
  })
  test('in a namespace says in which', async () => {
    const { client } = await clientOn(always(DENIED))
    expect(await endOf(client, ROLE, { ...AT, ns: 'team-data' })).toMatchObject({
      detail: expect.stringContaining(
        'permits it in the namespace team-data. Add: path "auth/k8s/prod/role/+"',
      ),
    })
  })
  test('repeats no word of the answer', async () => {
    for (const status of [400, 403, 404, 405, 429, 500, 503]) {
      const { client } = await clientOn(always(json(status, { errors: ['canary-7c1'] })))
      expect(JSON.stringify(await endOf(client, ROLE, AT))).not.toContain('canary-7c1')
    }
  })
  test('by a sealed server is told at the first call', async () => {
    const { client } = await clientOn(always(json(503, { sealed: true, standby: true, version: '1.8.0' })))
    expect(await endOf(client, 'read sys/health')).toMatchObject({ why: 'unreachable', code: 'sealed' })
  })
  test('follows no redirect: the token stays here', async () => {
    const { client, server } = await clientOn(() => undefined)
    const other = await clientOn(always(json(307, {}, { location: `${server.url}/v1/sys/auth` })))
    expect(await endOf(other.client, 'read sys/auth', { ns: '' })).toMatchObject({ why: 'unreachable' })
    expect(server.asked).toEqual([])
    expect(client).toBeDefined()
  })
  test('keeps the wait it asks for', async () => {
    const { client } = await clientOn(always(json(429, {}, { 'retry-after': '7' })))
    expect(await endOf(client, ROLE, AT)).toMatchObject({ why: 'throttled', retryAfterMs: 7000 })
  })
  test('of a list in the middle of a path names both forms that servers want', async () => {
    const { client } = await clientOn(always(DENIED))
    const params = { ns: '', mount: 'approle', name: 'x' }
    expect(await endOf(client, 'list auth/<approle>/role/+/secret-id', params)).toMatchObject({
      detail: expect.stringMatching(/secret-id" .* path "auth\/approle\/role\/\+\/secret-id\/" /),
    })
  })
  test.each([
    ['a token that ended', 'update auth/token/lookup-accessor', 'invalid accessor'],
    ['a lease that ended', 'update sys/leases/lookup', 'invalid lease'],
  ])('of %s is no error', async (_, call, text) => {
    const { client } = await clientOn(always(json(400, { errors: [`1 error occurred:\n\t* ${text}\n\n`] })))
    expect(await endOf(client, call, { ns: '', id: 'x' })).toMatchObject({ why: 'not-offered', code: 'gone' })
  })
})

describe('the way there', () => {
  test('nobody answers', async () => {
    const { client, server } = await clientOn(() => undefined)
    await server.close()
    expect(await endOf(client, 'read sys/auth', { ns: '' })).toMatchObject({
      why: 'unreachable',
      detail: expect.stringContaining('ECONNREFUSED'),
    })
  })
  test('an error of our own is none of the server', () => {
    const client = openClient(settingsFor('http://127.0.0.1:1'))
    expect(client.explain(new TypeError('undefined is not a function'))).toBeUndefined()
  })
  test('a call that is not in the table cannot be made', async () => {
    const { client, server } = await clientOn(() => undefined)
    await expect(client.send('read kv/data/payments/stripe', {}, signal())).rejects.toThrow(/not a call/)
    expect(server.asked).toEqual([])
  })
  test('a name that would lead elsewhere is not asked for', async () => {
    const { client, server } = await clientOn(() => undefined)
    const params = { ns: '', mount: 'kv', path: '../data/payments/stripe' }
    expect(await endOf(client, 'read <kv>/metadata/*', params)).toMatchObject({ why: 'malformed' })
    expect(await endOf(client, ROLE, { ns: '', mount: 'kubernetes', name: '..' })).toMatchObject({
      why: 'malformed',
    })
    expect(server.asked).toEqual([])
  })
  test('names are escaped, with whatever is in them', async () => {
    const { client, server } = await clientOn(always(json(200, { data: {}, auth: null })))
    await client.send(ROLE, { ns: 'team data', mount: 'a+b/c', name: 'x*/?list=true#+' }, signal())
    expect(server.asked[0]).toMatchObject({
      method: 'GET',
      path: '/v1/auth/a+b/c/role/x*/?list=true#+',
      ns: 'team data',
    })
  })
  test('a certificate pasted into one line is one again', () => {
    const folded = `-----BEGIN CERTIFICATE----- ${'A'.repeat(70)} -----END CERTIFICATE-----`
    expect(unfolded(folded).split('\n')).toEqual([
      '-----BEGIN CERTIFICATE-----',
      'A'.repeat(64),
      'A'.repeat(6),
      '-----END CERTIFICATE-----',
      '',
    ])
  })
})

describe('signing in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vault-login-'))
  const tokenPath = join(folder, 'token')
  writeFileSync(tokenPath, 'h.p.s\n')
  const signedIn = (token: string, lease_duration = 3600) =>
    json(200, { auth: { client_token: token, lease_duration } })
  const approle = { method: 'approle' as const, roleId: 'role-1', secretId: 'secret-1' }

  test.each([
    ['approle', approle, '/v1/auth/approle/login', { role_id: 'role-1', secret_id: 'secret-1' }],
    [
      'kubernetes',
      { method: 'kubernetes' as const, role: 'r', mount: 'k8s', tokenPath },
      '/v1/auth/k8s/login',
      { role: 'r', jwt: 'h.p.s' },
    ],
    [
      'jwt',
      { method: 'jwt' as const, role: 'r', tokenPath },
      '/v1/auth/jwt/login',
      { role: 'r', jwt: 'h.p.s' },
    ],
  ])('by %s', async (_, login, path, body) => {
    const { client, server } = await clientOn(
      ({ path: asked }) => (asked === path ? signedIn('held') : undefined),
      { login },
    )
    const answer = await client.send(LOGIN, {}, signal())
    expect(JSON.stringify(answer)).not.toContain('held')
    expect(server.asked).toMatchObject([{ method: 'POST', path, body: JSON.stringify(body) }])
    await client.send('read sys/auth', { ns: '' }, signal())
    expect(server.asked[1]?.token).toBe('held')
  })
  test('by a given token asks nothing', async () => {
    const { client, server } = await clientOn(() => undefined)
    await client.send(LOGIN, {}, signal())
    expect(server.asked).toEqual([])
  })
  test.each([
    ['is refused', json(400, { errors: ['invalid role or secret ID'] }), 'denied', /Signing in was refused/],
    ['is forbidden', DENIED, 'denied', /Signing in was refused/],
    ['gives no token', json(200, { auth: null }), 'malformed', /without a token/],
  ])('that %s', async (_, reply, why, detail) => {
    const { client } = await clientOn(always(reply), { login: approle })
    expect(await endOf(client, LOGIN)).toMatchObject({ why, detail: expect.stringMatching(detail) })
  })
  test('without the file of its token', async () => {
    const login = { method: 'jwt' as const, role: 'r', tokenPath: join(folder, 'nothing') }
    const { client } = await clientOn(() => undefined, { login })
    expect(await endOf(client, LOGIN)).toMatchObject({
      why: 'denied',
      detail: expect.stringContaining('not there'),
    })
  })
  test('happens again when the token has ended, and once only', async () => {
    let made = 0
    const ended: Override = ({ path, token }) => {
      if (path === '/v1/auth/approle/login') return signedIn(`token-${++made}`)
      return token === 'token-1' ? json(403, { errors: ['permission denied'] }) : undefined
    }
    const { client } = await clientOn(ended, { login: approle })
    expect(await endOf(client, 'read sys/auth', { ns: '' })).toBe('an answer')
    expect(made).toBe(2)
    const never = await clientOn(
      ({ path }) => (path.endsWith('/login') ? signedIn('x') : json(403, { errors: ['permission denied'] })),
      { login: approle },
    )
    expect(await endOf(never.client, 'read sys/auth', { ns: '' })).toMatchObject({
      why: 'denied',
      code: 'token',
    })
    expect(never.server.asked.filter(({ path }) => path.endsWith('/login'))).toHaveLength(2)
  })
  test('never sends a file that holds no token', async () => {
    writeFileSync(join(folder, 'secrets.json'), '{"encryptionKey":"canary"}')
    for (const path of [join(folder, 'secrets.json'), '/dev/zero', folder]) {
      const { client, server } = await clientOn(() => undefined, {
        login: { method: 'jwt', role: 'r', tokenPath: path },
      })
      expect(await endOf(client, LOGIN)).toMatchObject({
        why: 'denied',
        detail: expect.stringContaining('no JSON web token'),
      })
      expect(server.asked).toEqual([])
    }
  })
  test('happens in the namespace of its method, whatever is read', async () => {
    const login = { ...approle, namespace: 'admin' }
    const { client, server } = await clientOn(
      ({ path }) => (path.endsWith('/login') ? signedIn('held') : undefined),
      { login },
    )
    await client.send('read sys/auth', { ns: '' }, signal())
    expect(server.asked.map(({ path, ns }) => [path, ns])).toEqual([
      ['/v1/auth/approle/login', 'admin'],
      ['/v1/sys/auth', ''],
    ])
  })
  test('happens again before the token ends', async () => {
    let [now, made] = [0, 0]
    const tokens = new Tokens(
      approle,
      async () => ({
        status: 200,
        headers: {},
        body: { auth: { client_token: `t${++made}`, lease_duration: 100 } },
      }),
      () => now,
    )
    expect(await tokens.current(signal())).toBe('t1')
    now = 79_000
    expect(await tokens.current(signal())).toBe('t1')
    now = 81_000
    expect(await tokens.current(signal())).toBe('t2')
  })
})

test('both servers answer the same calls', async () => {
  for (const recorded of [VAULT, OPENBAO]) {
    const { client } = await clientOn(() => undefined, {}, recorded)
    const { data } = (await client.send(
      'list auth/<kubernetes>/role',
      { ns: '', mount: 'kubernetes' },
      signal(),
    )) as {
      data: { keys: string[] }
    }
    expect(data.keys).toContain('payments-api')
  }
})
