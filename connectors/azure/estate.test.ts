// What proves that a list of Azure is whole: which subscriptions there are, and what may be read in each.
import { describe, expect, test } from 'vitest'
import { identityLooks } from '@/inventory/hint-looks'
import { azureServer, settingsOf } from '@/tests/contract/azure/azure-server'
import { PAYMENTS, PLATFORM } from '@/tests/contract/azure/arm-tenant'
import { DESCENDANTS, KEY_GIVING_READS } from './arm-calls'
import { permits } from './estate'
import { GONE } from './explain'
import { eventsOf, rowsOf, whyPartial } from './fixtures/world'
import { setup } from './setup'

async function look(arm: object, settings: Record<string, unknown> = {}) {
  const server = await azureServer({ arm })
  const client = server.open(settingsOf(settings))
  const events = await eventsOf(client)
  await client.close?.()
  await server.close()
  return events
}
const WITHOUT_ROOT = [
  'Microsoft.Authorization/*/read',
  'Microsoft.Compute/*',
  'Microsoft.Web/*/read',
  '*/sites/read',
]

describe('a right', () => {
  test.each([
    [[{ actions: ['*'], notActions: [] }], 'Microsoft.Storage/storageAccounts/read', true],
    [[{ actions: ['*/read'], notActions: [] }], 'microsoft.keyvault/Vaults/Read', true],
    [
      [{ actions: ['*/read'], notActions: ['Microsoft.KeyVault/*'] }],
      'Microsoft.KeyVault/vaults/read',
      false,
    ],
    [
      [
        { actions: ['*/read'], notActions: ['Microsoft.KeyVault/*'] },
        { actions: ['Microsoft.KeyVault/vaults/read'], notActions: [] },
      ],
      'Microsoft.KeyVault/vaults/read',
      true,
    ],
    [[{ actions: ['*/write'], notActions: [] }], 'Microsoft.KeyVault/vaults/read', false],
    [[{ actions: ['*'], notActions: ['Microsoft.Authorization/*/write'] }], '*/read', true],
    [[{ actions: ['*/read'], notActions: ['Microsoft.Sql/*/read'] }], '*/read', false],
    [[{ actions: ['Microsoft.Compute/*/read'], notActions: [] }], '*/read', false],
    [[{ actions: ['*/read'], notActions: [...KEY_GIVING_READS] }], '*/read', true],
    [[{ actions: ['Microsoft.A.B/read'], notActions: [] }], 'Microsoft.AxB/read', false],
    [[], '*/read', false],
  ])('%j gives %s: %s', (rights, action, expected) => {
    expect(permits(rights, action)).toBe(expected)
  })
})

