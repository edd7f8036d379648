// The network side: what is sent for each call, and how each refusal is read.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { CALLS, isCall, PERMISSIONS, type CallName } from './calls'
import { requestOf, withLists } from './request'
import { openClient } from './client'
import { explain, Refused, SignInFailed } from './explain'
import { sendHttp } from './http'
import { GcpSettings } from './settings'

const SETTINGS = GcpSettings.parse({ resources: ['projects/shop-one'], login: { method: 'ambient' } })
const signal = new AbortController().signal

describe('requests', () => {
  const sent = (call: CallName, params: Record<string, unknown>) => {
    const { method, path, query, body } = requestOf(call, params)
    return { text: `${method} ${path}${query.size ? `?${query.toString()}` : ''}`, body }
  }
  test.each([
    [
      'resourcemanager.projects.list',
      { parent: 'folders/2', pageToken: 'a b' },
      'GET v3/projects?pageSize=300&parent=folders%2F2&pageToken=a+b',
    ],
    [
      'iam.serviceAccountKeys.list',
      { name: 'projects/p/serviceAccounts/a@p.iam' },
      'GET v1/projects/p/serviceAccounts/a%40p.iam/keys?keyTypes=USER_MANAGED',
    ],
    [
      'iam.serviceAccounts.list',
      { name: 'projects/example.com:shop' },
      'GET v1/projects/example.com%3Ashop/serviceAccounts?pageSize=100',
    ],
    [
      'iam.denypolicies.get',
      { id: 'cloudresourcemanager.googleapis.com/projects/p', policy: 'x/y' },
      'GET v2/policies/cloudresourcemanager.googleapis.com%2Fprojects%2Fp/denypolicies/x%2Fy',
    ],
    [
      'cloudasset.assets.listResource',
      { name: 'organizations/1', assetTypes: ['a/B', 'c/D'] },
      'GET v1/organizations/1/assets?contentType=RESOURCE&pageSize=500&assetTypes=a%2FB&assetTypes=c%2FD',
    ],
    ['cloudidentity.groups.lookup', { 'groupKey.id': 'a@b.c' }, 'GET v1/groups:lookup?groupKey.id=a%40b.c'],
  ] as const)('%s', (call, params, text) => expect(sent(call, params).text).toBe(text))
  test('policies are asked for with their conditions', () =>
    expect(sent('resourcemanager.projects.getIamPolicy', { name: 'projects/p' })).toEqual({
      text: 'POST v3/projects/p:getIamPolicy',
      body: { options: { requestedPolicyVersion: 3 } },
    }))
  test('logs are paged in the body', () =>
    expect(
      sent('logging.logEntries.list', { resourceNames: ['projects/p'], filter: 'f', pageToken: 't' }),
    ).toEqual({
      text: 'POST v2/entries:list',
      body: { resourceNames: ['projects/p'], filter: 'f', pageSize: 1000, pageToken: 't' },
    }))
  test('a call that is not in the table cannot be made', async () =>
    await expect(openClient(SETTINGS).send('secretmanager.versions.access', {}, signal)).rejects.toThrow(
      'not a call',
    ))
  test('nothing but this machine stands in for Google', async () => {
    for (const local of ['https://example.com', 'http://example.com:80', 'http://127.0.0.1.example:1'])
      await expect(openClient(SETTINGS, { local }).send('sign-in', {}, signal)).rejects.toThrow(
        'only this machine',
      )
  })
  test('no call gives out a value, a key or a token, or changes anything', () => {
    const words = PERMISSIONS.map(({ name }) => name).join(' ')
    expect(words).not.toMatch(
      /access\b|getKeyString|getAccessToken|sign(Blob|Jwt)|\.create|\.delete|\.update|setIamPolicy|actAs/,
    )
    const paths = Object.values(CALLS).map(({ path }) => path)
    expect(paths.filter((path) => /:access|:generate|:sign|keyString|:set/.test(path))).toEqual([])
  })
})

test('lists that are empty are put back, and nothing else', () => {
  expect(withLists('iam.serviceAccounts.list', {})).toEqual({ accounts: [] })
  expect(withLists('iam.serviceAccounts.list', { accounts: [1], x: 2 })).toEqual({ accounts: [1], x: 2 })
  expect(withLists('iam.serviceAccounts.list', [])).toEqual([])
  expect(withLists('resourcemanager.projects.get', { a: 1 })).toEqual({ a: 1 })
})

