// When things of the estate were last used. Sources tell that in coarse steps: a date moves every four weeks, not daily.
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import { instantBefore } from './calendar'
import { choiceOf } from './choice'
import { below, mix, share } from './hash'
import type { Member } from './member'

const STEP_DAYS = 28
const Salt = { habit: 0x11, phase: 0x12, time: 0x13, stopped: 0x14, refused: 0x15 } as const

/** In use, no longer, never, and not told. */
const HABITS = ['active', 'dormant', 'never', 'untold'] as const
const habitOf = choiceOf([55, 26, 12, 7])
/** One question in so many is answered with "too fast". */
const THROTTLED_SHARE = 0.003

const SOURCE = 'estate:GetLastUse'
const NEVER = absent(SOURCE, 'never used since it was made')
const UNTOLD = unknown('not-offered', SOURCE, 'its uses are not recorded in this region')
/** What the transport throws and the session tells, as a fact. */
export const USE_REFUSED = unknown('denied', SOURCE, 'the reader may not see here when things are used')
const THROTTLED = unknown('throttled', SOURCE, 'too many requests')
/** For sorts whose uses nobody records. */
export const NOT_RECORDED = unknown('not-offered', SOURCE, 'the source does not record when it is used')

/** The last day up to which use was reported. */
export function stepDay(key: number, day: number): number {
  const phase = below(mix(key, Salt.phase), STEP_DAYS)
  return Math.floor((day + phase) / STEP_DAYS) * STEP_DAYS - phase
}

/** Whether it is used at all these days. */
export const isActive = (key: number): boolean => HABITS[habitOf(mix(key, Salt.habit))] === 'active'

/** The day it was used last, as far as reported; undefined: never. `key` decides the habit, `since` is its birth. */
function usedOn(key: number, since: number, day: number): number | undefined {
  const habit = HABITS[habitOf(mix(key, Salt.habit))]
  if (habit === 'active') {
    const step = stepDay(key, day)
    return step > since ? step : undefined
  }
  if (habit === 'dormant' && since < 0) return since + 1 + below(mix(key, Salt.stopped), -since)
  return undefined
}

/** The newest use of something, as the source tells it. */
export function lastUseOf({ place }: Member, key: number, since: number, day: number): Fact<Instant> {
  if (place.refusesUse) return USE_REFUSED
  if (HABITS[habitOf(mix(key, Salt.habit))] === 'untold') return UNTOLD
  const step = stepDay(key, day)
  if (share(mix(key ^ Salt.refused, step)) < THROTTLED_SHARE) return THROTTLED
  const used = usedOn(key, since, day)
  return used === undefined ? NEVER : known(instantBefore(used, mix(key ^ Salt.time, used)), SOURCE)
}
