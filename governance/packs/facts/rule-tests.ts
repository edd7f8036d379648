// How each rule answered about the population of a pack: counted by the database from what is kept, never one by one.
import type { RuleTest } from '@/evidence/report/facts'
import { reader } from '@/inventory/moment/at-moment'
import { exceptionsInForce } from '@/inventory/queries/finding-exceptions'
import { Prisma } from '@/prisma/generated/client'
import { rules } from '@/rules'
import type { Registered } from '@/rules/registered'
import { revisionOf } from '@/rules/revisions'
import { isWhole, populationFrom, populationWhere } from '../parts/population'
import type { PackAt } from '../part'
import { blindSpotOf } from './blind-spots'
import { packFindingsWhere } from './pack-findings'
import { parameterWords, settledRevisions, type PolicyThen } from './policy-then'
import { subjectLike, type Alike } from './subjects-of-pack'

/** Of one rule in one scope. */
type Verdicts = {
  ruleId: string
  scopeId: string
  fail: number
  unknown: number
  excepted: number
  revisions: string[]
}

/** Over `finding f`: those of the pack. */
export async function findingsOfPack(at: PackAt): Promise<Prisma.Sql> {
  const where = await packFindingsWhere(at)
  if (isWhole(at.asked.filter)) return where
  const of = await populationWhere(at)
  return Prisma.sql`${where} AND f.identity_id IN (SELECT i.id FROM ${populationFrom(of)} WHERE ${of})`
}

/** What fails and what is not decided; of those that fail, how many stand under an exception. */
async function verdictsOf(at: PackAt): Promise<Map<string, Verdicts[]>> {
  const [where, { covers }] = await Promise.all([findingsOfPack(at), exceptionsInForce()])
  const rows = await reader.$queryRaw<Verdicts[]>(Prisma.sql`
    SELECT f.rule_id AS "ruleId", f.scope_id::text AS "scopeId", (count(*) FILTER (WHERE f.verdict = 'fail'))::int AS fail,
      (count(*) FILTER (WHERE f.verdict = 'unknown'))::int AS unknown,
      (count(*) FILTER (WHERE f.verdict = 'fail' AND ${covers} IS TRUE))::int AS excepted,
      array_agg(DISTINCT f.revision) AS revisions
    FROM finding f WHERE ${where} GROUP BY f.rule_id, f.scope_id`)
  return byRule(rows)
}

function byRule<R extends { ruleId: string }>(rows: readonly R[]): Map<string, R[]> {
  const found = new Map<string, R[]>()
  for (const row of rows) found.set(row.ruleId, [...(found.get(row.ruleId) ?? []), row])
  return found
}

/** By rule and scope in which it was asked, how many passed there. */
async function passedIn(): Promise<Map<string, Map<string, number>>> {
  const rows = await reader.$queryRaw<{ ruleId: string; scopeId: string; pass: number }[]>(Prisma.sql`
    SELECT t.rule_id AS "ruleId", t.scope_id::text AS "scopeId", t.pass FROM tally t WHERE t.off IS NULL`)
  return new Map(
    [...byRule(rows)].map(([id, all]) => [id, new Map(all.map(({ scopeId, pass }) => [scopeId, pass]))]),
  )
}

/** Verdicts of the period, those that ended in it among them: by which texts they were given. */
async function revisionsOfPeriod(at: PackAt): Promise<Map<string, string[]>> {
  const { moment, from } = at.asked
  if (from === undefined) return new Map()
  const of = await populationWhere(at)
  const mine = isWhole(at.asked.filter)
    ? Prisma.sql`TRUE`
    : Prisma.sql`v.identity_id IN (SELECT i.id FROM ${populationFrom(of)} WHERE ${of})`
  const rows = await reader.$queryRaw<{ ruleId: string; revisions: string[] }[]>(Prisma.sql`
    SELECT v.rule_id AS "ruleId", array_agg(DISTINCT v.revision) AS revisions FROM version.finding v
    WHERE v.known_from <= ${moment.known}::timestamptz AND (v.known_to IS NULL OR v.known_to >= ${from}::timestamptz) AND ${mine}
    GROUP BY v.rule_id`)
  return new Map(rows.map(({ ruleId, revisions }) => [ruleId, revisions]))
}

