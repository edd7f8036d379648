// Whether somebody has yet to do something in a campaign that runs: decide, sign off, or look a second time.
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'

/** Over `i` (campaign_item): what its reviewer has yet to finish. What is decided and not signed can still be changed. */
export const OPEN = Prisma.sql`i.state IN ('undecided', 'unclear', 'decided')`
/** Over `l` (second_look) and `o` (its item): asked for and not given. */
export const SECOND_OPEN = Prisma.sql`l.answer IS NULL AND o.state NOT IN ('carried', 'excepted', 'moved')`

/** Of who is written to: by their account, by their address in the directory, or as whom of it. */
export async function stillAsked(
  campaignId: string,
  {
    userId,
    email,
    personId = null,
  }: { userId: string | null; email: string | null; personId?: string | null },
): Promise<boolean> {
  const [row] = await db.$queryRaw<{ asked: boolean }[]>(Prisma.sql`
    WITH who AS (
      SELECT p.id FROM person p WHERE p.standing = 'here'
        AND (p.id = ${personId}::uuid OR p.email = lower(coalesce((SELECT u.email FROM "user" u WHERE u.id = ${userId}), ${email}::text)))
    )
    SELECT EXISTS (SELECT 1 FROM campaign c, who WHERE c.id = ${campaignId}::uuid AND c.state = 'running' AND (
      EXISTS (SELECT 1 FROM campaign_item i WHERE i.campaign_id = c.id AND i.reviewer_id = who.id AND ${OPEN})
      OR EXISTS (SELECT 1 FROM second_look l JOIN campaign_item o ON o.id = l.item_id
        WHERE l.campaign_id = c.id AND l.reviewer_id = who.id AND ${SECOND_OPEN})
    )) AS asked`)
  return row?.asked ?? false
}
