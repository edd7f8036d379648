// Secrets that are copied into the cluster, with the stores they come through.
import type { Stream } from '@/core/connector'
import type { Kind } from '@/core/observation'
import type { Fact } from '@/core/fact'
import { gather, tryList } from './list'
import { copiedSecret } from './map-external-secret'
import { EXTERNAL_SECRETS, LIST } from './permissions'
import { placeOf, servedVersion } from './place'
import { ExternalSecret, SecretStore } from './shapes-extensions'

const KINDS = ['secret'] as const satisfies readonly Kind[]
const CLUSTER_STORE = 'ClusterSecretStore'

const nameOf = ({ metadata }: SecretStore): string =>
  metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name
type Stores = Fact<ReadonlyMap<string, SecretStore>>
const byName = (stores: Fact<SecretStore[]>): Stores =>
  stores.state === 'known'
    ? { ...stores, value: new Map(stores.value.map((store) => [nameOf(store), store])) }
    : stores

export const externalSecrets: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const place = placeOf(at.scope)
    const version = await servedVersion(at, EXTERNAL_SECRETS, ['v1', 'v1beta1'])
    at.lacking(KINDS, version)
    if (version.state !== 'known') return
    const params = { ...place.params, version: version.value }
    const of = (permission: string) => gather(at, { permission, params, item: SecretStore, kinds: KINDS })
    const own = byName(await of(LIST.secretStores))
    const shared = byName(await of(LIST.clusterSecretStores))
    const copies = await tryList(at, {
      permission: LIST.externalSecrets,
      params,
      item: ExternalSecret,
      kinds: KINDS,
    })
    at.lacking(KINDS, copies)
    if (copies.state !== 'known') return
    for await (const copy of copies.value) {
      const { kind, name = '' } = copy.spec.secretStoreRef ?? {}
      const stores = kind === CLUSTER_STORE ? shared : own
      const key = kind === CLUSTER_STORE ? (name ?? '') : `${copy.metadata.namespace}/${name}`
      const store = stores.state === 'known' ? stores.value.get(key) : undefined
      const copied = copiedSecret(copy, store, place.uid)
      // Without its store it does not say where it comes from: what was known of that stays.
      yield stores.state === 'unknown' ? { ...copied, joiningUnseen: true } : copied
    }
  },
}
