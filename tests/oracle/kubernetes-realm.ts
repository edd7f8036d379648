// A realm made of the objects of a cluster, by the connector's own mapping.
import type { Held, Principal, Realm, Ruling, Runner } from '@/core/access'
import { podSecurity } from '@/connectors/kubernetes/map-admission'
import { grants, named } from '@/connectors/kubernetes/map-bindings'
import { entitlement } from '@/connectors/kubernetes/map-roles'
import { nodeIdentity, serviceAccountIdentity } from '@/connectors/kubernetes/map-service-account'
import * as shapes from '@/connectors/kubernetes/shapes'
import type { Of } from '@/core/observation'
import type { Objects } from './kubernetes-reference'

export type World = Partial<Objects> & {
  /** `namespace/name`; the id of each is `uid:<namespace>/<name>`. */
  accounts: readonly string[]
  nodes?: readonly string[]
  /** Levels by namespace; undefined: no label. */
  levels?: Readonly<Record<string, string | undefined>>
  annotations?: Readonly<Record<string, Record<string, string>>>
  runners?: readonly Runner[]
  rulings?: readonly Ruling[]
  things?: Realm['things']
  unseen?: Realm['unseen']
  guests?: Realm['guests']
}
export const accountId = (name: string): string => `uid:${name}`

export function realmOf(world: World): Realm {
  const clusterRoles = (world.clusterRoles ?? []).map((role) => shapes.Role.parse(role))
  const roles = (world.roles ?? []).map((role) => shapes.Role.parse(role))
  const entitlements = new Map(
    [
      ...roles.map((role) => entitlement(role)),
      ...clusterRoles.map((role) => entitlement(role, clusterRoles)),
    ].map((one) => [one.nativeId, one]),
  )
  const bindings = [...(world.clusterRoleBindings ?? []), ...(world.roleBindings ?? [])].map((one) =>
    shapes.Binding.parse(one),
  )
  const identities = new Map<string, Of<'identity'>>()
  const ids = new Map<string, string>()
  for (const one of world.accounts) {
    const [namespace, name] = one.split('/')
    const account = shapes.ServiceAccount.parse({
      metadata: { uid: accountId(one), namespace, name, annotations: world.annotations?.[one] },
    })
    ids.set(`system:serviceaccount:${namespace}:${name}`, accountId(one))
    identities.set(accountId(one), serviceAccountIdentity(account, { uid: 'cluster', addresses: [] }))
  }
  for (const name of world.nodes ?? []) {
    const node = nodeIdentity(shapes.Node.parse({ metadata: { uid: `node:${name}`, name } }))
    identities.set(node.nativeId, node)
  }
  for (const binding of bindings)
    for (const one of named(binding, 'cluster')) identities.set(one.nativeId, one)
  const held = new Map<string, Held[]>()
  const bound = new Set<string>()
  for (const binding of bindings)
    for (const grant of grants(binding, ids)) {
      bound.add(grant.entitlement)
      held.set(grant.identity, [...(held.get(grant.identity) ?? []), heldOf(grant, entitlements)])
    }
  const levels = Object.entries(world.levels ?? {}).map(([name, level]) =>
    podSecurity(
      shapes.Bare.parse({
        metadata: {
          uid: `ns:${name}`,
          name,
          labels: level && { 'pod-security.kubernetes.io/enforce': level },
        },
      }),
    ),
  )
  return {
    id: 'cluster',
    type: 'kubernetes.cluster',
    name: 'test',
    principals: [...identities.values()].map((one) => principalOf(one, held.get(one.nativeId) ?? [])),
    elsewhere: [],
    ...(world.guests && { guests: world.guests }),
    runners: world.runners ?? [],
    rulings: [
      ...[...entitlements.values()].filter(({ nativeId }) => !bound.has(nativeId)).map(rulingOf),
      ...levels.map(rulingOf),
      ...(world.rulings ?? []),
    ],
    things: world.things ?? [],
    unseen: world.unseen ?? [],
  }
}

function heldOf(grant: Of<'grant'>, entitlements: ReadonlyMap<string, Of<'entitlement'>>): Held {
  const found = entitlements.get(grant.entitlement)
  return {
    id: grant.entitlement,
    name: grant.entitlementName,
    effect: grant.effect,
    via: `${grant.via} ${grant.viaName}`,
    ...(grant.place !== undefined && { place: grant.place }),
    language: found?.language ?? '',
    ...(found?.document.state === 'known' && { document: found.document.value }),
  }
}
const principalOf = (one: Of<'identity'>, held: Held[]): Principal => ({
  id: one.nativeId,
  type: one.type,
  name: one.name,
  aliases: one.aliases,
  class: one.class,
  enabled: true,
  ...(one.tags.state === 'known' && { tags: one.tags.value }),
  held,
  trusts: [],
})
const rulingOf = (one: Of<'entitlement'>): Ruling => ({
  id: one.nativeId,
  type: one.type,
  name: one.name,
  language: one.language,
  aliases: one.aliases,
  ...(one.document.state === 'known' && { document: one.document.value }),
})
