// How many of the identities are in order, the powerful ones weighing more: a range, because what could not be told is no pass.
import { SEVERITIES } from './rule'
import type { PrivilegeClass } from './subject'

/** Stands for "no finding" where severities are compared: after the mildest. */
export const NO_SEVERITY = 9

/** Classes of identities that are counted: people and what a provider acts through are not ours to put in order. */
export const SCORED_CLASSES = ['machine', 'unclear'] as const

/** How much an identity weighs. Where its privilege is not certain, each end of the range takes what is worse for it. */
export type Weight = { least: number; most: number }
const fixed = (weight: number): Weight => ({ least: weight, most: weight })
const ANY: Weight = { least: 1, most: 8 }
export const WEIGHTS: Readonly<Record<PrivilegeClass | 'unknown', Weight>> = {
  administrator: fixed(8),
  escalates: fixed(6),
  conditional: ANY,
  sensitive: fixed(4),
  write: fixed(2),
  read: fixed(1),
  none: fixed(1),
  unknown: ANY,
}

/** How much of its weight an identity keeps, in per cent, by its worst open finding; without one, all of it. */
export const SHARES = { critical: 0, high: 20, medium: 60, low: 90, info: 100 } as const
export const shareOf = (severity: number): number => {
  const word = SEVERITIES[severity]
  return word ? SHARES[word] : 100
}

/** So many identities alike. */
export type ScoreCount = {
  privilege: PrivilegeClass | 'unknown'
  /** 0 critical to 4 info of what fails; `NO_SEVERITY` for none. */
  worst: number
  /** The same as if everything that cannot be told failed. */
  worstOpen: number
  count: number
  /** Set where no rule was asked about them yet: they may be anything. */
  unjudged?: true
}

/** 0 to 100, rounded down: 100 means that every one is in order. */
export type ScoreRange = { low: number; high: number }

/** One end of the range, with what each identity weighs in it. */
export type ScoreEnd = {
  /** Not rounded. */
  points: number
  /** Of all identities together. */
  weight: number
  weightOf: (privilege: ScoreCount['privilege'], share: number) => number
}

const LEVELS = [...new Set([0, ...Object.values(SHARES)])].sort((a, b) => a - b)

export const shareAt = ({ worst, worstOpen, unjudged }: ScoreCount, end: keyof ScoreRange): number =>
  unjudged ? (end === 'low' ? 0 : 100) : shareOf(end === 'low' ? worstOpen : worst)

/**
 * Of all weights that uncertain privileges leave, those that make the score least, or most. A mean is least where what lies
 * below it weighs most and what lies above it least, so that a limit between the shares is all there is to look for.
 */
export function endOf(counts: readonly ScoreCount[], end: keyof ScoreRange): ScoreEnd {
  const sums = new Map<string, { privilege: ScoreCount['privilege']; share: number; count: number }>()
  for (const one of counts) {
    const share = shareAt(one, end)
    const key = `${one.privilege} ${share}`
    const held = sums.get(key)
    if (held) held.count += one.count
    else sums.set(key, { privilege: one.privilege, share, count: one.count })
  }
  let found: ScoreEnd | undefined
  for (const limit of LEVELS) {
    const weightOf: ScoreEnd['weightOf'] = (privilege, share) =>
      WEIGHTS[privilege][share < limit === (end === 'low') ? 'most' : 'least']
    let [kept, weight] = [0, 0]
    for (const { privilege, share, count } of sums.values()) {
      weight += weightOf(privilege, share) * count
      kept += weightOf(privilege, share) * count * share
    }
    const points = weight ? kept / weight : 0
    if (!found || (end === 'low' ? points < found.points : points > found.points))
      found = { points, weight, weightOf }
  }
  return found as ScoreEnd
}

/** Undefined where no identity was judged: nothing can be said then. */
export function scoreOf(counts: readonly ScoreCount[]): ScoreRange | undefined {
  if (!counts.some(({ unjudged, count }) => !unjudged && count > 0)) return undefined
  return { low: Math.floor(endOf(counts, 'low').points), high: Math.floor(endOf(counts, 'high').points) }
}
