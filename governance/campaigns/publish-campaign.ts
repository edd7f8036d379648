// Publishes a campaign: from now on its reviewers are asked, and what policy carries is carried.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { command } from '../command'
import { blockersOf } from './blockers'
import { campaignToChange, ensureState, ensureVersion } from './held-campaign'
import { tellBegin } from './telling/tell-begin'

/** @throws RollcallError `conflict` with all that keeps it from being published */
export const publishCampaign = command({
  name: 'campaign.publish',
  permission: 'campaign:manage',
  input: z.strictObject({ id: z.guid(), version: z.int() }),
  timeoutMs: 120_000,
  async run({ input: { id, version }, tx, now }) {
    const held = await campaignToChange(tx, id)
    ensureState(held, ['ready'])
    ensureVersion(held, version)
    const blockers = await blockersOf(tx, held, now)
    if (blockers.length)
      throw new RollcallError(
        'conflict',
        blockers.map(({ words }) => words).join(' '),
        blockers.map((one) => ({ path: one.id, message: one.words })),
      )
    const carriedItems = await tx.$executeRaw`
      WITH carried AS (
        INSERT INTO decision (id, campaign_id, item_id, decision, reason_code, reason, keep_until, drops, by_name, source, opened,
          request_id, request_size, at)
        SELECT gen_random_uuid(), i.campaign_id, i.id, 'keep', d.reason_code, 'carried from ' || d.by_name || ', ' ||
          to_char(d.at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), d.keep_until, '{}', 'Policy', 'policy', '{}', ${randomUUID()}::uuid, 1, ${now}
        FROM campaign_item i JOIN decision d ON d.id = i.carries_id
        WHERE i.campaign_id = ${id}::uuid AND (d.keep_until IS NULL OR d.keep_until > ${now})
        RETURNING id, item_id
      )
      UPDATE campaign_item i SET state = 'carried', decision_id = c.id, version = i.version + 1 FROM carried c WHERE c.item_id = i.id`
    const saved = await tx.campaign.update({
      where: { id },
      data: { state: 'running', publishedAt: now, changedAt: now, version: { increment: 1 } },
    })
    await tellBegin(tx, saved, now)
    return {
      id,
      version: saved.version,
      rows: held.rows ?? 0,
      carried: carriedItems,
      hash: held.populationHash ?? '',
    }
  },
  activity: (_, { id, rows, carried, hash }) => ({
    object: `campaign:${id}`,
    detail: { rows, carried, hash },
  }),
})
