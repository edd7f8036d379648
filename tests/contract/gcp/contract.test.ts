// The connector over the network path that people use: the real sign-in library, the real client, and a server that keeps the
// contract of the published descriptions.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import gcp from '@/connectors/gcp/collect'
import { openClient } from '@/connectors/gcp/client'
import { GcpSettings } from '@/connectors/gcp/settings'
import { collect, type Collected } from '@/core/collect'
import type { Connector } from '@/core/connector'
import type { Observation, Of } from '@/core/observation'
import { Session } from '@/core/session'
import { CANARY, CART, MAILER, ORG, PRICES, ROBOT } from './estate'
import { ROUTES } from './routes'
import { contractServer, SUBJECT_TOKEN, type Contract } from './server'

const NOW = '2026-09-30T12:00:00Z'
const PROVIDER =
  '//iam.googleapis.com/projects/800000000002/locations/global/workloadIdentityPools/rollcall/providers/cluster'
const tokenPath = path.join(mkdtempSync(path.join(tmpdir(), 'token-')), 'token')
writeFileSync(tokenPath, SUBJECT_TOKEN)

let server: Contract
beforeEach(async () => {
  server = await contractServer()
})
afterEach(() => server.close())

const federated = (more: object = {}) =>
  GcpSettings.parse({
    resources: [ORG],
    login: { method: 'federation', audience: PROVIDER, tokenPath },
    ...more,
  })

type Looked = { events: Collected[]; waits: number[]; session: Session }
async function look(settings = federated()): Promise<Looked> {
  const transport = openClient(settings, { local: server.url })
  const waits: number[] = []
  const session = new Session({
    transport,
    signal: new AbortController().signal,
    sleep: async (ms) => void waits.push(ms),
    random: () => 0,
  })
  const events: Collected[] = []
  for await (const event of collect(gcp as unknown as Connector, session, NOW)) events.push(event)
  return { events, waits, session }
}

const observed = ({ events }: Looked): Observation[] =>
  events.flatMap((event) =>
    event.type === 'observations'
      ? event.observations.filter((one): one is Observation => one.kind !== 'ended')
      : [],
  )
const ids = (looked: Looked, type: string): string[] =>
  observed(looked).flatMap((one) => (one.kind === 'identity' && one.type === type ? [one.nativeId] : []))
const coverage = ({ events }: Looked, stream: string) =>
  events.flatMap((event) => (event.type === 'coverage' && event.stream === stream ? [event.kinds] : []))[0] ??
  {}
const listed = ({ events }: Looked) => events.find((event) => event.type === 'scopes')?.coverage

