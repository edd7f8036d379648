// Metadata of stored secrets: some rotate by themselves, many were last read long ago. There is no value anywhere.
import { absent, known } from '@/core/fact'
import type { Of } from '@/core/observation'
import { instantBefore } from './calendar'
import { below, mix, share } from './hash'
import { hex4, hex8 } from './hex'
import { lifeOn, type Population } from './life'
import type { Place } from './organisation'
import { isActive, stepDay } from './use'
import { PARTS, PRODUCTS } from './words'

const Salt = { secret: 0xc1, name: 1, rotates: 2, phase: 3, time: 4, reads: 5 } as const
/** Stored secrets for each identity. */
const A_MEMBER = 0.05
const ROTATES_SHARE = 0.3
const ROTATION_DAYS = 90

const LIST = 'estate:ListSecrets'
const NEVER_ROTATED = absent(LIST, 'never since it was made')
const NEVER_READ = absent(LIST)
const ENDLESS = absent(LIST)
const ROTATES = known(true, LIST)
const STAYS = known(false, LIST)

export const secretsOf = ({ key, size }: Place): Population => ({
  key: mix(key, Salt.secret),
  size: Math.round(size * A_MEMBER),
})

export function secretRow(place: Place, slot: number, day: number): Of<'secret'> | undefined {
  const secrets = secretsOf(place)
  const key = mix(secrets.key, slot)
  const life = lifeOn(secrets, key, slot, day)
  if (!life) return undefined
  const own = mix(key, life.generation)
  const hash = mix(key, Salt.name)
  const name = `${PRODUCTS[below(hash, PRODUCTS.length)]!}/${place.environment}/${PARTS[(hash >>> 9) % PARTS.length]!}-${hex4(slot)}`
  const rotates = share(mix(own, Salt.rotates)) < ROTATES_SHARE
  const phase = below(mix(own, Salt.phase), ROTATION_DAYS)
  const turnedOn = Math.floor((day + phase) / ROTATION_DAYS) * ROTATION_DAYS - phase
  const readOn = stepDay(own, day)
  return {
    kind: 'secret',
    nativeId: `${hex8(own)}-${place.hex}-${hex8(slot)}-${hex4(life.generation)}`,
    type: 'estate.secret',
    name,
    createdAt: known(instantBefore(life.bornOn, mix(own, Salt.time)), LIST),
    rotatedAt:
      rotates && turnedOn > life.bornOn
        ? known(instantBefore(turnedOn, mix(own, turnedOn)), LIST)
        : NEVER_ROTATED,
    lastReadAt:
      isActive(own) && readOn > life.bornOn
        ? known(instantBefore(readOn, mix(own, readOn)), LIST)
        : NEVER_READ,
    expiresAt: ENDLESS,
    rotates: rotates ? ROTATES : STAYS,
  }
}
