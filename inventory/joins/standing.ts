// How completely each kind of a scope was last looked at: whether "not there" may be said of it.
import { Prisma } from '@/prisma/generated/client'

/** Kind → null where every newest look at it is complete, else the refusal: SQL over a scope's id. */
export const standingOf = (scopeId: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT coalesce(jsonb_object_agg(kind, refusal), '{}') FROM (
    SELECT l.kind, (array_agg(concat_ws(': ', coalesce(l.permission, l.stream), l.why) ORDER BY l.stream)
      FILTER (WHERE l.state <> 'complete'))[1] AS refusal
    FROM look l WHERE l.scope_id = ${scopeId} GROUP BY l.kind
  ) kinds)`
