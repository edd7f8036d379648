// What goes over HTTP, to real servers on this machine: a signed webhook, a channel of a chat, an issue.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Message, Outcome } from '@/core/sender'
import { aMessage, sendAt } from '@/tests/a-message'
import { httpReceiver, type HttpReceiver } from '@/tests/http-receiver'
import { madeCertificate } from '@/tests/made-certificate'
import * as trips from './door/exchange'
import { JiraSettings } from './jira/manifest'
import { createIssue } from './jira/send'
import { SlackSettings } from './slack/manifest'
import { sendToSlack } from './slack/send'
import { WebhookSettings } from './webhook/manifest'
import { sendToWebhook } from './webhook/send'

const own = madeCertificate()
const KEY = 'canary-signing-key-0123456789abcdef'
const TOKEN = 'canary-api-token-0123456789'
const HOOK = 'canary-hook-path-0123456789'
let server: HttpReceiver
beforeAll(async () => {
  server = await httpReceiver(own)
})
beforeEach(() => server.answers((_, response) => response.end('ok')))
afterAll(() => server.stop())

const here = { privateNetworks: true, caPem: own.cert }
const message = aMessage()
type At = Parameters<typeof sendAt>[0]
const toWebhook = (more: object = {}, at: At = {}) =>
  sendToWebhook(
    WebhookSettings.parse({
      address: `${server.address}/in?tenant=1`,
      key: KEY,
      keyId: '2026-03',
      ...here,
      ...more,
    }),
    message,
    sendAt(at),
  )
const toSlack = (more: object = {}, of: Message = message) =>
  sendToSlack(SlackSettings.parse({ address: `${server.address}/${HOOK}`, ...here, ...more }), of, sendAt())
const CLOUD = { method: 'api-token', email: 'bot@example.com', token: TOKEN }
const toJira = (more: object = {}, at: At = {}, of: Message = message) =>
  createIssue(
    JiraSettings.parse({ address: server.address, signIn: CLOUD, project: 'OPS', ...here, ...more }),
    of,
    sendAt(at),
  )
const ALL: [string, () => Promise<Outcome>][] = [
  ['the webhook', () => toWebhook()],
  ['the chat', () => toSlack()],
  ['the issue', () => toJira()],
]
const json = (status: number, body: unknown) => (_: unknown, response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

describe.each(ALL)('%s', (_, send) => {
  test.each([
    [200, {}, { state: 'accepted' }],
    [400, {}, { state: 'refused' }],
    [401, {}, { state: 'failed' }],
    [403, {}, { state: 'failed' }],
    [404, {}, { state: 'failed' }],
    [413, {}, { state: 'refused' }],
    [429, { 'retry-after': '120' }, { state: 'failed', retryAfterSeconds: 120 }],
    [500, {}, { state: 'failed' }],
    [503, { 'retry-after': 'Wed, 04 Mar 2026 05:16:07 GMT' }, { state: 'failed', retryAfterSeconds: 0 }],
  ])('answered %i %j is %j', async (status, headers, outcome) => {
    server.answers((_request, response) => response.writeHead(status, headers).end('{"echo":"x"}'))
    expect(await send()).toMatchObject(outcome)
  })
  test('a redirect is told and not followed', async () => {
    const other = await httpReceiver()
    server.answers((_request, response) => response.writeHead(307, { location: other.address }).end())
    const outcome = await send()
    expect(outcome).toMatchObject({ state: 'failed' })
    expect(outcome.words).toContain('redirects are not followed')
    expect(other.received).toEqual([])
    await other.stop()
  })
  test('a cut connection is tried again', async () => {
    server.answers((_request, response) => response.destroy())
    expect(await send()).toMatchObject({ state: 'failed' })
  })
  test('what a server repeats of what it was given is repeated by nobody', async () => {
    const echo = JSON.stringify({ errorMessages: [KEY, TOKEN, HOOK], errors: { [`x ${TOKEN}`]: TOKEN } })
    server.answers((_request, response) => response.writeHead(400, TOKEN).end(echo))
    expect((await send()).words).not.toMatch(/canary/)
    server.answers((_request, response) => response.writeHead(200).end(echo))
    expect((await send()).words).not.toMatch(/canary/)
  })
})

test('a server that does not answer is given up', async () => {
  server.answers(() => {})
  const url = new URL(server.address)
  const going = trips.exchange({
    ...here,
    url,
    method: 'POST',
    signal: new AbortController().signal,
    timeoutMs: 50,
  })
  await expect(going).rejects.toMatchObject({ name: 'AbortError' })
  const { words } = await toWebhook({}, { signal: AbortSignal.abort() })
  expect(words).toContain('did not answer in time')
})

test('an answer without end is not read to its end', async () => {
  let written = 0
  server.answers((_, response) => {
    response.writeHead(200)
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(10_000))) written += 10_000
    }
    response.on('drain', more)
    more()
  })
  expect((await toJira()).words).toContain('longer than any')
  expect(await toWebhook()).toMatchObject({ state: 'accepted' })
  expect(written).toBeLessThan(50_000_000)
})

