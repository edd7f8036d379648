// The credentials of identities as facts need them.
import type { Instant } from '@/core/fact'
import { db } from '@/prisma/client'
import { groupBy } from '@/core/group-by'

export type HeldCredential = {
  id: string
  identityId: string
  name: string
  type: string
  form: string
  enabled: boolean | null
  expiresAt: Date | null
  madeAt: Date | null
  /** Whether its values follow one another by themselves. */
  renews: boolean
}

/** Active ones that are not known to be disabled. */
export async function credentialsOf(ids: readonly string[]): Promise<Map<string, HeldCredential[]>> {
  const rows = await db.$queryRaw<HeldCredential[]>`
    SELECT id, identity_id AS "identityId", name, type, form, enabled, expires_at AS "expiresAt", value_made_at AS "madeAt",
      form = 'federated' OR doc #>> '{lifetimeSeconds,state}' = 'known' AS renews
    FROM credential WHERE identity_id = ANY(${ids}::uuid[]) AND retired_at IS NULL AND enabled IS NOT FALSE
    ORDER BY identity_id, id`
  return groupBy(rows, ({ identityId }) => identityId)
}

/** Whether it has not ended by an instant. */
export const isValid = ({ expiresAt }: Pick<HeldCredential, 'expiresAt'>, now: Instant): boolean =>
  !expiresAt || expiresAt.getTime() > Date.parse(now)

/** When the first of them ends after an instant: what is said of the others may be something else then. */
export function firstEnd(credentials: readonly HeldCredential[], now: Instant): Instant | undefined {
  const ends = credentials.flatMap((one) =>
    one.expiresAt && isValid(one, now) ? one.expiresAt.getTime() : [],
  )
  return ends.length ? new Date(Math.min(...ends)).toISOString() : undefined
}
