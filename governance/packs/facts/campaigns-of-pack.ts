// The campaigns that asked about the population of a pack, as far as was known, and the sign-offs they were given.
import type { SignedOff } from '@/evidence/report/facts'
import { iso } from '@/inventory/queries/sql'
import type { Campaign } from '@/prisma/generated/client'
import { isWhole, populationIds } from '../parts/population'
import { REMOVED, type Named } from '../parts/people'
import type { PackAt } from '../part'

/** Far fewer than identities: their ids are held. */
async function idsOf(at: PackAt): Promise<string[] | undefined> {
  const { filter } = at.asked
  if (isWhole(filter) && !filter.scope) return undefined
  const found = new Set<string>()
  for await (const ids of populationIds(at, { gone: true })) {
    const rows = await at.snapshot.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT campaign_id AS id FROM campaign_item WHERE identity_id = ANY(${ids}::uuid[]) AND NOT control`
    for (const { id } of rows) found.add(id)
  }
  return [...found]
}

/** Published by then and, where there is a period, not over before it began. */
export async function campaignsOfPack(at: PackAt): Promise<Campaign[]> {
  const { moment, from } = at.asked
  const ids = await idsOf(at)
  return at.snapshot.campaign.findMany({
    where: {
      publishedAt: { lte: moment.known },
      ...(ids && { id: { in: ids } }),
      ...(from && { OR: [{ closedAt: null }, { closedAt: { gte: from } }, { sealedAt: { gte: from } }] }),
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
}

export async function signOffsOfPack(
  at: PackAt,
  campaigns: readonly Campaign[],
  named: Named | undefined,
): Promise<SignedOff[]> {
  const { moment, from } = at.asked
  const rows = await at.snapshot.signOff.findMany({
    where: {
      campaignId: { in: campaigns.map(({ id }) => id) },
      at: { lte: moment.known, ...(from && { gte: from }) },
    },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
  const names = new Map(campaigns.map(({ id, name }) => [id, name]))
  return rows.map((row) => ({
    campaign: names.get(row.campaignId) ?? row.campaignId,
    by: named ? named(row.name) : row.name,
    at: iso(row.at),
    decisions: row.items,
    statement: named ? REMOVED : row.statement,
  }))
}