describe('what is there', () => {
  test('comes whole, from every page', async () => {
    const looked = await look()
    expect(listed(looked)).toMatchObject({ state: 'complete' })
    const partial = looked.events.flatMap((event) =>
      event.type === 'coverage' && Object.values(event.kinds).some(({ state }) => state === 'partial')
        ? [event.stream]
        : [],
    )
    expect(partial).toEqual([])
    expect(ids(looked, 'gcp.service-account')).toEqual(
      [CART, PRICES, MAILER, ROBOT].map(({ uniqueId }) => uniqueId),
    )
    expect(server.asked.filter((one) => one.includes('pageToken=after-2')).length).toBeGreaterThanOrEqual(2)
    const grants = observed(looked).filter((one): one is Of<'grant'> => one.kind === 'grant')
    expect(grants.map(({ identity }) => identity).sort()).toEqual(
      [CART.uniqueId, PRICES.uniqueId, ROBOT.uniqueId, 'allUsers']
        .concat(
          grants
            .filter(({ identity }) => identity.startsWith('principal://'))
            .map(({ identity }) => identity),
        )
        .sort(),
    )
  })
  test('holds no value of anything', async () => {
    const { events } = await look()
    expect(JSON.stringify(events)).not.toContain(CANARY)
    expect(JSON.stringify(events)).not.toContain('PRIVATE KEY')
  })
  test('is asked for by calls of the published descriptions alone', async () => {
    const { session } = await look()
    const used = session.usage().map(({ permission }) => permission)
    const known = [...ROUTES.map(({ permission }) => permission), 'sign-in']
    expect(used.filter((permission) => !known.includes(permission))).toEqual([])
    expect(session.usage().filter(({ refused }) => refused)).toEqual([])
  })
  test('tells what was seen in use, from every page, and never what is only inferred', async () => {
    const looked = await look()
    const grants = observed(looked).filter((one): one is Of<'grant'> => one.kind === 'grant')
    for (const { uniqueId } of [CART, PRICES])
      expect(grants.find(({ identity }) => identity === uniqueId)?.exercised).toMatchObject({
        state: 'known',
        value: {
          from: '2026-07-01T07:00:00.000Z',
          to: '2026-09-29T07:00:00.000Z',
          actions: ['resourcemanager.projects.get'],
          total: 37,
        },
      })
    expect(grants.find(({ identity }) => identity === ROBOT.uniqueId)?.exercised).toMatchObject({
      state: 'unknown',
      why: 'not-offered',
    })
    expect(JSON.stringify(looked.events)).not.toContain('compute.disks.guessed')
    const mailer = observed(looked).find(({ nativeId }) => nativeId === MAILER.uniqueId)
    expect(mailer).toMatchObject({
      lastUsedAt: { state: 'known', source: 'recommender.iamServiceAccountInsights.list' },
    })
  })
  test.each([
    ['withheld', 'denied'],
    ['disabled', 'not-offered'],
  ] as const)('leaves what was seen in use open where insights are %s', async (how, why) => {
    if (how === 'withheld') server.withheld.add('recommender.iamPolicyInsights.list')
    else server.trouble.set('recommender.iamPolicyInsights.list', () => 'disabled')
    const looked = await look()
    expect(coverage(looked, 'access')['grant']).toMatchObject({ state: 'complete' })
    const cart = observed(looked).find((one) => one.kind === 'grant' && one.identity === CART.uniqueId)
    expect(cart).toMatchObject({ exercised: { state: 'unknown', why } })
  })
  test('counts against the quota project', async () => {
    await look(federated({ quotaProject: 'brook-tools' }))
    expect(server.quotaProject).toBe('brook-tools')
  })
})

test.each(['roles/../../x', 'roles//x', 'roles/.', ''])('a name like %j is not asked for', async (name) => {
  const client = openClient(federated(), { local: server.url })
  const asked = client.send('iam.roles.get', { name }, new AbortController().signal)
  await expect(asked).rejects.toThrow('cannot be asked for')
  expect(server.asked).toEqual([])
})

describe('signing in', () => {
  test('exchanges the token of the platform once', async () => {
    await look()
    expect(server.given).toEqual({ exchanged: 1, impersonated: 0, metadata: 0, keyed: 0 })
  })
  test('acts as a service account on top', async () => {
    const looked = await look(federated({ impersonate: 'rollcall@brook-tools.iam.gserviceaccount.com' }))
    expect(server.given).toEqual({ exchanged: 1, impersonated: 1, metadata: 0, keyed: 0 })
    expect(ids(looked, 'gcp.service-account')).toHaveLength(4)
  })
  test.each([
    ['a token that is not accepted', { tokenPath: `${tokenPath}.wrong` }, 'status 400'],
    ['a file that is not there', { tokenPath: `${tokenPath}.none` }, 'is not there'],
  ])('%s ends the look, and tells no token', async (_, more, words) => {
    writeFileSync(`${tokenPath}.wrong`, 'another-token')
    const looked = await look(federated({ login: { method: 'federation', audience: PROVIDER, ...more } }))
    const told = listed(looked)
    expect(told).toMatchObject({ state: 'partial', why: 'denied', permission: 'sign-in' })
    expect(JSON.stringify(told)).toContain(words)
    expect(JSON.stringify(looked.events)).not.toContain('another-token')
    expect(server.asked).toEqual([])
  })
  test('without leave to act as the service account ends it too', async () => {
    server.withheld.add('iam.serviceAccounts.getAccessToken')
    const looked = await look(federated({ impersonate: 'rollcall@brook-tools.iam.gserviceaccount.com' }))
    expect(listed(looked)).toMatchObject({ state: 'partial', why: 'denied', permission: 'sign-in' })
  })
})

