// Entities as identities, and each alias as the one who can become it.
import { absent, answer, mapFact, unknown, type Fact } from '@/core/fact'
import type { Link } from '@/core/join'
import type { IdentityClass, Of } from '@/core/observation'
import type { CallName } from './calls'
import { accountName, accountUid, remedyFor, type Cluster } from './clusters'
import { ownAuthority } from './connection'
import type { Look, Mount } from './look'
import { NO_USE, rolePath, trustOf } from './observed'
import { withoutSecretForm } from '@/core/secret-like'
import type { Alias, Entity } from './shapes'

const READ: CallName = 'read identity/entity/id/+'
const MACHINES = new Set([
  'approle',
  'kubernetes',
  'aws',
  'azure',
  'gcp',
  'cert',
  'spiffe',
  'cf',
  'oci',
  'alicloud',
])
const PEOPLE = new Set(['userpass', 'ldap', 'okta', 'github', 'radius', 'saml', 'kerberos'])

type Classified = { class: IdentityClass; classReason: string }
function classify(types: readonly string[]): Classified {
  if (types.length === 0)
    return { class: 'unclear', classReason: 'It has no alias: nothing tells who signs in as it.' }
  const how = [...types].sort().join(', ')
  if (types.every((type) => MACHINES.has(type)))
    return { class: 'machine', classReason: `It signs in as programs do (${how}).` }
  if (types.every((type) => PEOPLE.has(type)))
    return { class: 'human', classReason: `It signs in as people do (${how}).` }
  return { class: 'unclear', classReason: `How it signs in does not tell a person from a program (${how}).` }
}

type EntityRow = {
  id: string
  name: string
  types: readonly string[]
  entity: Fact<Entity>
}
export const entityIdentity = ({ id, name, types, entity }: EntityRow): Of<'identity'> => ({
  kind: 'identity',
  nativeId: id,
  aliases: [],
  type: 'vault.entity',
  name,
  ...classify(types),
  createdAt: entity.state === 'known' ? answer(entity.value.creation_time, READ) : entity,
  enabled: mapFact(entity, ({ disabled }) => disabled !== true),
  lastUsedAt: unknown('not-offered', READ, NO_USE),
  description: absent(READ, 'entities have no description'),
  maxSessionSeconds: absent(READ, 'its roles say how long its tokens live'),
  tags: mapFact(entity, ({ metadata }) => metadata),
})

type AliasRow = {
  look: Look
  entity: string
  alias: Alias & { metadata: Record<string, string> }
  mount: Mount
  /** Of an alias on a Kubernetes mount. */
  cluster?: Cluster
  /** Of an alias on a JWT mount, where it has one. */
  issuer?: string
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const seen = (link: Omit<Link, 'relation' | 'means'>): Link => ({
  relation: 'observed',
  means: 'becomes-this',
  ...link,
})

function accountLink(name: string, cluster: Cluster): Link[] {
  if (UUID.test(name))
    return [
      seen({
        ...accountUid(cluster, name),
        match: 'exact',
        reason: `This service account, by its uid, has signed in as it.${remedyFor(cluster)}`,
      }),
    ]
  const [namespace, account, ...rest] = name.split('/')
  if (!namespace || !account || rest.length) return []
  return [
    seen({
      ...accountName(cluster, namespace, account),
      match: 'exact',
      reason: `A service account of this name has signed in as it; one made anew under the name would be taken for the same.${remedyFor(cluster)}`,
    }),
  ]
}

/** The role behind an alias: methods whose aliases tell it. */
function roleLink({ look, alias, mount }: AliasRow): Link[] {
  const path =
    mount.type === 'userpass'
      ? rolePath(mount, 'users', alias.name)
      : mount.type === 'approle' && alias.metadata['role_name']
        ? rolePath(mount, 'role', alias.metadata['role_name'])
        : undefined
  if (path === undefined) return []
  return [
    seen({
      to: 'vault.auth-role',
      match: 'exact',
      value: `${look.scope.nativeId}|${path}`,
      authority: ownAuthority(look.scope),
      reason: 'Whoever signed in through this role is this entity.',
    }),
  ]
}

function linksOf(row: AliasRow): Link[] {
  const { alias, mount, cluster, issuer } = row
  if (cluster) return accountLink(alias.name, cluster)
  if (mount.type !== 'jwt') return roleLink(row)
  if (issuer === undefined) return []
  // A role may name aliases after another claim than the subject: then nobody bears this name, and that means nothing.
  return [
    seen({
      to: 'oidc.subject',
      match: 'exact',
      value: `${issuer}|${alias.name}`,
      reason:
        'Whoever has a token with this name, which is its subject unless the role says otherwise, has signed in as it.',
    }),
  ]
}

export function aliasTrust(row: AliasRow): Of<'trust'> {
  const { alias, mount, entity } = row
  const name = withoutSecretForm(alias.name)
  return trustOf({
    identity: entity,
    tail: `alias/${alias.id}`,
    principalType: mount.type === 'kubernetes' || mount.type === 'jwt' ? 'federated' : 'identity',
    principal: `auth/${mount.path} ${name}`,
    conditions: { metadata: Object.keys(alias.metadata).length ? alias.metadata : undefined },
    links: name === alias.name ? linksOf(row) : [],
  })
}
