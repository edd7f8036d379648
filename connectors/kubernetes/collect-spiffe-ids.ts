// SPIFFE IDs that the SPIRE controller gives to pods, and the service accounts of the pods it picks.
import type { Stream, StreamAt } from '@/core/connector'
import { unknown } from '@/core/fact'
import type { Kind } from '@/core/observation'
import { gather, tryList } from './list'
import { spiffeIdentity, spiffeRule, type Picked } from './map-spiffe-id'
import { LIST, SPIRE } from './permissions'
import { placeOf, servedVersion } from './place'
import { fitsSelector } from './selector'
import { Bare } from './shapes'
import { SpiffeId } from './shapes-extensions'
import { Pod } from './shapes-pods'

const KINDS = ['identity', 'entitlement'] as const satisfies readonly Kind[]
/** Whose pods get one is looked up; what one says is in itself. */
const PICKED = ['identity'] as const satisfies readonly Kind[]

export const spiffeIds: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const place = placeOf(at.scope)
    const version = await servedVersion(at, SPIRE, ['v1alpha1'])
    at.lacking(KINDS, version)
    if (version.state !== 'known') return
    const ids = await gather(at, {
      permission: LIST.spiffeIds,
      params: { ...place.params, version: version.value },
      item: SpiffeId,
      kinds: KINDS,
    })
    at.lacking(KINDS, ids)
    if (ids.state !== 'known' || !ids.value.length) return
    for (const id of ids.value) yield spiffeRule(id)
    const picked = await pickedBy(at, ids.value)
    // Without the pods they would seem to be for nobody: what was known of them stays.
    if (picked) for (const id of ids.value) yield spiffeIdentity(id, picked, place.uid)
  },
}

/** Which service accounts each is for; undefined where pods or their namespaces could not be listed. */
async function pickedBy(at: StreamAt, ids: readonly SpiffeId[]): Promise<Picked | undefined> {
  const { params } = placeOf(at.scope)
  const namespaces = await gather(at, { permission: LIST.namespaces, params, item: Bare, kinds: PICKED })
  const pods = await tryList(at, { permission: LIST.pods, params, item: Pod, kinds: PICKED })
  for (const listed of [namespaces, pods]) at.lacking(PICKED, listed)
  if (namespaces.state !== 'known' || pods.state !== 'known') return undefined
  const labels = new Map(namespaces.value.map(({ metadata }) => [metadata.name, metadata.labels]))
  const picked = new Map(ids.map(({ metadata }) => [metadata.uid, new Set<string>()]))
  for await (const { metadata, spec } of pods.value) {
    const around = labels.get(metadata.namespace)
    if (!around) {
      // Made after the namespaces were listed: which it is in is not known yet.
      at.lacking(
        PICKED,
        unknown('not-collected', LIST.namespaces, 'a pod is in a namespace that was not listed'),
      )
      continue
    }
    const fits = ids.filter(
      ({ spec: of }) =>
        fitsSelector(of.podSelector, metadata.labels) && fitsSelector(of.namespaceSelector, around),
    )
    // A fallback is for pods that no other picks.
    const firm = fits.filter(({ spec: of }) => of.fallback !== true)
    for (const { metadata: of } of firm.length ? firm : fits)
      picked.get(of.uid)?.add(`${metadata.namespace}/${spec.serviceAccountName || 'default'}`)
  }
  return picked
}
