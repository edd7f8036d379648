// A step as it is kept: between rows of the inventory, whichever platform or join says so.
import type { Step } from '@/core/access'
import type { Loaded, Named } from './load-realm'

export type NodeKind = 'identity' | 'workload' | 'secret' | 'issuer' | 'credential'
export type Certainty = 'observed' | 'possible' | 'depends'
export type StepRow = {
  fromId: string
  fromKind: NodeKind
  fromScopeId: string
  toId: string | null
  toKind: NodeKind | 'administrator' | 'more'
  toScopeId: string
  origin: 'platform' | 'join' | 'runs-as'
  by: string
  certainty: Certainty
  because: readonly string[]
  missing: readonly string[]
}

/** Reasons kept with one step, and characters of each: it is told in full where it is asked about. */
const REASONS_MAX = 6
const REASON_LENGTH_MAX = 500
export const kept = (words: readonly string[] = []): string[] =>
  words
    .slice(0, REASONS_MAX)
    .map((one) => (one.length > REASON_LENGTH_MAX ? `${one.slice(0, REASON_LENGTH_MAX)}…` : one))

/** @returns undefined where it leads to something that the realm does not hold */
export function platformStep(
  { rowOf }: Pick<Loaded, 'rowOf'>,
  from: Pick<Named, 'id' | 'scopeId'>,
  { to, by, answer, because, missing }: Step,
): StepRow | undefined {
  const base = {
    fromId: from.id,
    fromKind: 'identity',
    fromScopeId: from.scopeId,
    origin: 'platform',
    by,
    certainty: answer === 'yes' ? 'possible' : 'depends',
    because: kept(because),
    missing: kept(missing),
  } as const
  if (to.kind === 'administrator' || to.kind === 'more')
    return { ...base, toId: null, toKind: to.kind, toScopeId: from.scopeId }
  const row = rowOf.get(to.id)
  return row && { ...base, toId: row.id, toKind: row.kind, toScopeId: row.scopeId }
}
