// What sources tell of the use of an identity's rights: of grants by their source, of deeds by logs.
import type { Fact } from '@/core/fact'
import type { Exercised } from '@/core/observation'
import { db } from '@/prisma/client'

export type GrantFact = {
  id: string
  name: string
  entitlement: string
  /** As the realm has it. */
  via: string
  effect: string
  exercised: Fact<Exercised> | null
}
export type Line = { what: string; usedAt: Date }
export type Evidence = {
  grants: GrantFact[]
  /** Newest first. */
  lines: Line[]
  more: boolean
}

const GRANTS_MAX = 1000
const LINES_MAX = 10_000

export async function evidenceOf(identityId: string, since: Date): Promise<Evidence> {
  const [grants, lines] = await Promise.all([
    db.$queryRaw<GrantFact[]>`
      SELECT id, doc ->> 'entitlementName' AS name, doc ->> 'entitlement' AS entitlement, effect,
        via || coalesce(' ' || (doc ->> 'viaName'), '') AS via, doc -> 'exercised' AS exercised
      FROM "grant" WHERE identity_id = ${identityId}::uuid AND retired_at IS NULL ORDER BY native_id LIMIT ${GRANTS_MAX + 1}`,
    db.$queryRaw<Line[]>`
      SELECT what, used_at AS "usedAt" FROM usage
      WHERE identity_id = ${identityId}::uuid AND retired_at IS NULL AND used_at >= ${since}
      ORDER BY used_at DESC, id LIMIT ${LINES_MAX + 1}`,
  ])
  return {
    grants: grants.slice(0, GRANTS_MAX),
    lines: lines.slice(0, LINES_MAX),
    more: grants.length > GRANTS_MAX || lines.length > LINES_MAX,
  }
}
