// What of what came to be known is a change: something that was otherwise before, and not what a first look brought.
import { Prisma } from '@/prisma/generated/client'

/** The version of a row as it was known at an instant. */
export const knownAt = (alias: string, at: Prisma.Sql): Prisma.Sql => {
  const v = Prisma.raw(alias)
  return Prisma.sql`(${v}.known_from <= ${at} AND (${v}.known_to IS NULL OR ${v}.known_to > ${at}))`
}
export const FAILS = (alias: string): Prisma.Sql =>
  Prisma.raw(`(${alias}.state = 'open' AND ${alias}.verdict = 'fail' AND ${alias}.latent IS NULL)`)

/**
 * Over `s` (scope): whether what came to be known of it at an instant is a change. It is once the source was looked at again
 * after the first time, or a day later at the latest; what was throttled and is read after all still belongs to the first look.
 * Looks are asked about only where the day is not over: there are very many of them.
 */
export const isChange = (at: string): Prisma.Sql => {
  const known = Prisma.raw(at)
  return Prisma.sql`CASE WHEN ${known} >= (SELECT min(v.known_from) FROM version.scope v WHERE v.id = s.id) + interval '1 day' THEN TRUE
    ELSE EXISTS (SELECT 1 FROM version.look l JOIN run r ON r.id = l.run_id
      WHERE l.scope_id = s.id AND l.at > s.first_seen_at AND l.known_from <= ${known} AND r.trigger <> 'resume') END`
}

/** Over `t` (version of a trust): whether trust was seen whole once before it came. */
export const trustSeenBefore = Prisma.sql`EXISTS (SELECT 1 FROM version.look l JOIN run r ON r.id = l.complete_run_id
  WHERE l.scope_id = t.scope_id AND l.stream = t.stream AND l.kind = 'trust' AND l.known_from < t.known_from AND r.id <> t.run_id)`
