// What can be granted in a place: what the provider offers, what the organisation wrote, and what one identity has alone.
import { unknown } from '@/core/fact'
import type { Of } from '@/core/observation'
import { below, mix } from './hash'
import { hex4, hex8 } from './hex'
import type { Member } from './member'
import type { Place } from './organisation'
import { OFFERED_ENTITLEMENTS, PARTS, PRODUCTS } from './words'

type Entitlement = Of<'entitlement'>
export type Named = { id: string; name: string }

/** Read by no evaluator, and it says so: what these grants allow is not known. */
const LANGUAGE = 'estate-roles'
const DOCUMENT = unknown('not-offered', 'estate:GetEntitlement', 'generated entitlements have no document')
const Salt = { written: 0x41, name: 1 } as const

/** Identities for each entitlement that the organisation wrote. */
const MEMBERS_A_WRITTEN = 25
/** As many as one identity may hold: all of its grants can then differ. */
const AT_LEAST = 20

export const offeredCount = ({ size }: Place): number =>
  Math.min(OFFERED_ENTITLEMENTS.length, AT_LEAST + Math.floor(size / 20))
export const writtenCount = ({ size }: Place): number =>
  Math.max(AT_LEAST, Math.round(size / MEMBERS_A_WRITTEN))

/** Offered everywhere under the same id. */
export function offered(index: number): Named {
  const name = OFFERED_ENTITLEMENTS[index]!
  return { id: `estate:offered:entitlement/${name}`, name }
}

export function written(place: Place, index: number): Named {
  const key = mix(place.key ^ Salt.written, index)
  const hash = mix(key, Salt.name)
  const name = `${PRODUCTS[below(hash, PRODUCTS.length)]!}-${PARTS[(hash >>> 9) % PARTS.length]!}-access-${hex4(index)}`
  return { id: `${hex8(key)}-${place.hex}-${hex8(index)}-entitlement`, name }
}

/** Lives and dies with its holder. */
export const inline = (member: Member): Named => ({ id: `${member.id}/inline`, name: 'inline-access' })

const row = ({ id, name }: Named, type: string, managedBy: Entitlement['managedBy']): Entitlement => ({
  kind: 'entitlement',
  nativeId: id,
  aliases: [],
  type,
  name,
  language: LANGUAGE,
  managedBy,
  document: DOCUMENT,
})

export const offeredRow = (index: number) => row(offered(index), 'estate.offered-entitlement', 'provider')
export const inlineRow = (member: Member) => row(inline(member), 'estate.inline-entitlement', 'customer')
export function writtenRow(place: Place, index: number): Entitlement {
  const named = written(place, index)
  const alias = `estate:${place.kind}:${place.nativeId}:entitlement/${named.name}`
  return { ...row(named, 'estate.written-entitlement', 'customer'), aliases: [alias] }
}
