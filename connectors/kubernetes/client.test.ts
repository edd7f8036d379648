// Requests as an API server sees them: what is asked for and how it is signed, and what becomes of its answers.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { Transport } from '@/core/upstream'
import { openClient, pathOf } from './client'
import { explain, EXPIRED } from './explain'
import refusals from './fixtures/refusals.json'
import { GO_ON } from './list'
import { CLUSTER, DISCOVERY, GROUPS, KUBECONFIG, LIST, VERSION } from './permissions'
import { KubernetesSettings } from './settings'
import type { WatchTransport } from './follow/watch'

type Reply = { status?: number; headers?: Record<string, string>; body?: string } | 'hang up'
type Seen = { url: string; headers: IncomingMessage['headers'] }
const TOKEN = 'token-of-a-test-0123456789'
const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

async function server(reply: (url: URL) => Reply) {
  const seen: Seen[] = []
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    seen.push({ url: request.url ?? '', headers: request.headers })
    const given = reply(new URL(request.url ?? '', 'http://x'))
    if (given === 'hang up') return void request.socket.destroy()
    response.writeHead(given.status ?? 200, given.headers)
    response.end(given.body ?? '{}')
  }
  const listening = createServer(answer)
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  closing.push(() => (listening.closeAllConnections(), listening.close()))
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
  return { url, seen }
}
const open = (server: string, more: Partial<KubernetesSettings> = {}): Transport & WatchTransport =>
  openClient(KubernetesSettings.parse({ server, token: TOKEN, name: 'test', ...more }))
const ask = (transport: Transport, permission: string, params: Record<string, unknown> = {}) =>
  transport.send(permission, { cluster: 'test', ...params }, AbortSignal.timeout(5000))
const refusal = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'an answer',
    (error: unknown) => explain(error) ?? error,
  )

describe('a question', () => {
  test('is a signed GET for one page', async () => {
    const { url, seen } = await server(() => ({ body: '{"items":[]}' }))
    expect(await ask(open(url), LIST.deployments, { continue: 'next page' })).toEqual({ items: [] })
    expect(seen).toMatchObject([
      {
        url: '/apis/apps/v1/deployments?limit=500&continue=next+page',
        headers: { authorization: `Bearer ${TOKEN}`, accept: 'application/json', 'user-agent': 'rollcall' },
      },
    ])
  })
  test('for metadata leaves the server no second choice', async () => {
    const { url, seen } = await server(() => ({}))
    const client = open(url, { secretsMetadata: true })
    for (const permission of [LIST.secrets, LIST.replicaSets, LIST.namespaces]) await ask(client, permission)
    for (const { headers } of seen)
      expect(headers.accept).toBe('application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1')
  })
  test.each([
    [CLUSTER, {}, '/api/v1/namespaces/kube-system'],
    [DISCOVERY, {}, '/.well-known/openid-configuration'],
    [GROUPS, {}, '/apis'],
    [VERSION, {}, '/version'],
    [LIST.pods, {}, '/api/v1/pods'],
    [LIST.pods, { namespace: 'shop' }, '/api/v1/namespaces/shop/pods'],
    [LIST.externalSecrets, { version: 'v1beta1' }, '/apis/external-secrets.io/v1beta1/externalsecrets'],
    [LIST.externalSecrets, { version: '../../x' }, '/apis/external-secrets.io/v1/externalsecrets'],
    [LIST.roles, { namespace: '../x' }, '/apis/rbac.authorization.k8s.io/v1/namespaces/..%2Fx/roles'],
  ])('%s %j goes to %s', (permission, params, path) => {
    expect(pathOf(permission, params, { secretsMetadata: false })).toBe(path)
  })
  test('that is in no table is a bug', () => {
    expect(() => pathOf('create serviceaccounts/token', {}, { secretsMetadata: true })).toThrow(
      /not a question/,
    )
  })
})

describe('what the settings rule out is not asked', () => {
  test.each([
    ['Secrets', LIST.secrets, {}, 'left-out'],
    ['the audit log', 'audit log', {}, 'not-offered'],
    ['cluster roles for one namespace', LIST.clusterRoles, { namespace: 'shop' }, 'not-offered'],
  ])('%s', async (_, permission, params, why) => {
    const { url, seen } = await server(() => ({}))
    expect(await refusal(ask(open(url), permission, params))).toMatchObject({ why })
    expect(seen).toEqual([])
  })
  test('and which clusters there are is said without asking one', async () => {
    const { url, seen } = await server(() => ({}))
    const client = open(url, {
      alsoKnownAs: ['kube.example'],
      issuers: ['https://i.example'],
      trustDomains: ['prod.example', 'other=not.example', 'old.example'],
      namespaces: ['b', 'a', 'b'],
    })
    expect(await ask(client, KUBECONFIG)).toEqual({
      clusters: [
        {
          name: 'test',
          addresses: [url.slice('http://'.length), 'kube.example:443'],
          issuer: 'https://i.example',
          trustDomains: ['prod.example', 'old.example'],
          namespaces: ['a', 'b'],
        },
      ],
    })
    expect(seen).toEqual([])
  })
})