describe('the door', () => {
  const closed = { privateNetworks: false }
  test.each(['127.0.0.1', '[::1]', 'localhost', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]'])(
    '%s is not reached unless private networks are allowed',
    async (host) => {
      const outcome = await toWebhook({ ...closed, address: `https://${host}:${server.port}/` })
      expect(outcome).toMatchObject({ state: 'failed' })
      expect(outcome.words).toContain('private')
      expect(server.received).toEqual([])
    },
  )
  test.each(['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '0.0.0.0'])(
    '%s is not reached at all',
    async (host) => {
      const outcome = await toWebhook({ plain: true, address: `http://${host}/latest/meta-data` })
      expect(outcome.words).toContain('nothing is sent there')
    },
  )
  test('a certificate that nobody here knows, or for another name, lets nothing out', async () => {
    expect((await toWebhook({ caPem: undefined })).words).toContain('signed by')
    const other = madeCertificate({ names: ['other.example'], addresses: [] })
    const named = await httpReceiver(other)
    const outcome = await toWebhook({ caPem: other.cert, address: `${named.address}/` })
    expect(outcome.words).toContain('for another name')
    expect([...server.received, ...named.received]).toEqual([])
    await named.stop()
  })
  test('a name that is not known', async () => {
    const outcome = await toWebhook({ address: 'https://no-such-name.invalid/' })
    expect(outcome.words).toMatch(/name/)
  })
})

describe('the signature of a webhook', () => {
  const docs = readFileSync(path.join(import.meta.dirname, '../docs/notifications.md'), 'utf8')
  const snippet = /```js\n(import \{ createHmac[\s\S]+?)```/.exec(docs)?.[1] ?? ''
  /** What the documents tell a receiver to do, run as it stands there. */
  function accepts(headers: Record<string, unknown>, body: string, now: number): boolean {
    const program = `${snippet}\nconst [headers, body, key, now] = JSON.parse(process.argv[1])
      process.stdout.write(String(isFromRollcall(headers, Buffer.from(body), { '2026-03': key }, now)))`
    const given = JSON.stringify([headers, body, KEY, now])
    const args = ['--input-type=module', '-e', program, given]
    return execFileSync(process.execPath, args, { encoding: 'utf8' }) === 'true'
  }

  test('is what the receiver of the documents accepts, and nothing that was changed', async () => {
    await toWebhook()
    const [{ headers, body, path: to } = { headers: {}, body: '', path: '' }] = server.received
    const now = sendAt().now.getTime()
    expect(to).toBe('/in?tenant=1')
    expect(headers).toMatchObject({ 'rollcall-notice': message.id, 'rollcall-key-id': '2026-03' })
    expect(JSON.parse(body)).toMatchObject({
      version: 1,
      id: message.id,
      kind: 'channel.test',
      data: { channel: 'One' },
    })
    expect(JSON.stringify(headers) + body).not.toContain('canary')
    expect(accepts(headers, body, now)).toBe(true)
    expect(accepts(headers, body, now + 299_000)).toBe(true)
    expect(accepts(headers, body, now + 301_000)).toBe(false)
    expect(accepts(headers, body, now - 301_000)).toBe(false)
    expect(accepts(headers, `${body} `, now)).toBe(false)
    const later = { ...headers, 'rollcall-timestamp': String(now / 1000 + 400) }
    expect(accepts(later, body, now + 400_000)).toBe(false)
    expect(accepts({ ...headers, 'rollcall-key-id': 'other' }, body, now)).toBe(false)
    expect(accepts({ ...headers, 'rollcall-key-id': '__proto__' }, body, now)).toBe(false)
    expect(accepts({ ...headers, 'rollcall-signature': 'v1=00' }, body, now)).toBe(false)
    expect(accepts({}, body, now)).toBe(false)
  })
})

test('a chat gets text in which nothing is obeyed', async () => {
  await toSlack(
    {},
    aMessage({ subject: 'A *bold* <!channel> subject', text: '<@U1> & <https://evil.example|x>' }),
  )
  const { text } = JSON.parse(server.received[0]?.body ?? '') as { text: string }
  expect(text.replace(/<https:\/\/rollcall\.example\/settings\/notifications\|Open it>$/, '')).not.toMatch(
    /[<>]/,
  )
  expect(text).toContain('&lt;!channel&gt;')
})

describe('an issue', () => {
  const made = (status: number, body: unknown) => server.answers(json(status, body))
  const sent = (index: number) =>
    JSON.parse(server.received[index]?.body ?? '') as { fields: Record<string, unknown> }

  test('is made in Cloud with an API token', async () => {
    made(201, { id: '1', key: 'OPS-7', self: 'x' })
    expect(await toJira()).toEqual({
      state: 'accepted',
      words: `Jira at localhost:${server.port} made OPS-7.`,
    })
    const [{ path: to, headers } = { path: '', headers: {} as Record<string, unknown> }] = server.received
    expect(to).toBe('/rest/api/3/issue')
    expect(headers.authorization).toBe(`Basic ${Buffer.from(`bot@example.com:${TOKEN}`).toString('base64')}`)
    expect(sent(0).fields).toMatchObject({
      project: { key: 'OPS' },
      issuetype: { name: 'Task' },
      summary: 'A test',
      labels: ['rollcall', `rollcall-${message.id}`],
      description: { type: 'doc', version: 1 },
    })
  })
  test('is made in Data Center with a personal access token', async () => {
    made(201, { key: 'OPS-8' })
    await toJira(
      { address: `${server.address}/jira/`, signIn: { method: 'personal-access-token', token: TOKEN } },
      {},
      aMessage({ text: 'a {noformat} b' }),
    )
    expect(server.received[0]).toMatchObject({ path: '/jira/rest/api/2/issue' })
    expect(server.received[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`)
    expect(String(sent(0).fields.description).match(/\{noformat\}/g)).toHaveLength(2)
  })
  test('is not made a second time, where the first attempt came through', async () => {
    server.answers((request, response) =>
      request.path.endsWith('/search/jql')
        ? json(200, { issues: [{ key: 'OPS-7' }] })(request, response)
        : json(201, { key: 'OPS-9' })(request, response),
    )
    expect((await toJira({}, { attempt: 2 })).words).toContain('had made OPS-7 already')
    expect(server.received.map((one) => one.path)).toEqual(['/rest/api/3/search/jql'])
    expect(JSON.parse(server.received[0]?.body ?? '')).toMatchObject({
      jql: `labels = "rollcall-${message.id}"`,
    })
    server.answers((request, response) =>
      json(request.path.endsWith('/issue') ? 201 : 200, { issues: [], key: 'OPS-9' })(request, response),
    )
    expect((await toJira({}, { attempt: 2 })).words).toContain('made OPS-9')
  })
  test('that is refused names the fields, and nothing of what was said about them', async () => {
    made(400, { errorMessages: [], errors: { issuetype: `canary ${TOKEN}` } })
    expect(await toJira()).toEqual({
      state: 'refused',
      words: `Jira at localhost:${server.port} answered 400: it does not take this. Not taken: issuetype.`,
    })
  })
  test('has no more text than its summary can hold', async () => {
    made(201, { key: 'OPS-7' })
    await toJira({}, {}, aMessage({ subject: 'x\ny'.repeat(400) }))
    expect(String(sent(0).fields.summary)).toHaveLength(250)
  })
})

describe('settings that are wrong are wrong at their field', () => {
  const good = {
    webhook: { address: 'https://a.example/', key: KEY },
    slack: { address: 'https://a.example/' },
    jira: { address: 'https://a.example/', signIn: CLOUD, project: 'OPS' },
  }
  const schemas = { webhook: WebhookSettings, slack: SlackSettings, jira: JiraSettings }
  test.each([
    ['webhook', { address: 'ftp://a.example' }, 'address'],
    ['webhook', { address: 'http://a.example' }, 'address'],
    ['webhook', { address: 'https://user:pass@a.example/' }, 'address'],
    ['webhook', { key: 'short' }, 'key'],
    ['webhook', { key: `${KEY}\nx` }, 'key'],
    ['webhook', { keyId: 'a b' }, 'keyId'],
    ['webhook', { privateNetworks: 'yes' }, 'privateNetworks'],
    ['webhook', { caPem: 'x' }, 'caPem'],
    ['slack', { address: 'nowhere' }, 'address'],
    ['jira', { project: 'ops' }, 'project'],
    ['jira', { issueType: ' ' }, 'issueType'],
    ['jira', { signIn: { ...CLOUD, email: 'x' } }, 'signIn.email'],
    ['jira', { signIn: { method: 'personal-access-token' } }, 'signIn.token'],
    ['jira', { signIn: { method: 'none' } }, 'signIn.method'],
  ] as const)('%s with %j', (kind, more, field) => {
    expect(schemas[kind].safeParse(good[kind]).success).toBe(true)
    const issues = schemas[kind].safeParse({ ...good[kind], ...more }).error?.issues
    expect(issues?.map((issue) => issue.path.join('.'))).toEqual([field])
  })
})

test.each([
  ['120', 120],
  ['Wed, 04 Mar 2026 05:16:07 GMT', 600],
  ['Wed, 04 Mar 2026 05:00:07 GMT', 0],
  ['', undefined],
  ['soon', undefined],
  ['-5', undefined],
  [undefined, undefined],
])('a server that asks to wait %j is waited for %j seconds', (header, seconds) => {
  expect(trips.retryAfter(header, Date.parse('2026-03-04T05:06:07Z'))).toBe(seconds)
})
