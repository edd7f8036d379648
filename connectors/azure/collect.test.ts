// What single refusals and odd answers cost: their own facts alone, and said.
import { describe, expect, test } from 'vitest'
import type { ArmAnswer, ArmRequest } from '@/tests/contract/azure/arm-answers'
import { PLATFORM, VAULT } from '@/tests/contract/azure/arm-tenant'
import { azureServer, settingsOf } from '@/tests/contract/azure/azure-server'
import { ALL_ROLES } from '@/tests/contract/azure/graph-answers'
import { principalId } from '@/tests/contract/azure/graph-tenant'
import { DESCENDANTS } from './arm-calls'
import { eventsOf, rowsOf, whyPartial } from './fixtures/world'

type Disturb = (request: ArmRequest) => ArmAnswer | undefined
async function look(disturb: Disturb, graph: object = {}) {
  const server = await azureServer({ arm: { disturb }, graph })
  const client = server.open(settingsOf())
  const events = await eventsOf(client)
  await client.close?.()
  await server.close()
  return { events, asked: server.asked }
}
const refused: ArmAnswer = {
  status: 403,
  body: { error: { code: 'AuthorizationFailed', message: 'planted' } },
}
const at =
  (part: string, answer: ArmAnswer): Disturb =>
  ({ url }) =>
    url.href.toLowerCase().includes(part.toLowerCase()) ? answer : undefined
const calm = await look(() => undefined)

test('members of a group that may not be read leave grants unknown, and everything else told', async () => {
  const granted = new Set([...ALL_ROLES].filter((role) => role !== 'Directory.Read.All'))
  const { events } = await look(() => undefined, { granted })
  expect(Object.keys(whyPartial(events, 'azure-role-assignments'))).toEqual(['grant'])
  const [before, after] = [calm.events, events].map((all) => rowsOf(all, 'grant', 'azure-role-assignments'))
  expect(after!.map(({ nativeId }) => nativeId)).toEqual(
    before!.filter(({ via }) => via === 'attached').map(({ nativeId }) => nativeId),
  )
  expect(before!.filter(({ via }) => via === 'group').map(({ identity }) => identity)).toEqual([
    principalId(40),
    principalId(41),
  ])
})
test('one subscription that refuses its assignments costs those of that one', async () => {
  const { events } = await look(
    at(`/subscriptions/${PLATFORM}/providers/Microsoft.Authorization/roleAssignments`, refused),
  )
  expect(whyPartial(events, 'azure-role-assignments')).toMatchObject({
    grant: 'denied Microsoft.Authorization/roleAssignments/read',
  })
  expect(rowsOf(events, 'grant', 'azure-role-assignments').length).toBeGreaterThan(4)
  expect(whyPartial(events, 'azure-role-definitions')).toEqual({})
  // The words of the answer stay where they were.
  expect(JSON.stringify(events)).not.toContain('planted')
})
test('one vault that refuses costs what it holds, and says so', async () => {
  const { events } = await look(
    at(`${VAULT}/secrets`, { status: 403, body: { error: { code: 'Forbidden' } } }),
  )
  expect(whyPartial(events, 'key-vault-objects')).toMatchObject({
    secret: expect.stringContaining('denied'),
    'owner-hint': expect.stringContaining('denied'),
  })
  expect(rowsOf(events, 'secret').map(({ name }) => name)).toEqual(['kv-shop-old/legacy', 'kv-shop-pay/tls'])
})
test('an identity that is gone since it was listed is no gap', async () => {
  const gone = { status: 404, body: { error: { code: 'ResourceNotFound', message: 'x' } } }
  const { events } = await look(at('/federatedIdentityCredentials', gone))
  expect(whyPartial(events, 'managed-identities')).toEqual({})
  expect(rowsOf(events, 'trust', 'managed-identities')).toEqual([])
})
// A proxy, a wrong cloud or a service that fails may say it too: what is listed first belongs to nothing that could be gone.
describe('an answer that a list of the service itself is not there', () => {
  const gone = { status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'x' } } }
  const at404 = (begin: string) => ({
    disturb: ({ url }: { url: URL }) => (`${url.pathname}?`.startsWith(begin) ? gone : undefined),
  })
  const APPLICATIONS = '/v1.0/applications?'
  const applicationOf = ({ events }: { events: typeof calm.events }) =>
    rowsOf(events, 'identity').find(({ nativeId }) => nativeId === principalId(1))
  test('leaves the registration of every application unknown', async () => {
    const found = await look(() => undefined, at404(APPLICATIONS))
    expect(Object.keys(whyPartial(found.events, 'applications')).toSorted()).toEqual([
      'credential',
      'identity',
      'owner-hint',
    ])
    expect(applicationOf(calm)?.facets).toMatchObject({ state: 'known' })
    expect(applicationOf(found)?.facets).toMatchObject({ state: 'unknown', why: 'malformed' })
  })
  test('lets no application look unused', async () => {
    const found = await look(() => undefined, at404('/v1.0/servicePrincipals?'))
    expect(rowsOf(found.events, 'identity', 'applications')).toEqual([])
    expect(rowsOf(found.events, 'credential', 'applications')).toEqual([])
    expect(whyPartial(found.events, 'applications')).toHaveProperty('identity')
    expect(rowsOf(found.events, 'trust', 'federated-credentials')).toEqual([])
  })
  test('leaves what is asked of each application unseen', async () => {
    const { events } = await look(() => undefined, at404(APPLICATIONS))
    expect(whyPartial(events, 'federated-credentials')).toHaveProperty('trust')
    expect(whyPartial(events, 'owners')).toHaveProperty('owner-hint')
  })
  test('leaves unknown when anything was last used', async () => {
    const { events } = await look(() => undefined, at404('/beta/reports/'))
    const used = [
      ...rowsOf(events, 'identity', 'applications'),
      ...rowsOf(events, 'credential', 'applications'),
    ]
    expect(used.length).toBeGreaterThan(5)
    expect(used.filter(({ lastUsedAt }) => lastUsedAt.state !== 'unknown')).toEqual([])
  })
  test('of the management groups leaves unknown which subscriptions there are', async () => {
    const { events } = await look(at('/descendants', gone))
    expect(whyPartial(events, 'storage-keys')).toEqual({ credential: `not-offered ${DESCENDANTS}` })
  })
})
test('a service that is always too busy makes its streams partial, and no other', async () => {
  const busy = { status: 429, headers: { 'retry-after': '1' }, body: { error: { code: 'TooManyRequests' } } }
  const { events } = await look(at('/resources?', busy))
  for (const stream of ['resources-with-identity', 'managed-identities', 'cluster-issuers', 'storage-keys'])
    expect(Object.values(whyPartial(events, stream))[0]).toMatch(/^throttled/)
  expect(whyPartial(events, 'azure-role-assignments')).toEqual({})
})

