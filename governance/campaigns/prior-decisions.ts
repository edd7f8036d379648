// What people last decided about identities in earlier campaigns, with the card they decided by.
import type { Compared } from '@/core/campaign'
import { db } from '@/prisma/client'
import type { Before } from './carry'

export type Prior = { before?: Before; leftOpen: boolean }

/** Only what was signed counts; what policy carried is no decision of a person, and leads back to the one it carried. */
export async function priorOf(ids: readonly string[], campaignId: string): Promise<Map<string, Prior>> {
  const [decided, open] = await Promise.all([
    db.$queryRaw<(Before & { identityId: string; compared: Compared })[]>`
      SELECT DISTINCT ON (i.identity_id) i.identity_id AS "identityId", d.id AS "decisionId", d.decision, d.at,
        d.keep_until AS "keepUntil", i.card -> 'compared' AS compared
      FROM campaign_item i JOIN decision d ON d.id = i.decision_id
      WHERE i.identity_id = ANY(${[...ids]}::uuid[]) AND i.campaign_id <> ${campaignId}::uuid AND i.state = 'signed'
        AND NOT i.control AND d.source = 'human'
      ORDER BY i.identity_id, d.at DESC, d.id`,
    db.$queryRaw<{ identityId: string; open: boolean }[]>`
      SELECT DISTINCT ON (i.identity_id) i.identity_id AS "identityId", i.state IN ('excepted', 'moved') AS open
      FROM campaign_item i JOIN campaign c ON c.id = i.campaign_id
      WHERE i.identity_id = ANY(${[...ids]}::uuid[]) AND i.campaign_id <> ${campaignId}::uuid AND NOT i.control
        AND c.state IN ('closed', 'sealed') ORDER BY i.identity_id, c.closed_at DESC`,
  ])
  const left = new Map(open.map((row) => [row.identityId, row.open]))
  const before = new Map(decided.map(({ identityId, ...row }) => [identityId, row]))
  return new Map(
    ids.map((id) => {
      const found = before.get(id)
      return [id, { leftOpen: left.get(id) ?? false, ...(found && { before: found }) }]
    }),
  )
}
