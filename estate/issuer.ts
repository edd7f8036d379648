// Who vouches for workloads: one issuer for every place, more for large ones.
import { absent, known } from '@/core/fact'
import type { Of } from '@/core/observation'
import { instantBefore } from './calendar'
import { below, mix } from './hash'
import { hex8 } from './hex'
import type { Place } from './organisation'

const Salt = { issuer: 0xb1, made: 1 } as const
const SOURCE = 'estate:ListIssuers'
const AUDIENCES = known(['https://tokens.estate.example'], SOURCE)
const ANY = absent(SOURCE, 'it may vouch for any audience')
const ENDLESS = absent(SOURCE)

export const issuerCount = ({ size }: Place): number => (size > 2000 ? 3 : size > 200 ? 2 : 1)
export const issuerId = (place: Place, index: number): string =>
  `https://issuer-${hex8(mix(place.key ^ Salt.issuer, index))}.estate.example/${place.nativeId}`

export const issuerRow = (place: Place, index: number): Of<'issuer'> => ({
  kind: 'issuer',
  nativeId: issuerId(place, index),
  aliases: [],
  type: 'estate.issuer',
  name: `${place.name}-issuer-${index}`,
  audiences: index % 2 ? ANY : AUDIENCES,
  createdAt: known(instantBefore(-below(mix(place.key, Salt.made), 2000), place.key), SOURCE),
  expiresAt: ENDLESS,
})
