// Which findings are excepted: worked out when they are read, from the instants of each exception, so that one that has
// run out hides nothing for a moment longer, and one about a filter speaks of what matches now.
import { RollcallError } from '@/core/errors'
import { FindingFilter, type FindingException } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { currentMoment, reader, readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { findingConditions } from './finding-conditions'
import { parseFilter } from './parse-filter'
import { iso } from './sql'
import { mustRead, ofOwned } from './visible'

const SAID_DAYS = 30
const DAY_MS = 24 * 3600_000
const NONE = Prisma.sql`FALSE`

/**
 * When it ends, or ended: the earlier of its last day's end and of somebody's word. That somebody ended it after the moment
 * asked about nobody knew then.
 */
function ends(): Prisma.Sql {
  const moment = currentMoment()
  if (!moment) return Prisma.sql`least(e.expires_at, e.ended_at)`
  return Prisma.sql`least(e.expires_at, CASE WHEN e.ended_at <= ${moment.known}::timestamptz THEN e.ended_at END)`
}
const countsAt = (at: Date) => Prisma.sql`e.approved_at <= ${at} AND ${ends()} > ${at}`
const overAt = (at: Date) =>
  Prisma.sql`e.approved_at <= ${at} AND ${ends()} <= ${at} AND ${ends()} > ${new Date(at.getTime() - SAID_DAYS * DAY_MS)}`

/** The same conditions as those of the list; what nobody can read any more excepts nothing. */
export async function storedFilterWhere(stored: unknown): Promise<Prisma.Sql> {
  const texts = Object.entries(stored as Record<string, string>)
  try {
    return await findingConditions(parseFilter(FindingFilter, new URLSearchParams(texts)))
  } catch (error) {
    if (error instanceof RollcallError && error.code === 'invalid') return NONE
    throw error
  }
}

type ByFilter = { id: string; rules: string[]; filter: unknown }
type Covering = {
  /** Condition over `finding f`; may be null, which is no. */
  covers: Prisma.Sql
  /** Id of one that covers `finding f`, the longest first; null where none does. */
  idOf: Prisma.Sql
}

async function covering(counts: Prisma.Sql): Promise<Covering> {
  const held = await reader.$queryRaw<ByFilter[]>(Prisma.sql`
    SELECT e.id, e.rules, e.filter FROM exception e WHERE e.filter IS NOT NULL AND ${counts}
    ORDER BY ${ends()} DESC, e.id`)
  const byFilter = await Promise.all(
    held.map(async ({ id, rules, filter }) => ({
      id,
      where: Prisma.sql`f.rule_id = ANY(${rules}::text[]) AND ${await storedFilterWhere(filter)}`,
    })),
  )
  const of = (column: 'finding_id' | 'identity_id') => Prisma.sql`
    (SELECT e.${Prisma.raw(column)}, r FROM exception e CROSS JOIN unnest(e.rules) r
     WHERE e.${Prisma.raw(column)} IS NOT NULL AND ${counts})`
  const parts = [
    Prisma.sql`(f.id, f.rule_id) IN ${of('finding_id')}`,
    Prisma.sql`(f.identity_id, f.rule_id) IN ${of('identity_id')}`,
    ...byFilter.map(({ where }) => Prisma.sql`(${where})`),
  ]
  const cases = byFilter.map(({ id, where }) => Prisma.sql`WHEN ${where} THEN ${id}::uuid`)
  return {
    covers: Prisma.sql`(${Prisma.join(parts, ' OR ')})`,
    idOf: Prisma.sql`coalesce(
      (SELECT e.id FROM exception e WHERE ${counts} AND f.rule_id = ANY(e.rules)
         AND (e.finding_id = f.id OR e.identity_id = f.identity_id) ORDER BY ${ends()} DESC, e.id LIMIT 1),
      ${cases.length ? Prisma.sql`CASE ${Prisma.join(cases, ' ')} END` : Prisma.sql`NULL::uuid`})`,
  }
}

export const exceptionsInForce = (at = readingNow()): Promise<Covering> => covering(countsAt(at))

/** Whether any exception counts at all: most often none does, and nothing more is asked then. */
export async function hasExceptions(at = readingNow()): Promise<boolean> {
  const [row] = await reader.$queryRaw<{ any: boolean }[]>(Prisma.sql`
    SELECT EXISTS (SELECT 1 FROM exception e WHERE ${countsAt(at)}) AS any`)
  return row?.any ?? false
}

type Raw = {
  id: string
  reason: string
  by: string
  approvedBy: string
  since: Date
  until: Date
}
async function told(ids: readonly (string | null)[]): Promise<Map<string, Raw>> {
  const wanted = [...new Set(ids.flatMap((id) => id ?? []))]
  if (!wanted.length) return new Map()
  const rows = await reader.$queryRaw<Raw[]>(Prisma.sql`
    SELECT e.id, e.reason, e.requester_name AS by, e.decider_name AS "approvedBy", e.approved_at AS since,
      ${ends()} AS until FROM exception e WHERE e.id = ANY(${wanted}::uuid[])`)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Whether there ever was one: without, nothing more is asked. */
export const EXCEPTIONS_COLUMN = Prisma.sql`EXISTS (SELECT 1 FROM exception e WHERE e.approved_at IS NOT NULL)`

export type Excepted = { excepted?: FindingException; exceptionEnded?: { id: string; at: string } }

/** Of open findings: the exception that counts for each, or the one that did until not long ago. */
export async function exceptionsOf(findingIds: readonly string[]): Promise<Map<string, Excepted>> {
  if (!findingIds.length) return new Map()
  const now = readingNow()
  const [counting, over] = await Promise.all([covering(countsAt(now)), covering(overAt(now))])
  const rows = await reader.$queryRaw<{ id: string; now: string | null; before: string | null }[]>(Prisma.sql`
    SELECT f.id, ${counting.idOf} AS now, ${over.idOf} AS before FROM finding f
    WHERE f.id = ANY(${[...findingIds]}::uuid[])`)
  const words = await told(rows.flatMap((row) => [row.now, row.before]))
  return new Map(
    rows.map(({ id, now: current, before }): [string, Excepted] => {
      const counts = words.get(current ?? '')
      const ended = words.get(before ?? '')
      if (counts) return [id, { excepted: { ...counts, since: iso(counts.since), until: iso(counts.until) } }]
      return [id, ended ? { exceptionEnded: { id: ended.id, at: iso(ended.until) } } : {}]
    }),
  )
}

/** How many open findings of each rule are excepted, told apart by verdict: these still count as what they are. */
export async function exceptedByRule(actor: Actor): Promise<Map<string, { fail: number; unknown: number }>> {
  mustRead(actor, 'finding:read')
  if (!(await hasExceptions())) return new Map()
  const { covers } = await exceptionsInForce()
  const rows = await reader.$queryRaw<{ ruleId: string; fail: number; unknown: number }[]>(Prisma.sql`
    SELECT f.rule_id AS "ruleId", (count(*) FILTER (WHERE f.verdict = 'fail'))::int AS fail,
      (count(*) FILTER (WHERE f.verdict = 'unknown'))::int AS unknown FROM finding f
    WHERE ${await findingConditions({})} AND ${covers} IS TRUE AND ${ofOwned(actor, 'f.identity_id') ?? Prisma.sql`TRUE`}
    GROUP BY f.rule_id`)
  return new Map(rows.map(({ ruleId, ...counts }) => [ruleId, counts]))
}
