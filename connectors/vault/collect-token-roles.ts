// Roles that tokens are made by, and the tokens of the root policy, which every server has.
import type { Stream } from '@/core/connector'
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import type { CallName } from './calls'
import { Asker, authMounts, lookAt, type Look, type Mount } from './look'
import { grantsOf, NO_USE, roleId, roleIdentity, rolePath, tagsOf, withDefault } from './observed'
import { TokenRole } from './shapes'
import { inWords, Keys } from './values'

const LIST: CallName = 'list auth/token/roles'
const READ: CallName = 'read auth/token/roles/+'
const FOLDER = 'roles'
const KINDS = ['identity', 'grant'] as const

export const rootTokensId = (scope: string): string => `${scope}/root`

/** Whoever holds a root token may do everything; there is no other account of who that is. */
function rootTokens(scope: string): Of<'identity'> {
  const source: CallName = 'read sys/health'
  return {
    kind: 'identity',
    nativeId: rootTokensId(scope),
    aliases: [],
    type: 'vault.root',
    name: 'Root tokens',
    class: 'unclear',
    classReason: 'Whoever holds a root token acts as it: a person or a program.',
    createdAt: absent(source, 'the root policy is there from the beginning'),
    enabled: known(true, source),
    lastUsedAt: unknown('not-offered', source, NO_USE),
    description: absent(source, 'the root policy has no description'),
    maxSessionSeconds: absent(source, 'root tokens may live without end'),
    tags: absent(source, 'the root policy has no metadata'),
  }
}

function longest(role: TokenRole, mount: Mount): Fact<number> {
  const explicit = role.token_explicit_max_ttl || role.explicit_max_ttl || undefined
  if (explicit === undefined && (role.token_period || role.period))
    return absent(READ, 'its tokens are renewed for as long as somebody renews them')
  const limits = [explicit, mount.maxTtl].filter((one) => one !== undefined)
  return limits.length
    ? known(Math.min(...limits), READ)
    : unknown('not-offered', READ, 'the longest life is a setting of the server, 32 days unless changed')
}

function tagsFor(role: TokenRole): Record<string, string> {
  const period = role.token_period || role.period
  const explicit = role.token_explicit_max_ttl || role.explicit_max_ttl
  const globs = role.allowed_policies_glob
  return {
    allowed_policies:
      [...role.allowed_policies, ...globs].join(', ') || 'any that the token which makes it holds',
    ...(role.disallowed_policies.length && { disallowed_policies: role.disallowed_policies.join(', ') }),
    orphan: String(role.orphan),
    ...(period && { token_period: inWords(period) }),
    ...(explicit && { token_explicit_max_ttl: inWords(explicit) }),
    ...(role.token_type && { token_type: role.token_type }),
  }
}

const allowed = (role: TokenRole): string[] =>
  withDefault(
    role.allowed_policies,
    role.token_no_default_policy !== true && !role.disallowed_policies.includes('default'),
  )

/** Which policies these are is decided when a token is made: grants of what cannot be read. */
function openPolicies({ allowed_policies, allowed_policies_glob }: TokenRole): string[] {
  if (allowed_policies_glob.length) return allowed_policies_glob.map((glob) => `any like ${glob}`)
  return allowed_policies.length ? [] : ['any that the token which makes it holds']
}

function* roleRows(look: Look, mount: Mount, name: string, role: Fact<TokenRole>): Generator<Observation> {
  const id = roleId(mount, FOLDER, name)
  yield roleIdentity({
    id,
    path: rolePath(mount, FOLDER, name),
    name,
    type: 'vault.token-role',
    class: 'unclear',
    classReason: 'Whoever may make tokens by this role hands them on: to a program or a person.',
    scope: look.scope.nativeId,
    source: READ,
    tags: tagsOf(role, tagsFor),
    maxSessionSeconds: role.state === 'known' ? longest(role.value, mount) : role,
  })
  if (role.state === 'known') yield* grantsOf(id, [...allowed(role.value), ...openPolicies(role.value)])
  else look.lacking(['grant'], role)
}

export const tokenRoles: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const look = await lookAt(at)
    if (look.ns === '') {
      yield rootTokens(look.scope.nativeId)
      yield* grantsOf(rootTokensId(look.scope.nativeId), ['root'])
    }
    const mount = (await authMounts(look)).find(({ type }) => type === 'token')
    if (!mount) return
    const { keys } = await look.session.call(LIST, { ns: look.ns }, Keys)
    const asker = new Asker(look.session, READ)
    for (const name of [...keys].sort()) {
      const role = await asker.ask({ ns: look.ns, name }, TokenRole)
      if (role.state !== 'absent') yield* roleRows(look, mount, name, role)
    }
  },
}
