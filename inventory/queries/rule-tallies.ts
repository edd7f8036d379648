// How many subjects passed, failed or could not be judged, by rule.
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { scopesFor } from './counted-scopes'
import { staleVerdicts } from './freshness'
import { compact, isoOr } from './sql'
import type { RuleTally } from './types'
import { mustRead, ofOwned } from './visible'

/** The kind of subject a rule speaks about: the first word of its id. */
const SUBJECT = Prisma.sql`split_part(t.rule_id, '-', 1)`

/** Passes are kept as counts of a scope, so a reader who sees only what is theirs gets none. */
async function ownTallies(actor: Actor): Promise<RuleTally[]> {
  const { pairs } = await staleVerdicts()
  return reader.$queryRaw<RuleTally[]>(Prisma.sql`
    SELECT f.rule_id AS "ruleId", (count(*) FILTER (WHERE f.verdict = 'fail'))::int AS fail,
      (count(*) FILTER (WHERE f.verdict = 'unknown'))::int AS unknown,
      (count(*) FILTER (WHERE (f.scope_id, f.subject_kind) IN ${pairs}))::int AS stale
    FROM finding f JOIN scope s ON s.id = f.scope_id
    WHERE f.state = 'open' AND ${await scopesFor(actor)} AND ${ofOwned(actor, 'f.identity_id') ?? Prisma.sql`TRUE`}
    GROUP BY f.rule_id ORDER BY f.rule_id`)
}

export async function ruleTallies(actor: Actor): Promise<RuleTally[]> {
  mustRead(actor, 'finding:read')
  if (actor.role === 'owner') return ownTallies(actor)
  const { pairs } = await staleVerdicts()
  const isStale = Prisma.sql`(t.scope_id, ${SUBJECT}) IN ${pairs}`
  const rows = await reader.$queryRaw<
    (Omit<RuleTally, 'at' | 'off'> & { at: Date | null; off: string | null })[]
  >(Prisma.sql`
    SELECT t.rule_id AS "ruleId", sum(t.pass)::int AS pass, sum(t.fail)::int AS fail, sum(t.unknown)::int AS unknown,
      sum(t.not_applicable)::int AS "notApplicable", min(t.at) AS at,
      sum(t.exempt)::int AS exempt, max(t.off) AS off,
      coalesce(sum(t.pass + t.fail + t.unknown) FILTER (WHERE ${isStale}), 0)::int AS stale,
      coalesce(sum(t.pass) FILTER (WHERE ${isStale}), 0)::int AS "stalePass"
    FROM tally t JOIN scope s ON s.id = t.scope_id WHERE ${await scopesFor(actor)}
    GROUP BY t.rule_id ORDER BY t.rule_id`)
  return rows.map((row) => compact({ ...row, at: isoOr(row.at), off: row.off ?? undefined }))
}