describe('a look', () => {
  test('with the role of the setup documents is whole', async () => {
    const role = JSON.parse(setup({})[0]!.text) as { Actions: string[] }
    const events = await look({ actions: role.Actions })
    for (const stream of [
      'azure-role-assignments',
      'resources-with-identity',
      'managed-identities',
      'storage-keys',
    ])
      expect(whyPartial(events, stream)).toEqual({})
  })
  test('without knowing which subscriptions there are is never whole, and gives what is seen', async () => {
    const events = await look({
      actions: ['Microsoft.Authorization/*', 'Microsoft.Storage/*', 'Microsoft.KeyVault/*'],
    })
    expect(whyPartial(events, 'storage-keys')).toEqual({
      credential: 'denied Microsoft.Management/managementGroups/descendants/read',
    })
    expect(rowsOf(events, 'credential', 'storage-keys')).toHaveLength(4)
  })
  test('at a tenant that has no management groups gives what is seen, and is not whole', async () => {
    const server = await azureServer({ arm: {} })
    const client = server.open(settingsOf({}))
    class NoRoot extends Error {}
    const events = await eventsOf({
      send: (permission, params, signal) =>
        permission === DESCENDANTS ? Promise.reject(new NoRoot()) : client.send(permission, params, signal),
      explain: (error) =>
        error instanceof NoRoot ? { why: 'not-offered', detail: 'none', code: GONE } : client.explain(error),
    })
    await client.close?.()
    await server.close()
    expect(whyPartial(events, 'storage-keys')).toEqual({ credential: `not-offered ${DESCENDANTS}` })
    expect(rowsOf(events, 'credential', 'storage-keys')).toHaveLength(4)
  })
  test('at the subscriptions the settings name needs no management group', async () => {
    const subscriptions = [PAYMENTS, PLATFORM]
    const events = await look({ actions: ['Microsoft.Storage/*'] }, { subscriptions })
    expect(whyPartial(events, 'storage-keys')).toEqual({})
    // Management groups above them may hold roles of their own, which nobody has listed.
    expect(whyPartial(events, 'azure-deny-assignments')).toHaveProperty('entitlement')
  })
  test('that a subscription is hidden from is not whole anywhere, and says which', async () => {
    const events = await look({ hidden: new Set([PLATFORM]) })
    for (const stream of ['azure-role-assignments', 'storage-keys', 'key-vault-policies'])
      expect(Object.values(whyPartial(events, stream))).toContain('denied Azure /subscriptions')
    const [coverage] = events.flatMap((event) =>
      event.type === 'coverage' && event.stream === 'storage-keys' ? [event.kinds.credential] : [],
    )
    expect(coverage).toMatchObject({ detail: expect.stringContaining(PLATFORM) })
  })
  test('is whole for what is permitted, and only for that', async () => {
    const actions = [
      ...WITHOUT_ROOT,
      'Microsoft.Management/managementGroups/descendants/read',
      'Microsoft.Storage/*',
    ]
    const events = await look({ actions })
    expect(whyPartial(events, 'storage-keys')).toEqual({})
    expect(whyPartial(events, 'resources-with-identity')).toEqual({
      workload: 'denied */read',
      'owner-hint': 'denied */read',
    })
    // What may be read is read all the same.
    expect(rowsOf(events, 'workload').map(({ name }) => name)).toEqual(['vm-build', 'func-receipts'])
  })
  test('without federated credentials asks for none of them, and says so', async () => {
    const actions = [
      'Microsoft.Management/managementGroups/descendants/read',
      'Microsoft.ManagedIdentity/userAssignedIdentities/read',
    ]
    const events = await look({ actions })
    expect(whyPartial(events, 'managed-identities')).toEqual({
      trust: 'denied Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read',
    })
    expect(rowsOf(events, 'owner-hint', 'managed-identities')).toHaveLength(1)
  })
  test('at an index that gives fewer rows than it counts is not whole', async () => {
    const short = { totalRecords: 3, data: [], resultTruncated: 'true' }
    const events = await look({
      disturb: ({ url }: { url: URL }) =>
        url.pathname.endsWith('/resources') ? { status: 200, body: short } : undefined,
    })
    expect(whyPartial(events, 'cluster-issuers')).toEqual({
      issuer: 'malformed Microsoft.ContainerService/managedClusters/read',
    })
  })
  test('without a licence for roles that are taken for a time is whole: there can be none', async () => {
    const events = await look({ premium: false })
    expect(whyPartial(events, 'azure-eligible-roles')).toEqual({})
    expect(rowsOf(events, 'grant', 'azure-eligible-roles')).toEqual([])
  })
  test('that leaves vaults alone says so', async () => {
    const events = await look({}, { keyVaultObjects: false })
    expect(whyPartial(events, 'key-vault-objects')).toEqual({
      secret: 'left-out Microsoft.KeyVault/vaults/secrets/readMetadata/action',
      'owner-hint': 'left-out Microsoft.KeyVault/vaults/secrets/readMetadata/action',
    })
    // What is not read there must not keep anybody from saying that an identity has no owner.
    const looks = events.flatMap((event) =>
      event.type === 'coverage'
        ? Object.entries(event.kinds).map(([kind, { state }]) => ({ stream: event.stream, kind, state }))
        : [],
    )
    const hints = identityLooks(looks).filter(({ kind }) => kind === 'owner-hint')
    expect(new Set(hints.map(({ state }) => state))).toEqual(new Set(['complete']))
  })
  test('at a vault with more than the settings allow is a limit', async () => {
    const events = await look({}, { vaultItemsMax: 1 })
    expect(whyPartial(events, 'key-vault-objects')).toHaveProperty(
      'secret',
      'limited Microsoft.KeyVault/vaults/secrets/readMetadata/action',
    )
  })
})
