// What is worked out over several scopes, as it is told to somebody who is limited to some: that it is so, and not by what.
import type { Actor } from '@/core/permissions'
import type { Evidence } from '@/core/rule'
import type { AnyFactName } from '@/core/subject'
import { Prisma } from '@/prisma/generated/client'
import type { FactView } from './types'

const ELSEWHERE = 'sources you do not see'
const BEYOND = `What it rests on is partly in ${ELSEWHERE}.`

/** Facts that name what may lie in another scope than their subject: by joins, and by who can act as whom. */
const BEYOND_FACTS: readonly AnyFactName[] = [
  'actsBy',
  'alternative',
  'consumers',
  'consumersGoneAt',
  'copies',
  'deletedPrincipals',
  'issuers',
  'keptIn',
  'people',
  'plainSecrets',
  'reaches',
  'sourceRotatedAt',
  'supersededBy',
]

/** What one may do by oneself is told; what one can come to do leads through others. */
const leadsBeyond = (value: unknown): boolean =>
  value !== null && typeof value === 'object' && ('hops' in value || 'depends' in value)

const isBeyond = ({ fact, state, value }: Pick<Evidence, 'fact' | 'state' | 'value'>): boolean =>
  fact === 'privilege'
    ? state === 'unknown' || leadsBeyond(value)
    : state !== 'absent' && (BEYOND_FACTS as readonly string[]).includes(fact)

/** The same over a row with evidence, by its alias. */
const restsBeyond = (alias: string): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM jsonb_array_elements(${Prisma.raw(alias)}.evidence) e
  WHERE CASE WHEN e ->> 'fact' = 'privilege'
    THEN e ->> 'state' = 'unknown' OR jsonb_path_exists(e, '$.value ? (exists (@.hops) || exists (@.depends))')
    ELSE e ->> 'state' <> 'absent' AND e ->> 'fact' = ANY(${[...BEYOND_FACTS]}::text[]) END)`

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
