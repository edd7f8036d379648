// Who may become an identity: mostly workloads and issuers of its own place, now and then another account or anybody.
import type { Observation, Of } from '@/core/observation'
import { choiceOf, type Choice } from './choice'
import { below, mix } from './hash'
import { issuerId } from './issuer'
import { aliasOf, memberAt, type Member } from './member'
import type { Organisation } from './organisation'
import type { Sort } from './sorts'
import { ACTIONS, SERVICES } from './words'

type Trust = Of<'trust'>
type Principal = Pick<Trust, 'principalType' | 'principal' | 'conditions'>
const Salt = { count: 0x71, trust: 0xa0, type: 1, pick: 2, action: 3, effect: 4 } as const

const TYPES = ['service', 'identity', 'account', 'federated', 'unresolvable', 'anyone'] as const
const drawType = choiceOf([44, 22, 18, 13, 2.5, 0.5])
const ACTION_LISTS = ACTIONS.map((action) => [action])
const DENIES_ONE_IN = 60

const counts = new Map<Sort, Choice>()
function countOf(sort: Sort, hash: number): number {
  const draw = counts.get(sort) ?? choiceOf(sort.trusts)
  counts.set(sort, draw)
  return draw(hash)
}

/** Adds the statements about who may become the identity. */
export function addTrusts(
  rows: Observation[],
  member: Member,
  at: { organisation: Organisation; day: number },
) {
  const count = countOf(member.sort, mix(member.key, Salt.count))
  for (let index = 0; index < count; index++) {
    const key = mix(member.key, Salt.trust + index)
    const { principalType, principal, conditions } = principalOf(member, key, at)
    const trust: Trust = {
      kind: 'trust',
      nativeId: `${member.id}/trust/${index}`,
      identity: member.id,
      principalType,
      principal,
      effect: below(mix(key, Salt.effect), DENIES_ONE_IN) ? 'allow' : 'deny',
      actions: ACTION_LISTS[below(mix(key, Salt.action), ACTION_LISTS.length)]!,
    }
    if (conditions) trust.conditions = conditions
    rows.push(trust)
  }
}

function principalOf(
  member: Member,
  key: number,
  at: { organisation: Organisation; day: number },
): Principal {
  const { place, sort } = member
  const pick = mix(key, Salt.pick)
  const drawn = TYPES[drawType(mix(key, Salt.type))]!
  // Nothing but the issuer of a cluster can vouch for its accounts.
  const type = place.kind === 'cluster' ? 'federated' : sort.class === 'provider' ? 'service' : drawn
  switch (type) {
    case 'service':
      return { principalType: type, principal: `${SERVICES[below(pick, SERVICES.length)]!}.estate.example` }
    case 'account':
      return { principalType: type, principal: other(at.organisation, pick).nativeId }
    case 'federated':
      return {
        principalType: type,
        principal: issuerId(place, 0),
        conditions: { equals: { subject: [`workload:${aliasOf(member)}`] } },
      }
    case 'identity': {
      const one = memberAt(place, below(pick, place.size), at.day)
      if (one) return { principalType: type, principal: aliasOf(one) }
      return { principalType: 'unresolvable', principal: `deleted-${below(pick, 1_000_000)}` }
    }
    case 'anyone':
      return { principalType: type, principal: '*' }
    case 'unresolvable':
      return { principalType: type, principal: `deleted-${below(pick, 1_000_000)}` }
  }
}

const other = ({ places }: Organisation, hash: number) => places[below(hash, places.length)]!
