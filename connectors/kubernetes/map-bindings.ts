// Who holds which role: one grant for each subject of a binding, and the users and groups that only bindings name.
import { absent, known, unknown } from '@/core/fact'
import type { Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { clusterAuthority, SERVICE_ACCOUNT, subjectOf } from './map-joins'
import { clusterRoleId, roleId } from './map-roles'
import { LIST } from './permissions'
import type { Binding, Subject } from './shapes'

type Identity = Of<'identity'>
export const userId = (name: string): string => `user:${name}`
export const groupId = (name: string): string => `group:${name}`

/** Ids of service accounts by `system:serviceaccount:<namespace>:<name>`; undefined where they could not be listed. */
export type AccountIds = ReadonlyMap<string, string> | undefined

const ACCOUNT = 'system:serviceaccount:'
const NODE = 'system:node:'
/**
 * Subjects that mean somebody: of any other kind the server takes nobody for them. A service account without a namespace is one of the namespace of its binding; in a binding of
 * the cluster it is nobody to the server, and not one of `default`.
 */
const subjectsOf = ({ subjects, metadata }: Binding): Subject[] =>
  subjects.filter(({ kind, namespace }) =>
    kind === 'ServiceAccount' ? namespace || metadata.namespace : kind === 'User' || kind === 'Group',
  )

/** `system:…` name of a subject that is an identity of its own, whatever kind of subject it is written as. */
function ownSubject({ kind, name, namespace }: Subject, binding: Binding): string | undefined {
  if (kind === 'ServiceAccount') return subjectOf(namespace || binding.metadata.namespace || '', name)
  return kind === 'User' && (name.startsWith(ACCOUNT) || name.startsWith(NODE)) ? name : undefined
}

/** The identity a subject means, or undefined where that cannot be told without the list of service accounts. */
function identityOf(subject: Subject, binding: Binding, accounts: AccountIds): string | undefined {
  const own = ownSubject(subject, binding)
  if (own === undefined) return subject.kind === 'Group' ? groupId(subject.name) : userId(subject.name)
  if (!own.startsWith(ACCOUNT)) return own
  return accounts && (accounts.get(own) ?? own)
}

/** Without the list of service accounts: grants to users and groups only. */
export function grants(binding: Binding, accounts: AccountIds): Of<'grant'>[] {
  const { uid, name, namespace } = binding.metadata
  const { kind, name: role } = binding.roleRef
  const isRole = kind === 'Role' && namespace
  const found = subjectsOf(binding).flatMap((subject): Of<'grant'>[] => {
    const identity = identityOf(subject, binding, accounts)
    if (identity === undefined) return []
    const place = subject.kind === 'ServiceAccount' ? `${subject.namespace || namespace}/` : ''
    return [
      {
        kind: 'grant',
        nativeId: `${uid}/${subject.kind}/${place}${subject.name}`,
        identity,
        entitlement: isRole ? roleId(namespace, role) : clusterRoleId(role),
        entitlementName: isRole ? `${namespace}/${role}` : role,
        effect: 'allow',
        via: 'attached',
        viaName: namespace ? `RoleBinding ${namespace}/${name}` : `ClusterRoleBinding ${name}`,
        // Whatever the role is: what a RoleBinding gives holds in its namespace, and nowhere else.
        ...(namespace && { place: namespace }),
      },
    ]
  })
  // A subject that is written twice in one binding holds the role once.
  return [...new Map(found.map((grant) => [grant.nativeId, grant])).values()]
}

/** Users and groups that the binding names. A user with the name of a service account or node is that. */
export const named = (binding: Binding, uid: string): Identity[] =>
  subjectsOf(binding).flatMap((subject) =>
    ownSubject(subject, binding) === undefined ? [subjectIdentity(subject, uid)] : [],
  )

const PEOPLE = 'Its name is a mail address.'
const OUTSIDE = 'The cluster knows it by name only: certificates and token issuers outside say who it is.'
function classOf({ kind, name }: Subject): Pick<Identity, 'class' | 'classReason'> {
  if (name === 'system:anonymous' || name === 'system:unauthenticated')
    return { class: 'unclear', classReason: 'It stands for whoever does not sign in.' }
  if (name.startsWith('system:'))
    return { class: 'provider', classReason: 'Kubernetes itself gives it a meaning.' }
  if (kind === 'User' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(name))
    return { class: 'human', classReason: PEOPLE }
  return { class: 'unclear', classReason: OUTSIDE }
}

const SOURCE = LIST.clusterRoleBindings
const NO_LIST = 'the cluster keeps no list of users and groups'
function subjectIdentity(subject: Subject, uid: string): Identity {
  const isGroup = subject.kind === 'Group'
  const links = isGroup ? memberLinks(subject.name, uid) : []
  const notTold = unknown('not-offered', SOURCE, NO_LIST)
  return {
    kind: 'identity',
    nativeId: isGroup ? groupId(subject.name) : userId(subject.name),
    aliases: [],
    ...(links.length && { links }),
    type: isGroup ? 'kubernetes.group' : 'kubernetes.user',
    name: subject.name,
    ...classOf(subject),
    createdAt: notTold,
    enabled: known(true, SOURCE),
    lastUsedAt: notTold,
    description: absent(SOURCE, NO_LIST),
    maxSessionSeconds: notTold,
    tags: absent(SOURCE, NO_LIST),
    ...(isGroup && { neverHasCredentials: true as const }),
  }
}

/** Groups that Kubernetes itself puts service accounts into. */
function memberLinks(group: string, uid: string): Link[] {
  const namespace = /^system:serviceaccounts:([^:]+)$/.exec(group)?.[1]
  if (namespace === undefined && group !== 'system:serviceaccounts' && group !== 'system:authenticated')
    return []
  return [
    {
      relation: 'permitted',
      means: 'becomes-this',
      to: SERVICE_ACCOUNT,
      match: 'pattern',
      value: `${uid}|${namespace ?? '*'}/*`,
      authority: clusterAuthority(uid),
      reason: `Kubernetes puts every service account of ${namespace === undefined ? 'the cluster' : `namespace ${namespace}`} into this group.`,
    },
  ]
}
