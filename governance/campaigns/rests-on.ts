// What a population rests on: the runs that looked, and what was not seen.
import { reader } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { db } from '@/prisma/client'

const RUNS_MAX = 2000
const GAPS_MAX = 500

export type CampaignGap = { scope: string; kind: string; why: string; permission: string; detail: string }
export type CampaignGaps = { total: number; rows: CampaignGap[] }
export type CampaignRun = { id: string; at: string }

/** At the moment that is asked about; which scopes it is about is read from its items. */
export async function restsOn(campaignId: string): Promise<{ runs: CampaignRun[]; gaps: CampaignGaps }> {
  const scopes = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT scope_id AS id FROM campaign_item WHERE campaign_id = ${campaignId}::uuid`
  return restsOnScopes(scopes.map(({ id }) => id))
}

/** At the moment that is asked about. */
export async function restsOnScopes(
  ids: readonly string[],
): Promise<{ runs: CampaignRun[]; gaps: CampaignGaps }> {
  const [runs, gaps] = await Promise.all([
    reader.$queryRaw<{ id: string; at: Date }[]>`
      SELECT l.run_id AS id, max(l.at) AS at FROM look l WHERE l.scope_id = ANY(${[...ids]}::uuid[])
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${RUNS_MAX}::int`,
    reader.$queryRaw<(CampaignGap & { total: number })[]>(Prisma.sql`
      SELECT scope, kind, why, permission, detail, (count(*) OVER ())::int AS total FROM (
        SELECT s.name AS scope, l.kind, coalesce(l.why, 'not-collected') AS why, coalesce(l.permission, '') AS permission,
          coalesce(l.detail, '') AS detail
        FROM look l JOIN scope s ON s.id = l.scope_id WHERE l.scope_id = ANY(${[...ids]}::uuid[]) AND l.state <> 'complete'
        UNION ALL
        SELECT s.name, 'part of ' || l.stream, coalesce(gap ->> 'why', ''), coalesce(gap ->> 'permission', ''), coalesce(gap ->> 'detail', '')
        FROM look l JOIN scope s ON s.id = l.scope_id CROSS JOIN LATERAL jsonb_array_elements(l.gaps) gap
        WHERE l.scope_id = ANY(${[...ids]}::uuid[]) AND l.state = 'complete'
      ) missing ORDER BY scope, kind, permission, why LIMIT ${GAPS_MAX}::int`),
  ])
  return {
    runs: runs.map(({ id, at }) => ({ id, at: at.toISOString() })),
    gaps: { total: gaps[0]?.total ?? 0, rows: gaps.map(({ total: _, ...row }) => row) },
  }
}
