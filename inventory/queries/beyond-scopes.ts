// What is worked out over several scopes, as it is told to somebody who is limited to some: that it is so, and not by what.
import type { Actor } from '@/core/permissions'
import type { Evidence } from '@/core/rule'
import type { AnyFactName } from '@/core/subject'
import { Prisma } from '@/prisma/generated/client'
import type { FactView } from './types'

const ELSEWHERE = 'sources you do not see'
const BEYOND = `What it rests on is partly in ${ELSEWHERE}.`

/**
 * Whether a fact may name what lies in another scope than its subject, by joins or by who can act as whom. Every fact stands here:
 * one that is added has to be decided about.
 */
const LEADS: Record<AnyFactName, 'beyond' | 'within' | 'either'> = {
  actsBy: 'beyond',
  alternative: 'beyond',
  consumers: 'beyond',
  consumersGoneAt: 'beyond',
  copies: 'beyond',
  deletedPrincipals: 'beyond',
  issuers: 'beyond',
  keptIn: 'beyond',
  people: 'beyond',
  plainSecrets: 'beyond',
  reaches: 'beyond',
  sourceRotatedAt: 'beyond',
  supersededBy: 'beyond',
  // What one may do by oneself is told; what one can come to do leads through others.
  privilege: 'either',
  copiedEverySeconds: 'within',
  createdAt: 'within',
  enabled: 'within',
  endsAt: 'within',
  environment: 'within',
  exercise: 'within',
  expiresAt: 'within',
  gaps: 'within',
  grants: 'within',
  identityEnabled: 'within',
  isDefault: 'within',
  lastReadAt: 'within',
  lastUsedAt: 'within',
  lifetimeSeconds: 'within',
  maxSessionSeconds: 'within',
  owner: 'within',
  ownerStanding: 'within',
  rotatedAt: 'within',
  rotates: 'within',
  seenWholeAt: 'within',
  siblings: 'within',
  signIns: 'within',
  succeededAt: 'within',
  supplier: 'within',
  trustWeaknesses: 'within',
  vendor: 'within',
}
const BEYOND_FACTS = Object.keys(LEADS).filter((name) => LEADS[name as AnyFactName] === 'beyond')

const leadsBeyond = (value: unknown): boolean =>
  value !== null && typeof value === 'object' && ('hops' in value || 'depends' in value)

const isBeyond = ({ fact, state, value }: Pick<Evidence, 'fact' | 'state' | 'value'>): boolean =>
  fact === 'privilege'
    ? state === 'unknown' || leadsBeyond(value)
    : state !== 'absent' && BEYOND_FACTS.includes(fact)

/** The same over a row with evidence, by its alias. */
const restsBeyond = (alias: string): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM jsonb_array_elements(${Prisma.raw(alias)}.evidence) e
  WHERE CASE WHEN e ->> 'fact' = 'privilege'
    THEN e ->> 'state' = 'unknown' OR jsonb_path_exists(e, '$.value ? (exists (@.hops) || exists (@.depends))')
    ELSE e ->> 'state' <> 'absent' AND e ->> 'fact' = ANY(${BEYOND_FACTS}::text[]) END)`

/** What a finding (by its alias) says to the actor. */
export function messageTo(actor: Actor | undefined, alias = 'f'): Prisma.Sql {
  const message = Prisma.raw(`${alias}.message`)
  if (!actor?.within) return message
  return Prisma.sql`CASE WHEN ${restsBeyond(alias)} THEN ${BEYOND}::text ELSE ${message} END`
}
export function latentTo(actor: Actor | undefined, alias = 'f'): Prisma.Sql {
  const latent = Prisma.raw(`${alias}.latent`)
  if (!actor?.within) return latent
  return Prisma.sql`CASE WHEN ${latent} IS NOT NULL AND ${restsBeyond(alias)} THEN ${BEYOND}::text ELSE ${latent} END`
}

export const evidenceTo = (actor: Actor, evidence: readonly Evidence[]): Evidence[] =>
  evidence.map((one) =>
    actor.within && isBeyond(one)
      ? { fact: one.fact, state: 'unknown', source: ELSEWHERE, why: 'denied' }
      : one,
  )

/** Told as the class that it is; by which steps is told to those who see them. */
export function privilegeTo<T extends { because: string[]; missing?: string[] }>(
  actor: Actor,
  fact: FactView<T>,
): FactView<T> {
  if (!actor.within) return fact
  if (fact.state === 'unknown') return { ...fact, detail: BEYOND }
  if (fact.state !== 'known' || !leadsBeyond(fact.value)) return fact
  const { missing: _, ...value } = fact.value
  return { ...fact, value: { ...value, because: [BEYOND] } as unknown as T }
}
