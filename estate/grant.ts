// Who holds which entitlement: few hold many, most hold two or three, and every now and then one is exchanged.
import type { Observation, Of } from '@/core/observation'
import { choiceOf } from './choice'
import { inline, offered, offeredCount, written, writtenCount, type Named } from './entitlement'
import { below, mix, share } from './hash'
import type { Member } from './member'

type Grant = Of<'grant'>
const Salt = {
  count: 0x61,
  turn: 0x62,
  grant: 0x80,
  sort: 1,
  pick: 2,
  via: 3,
  group: 4,
  inline: 0x63,
} as const

/** Grants of an identity, and how many hold so many: three on average. */
const COUNTS = [0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20] as const
const countOf = choiceOf([5, 22, 25, 19, 12, 7, 4, 2.8, 1.6, 1, 0.6])
/** Days after which a grant is exchanged for another: a thousandth of all a day. */
const TURN_DAYS = 1000
const OFFERED_SHARE = 0.55
const INLINE_SHARE = 0.05
const LIMIT_SHARE = 0.02
const GROUP_SHARE = 0.22
/** The first entitlements are granted most: half of all draws are among the first sixth. */
const steep = (uniform: number): number => uniform * uniform * Math.sqrt(uniform)

/** Whether the first grant of who lives in the slot with this key is one of its own. */
export const hasInline = (key: number): boolean =>
  share(mix(key, Salt.inline)) < INLINE_SHARE && grantsOf(key) > 0

const grantsOf = (key: number): number => COUNTS[countOf(mix(key, Salt.count))]!

/** Adds the grants of an identity, each of another entitlement. */
export function addGrants(rows: Observation[], member: Member, day: number): void {
  const count = grantsOf(member.key)
  const taken: number[] = []
  for (let index = 0; index < count; index++) {
    if (index === 0 && hasInline(member.key)) rows.push(grant(member, inline(member), 'allow', 'inline'))
    else rows.push(sharedGrant(member, index, day, taken))
  }
}

function sharedGrant(member: Member, index: number, day: number, taken: number[]): Grant {
  const own = mix(member.key, Salt.grant + index)
  const turn = Math.floor((day + below(mix(own, Salt.turn), TURN_DAYS)) / TURN_DAYS)
  const key = mix(own, turn)
  const entitlement = pick(member, key, taken)
  if (share(mix(key, Salt.via)) < GROUP_SHARE) {
    const viaName = `${member.place.name}-group-${below(mix(key, Salt.group), 1 + (member.place.size >>> 6))}`
    return grant(member, entitlement, 'allow', 'group', viaName)
  }
  const isLimit = share(mix(key, Salt.sort)) < LIMIT_SHARE
  return grant(member, entitlement, isLimit ? 'limit' : 'allow', 'attached')
}

/** Numbers below zero stand for what the provider offers. */
function pick({ place }: Member, key: number, taken: number[]): Named {
  const hash = mix(key, Salt.pick)
  const isOffered = share(mix(hash, Salt.sort)) < OFFERED_SHARE
  const count = isOffered ? offeredCount(place) : writtenCount(place)
  let at = Math.floor(steep(share(hash)) * count)
  // There are at least as many as one identity can hold, so walking on always finds one that is free.
  while (taken.includes(isOffered ? -1 - at : at)) at = (at + 1) % count
  taken.push(isOffered ? -1 - at : at)
  return isOffered ? offered(at) : written(place, at)
}

function grant(
  member: Member,
  { id, name }: Named,
  effect: Grant['effect'],
  via: Grant['via'],
  viaName?: string,
): Grant {
  const row: Grant = {
    kind: 'grant',
    nativeId: `${member.id}/${via}/${id}`,
    identity: member.id,
    entitlement: id,
    entitlementName: name,
    effect,
    via,
  }
  if (viaName !== undefined) row.viaName = viaName
  return row
}
