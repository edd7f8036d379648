// Whether somebody decides faster than anybody can look: told once for each five, and never in the way.
import type { Actor } from '@/core/permissions'
import { isUuid } from '@/inventory/queries/sql'
import { db, type Tx } from '@/prisma/client'
import { PACE_DECISIONS, paceOf, type Pace } from '../decision-rules'
import { asReviewer } from './as-reviewer'

type Latest = { itemId: string; dwellMs: number | null; high: boolean; paced: boolean }

const latestOf = (tx: Pick<Tx, '$queryRaw'>, campaignId: string, personId: string) => tx.$queryRaw<Latest[]>`
  SELECT d.item_id AS "itemId", d.dwell_ms AS "dwellMs", i.tier = 0 AS high, d.paced FROM decision d JOIN campaign_item i ON i.id = d.item_id
  WHERE d.campaign_id = ${campaignId}::uuid AND d.by_id = ${personId}::uuid AND d.decision <> 'undone'
  ORDER BY d.at DESC, d.id LIMIT ${PACE_DECISIONS}::int`

export async function pace(tx: Pick<Tx, '$queryRaw'>, campaignId: string, personId: string): Promise<Pace> {
  return paceOf(await latestOf(tx, campaignId, personId))
}

/** The same between two decisions, with what it was about. Whoever was told and went on is told again after five more. */
export async function myPace(
  actor: Actor | null,
  campaignId: string,
  now = new Date(),
): Promise<Pace & { items: string[] }> {
  const mine = await asReviewer(actor, now)
  const latest = mine && isUuid(campaignId) ? await latestOf(db, campaignId, mine.person.id) : []
  const told = latest.some(({ paced }) => paced)
  return { ...paceOf(told ? [] : latest), items: latest.map(({ itemId }) => itemId) }
}
