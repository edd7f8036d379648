// From when on something that happens in a scope is news: what a first look brings, and settles while it is worked out, is not.
import { Prisma } from '@/prisma/generated/client'

/** A first look has been worked out after so long, whether or not anybody looked again. */
const SETTLES = Prisma.sql`interval '1 day'`

/**
 * Stands in for `scope s`, with `s.settled_at`: when it was looked at again after the first time, at the latest a day later.
 * What was throttled and is read after all still belongs to the first look.
 * @param scopes condition over `scope s`
 * @param since nothing earlier is asked about: for scopes known long before, nobody looks for their second look
 */
export const settledScopes = (scopes: Prisma.Sql, since: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT s.id, s.name, s.sample, s.first_seen_at, CASE WHEN s.first_seen_at + ${SETTLES} < ${since} THEN s.first_seen_at + ${SETTLES}
    ELSE least(s.first_seen_at + ${SETTLES}, (
      SELECT min(r.observed_at) FROM run_coverage c JOIN run r ON r.id = c.run_id
      WHERE c.scope_id = s.id AND r.observed_at > s.first_seen_at AND r.trigger <> 'resume')) END AS settled_at
  FROM scope s WHERE ${scopes})`
