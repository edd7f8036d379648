// The facts of a chunk of identities that rules need beside what is judged: a few questions a chunk, whatever its size.
import type { Instant } from '@/core/fact'
import type { RawIdentity } from '../raw-facts'
import { actsBy, signIns } from './acting'
import { consumerFacts } from './consumers'
import { credentialsOf, firstEnd, isValid } from './credential-rows'
import type { FactScope } from './fact-scope'
import { factRows } from './identity-rows'
import { ownFacts, type OwnFacts } from './own'
import { issuersFact, trustedIssuers } from './issuers'
import { people, type HintName } from './people'
import { exerciseFact, grantsFact, reachesFact, rightsOf } from './rights'
import { deletedPrincipals } from './trust'
import { waysInto } from './ways-in'

export type IdentityFacts = OwnFacts &
  Pick<
    RawIdentity,
    | 'deletedPrincipals'
    | 'issuers'
    | 'actsBy'
    | 'grants'
    | 'exercise'
    | 'consumers'
    | 'consumersGoneAt'
    | 'plainSecrets'
    | 'reaches'
    | 'people'
    | 'signIns'
  > & {
    /** From then on some of it is something else by time alone: a credential ends. */
    until?: Instant
  }

/**
 * @param ids of active identities of the scope: as many as are judged at a time
 * @param hints who answers for each of them, by its id
 */
export async function identityFacts(
  scope: FactScope,
  ids: readonly string[],
  hints: ReadonlyMap<string, readonly HintName[]>,
  now: Instant,
): Promise<Map<string, IdentityFacts>> {
  const [rows, into, issuers, rights, held] = await Promise.all([
    factRows(ids),
    waysInto(scope, ids),
    scope.has.trust ? trustedIssuers(ids) : new Map<string, never[]>(),
    rightsOf(scope, ids),
    scope.has.credentials ? credentialsOf(ids) : new Map<string, never[]>(),
  ])
  const valid = new Map([...held].map(([id, all]) => [id, all.filter((one) => isValid(one, now))]))
  const consumers = await consumerFacts({ rows, scope, into, credentials: valid })
  return new Map(
    rows.map((row) => {
      const runs = consumers.get(row.id)
      if (!runs) throw new Error('an identity was not asked about')
      const credentials = valid.get(row.id) ?? []
      const given = { row, scope, into, credentials, running: runs.running }
      const until = firstEnd(credentials, now)
      const facts: IdentityFacts = {
        ...ownFacts(row, scope),
        deletedPrincipals: deletedPrincipals(row, scope, into),
        issuers: issuersFact(row, { scope, into, issuers: issuers.get(row.id) ?? [] }),
        actsBy: actsBy(given),
        grants: grantsFact(row, scope, rights),
        exercise: exerciseFact(row, scope, rights),
        consumers: runs.consumers,
        consumersGoneAt: runs.consumersGoneAt,
        plainSecrets: runs.plainSecrets,
        reaches: reachesFact(row, scope, rights),
        people: people(row, scope, into, hints.get(row.id) ?? []),
        signIns: signIns(given),
        ...(until !== undefined && { until }),
      }
      return [row.id, facts]
    }),
  )
}
