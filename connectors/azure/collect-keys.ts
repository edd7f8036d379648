// Keys and passwords of storage accounts and container registries, by their dates: who holds one holds all it opens.
import type { Stream, StreamAt } from '@/core/connector'
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import { REGISTRIES, REGISTRY_TOKENS, STORAGE } from './arm-calls'
import { look, permits, readable } from './estate'
import { gatherOf } from './pages'
import { rows } from './resource-graph'
import { Registry, RegistryToken, StorageAccount } from './shapes-arm'

const KINDS = ['credential'] as const
const STORAGE_QUERY =
  "resources | where type =~ 'microsoft.storage/storageaccounts' | project id, name, sharedKey = properties.allowSharedKeyAccess, key1 = properties.keyCreationTime.key1, key2 = properties.keyCreationTime.key2"
const REGISTRY_QUERY =
  "resources | where type =~ 'microsoft.containerregistry/registries' | project id, name, adminEnabled = properties.adminUserEnabled"

type Told = {
  id: string
  type: string
  name: string
  form: Of<'credential'>['form']
  source: string
  made: Fact<Instant>
  ends: Fact<Instant>
  enabled: Fact<boolean>
}
function credential({ id, type, name, form, source, made, ends, enabled }: Told): Of<'credential'> {
  const notTold = unknown('not-offered', source, 'Azure does not tell it')
  return {
    kind: 'credential',
    nativeId: id,
    identity: absent(source, 'it belongs to no identity: whoever holds it is let in'),
    type,
    form,
    name,
    createdAt: notTold,
    rotatedAt: made,
    expiresAt: ends,
    lastUsedAt: notTold,
    lastUsedWhere: notTold,
    enabled,
  }
}
const dated = (at: Instant | undefined, source: string, none: string): Fact<Instant> =>
  at === undefined ? unknown('not-offered', source, none) : known(at, source)

const KEY_NO_DATE = 'the key was made before Azure kept its date'
const accountKeys = ({ id, name, sharedKey, key1, key2 }: StorageAccount): Of<'credential'>[] =>
  [
    { key: 'key1', at: key1 },
    { key: 'key2', at: key2 },
  ].map(({ key, at }) =>
    credential({
      id: `${id}/keys/${key}`,
      type: 'azure.storage-key',
      name: `${key} of ${name}`,
      form: 'static-key',
      source: STORAGE,
      made: dated(at, STORAGE, KEY_NO_DATE),
      ends: absent(STORAGE, 'a key has no end; an expiry policy only warns'),
      // Unless it is turned off, keys are accepted.
      enabled: known(sharedKey ?? true, STORAGE),
    }),
  )

export const storageKeys: Stream = {
  kinds: KINDS,
  about: { credential: [] },
  async *collect(at) {
    const { subscriptions } = await look(at, STORAGE, KINDS)
    for await (const one of rows(
      at.session,
      STORAGE,
      { subscriptions, query: STORAGE_QUERY },
      StorageAccount,
    ))
      yield* accountKeys(one)
  },
}

const adminAccount = ({ id, name }: Registry): Of<'credential'> =>
  credential({
    id: `${id}/admin`,
    type: 'azure.registry-admin',
    name: `Administrator of ${name}`,
    form: 'password',
    source: REGISTRIES,
    made: unknown('not-offered', REGISTRIES, 'Azure does not tell when its passwords were made'),
    ends: absent(REGISTRIES, 'its passwords have no end'),
    enabled: known(true, REGISTRIES),
  })

const tokenPasswords = ({ id, name, properties }: RegistryToken, registry: string): Of<'credential'>[] =>
  (properties.credentials?.passwords ?? []).map((password) =>
    credential({
      id: `${id}/passwords/${password.name}`,
      type: 'azure.registry-password',
      name: `${password.name} of token ${name} of ${registry}`,
      form: 'password',
      source: REGISTRY_TOKENS,
      made: dated(password.creationTime, REGISTRY_TOKENS, 'the answer holds no date'),
      ends:
        password.expiry === undefined
          ? absent(REGISTRY_TOKENS, 'it was made without an end')
          : known(password.expiry, REGISTRY_TOKENS),
      enabled: known(!/^disabled$/i.test(properties.status ?? ''), REGISTRY_TOKENS),
    }),
  )

async function* tokens(at: StreamAt, registry: Registry): AsyncGenerator<Of<'credential'>> {
  const listed = await gatherOf(at.session, REGISTRY_TOKENS, { path: `${registry.id}/tokens` }, RegistryToken)
  at.lacking(KINDS, listed)
  if (listed.state !== 'known') return
  for (const token of listed.value) yield* tokenPasswords(token, registry.name)
}

export const registryCredentials: Stream = {
  kinds: KINDS,
  about: { credential: [] },
  async *collect(at) {
    const { estate, subscriptions } = await look(at, REGISTRIES, KINDS)
    const { gap } = readable(estate, REGISTRY_TOKENS)
    if (gap) at.lacking(KINDS, gap)
    for await (const one of rows(
      at.session,
      REGISTRIES,
      { subscriptions, query: REGISTRY_QUERY },
      Registry,
    )) {
      if (one.adminEnabled === true) yield adminAccount(one)
      const rights = estate.rights.get(one.id.split('/')[2] ?? '')
      if (rights?.state === 'known' && !permits(rights.value, REGISTRY_TOKENS)) continue
      yield* tokens(at, one)
    }
  },
}
