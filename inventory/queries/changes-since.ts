// What moved since an instant, as facts with counts: what rules answer, what could be seen, the sources, and the policy.
import type { Instant } from '@/core/fact'
import { may, type Actor } from '@/core/permissions'
import { currentMoment, reader, readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { iso } from './sql'

/** Longest list of each kind of change. */
const CHANGES_MAX = 20

export type Named = { id: string; name: string }
export type ChangesSince = {
  /** How many more, or fewer, fail and cannot be told, over what was asked at both instants; the largest first. */
  rules: { ruleId: string; fail: number; unknown: number }[]
  /** Scopes in which something is no longer seen whole, and in which something is again. */
  blind: Named[]
  seeing: Named[]
  /** Scopes that were read for the first time, and those whose source was taken away. */
  added: Named[]
  removed: string[]
  policies: { version: number; note: string; author: string; at: Instant }[]
}

/** Whether the version of that alias is the one that was true at the instant, as far as the moment read at knows. */
export const trueAt = (alias: string, at: Prisma.Sql): Prisma.Sql => {
  const v = Prisma.raw(alias)
  const known = Prisma.sql`${currentMoment()?.known ?? 'infinity'}::timestamptz`
  return Prisma.sql`(${v}.known_from <= ${known} AND ${v}.valid_from <= ${at}
    AND (${v}.known_to IS NULL OR ${v}.known_to > ${known} OR ${v}.valid_to > ${at}))`
}

const isWhole = (alias: string): Prisma.Sql =>
  Prisma.raw(`(${alias}.state = 'complete' AND ${alias}.gaps = '[]'::jsonb)`)

/** Where what is compared is the same scopes, a source that came or went is no rule's doing. */
const rulesMoved = (scopes: Prisma.Sql, since: Prisma.Sql) =>
  reader.$queryRaw<ChangesSince['rules']>(Prisma.sql`
    SELECT t.rule_id AS "ruleId", sum(t.fail - v.fail)::int AS fail, sum(t.unknown - v.unknown)::int AS unknown
    FROM tally t JOIN scope s ON s.id = t.scope_id
    JOIN version.tally v ON v.rule_id = t.rule_id AND v.scope_id = t.scope_id AND ${trueAt('v', since)}
    WHERE t.off IS NULL AND v.off IS NULL AND ${scopes}
    GROUP BY 1 HAVING sum(t.fail - v.fail) <> 0 OR sum(t.unknown - v.unknown) <> 0
    ORDER BY greatest(abs(sum(t.fail - v.fail)), abs(sum(t.unknown - v.unknown))) DESC, 1 LIMIT ${CHANGES_MAX}::int`)

async function looksMoved(
  scopes: Prisma.Sql,
  since: Prisma.Sql,
): Promise<Pick<ChangesSince, 'blind' | 'seeing'>> {
  const rows = await reader.$queryRaw<(Named & { lost: boolean; won: boolean })[]>(Prisma.sql`
    SELECT s.id, s.name, bool_or(${isWhole('v')} AND NOT ${isWhole('l')}) AS lost,
      bool_or(${isWhole('l')} AND NOT ${isWhole('v')}) AS won
    FROM look l JOIN scope s ON s.id = l.scope_id
    JOIN version.look v ON v.scope_id = l.scope_id AND v.stream = l.stream AND v.kind = l.kind AND ${trueAt('v', since)}
    WHERE ${isWhole('l')} <> ${isWhole('v')} AND ${scopes}
    GROUP BY 1, 2 ORDER BY 2, 1 LIMIT ${CHANGES_MAX}::int`)
  const named = (of: typeof rows): Named[] => of.map(({ id, name }) => ({ id, name }))
  return {
    blind: named(rows.filter(({ lost }) => lost)),
    seeing: named(rows.filter(({ lost, won }) => won && !lost)),
  }
}

async function scopesMoved(
  scopes: Prisma.Sql,
  since: Prisma.Sql,
): Promise<Pick<ChangesSince, 'added' | 'removed'>> {
  const [added, removed] = await Promise.all([
    reader.$queryRaw<Named[]>(Prisma.sql`
      SELECT s.id, s.name FROM scope s WHERE s.first_seen_at > ${since} AND ${scopes}
      ORDER BY 2, 1 LIMIT ${CHANGES_MAX}::int`),
    reader.$queryRaw<{ name: string }[]>(Prisma.sql`
      SELECT s.name FROM version.scope s WHERE ${trueAt('s', since)} AND NOT s.sample AND ${scopes}
        AND NOT EXISTS (SELECT 1 FROM scope held WHERE held.id = s.id)
      ORDER BY 1 LIMIT ${CHANGES_MAX}::int`),
  ])
  return { added, removed: removed.map(({ name }) => name) }
}

/** A version of the policy never changes: the present tells of every moment. */
async function policiesSaved(since: Prisma.Sql): Promise<ChangesSince['policies']> {
  const rows = await reader.$queryRaw<(Omit<ChangesSince['policies'][number], 'at'> & { at: Date })[]>(
    Prisma.sql`
      SELECT version, note, author, at FROM public.policy WHERE at > ${since} AND at <= ${readingNow()}
      ORDER BY version DESC LIMIT ${CHANGES_MAX}::int`,
  )
  return rows.map((row) => ({ ...row, at: iso(row.at) }))
}

/**
 * Readers who see only what they own learn of none of it: what is counted is whole scopes.
 * @param scopes condition over `scope s`
 */
export async function changesSince(actor: Actor, scopes: Prisma.Sql, since: Instant): Promise<ChangesSince> {
  if (actor.role === 'owner')
    return { rules: [], blind: [], seeing: [], added: [], removed: [], policies: [] }
  const from = Prisma.sql`${since}::timestamptz`
  const [rules, looks, held, policies] = await Promise.all([
    rulesMoved(scopes, from),
    looksMoved(scopes, from),
    scopesMoved(scopes, from),
    may(actor, 'policy:read') ? policiesSaved(from) : [],
  ])
  return { rules, ...looks, ...held, policies }
}
