// The campaign before this one that asked about the same: what its figures are compared with.
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { iso } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { mustFindCampaign } from './campaign-view'
import { campaignQuality, type Quality } from './quality'

export type LastAlike = { id: string; name: string; publishedAt: Instant; quality: Quality }

/**
 * Of those with the same filter that are over, the last that was published before this one.
 * @throws RollcallError `not-found`
 */
export async function lastAlike(
  actor: Actor | null,
  id: string,
  now = new Date(),
): Promise<LastAlike | undefined> {
  authorise(actor, 'campaign:read')
  await mustFindCampaign(id)
  const [before] = await db.$queryRaw<{ id: string; name: string; publishedAt: Date }[]>`
    SELECT o.id, o.name, o.published_at AS "publishedAt" FROM campaign o JOIN campaign c ON c.id = ${id}::uuid
    WHERE o.id <> c.id AND o.filter = c.filter AND o.state IN ('closed', 'sealed') AND o.published_at < coalesce(c.published_at, ${now})
    ORDER BY o.published_at DESC, o.id LIMIT 1`
  if (!before) return undefined
  return {
    id: before.id,
    name: before.name,
    publishedAt: iso(before.publishedAt),
    quality: await campaignQuality(actor, before.id, now),
  }
}
