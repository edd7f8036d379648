// Policies of Istio, with the service accounts of the pods they select.
import type { Stream, StreamAt } from '@/core/connector'
import { valueOf } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { gather, tryList } from './list'
import {
  authorizationPolicy,
  peerAuthentication,
  picksAuthentication,
  picksByLabel,
  selects,
  type Picked,
  type PickedMesh,
} from './map-mesh'
import { ISTIO, ISTIO_VERSIONS, LIST } from './permissions'
import { clusterOf, isOfManifests, placeOf, servedVersion } from './place'
import { AuthorizationPolicy, PeerAuthentication } from './shapes-mesh'
import { Pod } from './shapes-pods'

const KINDS = ['entitlement'] as const satisfies readonly Kind[]

export const meshPolicies: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const { uid, params: place } = placeOf(at.scope)
    const version = await servedVersion(at, ISTIO, ISTIO_VERSIONS)
    at.lacking(KINDS, version)
    if (version.state !== 'known') return
    const listing = { params: { ...place, version: version.value }, kinds: KINDS }
    const policies = await gather(at, {
      ...listing,
      permission: LIST.authorizationPolicies,
      item: AuthorizationPolicy,
    })
    const modes = await gather(at, {
      ...listing,
      permission: LIST.peerAuthentications,
      item: PeerAuthentication,
    })
    for (const listed of [policies, modes]) at.lacking(KINDS, listed)
    const [calls, proofs] = [valueOf(policies) ?? [], valueOf(modes) ?? []]
    const { trustDomains = [] } = await clusterOf(at)
    const picked = await pickedBy(at, [...calls.filter(picksByLabel), ...proofs.filter(picksAuthentication)])
    const mesh: PickedMesh = { uid, trustDomains, picked }
    for (const one of calls) yield authorizationPolicy(one, mesh)
    for (const one of proofs) yield peerAuthentication(one, mesh)
  },
}

/** Which service accounts each is about; undefined where there are no pods to tell it. */
async function pickedBy(
  at: StreamAt,
  all: readonly (AuthorizationPolicy | PeerAuthentication)[],
): Promise<Picked | undefined> {
  if (!all.length) return new Map()
  const { uid, params } = placeOf(at.scope)
  // Manifests hold no pods, which says nothing about those that will be made.
  if (isOfManifests(uid)) return undefined
  const pods = await tryList(at, { permission: LIST.pods, params, item: Pod, kinds: KINDS })
  if (pods.state !== 'known') return undefined
  const picked = new Map(all.map(({ metadata }) => [metadata.uid, new Set<string>()]))
  for await (const { metadata, spec } of pods.value)
    for (const one of all)
      if (selects(one, metadata))
        picked.get(one.metadata.uid)?.add(`${metadata.namespace}/${spec.serviceAccountName || 'default'}`)
  return picked
}
