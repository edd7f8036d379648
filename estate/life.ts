// When a thing of the estate is there: born before or after day 0, deleted, now and then made again under its name.
import { below, mix, share } from './hash'

/** Days a name is in use before what has it is deleted: a thousandth of all a day. */
const LIFE_DAYS_MIN = 640
const LIFE_DAYS_RANGE = 801
/** Of those deleted, how many come back under their name, and within how many days. */
const COMES_BACK_SHARE = 0.3
const BACK_WITHIN_DAYS = 7
/** Names a day that were never there before, for each that was there on day 0. */
const NEW_A_DAY = 0.0009
const OLDEST_DAYS = 2900

const Salt = { span: 1, first: 2, age: 3, end: 16, offset: 4 } as const

export type Life = {
  /** How often it was made again: a new native id each time. */
  generation: number
  /** The first day on which it is seen; before day 0 for most. */
  bornOn: number
}

/** Things of one sort in one place: the start of every hash about them, and how many there are on day 0. */
export type Population = { key: number; size: number }

/** How many slots may have been used by a day: those of day 0 and those that came since. */
export const slotsBy = ({ key, size }: Population, day: number): number =>
  day > 0 ? size + Math.floor(size * NEW_A_DAY * day + share(mix(key, Salt.offset))) : size

/** The day on which a slot is used first. Most of day 0 is young, some is eight years old. */
function firstBirth({ key, size }: Population, slotKey: number, slot: number): number {
  if (slot < size) {
    const u = share(mix(slotKey, Salt.age))
    return -Math.floor(u * u * OLDEST_DAYS)
  }
  return Math.ceil((slot - size + 1 - share(mix(key, Salt.offset))) / (size * NEW_A_DAY))
}

/** The life that is led in a slot on a day, if any. */
export function lifeOn(of: Population, slotKey: number, slot: number, day: number): Life | undefined {
  let bornOn = firstBirth(of, slotKey, slot)
  const span = LIFE_DAYS_MIN + below(mix(slotKey, Salt.span), LIFE_DAYS_RANGE)
  // What is there on day 0 is somewhere in its life; what comes later has all of it before it.
  const firstDeath = slot < of.size ? 1 + below(mix(slotKey, Salt.first), span) : bornOn + span
  for (let generation = 0; ; generation++) {
    const dies = firstDeath + generation * span
    if (day < dies) return day >= bornOn ? { generation, bornOn } : undefined
    const end = mix(slotKey, Salt.end + generation)
    if (share(end) >= COMES_BACK_SHARE) return undefined
    bornOn = dies + below(end, BACK_WITHIN_DAYS)
  }
}