describe('an answer', () => {
  const of = async (reply: Reply) => refusal(ask(open((await server(() => reply)).url), LIST.pods))
  test.each([
    ['cut short', { body: '{"items":[' }, 'malformed'],
    ['that is a page', { body: '<html>' }, 'malformed'],
    ['that leads elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'malformed'],
    ['of a server that fails', { status: 500 }, 'unreachable'],
    ['of 429', { status: 429, headers: { 'retry-after': '3' } }, 'throttled'],
    ['that never comes', 'hang up' as const, 'unreachable'],
  ])('%s is none', async (_, reply, why) => expect(await of(reply)).toMatchObject({ why }))
  test('of an address where nobody listens', async () => {
    const { url } = await server(() => ({}))
    closing.splice(0).forEach((close) => close())
    expect(await refusal(ask(open(url), LIST.pods))).toMatchObject({ why: 'unreachable' })
  })
  test('that is waited for no longer ends', async () => {
    const controller = new AbortController()
    const { url } = await server(() => (controller.abort(), {}))
    await expect(open(url).send(LIST.pods, { cluster: 'test' }, controller.signal)).rejects.toThrow()
  })
})

describe('a list that expired', () => {
  const expired = { status: 410, body: refusals.expired.body }
  test('is refused, with words by which it is known', async () => {
    const { url } = await server(() => expired)
    expect(await refusal(ask(open(url), LIST.serviceAccounts, { continue: 'old' }))).toMatchObject({
      detail: EXPIRED,
    })
  })
  test('goes on from the place the refusal names, where that was asked for', async () => {
    const { url, seen } = await server((asked) =>
      asked.searchParams.get('continue') === 'old' ? expired : { body: '{"items":["more"]}' },
    )
    expect(await ask(open(url), LIST.serviceAccounts, { continue: 'old', ...GO_ON })).toEqual({
      items: ['more'],
    })
    expect(seen).toHaveLength(2)
    expect(seen[1]?.url).toContain('continue=eyJ2')
  })
})

describe('signing in', () => {
  const config = (user: unknown) =>
    JSON.stringify({
      'current-context': 'one',
      clusters: [{ name: 'c', cluster: { server: 'http://127.0.0.1:1' } }],
      users: [{ name: 'u', user }],
      contexts: [{ name: 'one', context: { cluster: 'c', user: 'u' } }],
    })
  const signIn = (command: string, args: string[]) =>
    refusal(
      openClient(
        KubernetesSettings.parse({
          kubeconfig: config({ exec: { apiVersion: 'client.authentication.k8s.io/v1', command, args } }),
          allowExec: true,
        }),
      ).send(LIST.pods, { cluster: 'one' }, AbortSignal.timeout(5000)),
    )
  test('by a command that is not there says so', async () => {
    expect(await signIn('no-such-command-here', [])).toMatchObject({ why: 'denied', code: 'ENOENT' })
  })
  test('by a command that fails tells nothing of what it wrote', async () => {
    const told = await signIn(process.execPath, ['-e', 'console.error("canary-of-plugin"); process.exit(1)'])
    expect(told).toMatchObject({ why: 'denied', code: 'SignInFailed' })
    expect(JSON.stringify(told)).not.toContain('canary')
  })
  test('by a command uses the token it gives', async () => {
    const { url, seen } = await server(() => ({}))
    const credential = { status: { token: 'from-the-plugin' } }
    const text = config({
      exec: {
        command: process.execPath,
        args: ['-e', `console.log(${JSON.stringify(JSON.stringify(credential))})`],
      },
    }).replace('http://127.0.0.1:1', url)
    const client = openClient(KubernetesSettings.parse({ kubeconfig: text, allowExec: true }))
    await client.send(LIST.pods, { cluster: 'one' }, AbortSignal.timeout(5000))
    expect(seen[0]?.headers.authorization).toBe('Bearer from-the-plugin')
  })
  test('outside a cluster says what to enter', async () => {
    const client = openClient(KubernetesSettings.parse({}))
    expect(await refusal(client.send(KUBECONFIG, {}, AbortSignal.timeout(5000)))).toMatchObject({
      detail: expect.stringContaining('Enter a kubeconfig') as string,
    })
  })
})

describe('a watch', () => {
  test('goes on from a version, with bookmarks', async () => {
    const { url, seen } = await server(() => ({ body: '{"type":"BOOKMARK"}\n' }))
    const parts: string[] = []
    for await (const part of open(url).watch(LIST.pods, { cluster: 'test' }, '88', AbortSignal.timeout(5000)))
      parts.push(part)
    expect(parts.join('')).toBe('{"type":"BOOKMARK"}\n')
    expect(new URL(seen[0]!.url, 'http://x').searchParams.toString()).toBe(
      'watch=true&allowWatchBookmarks=true&resourceVersion=88',
    )
  })
  test('that is denied is a refusal', async () => {
    const { url } = await server(() => ({ status: 403, body: refusals.watchDenied.body }))
    const watching = open(url).watch(LIST.pods, { cluster: 'test' }, '88', AbortSignal.timeout(5000))
    expect(await refusal(watching[Symbol.asyncIterator]().next())).toMatchObject({ why: 'denied' })
  })
})