describe('refusals', () => {
  const body = (status: string, reason = '', more: object = {}) => ({
    error: {
      status,
      message: 'secret words of the answer',
      details: [{ reason, metadata: { consumer: 'projects/123', service: 'x' }, ...more }],
    },
  })
  const read = (code: number, answer: unknown, call: CallName = 'storage.hmacKeys.list', wait?: number) =>
    explain(new Refused(call, code, answer, wait))
  test.each([
    [401, body('UNAUTHENTICATED'), 'denied', /token/],
    [403, body('PERMISSION_DENIED'), 'denied', /storage\.hmacKeys\.list/],
    [
      403,
      body('PERMISSION_DENIED', 'SERVICE_DISABLED'),
      'not-offered',
      /gcloud services enable storage\.googleapis\.com --project=123/,
    ],
    [403, body('PERMISSION_DENIED', 'RATE_LIMIT_EXCEEDED'), 'throttled', /quota/],
    [403, body('PERMISSION_DENIED', 'SECURITY_POLICY_VIOLATED'), 'denied', /perimeter/i],
    [403, body('PERMISSION_DENIED', 'USER_PROJECT_DENIED'), 'denied', /quota project/],
    [403, 'no json at all', 'denied', /storage\.hmacKeys\.list/],
    [404, body('NOT_FOUND'), 'not-offered', /finds nothing there.*Check what the settings name/],
    [429, {}, 'throttled', /quota/],
    [400, body('INVALID_ARGUMENT'), 'malformed', /status 400/],
    [302, undefined, 'unreachable', /elsewhere/],
    [500, undefined, 'unreachable', /status 500/],
    [504, undefined, 'timed-out', /in time/],
  ] as const)('status %i', (code, answer, why, words) => {
    const told = read(code, answer)
    expect(told).toMatchObject({ why, detail: expect.stringMatching(words) as string })
    expect(JSON.stringify(told)).not.toContain('secret words')
  })
  test('the words of old APIs mean the same', () => {
    const old = { error: { errors: [{ reason: 'accessNotConfigured' }] } }
    expect(read(403, old)).toMatchObject({ why: 'not-offered', code: 'disabled' })
    expect(read(403, { error: { errors: [{ reason: 'rateLimitExceeded' }] } })).toMatchObject({
      why: 'throttled',
    })
  })
  test('the directory names an admin role instead of a permission', () =>
    expect(read(403, body('PERMISSION_DENIED'), 'cloudidentity.groups.lookup')).toMatchObject({
      why: 'denied',
      detail: expect.stringContaining('Groups Reader') as string,
    }))
  test('waits as long as it is asked to', () => {
    expect(read(429, {}, 'sign-in', 3000)).toMatchObject({ retryAfterMs: 3000 })
    expect(read(429, body('', '', { retryDelay: '1.5s' }))).toMatchObject({ retryAfterMs: 1500 })
    expect(read(429, body('', '', { retryDelay: 'soon' }))).not.toHaveProperty('retryAfterMs')
  })
  test('a consumer that is no project is not repeated', () => {
    const odd = {
      error: { details: [{ reason: 'SERVICE_DISABLED', metadata: { consumer: 'projects/x; rm -rf /' } }] },
    }
    expect(JSON.stringify(read(403, odd))).not.toContain('rm -rf')
  })
  test.each([
    [{ response: { status: 400, data: { error_description: 'token-value' } } }, 'denied', /status 400/],
    [{ response: { status: 503 } }, 'unreachable', /status 503/],
    [{ response: { status: 429 } }, 'throttled', /quota/],
    [{ code: 'ENOENT' }, 'denied', /not there/],
    [{ code: 'ECONNREFUSED' }, 'unreachable', /nothing answers/],
    [{ cause: { code: 'ETIMEDOUT' } }, 'timed-out', /in time/],
    [new Error('Could not load the default credentials. token-value'), 'denied', /refused/],
    [undefined, 'denied', /refused/],
  ])('signing in that fails by %j', (cause, why, words) => {
    const told = explain(new SignInFailed(cause))
    expect(told).toMatchObject({ why, detail: expect.stringMatching(words) as string })
    expect(JSON.stringify(told)).not.toContain('token-value')
  })
  test('a bug is not explained away', () => {
    expect(explain(new TypeError('x is not a function'))).toBeUndefined()
    expect(explain('text')).toBeUndefined()
    expect(
      explain(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } })),
    ).toMatchObject({
      why: 'unreachable',
    })
  })
})

describe('over the line', () => {
  let server: Server | undefined
  afterEach(() => server?.close())
  const answering = async (
    answer: (request: IncomingMessage) => { status?: number; headers?: Record<string, string>; body: string },
  ) => {
    server = createServer((request, response) => {
      const { status = 200, headers = {}, body } = answer(request)
      response.writeHead(status, headers).end(body)
    })
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x`)
  }
  const get = (url: URL) => sendHttp({ method: 'GET', url, headers: {}, signal })
  test('a redirect is not followed', async () => {
    let asked = 0
    const url = await answering(() => {
      asked++
      return { status: 302, headers: { location: '/elsewhere' }, body: '' }
    })
    expect(await get(url)).toMatchObject({ status: 302 })
    expect(asked).toBe(1)
  })
  test('what is not JSON is no answer, and as the text of a refusal it is no matter', async () => {
    const url = await answering(() => ({ body: '{"accounts": [' }))
    await expect(get(url)).rejects.toThrow('not JSON')
    server?.close()
    expect(await get(await answering(() => ({ status: 502, body: '<html>' })))).toMatchObject({
      status: 502,
      body: undefined,
    })
  })
  test('asks to wait are read, those by date are not', async () => {
    const wait = async (value: string) =>
      (await get(await answering(() => ({ status: 429, headers: { 'retry-after': value }, body: '{}' }))))
        .retryAfterMs
    expect(await wait('12')).toBe(12_000)
    expect(await wait('Wed, 21 Oct 2026 07:28:00 GMT')).toBeUndefined()
  })
})

test('every call is described and belongs to an API', () => {
  for (const [name, call] of Object.entries(CALLS)) {
    expect(isCall(name)).toBe(true)
    expect(call.gives).toMatch(/^[A-Z].*\.$/)
  }
})
