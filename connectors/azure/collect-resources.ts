// Resources of any type that have a managed identity: they are what runs as it. Tags of one with an identity of its own name
// who answers for that.
import type { Stream } from '@/core/connector'
import { unknown } from '@/core/fact'
import type { Of } from '@/core/observation'
import { WITH_IDENTITY } from './arm-calls'
import { look } from './estate'
import { ownerTags } from './owner-tags'
import { rows } from './resource-graph'
import { OTHER_RESOURCE, typeOfResource } from './resource-types'
import { IdentityResource } from './shapes-arm'

const KINDS = ['workload', 'owner-hint'] as const
const QUERY =
  'resources | where isnotnull(identity) | project id, name, type, tags, principalId = identity.principalId, userAssigned = identity.userAssignedIdentities'
/** So many identities one workload is told to run as; Azure allows far fewer. */
const USES_MAX = 1000

function workload({ id, name, type, principalId, userAssigned }: IdentityResource): Of<'workload'> {
  const uses = [principalId, ...userAssigned.map(({ principal }) => principal)].filter(
    (one) => one !== undefined,
  )
  const sort = typeOfResource(type)
  return {
    kind: 'workload',
    nativeId: id,
    aliases: [],
    type: sort,
    name: sort === OTHER_RESOURCE ? `${name} (${type})` : name,
    uses: [...new Set(uses)].sort().slice(0, USES_MAX),
    createdAt: unknown(
      'not-offered',
      WITH_IDENTITY,
      'Azure Resource Graph does not tell when a resource was made',
    ),
  }
}

export const resources: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const { subscriptions } = await look(at, WITH_IDENTITY, KINDS)
    for await (const one of rows(
      at.session,
      WITH_IDENTITY,
      { subscriptions, query: QUERY },
      IdentityResource,
    )) {
      const row = workload(one)
      // An identity that is being made has no principal yet.
      if (row.uses.length === 0) continue
      yield row
      if (one.principalId !== undefined)
        yield* ownerTags({ identity: one.principalId }, one.tags, { name: one.name, id: one.id })
    }
  },
}
