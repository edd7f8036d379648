// Bindings as entitlements and grants, and those on a service account as trust: who can become it.
import { known, type Fact } from '@/core/fact'
import { LINKS_MAX, type Link } from '@/core/join'
import type { Exercised, Of } from '@/core/observation'
import { projectOf, type Placed } from './accounts'
import { SEARCH, type HeldBinding } from './bindings'
import { EMAIL, UNIQUE_ID } from './map-account'
import { clusterAccountLink, poolLinks } from './map-federation'
import type { Member } from './members'
import type { Pools } from './pools'
import { LANGUAGE, roleKey } from './roles'
import type { Condition } from './shapes'
import { projectAuthority } from './tree'

/** `//cloudresourcemanager.googleapis.com/projects/shop` → `projects/shop`; others keep the name of their API. */
const shortName = (resource: string): string =>
  resource.replace(/^\/\/cloudresourcemanager\.googleapis\.com\//, '').replace(/^\/\//, '')

export const conditionOf = ({ title, description, expression }: Condition): Record<string, string> => ({
  ...(title !== '' && { title }),
  ...(description !== '' && { description }),
  expression,
})

/** A role on a resource under a condition. What the role allows is told by the role, which it names. */
export function bindingEntitlement(root: string, binding: HeldBinding): Of<'entitlement'> {
  const { id, role, resource, resourceType, condition } = binding
  return {
    kind: 'entitlement',
    nativeId: id,
    aliases: [],
    links: [
      {
        relation: 'declared',
        means: 'relied-on',
        kind: 'entitlement',
        to: 'gcp.role',
        match: 'exact',
        value: roleKey(root, role),
        authority: `gcp:${root}`,
        reason: 'It gives what this role allows.',
      },
    ],
    type: 'gcp.binding',
    name: nameOf(binding),
    language: LANGUAGE,
    managedBy: 'customer',
    document: known(
      { role, resource, resourceType, ...(condition && { condition: conditionOf(condition) }) },
      SEARCH,
    ),
  }
}
/** Service accounts are called by their email: their unique id tells nobody anything. */
const placeOf = ({ resource, account }: HeldBinding): string => account?.email ?? shortName(resource)
const nameOf = (binding: HeldBinding): string =>
  `${binding.role} on ${placeOf(binding)}${binding.condition ? ' (conditional)' : ''}`

/** Whom a member means, by the id it goes by, and through which group or set it holds the role, where not directly. */
export type Meant = { identity: string; through?: string }

export function grant(
  binding: HeldBinding,
  member: Member,
  { identity, through }: Meant,
  exercised: Fact<Exercised>,
): Of<'grant'> {
  return {
    kind: 'grant',
    nativeId:
      through === undefined ? `${binding.id}|${member.text}` : `${binding.id}|${member.text}|${identity}`,
    identity,
    entitlement: binding.id,
    entitlementName: nameOf(binding),
    effect: 'allow',
    via: through === undefined ? 'attached' : 'group',
    viaName: through ?? placeOf(binding),
    exercised,
  }
}

type PrincipalType = Of<'trust'>['principalType']
const TYPES: Readonly<Record<Member['kind'], PrincipalType>> = {
  'service-account': 'identity',
  'cluster-account': 'federated',
  deleted: 'unresolvable',
  pool: 'federated',
  'resource-set': 'account',
  group: 'account',
  everyone: 'anyone',
  agent: 'identity',
  resource: 'identity',
  person: 'identity',
  other: 'unresolvable',
}

const becomes = (link: Omit<Link, 'relation' | 'means' | 'match'>): Link => ({
  relation: 'permitted',
  means: 'becomes-this',
  match: 'exact',
  ...link,
})

function accountLinks(email: string): Link[] {
  const project = projectOf(email)
  return [
    becomes({
      to: EMAIL,
      value: email,
      ...(project !== undefined && { authority: projectAuthority(project) }),
      // Google keeps the unique id: one that is made anew under the same email does not get in.
      bound: true,
      reason: 'A binding on it names this service account.',
    }),
  ]
}

function linksOf(member: Member, pools: Pools): { links: Link[]; unseen: boolean } {
  const whole = (links: Link[]) => ({ links, unseen: false })
  if (member.kind === 'service-account') return whole(accountLinks(member.email))
  if (member.kind === 'cluster-account') return whole([clusterAccountLink(member.name, member.pool)])
  if (member.kind === 'pool') return poolLinks(member, pools)
  if (member.kind !== 'deleted' || member.id === undefined) return whole([])
  const project = projectOf(member.email ?? '')
  return whole([
    becomes({
      to: UNIQUE_ID,
      value: member.id,
      ...(project !== undefined && { authority: projectAuthority(project) }),
      bound: true,
      reason: 'A binding on it names a service account that was deleted.',
    }),
  ])
}

/** Who can become the service account that the binding is on. */
export function accountTrust(
  binding: HeldBinding,
  account: Placed,
  member: Member,
  { actions, pools }: { actions: readonly string[]; pools: Pools },
): Of<'trust'> {
  const { links, unseen } = linksOf(member, pools)
  const { condition } = binding
  return {
    kind: 'trust',
    nativeId: `${account.uniqueId}/trust/${binding.role}${binding.id.slice(binding.role.length + 1 + binding.resource.length)}|${member.text}`,
    identity: account.uniqueId,
    principalType: TYPES[member.kind],
    principal: member.text,
    effect: 'allow',
    actions: [...actions],
    ...(condition && { conditions: conditionOf(condition) }),
    ...(links.length && { links: links.slice(0, LINKS_MAX) }),
    ...(unseen && { joiningUnseen: true as const }),
  }
}
