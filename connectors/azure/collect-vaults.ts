// Key vaults: who may do what there by their access policies, and which secrets and certificates they hold, never a value.
import type { Stream, StreamAt } from '@/core/connector'
import { absent, known, unknown } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import { VAULT_CERTIFICATES, VAULT_SECRETS, VAULTS } from './arm-calls'
import { connection } from './connection'
import { look } from './estate'
import { KEY_VAULT_SECRET, keyVaultSecret, vaultHost } from './keys'
import { ownerTags } from './owner-tags'
import { tryPages } from './pages'
import { rows } from './resource-graph'
import { KeyVault, VaultItem, type AccessPolicy } from './shapes-arm'

const QUERY =
  "resources | where type =~ 'microsoft.keyvault/vaults' | project id, name, vaultUri = properties.vaultUri, rbac = properties.enableRbacAuthorization, accessPolicies = properties.accessPolicies"
export const LANGUAGE = 'azure-key-vault'

const POLICY_KINDS = ['entitlement', 'grant'] as const
function* policyRows(
  vault: KeyVault,
  { objectId, applicationId, permissions }: AccessPolicy,
): Generator<Observation> {
  const id = `${vault.id}/access-policy/${objectId}${applicationId === undefined ? '' : `/${applicationId}`}`
  const name = `Access policy of ${vault.name}`
  yield {
    kind: 'entitlement',
    nativeId: id,
    aliases: [],
    type: 'azure.key-vault-access-policy',
    name,
    language: LANGUAGE,
    managedBy: 'customer',
    document: known(
      { vault: vault.id, permissions, ...(applicationId !== undefined && { onlyThrough: applicationId }) },
      VAULTS,
    ),
  }
  yield {
    kind: 'grant',
    nativeId: id,
    identity: objectId,
    entitlement: id,
    entitlementName: name,
    effect: 'allow',
    via: 'attached',
    viaName: `access policy of key vault ${vault.name}`,
  }
}

/** By which of the two a vault decides. Where nothing is set, as in older vaults, it goes by access policies. */
const vaultRow = ({ id, name, vaultUri, rbac }: KeyVault): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId: id,
  aliases: [],
  type: 'azure.key-vault',
  name: `Key vault ${name}`,
  language: LANGUAGE,
  managedBy: 'customer',
  document: known({ id, host: vaultHost(vaultUri), rbac: rbac === true }, VAULTS),
  gives: 'nothing',
})

export const vaultPolicies: Stream = {
  kinds: POLICY_KINDS,
  async *collect(at) {
    const { subscriptions } = await look(at, VAULTS, POLICY_KINDS)
    for await (const vault of rows(at.session, VAULTS, { subscriptions, query: QUERY }, KeyVault)) {
      yield vaultRow(vault)
      // Where roles decide, what is left of access policies has no effect.
      if (vault.rbac === true) continue
      for (const policy of vault.accessPolicies) yield* policyRows(vault, policy)
    }
  },
}

const OBJECT_KINDS = ['secret', 'owner-hint'] as const
type Sort = { call: string; type: string; id: (name: string) => string }

function secretRow(vault: KeyVault, item: VaultItem, { call, type, id }: Sort): Of<'secret'> {
  const { created, exp } = item.attributes
  const newestOnly = 'the list tells of the newest version only'
  return {
    kind: 'secret',
    nativeId: id(item.id),
    keys: [{ type: KEY_VAULT_SECRET, value: keyVaultSecret(vault.vaultUri, item.id) }],
    type,
    name: `${vault.name}/${item.id}`,
    createdAt: unknown('not-offered', call, newestOnly),
    rotatedAt:
      created === undefined ? unknown('not-offered', call, 'the answer holds no date') : known(created, call),
    lastReadAt: unknown('not-offered', call, 'only the diagnostic log of the vault tells'),
    expiresAt: exp === undefined ? absent(call, 'it has no end date') : known(exp, call),
    rotates: unknown('not-offered', call, newestOnly),
  }
}

async function* items(at: StreamAt, vault: KeyVault, sort: Sort, most: number): AsyncGenerator<Observation> {
  const host = vaultHost(vault.vaultUri)
  const listed = await tryPages(at.session, sort.call, { host, query: { maxresults: '25' } }, VaultItem)
  at.lacking(OBJECT_KINDS, listed)
  if (listed.state !== 'known') return
  let count = 0
  for await (const item of listed.value) {
    if (item.id === '' || (sort.call === VAULT_SECRETS && item.managed === true)) continue
    if (++count > most)
      return at.lacking(OBJECT_KINDS, unknown('limited', sort.call, `${vault.name} holds more than ${most}`))
    const secret = secretRow(vault, item, sort)
    yield secret
    yield* ownerTags({ secret: secret.nativeId }, item.tags, { name: secret.name, id: secret.nativeId })
  }
}

export const vaultObjects: Stream = {
  kinds: OBJECT_KINDS,
  async *collect(at) {
    const { keyVaultObjects, limits } = await connection(at.session)
    if (!keyVaultObjects)
      return at.lacking(OBJECT_KINDS, unknown('left-out', VAULT_SECRETS, 'the settings do not ask for it'))
    const { subscriptions } = await look(at, VAULTS, OBJECT_KINDS)
    for await (const vault of rows(at.session, VAULTS, { subscriptions, query: QUERY }, KeyVault)) {
      const host = vaultHost(vault.vaultUri)
      const sorts: Sort[] = [
        { call: VAULT_SECRETS, type: 'azure.key-vault-secret', id: (name) => `${host}/${name}` },
        {
          call: VAULT_CERTIFICATES,
          type: 'azure.key-vault-certificate',
          id: (name) => `${host}/certificates/${name}`,
        },
      ]
      for (const sort of sorts) yield* items(at, vault, sort, limits.vaultItemsMax)
    }
  },
}
