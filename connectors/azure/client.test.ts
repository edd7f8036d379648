// The real client and the real SDK of Azure authorization against a contract server: what is sent where, and what each kind of
// answer means.
import { afterEach, describe, expect, test } from 'vitest'
import type { Transport } from '@/core/upstream'
import { tooMany, type ArmAnswer, type ArmRequest } from '@/tests/contract/azure/arm-answers'
import { PAYMENTS, VAULT } from '@/tests/contract/azure/arm-tenant'
import { azureServer, settingsOf, TOKEN } from '@/tests/contract/azure/azure-server'
import * as calls from './arm-calls'
import { SIGN_IN } from './sign-in'

const cleanups: (() => Promise<void> | undefined)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})
const signal = () => AbortSignal.timeout(5000)

type Options = { arm?: NonNullable<Parameters<typeof azureServer>[0]>['arm']; clock?: () => number }
async function clientOn({ arm = {}, clock }: Options = {}) {
  const server = await azureServer({ arm })
  const client = server.open(settingsOf(), clock ? { clock } : {})
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
  (answer: ArmAnswer) =>
  ({ url }: ArmRequest): ArmAnswer | undefined =>
    url.host.startsWith('graph.') ? undefined : answer
const scope = `/subscriptions/${PAYMENTS}`
const path = `${scope}/providers/Microsoft.Authorization/roleAssignments`
const query = {
  subscriptions: [PAYMENTS],
  query: 'resources | project id | order by id asc',
  options: { $top: 1000 },
}

describe('role assignments, through the SDK', () => {
  test('are asked for with the token, the version and the filter, and come as the service gave them', async () => {
    const { client, server } = await clientOn()
    const answer = await client.send(calls.ASSIGNMENTS, { path, query: { $filter: 'atScope()' } }, signal())
    const [asked] = server.asked
    expect(asked).toMatchObject({ method: 'GET', authorization: `Bearer ${TOKEN}` })
    expect(asked!.url.host).toBe('management.azure.com')
    expect(decodeURIComponent(asked!.url.pathname)).toBe(path)
    expect(asked!.url.searchParams.get('$filter')).toBe('atScope()')
    expect(asked!.url.searchParams.get('api-version')).toBe('2022-04-01')
    expect(answer).toMatchObject({
      value: [{ properties: { principalType: 'ServicePrincipal' } }, {}, {}, {}, {}],
    })
  })
  test('come page by page, each for a call of its own', async () => {
    const { client, server } = await clientOn({ arm: { pageMax: 2 } })
    const first = (await client.send(calls.ASSIGNMENTS, { path }, signal())) as {
      value: unknown[]
      nextLink: string
    }
    expect(server.asked).toHaveLength(1)
    expect(first.value).toHaveLength(2)
    const second = (await client.send(
      calls.ASSIGNMENTS,
      { path, link: first.nextLink },
      signal(),
    )) as typeof first
    expect(server.asked).toHaveLength(2)
    expect(second.value).toHaveLength(2)
    expect(second.value).not.toEqual(first.value)
  })
  test.each([
    [{ status: 200, body: { nothing: 'of a list' } }, { why: 'malformed' }],
    [{ status: 200, body: { value: null } }, { why: 'malformed' }],
    [tooMany({ 'retry-after': '17' }), { why: 'throttled', retryAfterMs: 17_000 }],
    [{ status: 503, body: {} }, { why: 'unreachable' }],
    [{ status: 302, headers: { location: 'https://elsewhere.example/' }, body: {} }, { why: 'unreachable' }],
  ])('that are answered with %j are no list', async (answer, expected) => {
    const { client, server } = await clientOn({ arm: { disturb: always(answer) } })
    expect(await endOf(client, calls.ASSIGNMENTS, { path })).toMatchObject(expected)
    // The SDK does not ask again by itself, nor anywhere else.
    expect(server.asked).toHaveLength(1)
  })
  test('that are refused say what to grant', async () => {
    const { client } = await clientOn({ arm: { actions: ['Microsoft.Storage/*'] } })
    expect(await endOf(client, calls.ASSIGNMENTS, { path })).toMatchObject({
      why: 'denied',
      detail: expect.stringContaining('Grant Microsoft.Authorization/roleAssignments/read'),
    })
  })
  test('of which the rest is said to be elsewhere are not asked for there', async () => {
    const { client, server } = await clientOn()
    const link = `https://management.azure.com.evil.example${path}?api-version=2022-04-01&$skiptoken=1`
    expect(await endOf(client, calls.ASSIGNMENTS, { path, link })).toMatchObject({ why: 'malformed' })
    expect(server.asked).toEqual([])
  })
})

describe('eligible roles', () => {
  test('without a licence are not offered', async () => {
    const { client } = await clientOn({ arm: { premium: false } })
    const asked = { path: `${scope}/providers/Microsoft.Authorization/roleEligibilityScheduleInstances` }
    expect(await endOf(client, calls.ELIGIBLE, asked)).toMatchObject({ why: 'not-offered', code: 'licence' })
  })
})

describe('Azure Resource Graph', () => {
  test('is asked in pages, and not more often than it allows', async () => {
    let now = 1000
    const { client, server } = await clientOn({ clock: () => now })
    for (let n = 0; n < 15; n++) await client.send(calls.VAULTS, { body: query }, signal())
    now += 1200
    expect(await endOf(client, calls.VAULTS, { body: query })).toMatchObject({
      why: 'throttled',
      retryAfterMs: 3800,
    })
    expect(server.asked).toHaveLength(15)
    now += 3800
    expect(await endOf(client, calls.VAULTS, { body: query, skipToken: '1' })).toBe('an answer')
    expect(JSON.parse(server.asked.at(-1)!.body)).toEqual({
      ...query,
      options: { ...query.options, $skipToken: '1' },
    })
  })
  test('is left alone for as long as it says that nothing is left', async () => {
    const spent = {
      status: 200,
      headers: { 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:00:04' },
      body: { totalRecords: 0, data: [], resultTruncated: 'false' },
    }
    let now = 0
    const { client } = await clientOn({ arm: { disturb: always(spent) }, clock: () => now })
    expect(await endOf(client, calls.STORAGE, { body: query })).toBe('an answer')
    expect(await endOf(client, calls.STORAGE, { body: query })).toMatchObject({
      why: 'throttled',
      retryAfterMs: 4000,
    })
    now = 4000
    expect(await endOf(client, calls.STORAGE, { body: query })).toBe('an answer')
  })
  test('says when it may be asked again', async () => {
    const refused = tooMany({ 'x-ms-user-quota-remaining': '0', 'x-ms-user-quota-resets-after': '00:00:03' })
    const { client } = await clientOn({ arm: { disturb: always(refused) } })
    expect(await endOf(client, calls.VAULTS, { body: query })).toMatchObject({
      why: 'throttled',
      retryAfterMs: 3000,
    })
  })
})

describe('a key vault', () => {
  test('is asked for names and dates, page by page, at its own host', async () => {
    const { client, server } = await clientOn({ arm: { pageMax: 1 } })
    const asked = { host: VAULT, query: { maxresults: '25' } }
    const first = (await client.send(calls.VAULT_SECRETS, asked, signal())) as { nextLink: string }
    await client.send(
      calls.VAULT_SECRETS,
      { ...asked, link: first.nextLink.replace(VAULT, `${VAULT}:443`) },
      signal(),
    )
    expect(server.asked.map(({ url }) => `${url.host}${url.pathname}`)).toEqual([
      `${VAULT}/secrets`,
      `${VAULT}/secrets`,
    ])
  })
  test.each([
    'evil.example',
    'vault.azure.net',
    'kv.vault.azure.cn',
    'kv.vault.azure.net.evil.example',
    'a@kv.vault.azure.net',
  ])('that would be at %s gets no token', async (host) => {
    const { client, server } = await clientOn()
    expect(await endOf(client, calls.VAULT_SECRETS, { host })).toMatchObject({ why: 'malformed' })
    expect(server.asked).toEqual([])
  })
  test('that refuses says what to grant, and a firewall is none of permissions', async () => {
    const { client } = await clientOn({ arm: { dataActions: false } })
    expect(await endOf(client, calls.VAULT_SECRETS, { host: VAULT })).toMatchObject({
      why: 'denied',
      detail: expect.stringContaining('secrets/readMetadata/action'),
    })
    const wall = {
      status: 403,
      body: { error: { code: 'Forbidden', message: 'x', innererror: { code: 'ForbiddenByFirewall' } } },
    }
    const walled = await clientOn({ arm: { disturb: always(wall) } })
    expect(await endOf(walled.client, calls.VAULT_SECRETS, { host: VAULT })).toMatchObject({
      why: 'denied',
      code: 'firewall',
    })
  })
})

describe('a call', () => {
  test('that is not in the table cannot be made, nor one for another path', async () => {
    const { client, server } = await clientOn()
    await expect(
      client.send('Microsoft.Storage/storageAccounts/listKeys/action', {}, signal()),
    ).rejects.toThrow('not a call of this connector')
    for (const other of [
      '/subscriptions/x/providers/Microsoft.Storage/storageAccounts/y/listKeys',
      `${scope}/../../providers/Microsoft.Authorization/permissions`,
      `${scope}/providers/Microsoft.Authorization/permissions?x=1`,
    ])
      expect(await endOf(client, calls.OWN_PERMISSIONS, { path: other })).toMatchObject({ why: 'malformed' })
    expect(server.asked).toEqual([])
  })
  test('to sign in tells the connection and no secret', async () => {
    const { client, server } = await clientOn()
    const told = await client.send(SIGN_IN, {}, signal())
    expect(JSON.stringify(told)).not.toContain(TOKEN)
    expect(told).toMatchObject({ cloud: 'public', keyVaultObjects: true })
    expect(server.asked).toEqual([])
  })
  test('that a subscription is not found for is one that may not be read', async () => {
    const gone = { status: 404, body: { error: { code: 'SubscriptionNotFound', message: 'x' } } }
    const { client } = await clientOn({ arm: { disturb: always(gone) } })
    expect(await endOf(client, calls.ASSIGNMENTS, { path })).toMatchObject({ why: 'denied', code: 'scope' })
  })
})
