// From which kinds of rows each fact of a subject comes: what was not seen of these, a rule that needs it cannot have known.
import type { Kind } from '@/core/observation'
import type { AnyFactName, SubjectKind } from '@/core/subject'

const OWN: Readonly<Record<SubjectKind, readonly Kind[]>> = {
  identity: ['identity'],
  credential: ['identity', 'credential'],
  secret: ['secret'],
  scope: ['identity'],
}

/** Beside the kind of the subject itself. What policy, clock and people tell comes from no look. */
const FROM: Readonly<Partial<Record<AnyFactName, readonly Kind[]>>> = {
  lastUsedAt: ['usage'],
  owner: ['owner-hint'],
  ownerStanding: ['owner-hint'],
  privilege: ['grant', 'entitlement'],
  grants: ['grant'],
  exercise: ['grant', 'entitlement'],
  reaches: ['grant', 'entitlement'],
  trustWeaknesses: ['trust'],
  deletedPrincipals: ['trust'],
  people: ['trust', 'grant', 'entitlement'],
  issuers: ['trust', 'issuer'],
  actsBy: ['credential', 'workload', 'trust'],
  consumers: ['workload'],
  consumersGoneAt: ['workload'],
  plainSecrets: ['workload'],
  isDefault: ['workload'],
  signIns: ['credential'],
  siblings: ['credential'],
  alternative: ['workload', 'trust'],
  keptIn: ['secret', 'credential'],
  copies: ['secret', 'credential'],
  sourceRotatedAt: ['secret', 'credential'],
}

/** @param needs facts that its answer rests on */
export const kindsNeeded = (subject: SubjectKind, needs: readonly string[]): Kind[] => [
  ...new Set([...OWN[subject], ...needs.flatMap((need) => FROM[need as AnyFactName] ?? [])]),
]
