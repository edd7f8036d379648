// The people who can become an identity.
import { known, unknown, type Fact, type Unknown } from '@/core/fact'
import { NAMED_MAX, type Named } from '@/core/subject'
import { DECIDED_ELSEWHERE, isClosed } from './acting'
import { isRead, noneOf, seenOf, unanalysed, type FactScope } from './fact-scope'
import type { FactRow } from './identity-rows'
import { sorted } from './named'
import { trustSeen } from './trust'
import { openWay, unnamed, type StepsIn, type WaysIn } from './ways-in'
import { fitsAny, wordsOf } from './words'

const SOURCE = 'trust and rights'
export type HintName = { value: string; via: string; names: string }

/**
 * People of the inventory who certainly can (by trust or by rights), people whom trust names and the inventory does not hold,
 * and owners whose platform lets them sign in as what they own. That somebody administers the scope is told of that person:
 * administrators can become everything, and are not told again with each identity.
 *
 * Nobody can only where trust, rights and owners were seen whole and it was judged who can act as whom. It stays unknown
 * where a person can on a condition, where it is unclear whether somebody who can is a person, and where trust lets in what
 * no connected source knows: it may be a person.
 */
export function people(
  row: FactRow,
  scope: FactScope,
  into: WaysIn,
  hints: readonly HintName[],
): Fact<Named> {
  const words = wordsOf(row.type)
  const steps = into.steps.get(row.id) ?? []
  const sure = steps.filter((one) => one.class === 'human' && one.isSure)
  const others = new Set([
    ...(into.trusts.get(row.id) ?? [])
      .filter(({ principal }) => fitsAny(words?.people, principal))
      .map((one) => one.principal),
    ...hints
      .filter(({ via, names }) => names === 'person' && words?.ownersBecome?.includes(via))
      .map(({ value }) => value),
  ])
  const all = nobodyBecomes(row, scope)
  // Of an administrator no single steps are told; that trust names one is.
  const trusted = new Set((into.ways.get(row.id) ?? []).flatMap((way) => way.person ?? []))
  const count = Math.max(atLeast(sure), trusted.size) + others.size
  if (count) {
    const names = sorted([...sure.flatMap((one) => one.names), ...trusted, ...others]).slice(0, NAMED_MAX)
    return { ...known({ count, names }, SOURCE), ...seenOf(all) }
  }
  if (all.state === 'unknown') return all
  return doubtOf(steps, row, into) ?? all
}

/** Who can by trust and by rights is in both: never counted twice, and so perhaps once too few. */
const atLeast = (steps: readonly StepsIn[]): number =>
  Math.max(0, ...steps.map(({ count }) => count), new Set(steps.flatMap(({ names }) => names)).size)

function doubtOf(steps: readonly StepsIn[], { id }: FactRow, into: WaysIn): Unknown | undefined {
  if (into.isCut) return unknown('limited', SOURCE, 'more trust than is read at a time')
  const [open] = steps.filter((one) => one.class === 'human')
  if (open)
    return unknown(
      'not-collected',
      SOURCE,
      `${open.names[0] ?? 'a person'} can, if something holds that is not known`,
    )
  const [unclear] = steps.filter((one) => one.class === 'unclear')
  if (unclear)
    return unknown(
      'not-collected',
      SOURCE,
      `it is not known whether ${unclear.names[0] ?? 'one who can'} is a person`,
    )
  const [trusts, ways] = [into.trusts.get(id) ?? [], into.ways.get(id) ?? []]
  const stranger = openWay(ways)
  if (stranger !== undefined) return unknown('not-collected', SOURCE, stranger)
  const [whoever] = unnamed(trusts, ways).filter(({ principalType }) => principalType !== 'service')
  return (
    whoever &&
    unknown('not-offered', SOURCE, `its trust lets in ${whoever.principal}: who that is, is not told`)
  )
}

function nobodyBecomes(row: FactRow, scope: FactScope) {
  if (!isClosed(row)) return DECIDED_ELSEWHERE
  const { looks } = scope
  const hints = wordsOf(row.type)?.ownersBecome ? (['owner-hint'] as const) : []
  const none = noneOf(looks, [...(isRead(looks, 'grant') ? (['grant'] as const) : []), ...hints])
  const trust = isRead(looks, 'trust') ? trustSeen(row, scope) : none
  return trust.state === 'unknown' ? trust : none.state === 'unknown' ? none : (unanalysed(scope) ?? none)
}
