// The real SDK against recorded answers: XML, paging, retries, and every way a call can fail, in our words.
import { afterEach, describe, expect, test } from 'vitest'
import { known } from '@/core/fact'
import { Session } from '@/core/session'
import { UpstreamError, type Transport } from '@/core/upstream'
import { openClient, type Timeouts } from './client'
import { readReport } from './credential-report'
import { settingsFor, sessionOn, ESTATE } from './fixtures/recorded-world'
import { replayServer, type Override, type RecordedAnswer, type Reply } from './fixtures/replay-server'
import recordedRefusals from './fixtures/refusals.json'
import { following, pageOf } from './page'
import type { AwsSettings } from './settings'
import { Caller, RoleDetail, User } from './shapes'

const refusals = recordedRefusals as Record<string, RecordedAnswer>
const Users = pageOf('Users', User)
const cleanups: (() => Promise<void> | undefined)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})

async function open(
  override: Override = () => undefined,
  timeouts?: Timeouts,
  settings: Partial<AwsSettings> = {},
  ended: (cleanup: () => Promise<void> | undefined) => void = (cleanup) => cleanups.push(cleanup),
) {
  const server = await replayServer(ESTATE, override)
  const client = openClient({ ...settingsFor(server.url), ...settings }, timeouts)
  ended(server.close)
  ended(() => client.close?.())
  return { server, client }
}
const recorded = (name: string): Reply => {
  const { status, type, body } = refusals[name]!
  return { status, headers: { 'content-type': type }, body }
}
const listUsers = async (
  client: Transport,
  waits: number[] = [],
  attemptsMax = 5,
): Promise<UpstreamError> => {
  const session = new Session({
    transport: client,
    signal: new AbortController().signal,
    limits: { attemptsMax },
    sleep: async (ms) => void waits.push(ms),
    random: () => 0.5,
  })
  const outcome = await session.call('iam:ListUsers', {}, Users).catch((error: unknown) => error)
  if (outcome instanceof UpstreamError) return outcome
  throw new Error(`no refusal but ${JSON.stringify(outcome)}`)
}

