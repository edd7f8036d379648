// Connections whose list of scopes was never or not wholly read: there may be scopes that nobody knows of.
import { Why } from '@/core/fact'
import type { Completeness } from '@/core/list'
import { Prisma } from '@/prisma/generated/client'
import { z } from 'zod'

const Scopes = z.object({
  state: z.enum(['complete', 'partial']),
  why: Why.optional(),
  permission: z.string().optional(),
  detail: z.string().optional(),
})
export type RawUnread = { name: string; state: string | null; error: string | null; scopes: unknown }

function missingIn({ name, state, error, scopes }: RawUnread): Completeness['missing'] {
  const missing = (why: Why, permission: string, detail: string) => [
    { scope: name, kind: 'scope', why, permission, detail },
  ]
  if (state === null) return missing('not-collected', '', 'this source was never read')
  const coverage = Scopes.safeParse(scopes)
  if (coverage.success && coverage.data.state === 'complete') return []
  if (coverage.success)
    return missing(
      coverage.data.why ?? 'not-collected',
      coverage.data.permission ?? '',
      coverage.data.detail ?? '',
    )
  return missing('not-collected', '', error ?? `its last run ended as ${state} before the scopes were listed`)
}

/** Imports are left out: a file holds the scopes it holds. */
export const unreadConnections = (realOnly: boolean): Prisma.Sql => Prisma.sql`
    SELECT c.name, r.state, r.error, r.scopes_coverage AS scopes FROM connection c
    LEFT JOIN LATERAL (
      SELECT state, error, scopes_coverage FROM run WHERE connection_id = c.id AND ended_at IS NOT NULL
        -- What follows a source, and what was to go on after throttling and did not, says nothing of the list of scopes.
        AND trigger <> 'watch' AND NOT (trigger = 'resume' AND state = 'cancelled')
      ORDER BY created_at DESC, id DESC LIMIT 1
    ) r ON TRUE
    WHERE c.mode = 'live' OR (c.mode = 'sample' AND NOT ${realOnly}::boolean) ORDER BY c.name`

export const unreadOf = (rows: readonly RawUnread[]): Completeness['missing'] => rows.flatMap(missingIn)
