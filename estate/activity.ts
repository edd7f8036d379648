// What identities did last, as a log of the account tells: one line for those in use.
import type { Observation, Of } from '@/core/observation'
import { instantBefore } from './calendar'
import { heldBy } from './credential'
import { below, mix, share } from './hash'
import type { Member } from './member'
import { isActive, stepDay } from './use'
import { REGIONS, SERVICES } from './words'

const Salt = { has: 0xe1, what: 0xe2, time: 0xe3 } as const
/** Of the active identities, how many the log names. */
const LOGGED_SHARE = 0.65
const WHAT = SERVICES.flatMap((service) => REGIONS.map((region) => `read ${service} in ${region}`))

/** Whether the log names who lives in the slot with this key. */
export const isLogged = (key: number): boolean => share(mix(key, Salt.has)) < LOGGED_SHARE && isActive(key)

/** Adds the newest line about an identity that the log names. */
export function addActivity(rows: Observation[], member: Member, day: number): void {
  const { key, bornOn, id } = member
  const step = stepDay(key, day)
  if (!member.sort.tellsUse || step <= bornOn) return
  const credential = heldBy(member, day)[0]?.id
  const line: Of<'usage'> = {
    kind: 'usage',
    nativeId: `${id}/last`,
    identity: id,
    at: instantBefore(step, mix(key ^ Salt.time, step)),
    what: WHAT[below(mix(key, Salt.what), WHAT.length)]!,
  }
  if (credential !== undefined) line.credential = credential
  rows.push(line)
}
