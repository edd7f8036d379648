// How completely each kind of a scope was last looked at: whether "not there" may be said of it.
import { Prisma } from '@/prisma/generated/client'

/** Kind → null where every newest look at it is complete, else the refusals and what they are about: SQL over a scope's id. */
export const standingOf = (scopeId: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT coalesce(jsonb_object_agg(kind, refusal), '{}') FROM (
    SELECT l.kind, string_agg(concat_ws(': ', coalesce(l.permission, l.stream), l.why, array_to_string(l.bears, ',')), '; '
      ORDER BY l.stream) FILTER (WHERE l.state <> 'complete') AS refusal
    FROM look l WHERE l.scope_id = ${scopeId} GROUP BY l.kind
  ) kinds)`