describe('answers', () => {
  test('every page of a listing is followed and read from XML', async () => {
    const { server, client } = await open()
    const names: string[] = []
    const pages = sessionOn(client).pages('iam:ListRoles', { MaxItems: 12 }, pageOf('Roles', RoleDetail), {
      next: following,
    })
    for await (const page of pages) names.push(...page.items.map((role) => role.RoleName))
    expect(names).toHaveLength(24)
    expect(new Set(names).size).toBe(24)
    expect(server.requests.map((form) => form.get('Marker'))).toEqual([undefined, '12'])
  })

  test('a percent-encoded policy and a plain one both arrive as text to be read later', async () => {
    const { client } = await open()
    const answer = (await client.send(
      'iam:GetAccountAuthorizationDetails',
      { Filter: ['User'] },
      AbortSignal.timeout(5000),
    )) as {
      UserDetailList: { UserName: string; UserPolicyList: { PolicyDocument: string }[] }[]
      RoleDetailList: { AssumeRolePolicyDocument: string }[]
    }
    expect(
      answer.UserDetailList.find((u) => u.UserName === 'svc-backup')!.UserPolicyList[0]!.PolicyDocument,
    ).toMatch(/^%7B/)
    expect(answer.RoleDetailList[0]!.AssumeRolePolicyDocument).toMatch(/^\{/)
  })

  test('a call that is not in the table is a bug and not a request', async () => {
    const { server, client } = await open()
    const sent = client.send('iam:CreateAccessKey', {}, AbortSignal.timeout(5000))
    await expect(sent).rejects.toThrow('iam:CreateAccessKey is not a call of this connector')
    expect(client.explain(await sent.catch((error: unknown) => error))).toBeUndefined()
    await expect(client.send('constructor', {}, AbortSignal.timeout(5000))).rejects.toThrow('not a call')
    expect(server.requests).toEqual([])
  })

  test('an empty answer is malformed and not an empty list', async () => {
    const { client } = await open(() => ({ status: 200, body: '' }))
    expect(await listUsers(client)).toMatchObject({
      why: 'malformed',
      detail: expect.stringContaining('Users'),
    })
  })

  test('a report that is still being made is waited for', async () => {
    let asked = 0
    const waits: number[] = []
    const { client } = await open((form) =>
      form.get('Action') === 'GetCredentialReport' && ++asked < 3 ? recorded('reportNotPresent') : undefined,
    )
    const session = new Session({
      transport: client,
      signal: new AbortController().signal,
      sleep: async (ms) => void waits.push(ms),
      random: () => 0,
    })
    const report = await readReport(session)
    expect(report).toMatchObject({ state: 'known' })
    expect(waits).toEqual([5000, 5000])
  })
})

describe('signing in', () => {
  test('a role is assumed under a fixed session name, for a short time, with the external id', async () => {
    const roleArn = 'arn:aws:iam::570896598815:role/acme-nhi-inventory-readonly'
    const assumed = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAEXAMPLEEXAMPLE</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${new Date(Date.now() + 900_000).toISOString()}</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>AROAX:rollcall-inventory</AssumedRoleId><Arn>arn:aws:sts::570896598815:assumed-role/x/rollcall-inventory</Arn></AssumedRoleUser></AssumeRoleResult></AssumeRoleResponse>`
    const { server, client } = await open(
      (form) =>
        form.get('Action') === 'AssumeRole'
          ? { status: 200, headers: { 'content-type': 'text/xml' }, body: assumed }
          : undefined,
      undefined,
      { roleArn, externalId: 'acme-nhi-1' },
    )
    await sessionOn(client).call('sts:GetCallerIdentity', {}, Caller)
    await sessionOn(client).call('iam:ListUsers', {}, Users)
    const [first, ...rest] = server.requests.map((form) => Object.fromEntries(form))
    expect(first).toMatchObject({
      Action: 'AssumeRole',
      RoleArn: roleArn,
      RoleSessionName: 'rollcall-inventory',
      ExternalId: 'acme-nhi-1',
      DurationSeconds: '900',
    })
    expect(rest.map((form) => form['Action'])).not.toContain('CreateAccessKey')
  })

  test('a role that may not be assumed says where to look', async () => {
    const body =
      '<ErrorResponse><Error><Code>AccessDenied</Code><Message>User: arn:aws:iam::1:user/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/y</Message></Error></ErrorResponse>'
    const { client } = await open(
      (form) =>
        form.get('Action') === 'AssumeRole'
          ? { status: 403, headers: { 'content-type': 'text/xml' }, body }
          : undefined,
      undefined,
      {
        roleArn: 'arn:aws:iam::570896598815:role/y',
      },
    )
    const refusal = await listUsers(client)
    expect(refusal).toMatchObject({
      why: 'denied',
      detail: expect.stringContaining('trust policy and the external id'),
    })
  })

  test('no credentials at all is a denial that says what to enter', () => {
    const error = Object.assign(new Error('Could not load credentials from any providers'), {
      name: 'CredentialsProviderError',
    })
    const { client } = { client: openClient(settingsFor('http://127.0.0.1:1')) }
    expect(client.explain(error)).toMatchObject({
      why: 'denied',
      detail: expect.stringContaining('Enter an access key or a profile'),
    })
  })
})

describe('refusals', () => {
  const xml = (status: number, code: string, headers: Record<string, string> = {}): Reply => ({
    status,
    headers: { 'content-type': 'text/xml', ...headers },
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>said by the source for arn:aws:iam::1:user/canary</Message></Error></ErrorResponse>`,
  })
  const truncated = ESTATE.find((one) => one.request.includes('Action=ListUsers'))!.body.slice(0, 400)
  const cases: [what: string, reply: Reply, why: string, says: RegExp, attempts: number][] = [
    [
      'a missing permission',
      recorded('denied'),
      'denied',
      /^iam:ListUsers is not permitted \(AccessDenied\): no policy allows it/,
      1,
    ],
    ['an inactive key without permission', recorded('inactiveKey'), 'denied', /is not permitted/, 1],
    [
      'a key that AWS does not know',
      recorded('invalidKey'),
      'denied',
      /does not know the access key.*InvalidClientTokenId/,
      1,
    ],
    [
      'a wrong secret',
      recorded('badSignature'),
      'denied',
      /does not fit the access key id.*SignatureDoesNotMatch/,
      1,
    ],
    ['an ended session', xml(403, 'ExpiredToken'), 'denied', /session has expired/, 1],
    ['UnauthorizedOperation', xml(403, 'UnauthorizedOperation'), 'denied', /not permitted/, 1],
    [
      'a proxy that refuses in HTML',
      { status: 403, headers: { 'content-type': 'text/html' }, body: '<html><p>blocked<br></html>' },
      'denied',
      /refused the call \(status 403\)/,
      1,
    ],
    ['throttling', xml(400, 'Throttling'), 'throttled', /call less often \(Throttling\)/, 5],
    ['too many requests', { status: 429, body: '' }, 'throttled', /429/, 5],
    [
      'a failing server in HTML',
      recorded('htmlError'),
      'unreachable',
      /The endpoint failed \(status 500\)/,
      5,
    ],
    ['ServiceUnavailable', xml(503, 'ServiceUnavailable'), 'unreachable', /status 503/, 5],
    ['an unknown call', xml(501, 'NotImplemented'), 'not-offered', /does not offer/, 1],
    [
      'XML that was cut off',
      { status: 200, headers: { 'content-type': 'text/xml' }, body: truncated },
      'malformed',
      /not in the form that AWS sends/,
      1,
    ],
    [
      'a sign-in page',
      {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html><body><p>hello<br></body></html>',
      },
      'malformed',
      /not in the form/,
      1,
    ],
    [
      'JSON',
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"Users":[]}' },
      'malformed',
      /not in the form/,
      1,
    ],
    [
      'a date that is none',
      {
        status: 200,
        body: '<ListUsersResponse><ListUsersResult><Users><member><UserName>a</UserName><CreateDate>yesterday</CreateDate></member></Users></ListUsersResult></ListUsersResponse>',
      },
      'malformed',
      /not in the form/,
      1,
    ],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://elsewhere.example/' }, body: '' },
      'malformed',
      /status 302/,
      1,
    ],
    ['a cut connection', 'hang up', 'unreachable', /connection was cut/, 5],
  ]
  // At the same time: after a throttling the SDK paces itself by the clock, for seconds.
  test.concurrent.for(cases)('%s', async ([_, reply, why, says, attempts], { expect, onTestFinished }) => {
    const { server, client } = await open(
      () => reply,
      undefined,
      {},
      (cleanup) => onTestFinished(async () => cleanup()),
    )
    const refusal = await listUsers(client)
    expect(refusal.why).toBe(why)
    expect(refusal.detail).toMatch(says)
    expect(refusal.permission).toBe('iam:ListUsers')
    expect(server.requests).toHaveLength(attempts)
    // Nothing of what the source said, and nothing of what signs the call, may come along.
    expect(refusal.message).not.toMatch(/canary|example-secret|ses-smtp-shop|<|AKIDEXAMPLE/)
  })

  test('no answer in time', async () => {
    const { client } = await open(() => 'hang', { connectMs: 200, answerMs: 150 })
    expect(await listUsers(client, [], 2)).toMatchObject({
      why: 'timed-out',
      detail: expect.stringContaining('in time'),
    })
  })

  test('nothing listening, and a name that does not exist', async () => {
    const refused = openClient(settingsFor('http://127.0.0.1:1'))
    expect(await listUsers(refused)).toMatchObject({
      why: 'unreachable',
      detail: expect.stringContaining('ECONNREFUSED'),
    })
    const nowhere = openClient(settingsFor('http://nowhere.invalid'))
    expect((await listUsers(nowhere)).detail).toMatch(/ENOTFOUND|EAI_AGAIN/)
    const wrongScheme = await replayServer([])
    cleanups.push(wrongScheme.close)
    const tls = openClient(settingsFor(wrongScheme.url.replace('http:', 'https:')))
    expect(await listUsers(tls)).toMatchObject({
      why: 'unreachable',
      detail: expect.stringContaining('http or https'),
    })
  })

  test('the wait that the source asks for is kept, and then it goes on', async () => {
    let asked = 0
    const waits: number[] = []
    const { server, client } = await open(() =>
      ++asked === 1 ? xml(503, 'Throttling', { 'retry-after': '7' }) : undefined,
    )
    const session = new Session({
      transport: client,
      signal: new AbortController().signal,
      sleep: async (ms) => void waits.push(ms),
      random: () => 0.5,
    })
    expect((await session.call('iam:ListUsers', {}, Users)).items).toHaveLength(8)
    expect(waits).toEqual([7000])
    expect(server.requests).toHaveLength(2)
  })

  test('a cancel reaches a call that hangs', async () => {
    const { client } = await open(() => 'hang')
    const controller = new AbortController()
    const session = sessionOn(client, controller.signal)
    setTimeout(() => controller.abort(), 50)
    await expect(session.ask('iam:ListUsers', {}, Users)).rejects.toMatchObject({ why: 'cancelled' })
  })

  test('an error that is ours is not explained away', () => {
    const client = openClient(settingsFor('http://127.0.0.1:1'))
    for (const error of [
      new TypeError('x is undefined'),
      new RangeError(),
      'text',
      null,
      undefined,
      known(1, 'x'),
    ])
      expect(client.explain(error)).toBeUndefined()
  })
})
