// What an exception can be asked for: open findings that none counts for yet, by rule of an identity, and by scope of rules.
import { reader } from '@/inventory/moment/at-moment'
import type { Actor } from '@/core/permissions'
import { Prisma } from '@/prisma/generated/client'
import { hiddenSamples } from './counted-scopes'
import { exceptionsInForce, hasExceptions } from './finding-exceptions'
import { mustRead, ofOwned } from './visible'

/** Scopes offered, those with the most findings first. */
const SCOPES_MAX = 200

async function notExcepted(actor: Actor): Promise<Prisma.Sql> {
  mustRead(actor, 'finding:read')
  const excepted = (await hasExceptions())
    ? Prisma.sql`${(await exceptionsInForce()).covers} IS NOT TRUE`
    : Prisma.sql`TRUE`
  return Prisma.sql`f.state = 'open' AND ${excepted} AND ${ofOwned(actor, 'f.identity_id') ?? Prisma.sql`TRUE`}`
}

export type FailingRule = { ruleId: string; count: number }

/** The rules that fail for an identity or its credentials, the worst first. */
export async function failingRules(actor: Actor, identityId: string): Promise<FailingRule[]> {
  const open = await notExcepted(actor)
  return reader.$queryRaw<FailingRule[]>(Prisma.sql`
    SELECT f.rule_id AS "ruleId", count(*)::int AS count FROM finding f
    WHERE f.identity_id = ${identityId}::uuid AND f.verdict = 'fail' AND ${open}
    GROUP BY f.rule_id ORDER BY min(f.severity), f.rule_id`)
}

export type ScopeWithFindings = { id: string; nativeId: string; name: string; count: number }

/** The scopes in which the rules fail or cannot decide. The sample organisation is left out as it is of lists. */
export async function scopesWithFindings(
  actor: Actor,
  ruleIds: readonly string[],
): Promise<{ rows: ScopeWithFindings[]; more: boolean }> {
  const [open, hidden] = [await notExcepted(actor), await hiddenSamples(undefined)]
  const rows = await reader.$queryRaw<ScopeWithFindings[]>(Prisma.sql`
    SELECT s.id, s.native_id AS "nativeId", s.name, count(*)::int AS count FROM finding f JOIN scope s ON s.id = f.scope_id
    WHERE f.rule_id = ANY(${[...ruleIds]}::text[]) AND s.id <> ALL(${hidden}::uuid[]) AND ${open}
    GROUP BY s.id ORDER BY 4 DESC, s.name, s.id LIMIT ${SCOPES_MAX + 1}::int`)
  return { rows: rows.slice(0, SCOPES_MAX), more: rows.length > SCOPES_MAX }
}
