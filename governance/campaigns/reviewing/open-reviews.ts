// How many items wait for somebody: the number beside “Reviews” in the navigation.
import { may, type Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import { asReviewer } from './as-reviewer'

/** What is told as “99+”. */
const COUNTED_MAX = 100

/** Undecided items and second looks of campaigns that run, 100 at most; 0 for whoever does not decide. */
export async function openReviews(actor: Actor | null, now = new Date()): Promise<number> {
  if (!actor || !may(actor, 'review:decide')) return 0
  const mine = await asReviewer(actor, now)
  if (!mine) return 0
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      (SELECT 1 FROM campaign_item i JOIN campaign c ON c.id = i.campaign_id
       WHERE i.reviewer_id = ANY(${mine.places}::uuid[]) AND i.state IN ('undecided', 'unclear') AND c.state = 'running' LIMIT ${COUNTED_MAX}::int)
      UNION ALL
      (SELECT 1 FROM second_look l JOIN campaign_item i ON i.id = l.item_id JOIN campaign c ON c.id = l.campaign_id
       WHERE l.reviewer_id = ANY(${mine.places}::uuid[]) AND l.answer IS NULL AND i.state <> 'carried' AND c.state = 'running' LIMIT ${COUNTED_MAX}::int)
    ) waiting`
  return Math.min(COUNTED_MAX, row?.count ?? 0)
}
