// What of a population each rule could have been asked about, counted by what it applies to: sort, class and form.
import type { IdentityClass, CredentialForm } from '@/core/observation'
import type { Subject, SubjectKind } from '@/core/subject'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { compilePolicy } from '../../evaluation/compiled-policy'
import type { PackAt } from '../part'
import { isWhole, populationFrom, populationIds, populationWhere } from '../parts/population'
import { packScopes } from '../reconciliation/looks'
import type { PolicyThen } from './policy-then'

/** So many alike: a rule speaks about all of them or about none. */
export type Alike = {
  kind: SubjectKind
  scopeId: string
  type: string
  class: IdentityClass
  form: CredentialForm | null
  /** Declared to be for emergencies at the moment. */
  emergency: boolean
  /** Whether it, or what it belongs to, was judged as of the moment. */
  judged: boolean
  count: number
}

/** What a rule asks of a subject to know whether it speaks about it: no fact is among it. */
export const subjectLike = ({ kind, type, class: ofClass, form, emergency }: Alike): Subject =>
  ({
    ...{ kind, type, id: '', name: '', class: ofClass, form: form ?? 'static-key', identityClass: ofClass },
    ...(emergency && { breakGlass: 'declared' }),
  }) as unknown as Subject

/** Those that the policy declares: few, for they are named one by one. */
async function declaredIds(at: PackAt, { policy }: PolicyThen): Promise<string[]> {
  if (!policy.breakGlass.length) return []
  const { breakGlass } = compilePolicy(policy)
  const { valid } = at.asked.moment
  const declared: string[] = []
  for await (const ids of populationIds(at)) {
    const rows = await reader.$queryRaw<{ id: string; calls: string[] }[]>(Prisma.sql`
      SELECT i.id, ARRAY[i.native_id, i.name] || i.aliases AS calls FROM identity i WHERE i.id = ANY(${ids}::uuid[])`)
    for (const { id, calls } of rows) {
      const found = breakGlass(calls)
      if (found && found.until > valid) declared.push(id)
    }
  }
  return declared
}

const identitiesOf = (where: Prisma.Sql, declared: string[]) => Prisma.sql`
  SELECT 'identity' AS kind, i.scope_id AS "scopeId", i.type, i.class, NULL AS form, i.id = ANY(${declared}::uuid[]) AS emergency,
    EXISTS (SELECT 1 FROM posture j WHERE j.identity_id = i.id) AS judged, count(*)::int AS count
  FROM ${populationFrom(where)} WHERE ${where} AND i.retired_at IS NULL GROUP BY 2, 3, 4, 6, 7`

/** Judged together with whom they belong to, in whose scope they are. */
const heldBy = (where: Prisma.Sql, declared: string[]) => Prisma.sql`
  SELECT 'credential' AS kind, c.scope_id AS "scopeId", c.type, i.class, c.form, i.id = ANY(${declared}::uuid[]) AS emergency,
    EXISTS (SELECT 1 FROM posture j WHERE j.identity_id = i.id) AS judged, count(*)::int AS count
  FROM ${populationFrom(where)} JOIN credential c ON c.identity_id = i.id
  WHERE ${where} AND i.retired_at IS NULL AND c.retired_at IS NULL GROUP BY 2, 3, 4, 5, 6, 7`

/** What belongs to nobody who is there. */
const beside = (scopes: Prisma.Sql) => Prisma.sql`
  SELECT 'credential' AS kind, c.scope_id AS "scopeId", c.type, coalesce(h.class, 'unclear') AS class, c.form, false AS emergency,
    true AS judged, count(*)::int AS count
  FROM credential c JOIN scope s ON s.id = c.scope_id LEFT JOIN identity h ON h.id = c.identity_id
  WHERE ${scopes} AND c.retired_at IS NULL AND (h.id IS NULL OR h.retired_at IS NOT NULL) GROUP BY 2, 3, 4, 5
  UNION ALL
  SELECT 'secret', x.scope_id, x.type, 'unclear', NULL, false, true, count(*)::int
  FROM secret x JOIN scope s ON s.id = x.scope_id WHERE ${scopes} AND x.retired_at IS NULL GROUP BY 2, 3
  UNION ALL
  SELECT 'scope', s.id, s.type, 'unclear', NULL, false, true, 1 FROM scope s WHERE ${scopes}`

export async function subjectsOfPack(at: PackAt, policy: PolicyThen): Promise<Alike[]> {
  const [where, declared] = [await populationWhere(at), await declaredIds(at, policy)]
  const parts = [identitiesOf(where, declared), heldBy(where, declared)]
  if (isWhole(at.asked.filter)) parts.push(beside(await packScopes(at)))
  return reader.$queryRaw<Alike[]>(Prisma.join(parts, ' UNION ALL '))
}
