// Rows of the inventory in the forms this source has them: identities that sign in, what they hold, and who can become them.
import { absent, known, mapFact, unknown, type Fact } from '@/core/fact'
import type { Link } from '@/core/join'
import type { IdentityClass, Of } from '@/core/observation'
import type { CallName } from './calls'
import type { Mount } from './look'
import type { TokenFields } from './shapes'
import { inWords } from './values'

type Identity = Of<'identity'>
export const NO_DATE = 'the server keeps no date of it'
export const NO_USE = 'the server does not say when it is used; its audit log does'

export const roleId = (mount: Pick<Mount, 'accessor'>, folder: string, name: string): string =>
  `${mount.accessor}/${folder}/${name}`
/** By this text others can mean a role: its path in the namespace. */
export const rolePath = (mount: Pick<Mount, 'path'>, folder: string, name: string): string =>
  `auth/${mount.path}/${folder}/${name}`

/** The longest life of a token, by the shortest of the limits that are set. */
export function sessionSeconds(role: TokenFields, mount: Mount, source: CallName): Fact<number> {
  const explicit = role.token_explicit_max_ttl || undefined
  if (explicit === undefined && role.token_period)
    return absent(source, 'its tokens are renewed for as long as somebody renews them')
  const limits = [explicit, role.token_max_ttl || undefined, mount.maxTtl].filter((one) => one !== undefined)
  return limits.length
    ? known(Math.max(1, Math.floor(Math.min(...limits))), source)
    : unknown('not-offered', source, 'the longest life is a setting of the server, 32 days unless changed')
}

const SPANS = ['token_ttl', 'token_max_ttl', 'token_explicit_max_ttl', 'token_period'] as const
/** Settings of a role in words, under the names the server gives them. What is not set is left out. */
export function tokenTags(role: TokenFields): Record<string, string> {
  const spans = SPANS.flatMap((name) => (role[name] ? [[name, inWords(role[name])] as const] : []))
  return Object.fromEntries([
    ...spans,
    ...(role.token_type ? [['token_type', role.token_type] as const] : []),
    ...(role.token_num_uses ? [['token_num_uses', String(role.token_num_uses)] as const] : []),
    ...(role.token_bound_cidrs.length
      ? [['token_bound_cidrs', role.token_bound_cidrs.join(', ')] as const]
      : []),
  ])
}

export type RoleRow = {
  id: string
  path: string
  name: string
  type: string
  class: IdentityClass
  classReason: string
  classUnseen?: true
  /** The namespace it is in: its path is unique there. */
  scope: string
  source: CallName
  tags: Fact<Record<string, string>>
  maxSessionSeconds: Fact<number>
  keyless?: true
}
/** A role that somebody signs in through. */
export const roleIdentity = (row: RoleRow): Identity => ({
  kind: 'identity',
  nativeId: row.id,
  aliases: [row.path],
  keys: [{ type: 'vault.auth-role', value: `${row.scope}|${row.path}` }],
  type: row.type,
  name: row.name,
  class: row.class,
  classReason: row.classReason,
  ...(row.classUnseen && { classUnseen: row.classUnseen }),
  createdAt: unknown('not-offered', row.source, NO_DATE),
  enabled: known(true, row.source),
  lastUsedAt: unknown('not-offered', row.source, NO_USE),
  description: absent(row.source, 'roles have no description'),
  maxSessionSeconds: row.maxSessionSeconds,
  tags: row.tags,
  ...(row.keyless && { neverHasCredentials: true as const }),
})

/** The policies a role gives to its tokens; `default` comes along unless it is kept out. */
export function policiesOf(
  role: Pick<TokenFields, 'token_policies' | 'policies' | 'token_no_default_policy'>,
): string[] {
  const own = role.token_policies.length ? role.token_policies : role.policies
  return withDefault(own, role.token_no_default_policy !== true)
}
export const withDefault = (policies: readonly string[], isDefault: boolean): string[] =>
  [...new Set([...policies.map((name) => name.toLowerCase()), ...(isDefault ? ['default'] : [])])].sort()

/** Policies go by their names: a grant says no more, whether or not there is such a policy. */
export const grantsOf = (
  identity: string,
  policies: readonly string[],
  group?: { id: string; name: string },
) =>
  policies.map((policy): Of<'grant'> => ({
    kind: 'grant',
    nativeId: `${identity}/${group ? `group/${group.id}` : 'policy'}/${policy}`,
    identity,
    entitlement: policy,
    entitlementName: policy,
    effect: 'allow',
    via: group ? 'group' : 'attached',
    ...(group && { viaName: group.name }),
  }))

type TrustRow = {
  identity: string
  /** What tells it from the other trust of the same identity. */
  tail: string
  principalType: Of<'trust'>['principalType']
  principal: string
  conditions?: Record<string, unknown>
  links?: Link[]
}
export function trustOf({
  identity,
  tail,
  principalType,
  principal,
  conditions = {},
  links = [],
}: TrustRow): Of<'trust'> {
  const kept = Object.entries(conditions).filter(
    ([, value]) => value != null && value !== '' && !(Array.isArray(value) && value.length === 0),
  )
  return {
    kind: 'trust',
    nativeId: `${identity}/trust/${tail}`,
    identity,
    principalType,
    principal,
    effect: 'allow',
    actions: ['login'],
    ...(kept.length && { conditions: Object.fromEntries(kept) }),
    ...(links.length && { links }),
  }
}

export const permitted = (link: Omit<Link, 'relation' | 'means'>): Link => ({
  relation: 'permitted',
  means: 'becomes-this',
  ...link,
})
/** Servers compare with `*` for any text; everything else is meant as it stands. */
export const matchOf = (text: string): Link['match'] => (text.includes('*') ? 'pattern' : 'exact')

export const tagsOf = <T>(
  fact: Fact<T>,
  tags: (value: T) => Record<string, string>,
): Fact<Record<string, string>> => mapFact(fact, tags)
