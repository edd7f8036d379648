// Live tokens as credentials: of the entity, the role or the root policy they are for, or of nobody but themselves.
import { absent, answer, known, unknown, type Fact } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import type { CallName } from './calls'
import { rootTokensId } from './collect-token-roles'
import type { Look, Mount } from './look'
import { ownerHints } from './map-owner'
import { grantsOf, NO_USE, roleId, withDefault } from './observed'
import type { Token } from './shapes-engines'
import { inWords } from './values'

const LOOKUP: CallName = 'update auth/token/lookup-accessor'

export type Holder = {
  /** The identity the token belongs to. */
  identity: string
  /** What is told together where tokens are too many. */
  group: string
  /** It has no other account of who it is. */
  isToken: boolean
}

/** Whose a token is: an entity's, a token role's, the root policy's, or its own. */
export function holderOf(token: Token, scope: string, mounts: readonly Mount[]): Holder {
  const of = (identity: string): Holder => ({ identity, group: identity, isToken: false })
  if (token.entity_id) return of(token.entity_id)
  const mount = mounts.find(({ type }) => type === 'token')
  if (token.role && mount) return of(roleId(mount, 'roles', token.role))
  // The root policy can only be held in the root namespace.
  if (token.policies?.includes('root')) return of(rootTokensId(scope))
  return { identity: token.accessor, group: `path ${token.path}`, isToken: true }
}

function longestOf({ explicit_max_ttl, period }: Token): Fact<number> {
  if (explicit_max_ttl) return known(Math.ceil(explicit_max_ttl), LOOKUP)
  return period
    ? absent(LOOKUP, 'it is renewed for as long as somebody renews it')
    : unknown('not-offered', LOOKUP, 'the longest life is a setting of the server, 32 days unless changed')
}

/** A token that somebody made for something is the only account there is of that something. */
export function* tokenIdentity(token: Token): Generator<Observation> {
  const { accessor, display_name, meta, issue_time, period } = token
  yield {
    kind: 'identity',
    nativeId: accessor,
    aliases: [],
    type: 'vault.token',
    name: display_name || 'token',
    class: 'unclear',
    classReason: 'It is a token without an entity: nothing tells who holds it.',
    createdAt: answer(issue_time, LOOKUP),
    enabled: known(true, LOOKUP),
    lastUsedAt: unknown('not-offered', LOOKUP, NO_USE),
    description: absent(LOOKUP, 'tokens have no description'),
    maxSessionSeconds: longestOf(token),
    tags: known({ ...meta, ...(period && { token_period: inWords(period) }) }, LOOKUP),
  }
  yield* grantsOf(accessor, withDefault(token.policies ?? [], false))
  yield* ownerHints(accessor, meta, { name: 'the token', id: '' })
}

export const tokenRow = (token: Token, { identity }: Holder): Of<'credential'> => ({
  kind: 'credential',
  nativeId: token.accessor,
  identity: known(identity, LOOKUP),
  type: 'vault.token',
  form: 'token',
  name: token.display_name || 'token',
  createdAt: answer(token.issue_time, LOOKUP),
  rotatedAt: absent(LOOKUP, 'its value never changes; renewing only moves its end'),
  expiresAt: answer(token.expire_time, LOOKUP, 'it never ends'),
  lastUsedAt: unknown('not-offered', LOOKUP, NO_USE),
  lastUsedWhere: unknown('not-offered', LOOKUP, NO_USE),
  enabled: known(true, LOOKUP),
  maxTtlSeconds: longestOf(token),
})

type Group = { id: string; holder: Holder | undefined; count: number }
/** Some tokens of one holder, where all are too many: how many were counted is all that can be said. */
export function tokenGroup(look: Look, { id, holder, count }: Group): Of<'credential'> {
  const limited = unknown('limited', LOOKUP, 'only a sample of the tokens was looked up')
  return {
    kind: 'credential',
    nativeId: `${look.scope.nativeId}/tokens/${id}`,
    identity: holder && !holder.isToken ? known(holder.identity, LOOKUP) : absent(LOOKUP, 'of many holders'),
    type: 'vault.tokens',
    form: 'token',
    name: 'Live tokens',
    createdAt: limited,
    rotatedAt: absent(LOOKUP, 'tokens never change'),
    expiresAt: limited,
    lastUsedAt: unknown('not-offered', LOOKUP, NO_USE),
    lastUsedWhere: unknown('not-offered', LOOKUP, NO_USE),
    enabled: known(true, LOOKUP),
    count: known(count, LOOKUP),
  }
}