describe('rows', () => {
  test('name the workloads that run as an identity', () => {
    const uses = Object.fromEntries(rowsOf(calm.events, 'workload').map(({ name, uses }) => [name, uses]))
    expect(uses['vm-build']).toEqual([principalId(40), principalId(41)])
    expect(uses).not.toHaveProperty('none')
  })
  test('of keys say when each was made, and whether it is accepted', () => {
    const keys = rowsOf(calm.events, 'credential', 'storage-keys').toSorted((a, b) =>
      a.name.slice(8) < b.name.slice(8) ? -1 : 1,
    )
    expect(keys.map(({ name, rotatedAt, enabled }) => [name, rotatedAt.state, enabled])).toEqual([
      ['key1 of stshoplogs', 'unknown', expect.objectContaining({ value: false })],
      ['key2 of stshoplogs', 'unknown', expect.objectContaining({ value: false })],
      ['key1 of stshopreceipts', 'known', expect.objectContaining({ value: true })],
      ['key2 of stshopreceipts', 'unknown', expect.objectContaining({ value: true })],
    ])
  })
  test('of vaults go by host and name, and a certificate is told once', () => {
    const secrets = rowsOf(calm.events, 'secret')
    expect(secrets.flatMap(({ keys = [] }) => keys.map(({ value }) => value)).toSorted()).toEqual([
      'kv-shop-old.vault.azure.net/legacy',
      'kv-shop-pay.vault.azure.net/api-key',
      'kv-shop-pay.vault.azure.net/db-password',
      'kv-shop-pay.vault.azure.net/tls',
    ])
  })
  test('say by the tags of a secret who answers for it, and leave other tags', () => {
    const hints = rowsOf(calm.events, 'owner-hint', 'key-vault-objects')
    expect(
      hints.map(({ secret, identity, names, value, via }) => [secret, identity, names, value, via]),
    ).toEqual([
      [
        'kv-shop-pay.vault.azure.net/db-password',
        undefined,
        'person',
        'ada@acme.example',
        'tag owner of kv-shop-pay/db-password',
      ],
      [
        'kv-shop-pay.vault.azure.net/certificates/tls',
        undefined,
        'team',
        'Platform',
        'tag Team of kv-shop-pay/tls',
      ],
    ])
    expect(JSON.stringify(calm.events)).not.toContain('planted-tag')
  })
  test('are asked for without ever naming a value', () => {
    for (const { url, method } of calm.asked) {
      expect(url.pathname).not.toMatch(/listkeys|regenerate|\/secrets\/.+/i)
      expect(method === 'GET' || url.pathname.endsWith('/providers/Microsoft.ResourceGraph/resources')).toBe(
        true,
      )
    }
  })
})
