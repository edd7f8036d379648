// What somebody would put their name to now, and what they have signed: counted, with every keep of high risk by name.
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { compact, isoOr, isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { asReviewer } from './as-reviewer'

/** Keeps of high risk that are told at once. Beyond that they are told to be more. */
const KEEPS_MAX = 500
const WORDS_MAX = 200

export type RiskyKeep = {
  id: string
  name: string
  scope: string
  reasonCode?: string
  reason?: string
  keepUntil?: Instant
}
export type ToSign = {
  counts: Record<string, number>
  /** Those that are decided, and would be signed. */
  items: number
  open: number
  keeps: RiskyKeep[]
  /** How many keeps of high risk there are in all. */
  risky: number
  /** Asked in the place of somebody who is away: they sign these themselves. */
  others: number
}
const NOTHING: ToSign = { counts: {}, items: 0, open: 0, keeps: [], risky: 0, others: 0 }
const mineIn = (campaignId: string, personId: string, scope: string | undefined): Prisma.Sql =>
  Prisma.sql`i.campaign_id = ${campaignId}::uuid AND i.reviewer_id = ${personId}::uuid
    ${scope ? Prisma.sql`AND i.scope_id = ${scope}::uuid` : Prisma.empty}`

const countsOf = (mine: Prisma.Sql) =>
  db.$queryRaw<{ decision: string | null; count: number }[]>(Prisma.sql`
  SELECT CASE WHEN i.state = 'decided' THEN d.decision END AS decision, count(*)::int AS count
  FROM campaign_item i LEFT JOIN decision d ON d.id = i.decision_id
  WHERE ${mine} AND i.state IN ('decided', 'undecided', 'unclear') GROUP BY 1 ORDER BY 1`)

const keepsOf = (mine: Prisma.Sql) =>
  db.$queryRaw<
    {
      id: string
      name: string
      scope: string
      reasonCode: string | null
      reason: string | null
      keepUntil: Date | null
      count: number
    }[]
  >(Prisma.sql`
  SELECT i.id, i.name, i.scope_name AS scope, d.reason_code AS "reasonCode", d.reason, d.keep_until AS "keepUntil", count(*) OVER ()::int AS count
  FROM campaign_item i JOIN decision d ON d.id = i.decision_id
  WHERE ${mine} AND i.state = 'decided' AND i.tier = 0 AND d.decision = 'keep' ORDER BY i.scope_name, i.name, i.id LIMIT ${KEEPS_MAX}::int`)

/** @param scope of the part that is meant; unset: everything of theirs */
export async function toSign(
  actor: Actor | null,
  campaignId: string,
  scope?: string,
  now = new Date(),
): Promise<ToSign> {
  const mine = await asReviewer(actor, now)
  if (!mine || !isUuid(campaignId)) return NOTHING
  const where = mineIn(campaignId, mine.person.id, scope)
  const away = mine.places.filter((id) => id !== mine.person.id)
  const [counted, keeps, others] = await Promise.all([
    countsOf(where),
    keepsOf(where),
    away.length ? db.campaignItem.count({ where: { campaignId, reviewerId: { in: away } } }) : 0,
  ])
  const decided = counted.flatMap(({ decision, count }) =>
    decision === null ? [] : [[decision, count] as const],
  )
  return {
    counts: Object.fromEntries(decided),
    items: decided.reduce((sum, [, count]) => sum + count, 0),
    open: counted.find(({ decision }) => decision === null)?.count ?? 0,
    keeps: keeps.map(({ count: _, reasonCode, reason, keepUntil, ...row }) =>
      compact({
        ...row,
        reasonCode: reasonCode ?? undefined,
        reason: reason ?? undefined,
        keepUntil: isoOr(keepUntil),
      }),
    ),
    risky: keeps[0]?.count ?? 0,
    others,
  }
}

export type Signed = {
  signOffs: {
    id: string
    at: Instant
    statement: string
    items: number
    counts: Record<string, number>
    hash: string
  }[]
  addenda: { id: string; item?: { id: string; name: string }; text: string; by: string; at: Instant }[]
}

/** What one has signed in a campaign, and what was said beside it since. */
export async function mySigned(actor: Actor | null, campaignId: string, now = new Date()): Promise<Signed> {
  const mine = await asReviewer(actor, now)
  if (!mine || !isUuid(campaignId)) return { signOffs: [], addenda: [] }
  const [signOffs, addenda] = await Promise.all([
    db.signOff.findMany({
      where: { campaignId, kind: 'reviewer', personId: mine.person.id },
      orderBy: { at: 'asc' },
      take: WORDS_MAX,
    }),
    db.$queryRaw<
      { id: string; itemId: string | null; name: string | null; text: string; by: string; at: Date }[]
    >`
      SELECT a.id, a.item_id AS "itemId", i.name, a.text, a.by_name AS by, a.at FROM addendum a LEFT JOIN campaign_item i ON i.id = a.item_id
      WHERE a.campaign_id = ${campaignId}::uuid AND (a.by_id = ${actor?.id ?? ''} OR i.reviewer_id = ANY(${mine.places}::uuid[]))
      ORDER BY a.at, a.id LIMIT ${WORDS_MAX}::int`,
  ])
  return {
    signOffs: signOffs.map(({ id, at, statement, items, counts, hash }) => ({
      id,
      at: at.toISOString(),
      statement,
      items,
      counts: counts as Record<string, number>,
      hash,
    })),
    addenda: addenda.map(({ id, itemId, name, text, by, at }) =>
      compact({
        id,
        item: itemId ? { id: itemId, name: name ?? itemId } : undefined,
        text,
        by,
        at: at.toISOString(),
      }),
    ),
  }
}