/** The text behind each revision, where it was kept. */
async function textsOf(at: PackAt, revisions: readonly string[]): Promise<Map<string, string>> {
  const rows = await at.snapshot.ruleRevision.findMany({ where: { revision: { in: [...revisions] } } })
  return new Map(rows.map(({ revision, sourceRevision }) => [revision, sourceRevision]))
}

type Asked = { asked: Map<string, number>; notAsked: number }

/**
 * About how many it was asked, by scope, and about how many not. Where it depends on the environment whether it is asked at all, which
 * nobody kept of each, it counts as not asked: never as a pass.
 */
function askedOf(
  rule: Registered,
  alike: readonly Alike[],
  scopes: ReadonlyMap<string, number>,
  policy: PolicyThen,
): Asked {
  const told: Asked = { asked: new Map(), notAsked: 0 }
  const prepared = settledRevisions(rule.meta.id, policy).map(({ params }) => rule.prepare(params))
  for (const one of alike) {
    if (one.kind !== rule.meta.subject) continue
    const subject = subjectLike(one)
    const speaks = prepared.map(({ applies }) => applies(subject))
    if (!speaks.includes(true) || (one.emergency && rule.meta.whenBreakGlass !== 'speaks')) continue
    const isAsked = one.judged && scopes.has(one.scopeId) && !speaks.includes(false)
    if (isAsked) told.asked.set(one.scopeId, (told.asked.get(one.scopeId) ?? 0) + one.count)
    else told.notAsked += one.count
  }
  return told
}

/**
 * What neither fails nor is unknown passes, but no more of a scope than the rule said to pass there: what was read after it was
 * last asked is not asked about yet, and never a pass.
 */
function passed({ asked, notAsked }: Asked, open: readonly Verdicts[], scopes: ReadonlyMap<string, number>) {
  const told = { pass: 0, notAsked }
  for (const [scopeId, count] of asked) {
    const here = open.find((one) => one.scopeId === scopeId)
    const rest = Math.max(0, count - (here ? here.fail + here.unknown : 0))
    const pass = Math.min(rest, scopes.get(scopeId) ?? 0)
    told.pass += pass
    told.notAsked += rest - pass
  }
  return told
}

const NONE: ReadonlyMap<string, number> = new Map()
const unique = (texts: readonly string[]): string[] => [...new Set(texts)].sort()

/** @param wanted the ids of the rules; undefined is all of them */
export async function ruleTests(
  at: PackAt,
  wanted: readonly string[] | undefined,
  { alike, policy }: { alike: readonly Alike[]; policy: PolicyThen },
): Promise<RuleTest[]> {
  const [verdicts, scopes, before] = await Promise.all([verdictsOf(at), passedIn(), revisionsOfPeriod(at)])
  const used = [...verdicts.values()].flat().flatMap((one) => one.revisions)
  const texts = await textsOf(at, [...used, ...[...before.values()].flat()])
  const asked = rules.filter(({ meta }) => !wanted || wanted.includes(meta.id))
  return Promise.all(
    asked.map(async (rule): Promise<RuleTest> => {
      const { id, title, severity } = rule.meta
      const found = verdicts.get(id) ?? []
      const sum = (key: 'fail' | 'unknown' | 'excepted') => found.reduce((n, one) => n + one[key], 0)
      const here = scopes.get(id) ?? NONE
      const { pass, notAsked } = passed(askedOf(rule, alike, here, policy), found, here)
      const revisions = unique(
        [...found.flatMap((one) => one.revisions), ...(before.get(id) ?? [])].map(
          (one) => texts.get(one) ?? one,
        ),
      )
      const blindSpot = await blindSpotOf(id)
      return {
        ...{ id, title, severity: policy.policy.rules[id]?.severity ?? severity },
        // What passes keeps no revision: it is that of the text as it is here.
        revisions: revisions.length ? revisions : [revisionOf(id)],
        parameters: parameterWords(id, policy),
        ...(blindSpot !== undefined && { blindSpot }),
        ...{ pass, fail: sum('fail'), excepted: sum('excepted'), unknown: sum('unknown'), notAsked },
      }
    }),
  )
}