describe('trouble', () => {
  test('a quota is waited for as long as the server asks, by the session alone', async () => {
    server.trouble.set('iam.serviceAccounts.list', (nth) => (nth <= 2 ? 'too-often' : undefined))
    const looked = await look()
    expect(looked.waits).toEqual([7000, 7000])
    expect(ids(looked, 'gcp.service-account')).toHaveLength(4)
  })
  test('a quota that stays used up is throttled, and nobody is called gone', async () => {
    server.trouble.set('iam.serviceAccounts.list', () => 'too-often')
    const looked = await look()
    expect(coverage(looked, 'service-accounts')['identity']).toMatchObject({
      state: 'partial',
      why: 'throttled',
    })
    expect(ids(looked, 'gcp.service-account')).toEqual([])
    // Five attempts for each of the two projects, and no more behind the session's back.
    expect(server.asked.filter((one) => one.startsWith('iam.serviceAccounts.list '))).toHaveLength(10)
  })
  test.each([
    ['failed', 'unreachable'],
    ['nonsense', 'malformed'],
    ['cut', 'malformed'],
  ] as const)('an answer that %s is %s', async (trouble, why) => {
    server.trouble.set('iam.serviceAccounts.list', () => trouble)
    const looked = await look()
    expect(coverage(looked, 'service-accounts')['identity']).toMatchObject({ state: 'partial', why })
  })
  test('a permission that is missing is named, and what else there is comes', async () => {
    server.withheld.add('iam.serviceAccountKeys.list')
    const looked = await look()
    expect(coverage(looked, 'service-account-keys')['credential']).toMatchObject({
      state: 'partial',
      why: 'denied',
      permission: 'iam.serviceAccountKeys.list',
    })
    expect(coverage(looked, 'service-accounts')['identity']).toMatchObject({ state: 'complete' })
  })
  test('an API that is not enabled is told with the command that enables it', async () => {
    server.trouble.set('storage.hmacKeys.list', () => 'disabled')
    const looked = await look()
    expect(coverage(looked, 'hmac-keys')['credential']).toMatchObject({
      state: 'partial',
      why: 'not-offered',
      detail: expect.stringContaining(
        'gcloud services enable storage.googleapis.com --project=brook-tools',
      ) as string,
    })
  })
  test('where the search is refused, policies are read one by one and give the same rows', async () => {
    const searched = await look()
    server.withheld.add('cloudasset.assets.searchAllIamPolicies')
    const walked = await look()
    expect(coverage(walked, 'access')['grant']).toMatchObject({ state: 'partial', why: 'denied' })
    expect(coverage(walked, 'access')['trust']).toMatchObject({ state: 'complete' })
    const rows = (looked: Looked) =>
      new Map(
        observed(looked).flatMap((one) =>
          one.kind === 'grant' || one.kind === 'trust' ? [[one.nativeId, one]] : [],
        ),
      )
    for (const [id, row] of rows(walked)) expect(rows(searched).get(id)).toEqual(row)
    expect([...rows(searched).keys()].filter((id) => !rows(walked).has(id))).toEqual([
      'roles/viewer@//storage.googleapis.com/brook-open|allUsers',
    ])
  })
})

describe('lag between answers', () => {
  test('a binding that names an account which is not listed yet is kept by its email', async () => {
    server.estate.accounts = server.estate.accounts.filter((one) => one !== PRICES)
    const looked = await look()
    const grants = observed(looked).filter((one): one is Of<'grant'> => one.kind === 'grant')
    expect(grants.map(({ identity }) => identity)).toContain(PRICES.email)
    expect(ids(looked, 'gcp.foreign-service-account')).toEqual([])
  })
  test('an account that was made anew under its email is another one', async () => {
    const before = await look()
    server.estate.accounts = server.estate.accounts.map((one) =>
      one === CART ? { ...CART, uniqueId: '118000000000000000099' } : one,
    )
    const after = await look()
    expect(ids(before, 'gcp.service-account')).toContain(CART.uniqueId)
    expect(ids(after, 'gcp.service-account')).not.toContain(CART.uniqueId)
    expect(ids(after, 'gcp.service-account')).toContain('118000000000000000099')
  })
  test('an account that goes away while its keys are asked for has none', async () => {
    server.estate.vanished.add(MAILER.email)
    const looked = await look()
    expect(coverage(looked, 'service-account-keys')['credential']).toMatchObject({ state: 'complete' })
    expect(observed(looked).filter(({ kind }) => kind === 'credential')).toHaveLength(1)
  })
})
