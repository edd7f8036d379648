// Whom the trust of an identity names who is not there any more.
import { known, unknown, type Fact, type Unknown } from '@/core/fact'
import { absent } from '@/core/fact'
import type { Named } from '@/core/subject'
import { noneOf, seenOf, type FactScope } from './fact-scope'
import type { FactRow } from './identity-rows'
import { named } from './named'
import { isOne, type TrustRow, type WaysIn } from './ways-in'
import { fitsAny, wordsOf } from './words'

const SOURCE = 'trust'

/**
 * Gone is a principal that its platform shows as deleted, and one that is named exactly where whoever would know of it was
 * seen whole and has none: it was taken away, or never made. What a pattern fits is nobody in particular.
 *
 * Nobody is gone only where all trust was seen whole and every single one whom it names is accounted for: one of a source
 * that is not connected, or was read in part, leaves it unknown. Not so one whom the platform holds by an id of its own
 * (`bound`): it would show that id once the principal was deleted, so that its name says that it is there. Accounts, services
 * and everyone are no single ones; that an account of others was closed, no source tells.
 */
export function deletedPrincipals(row: FactRow, scope: FactScope, into: WaysIn): Fact<Named> {
  const trusts = into.trusts.get(row.id) ?? []
  const ways = (into.ways.get(row.id) ?? []).filter((way) => way.match === 'exact')
  const patterns = wordsOf(row.type)?.gone
  const shown = trusts.filter((trust) => isShownAsGone(trust, patterns))
  const told = new Set(shown.map(({ id }) => id))
  const gone = [
    ...shown.map(({ principal }) => principal),
    ...ways.filter((way) => way.state === 'dangling' && !told.has(way.rowId)).map(({ value }) => value),
  ]
  const none = trustSeen(row, scope)
  if (gone.length) return { ...known(named(gone), SOURCE), ...seenOf(none) }
  if (none.state === 'unknown') return none
  return openOf(trusts, into, row) ?? none
}

const isShownAsGone = (
  { principalType, principal }: TrustRow,
  patterns: readonly string[] | undefined,
): boolean => principalType === 'unresolvable' && fitsAny(patterns, principal)

/** That nobody is trusted: seen so, or a rule of the platform. */
export const trustSeen = (row: Pick<FactRow, 'type'>, { looks }: FactScope) =>
  wordsOf(row.type)?.trustless
    ? absent('rules of the platform', 'it has no trust of its own')
    : noneOf(looks, ['trust'])

/** Why somebody may be gone whom nobody has seen to be. */
function openOf(trusts: readonly TrustRow[], into: WaysIn, { id, type }: FactRow): Unknown | undefined {
  if (into.isCut) return unknown('limited', SOURCE, 'more trust than is read at a time')
  const strange = trusts.find(
    (trust) => trust.principalType === 'unresolvable' && !isShownAsGone(trust, wordsOf(type)?.gone),
  )
  if (strange) return unknown('malformed', SOURCE, `it is not known whom ${strange.principal} means`)
  const open = (into.ways.get(id) ?? [])
    .filter((way) => way.match === 'exact' && way.state === 'unknown' && !way.bound && isOne(way))
    .map(({ value, why }) => `${value}: ${why}`)
    .sort()[0]
  return open === undefined ? undefined : unknown('not-collected', SOURCE, open)
}
