// How every rule answered over all scopes that count, and about how many of them it was not asked: what controls are counted from.
import type { Actor } from '@/core/permissions'
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { scopesFor } from './counted-scopes'
import { exceptedByRule } from './finding-exceptions'
import { ruleTallies } from './rule-tallies'
import type { RuleTally } from './rule-tally'
import { mustRead } from './visible'

export type RuleAnswers = RuleTally & {
  /** Scopes of which the rule was not asked: never judged yet, or turned off there. Unset where passes are. */
  notAsked?: number
  /** Of those that fail: open findings that stand under an exception. They fail all the same. */
  excepted: number
}

type Asked = { ruleId: string; asked: number }

/** In how many scopes each rule was asked, and how many scopes there are. */
async function askedScopes(actor: Actor): Promise<{ scopes: number; asked: Map<string, number> }> {
  const counted = await scopesFor(actor)
  const [rows, [whole]] = await Promise.all([
    reader.$queryRaw<Asked[]>(Prisma.sql`
      SELECT t.rule_id AS "ruleId", count(*)::int AS asked FROM tally t JOIN scope s ON s.id = t.scope_id
      WHERE t.off IS NULL AND ${counted} GROUP BY t.rule_id`),
    reader.$queryRaw<{ scopes: number }[]>(Prisma.sql`
      SELECT count(*)::int AS scopes FROM scope s WHERE ${counted}`),
  ])
  return {
    scopes: whole?.scopes ?? 0,
    asked: new Map(rows.map(({ ruleId, asked }) => [ruleId, asked])),
  }
}

/**
 * The answers of the given rules, those that were never asked among them.
 * An owner gets what fails and what cannot be judged of what is theirs; what passes is not kept one by one.
 */
export async function ruleAnswers(
  actor: Actor,
  ruleIds: readonly string[],
): Promise<ReadonlyMap<string, RuleAnswers>> {
  mustRead(actor, 'finding:read')
  const [tallies, { scopes, asked }, excepted] = await Promise.all([
    ruleTallies(actor),
    askedScopes(actor),
    exceptedByRule(actor),
  ])
  const told = new Map(tallies.map((tally) => [tally.ruleId, tally]))
  const whole = actor.role !== 'owner'
  return new Map(
    ruleIds.map((ruleId) => {
      const counts = told.get(ruleId) ?? {
        fail: 0,
        unknown: 0,
        stale: 0,
        ...(whole && { pass: 0, notApplicable: 0, exempt: 0, stalePass: 0 }),
      }
      const answers = {
        ...counts,
        ruleId,
        // Counts of verdicts are as of the end of an evaluation, and one may be under way.
        excepted: Math.min(counts.fail, excepted.get(ruleId)?.fail ?? 0),
        ...(whole && { notAsked: scopes - (asked.get(ruleId) ?? 0) }),
      }
      return [ruleId, answers] as const
    }),
  )
}
