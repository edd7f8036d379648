// How many items are how far: pending, decided, signed, applied, verified; and how many there are of each risk.
import { TIERS, type Tier } from '@/core/campaign'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { remediationState, type RemediationState } from './remediation-state'

export type Funnel = {
  undecided: number
  unclear: number
  decided: number
  signed: number
  carried: number
  excepted: number
  moved: number
  /** Decoys are in no other number. */
  controls: number
  remediations: Record<RemediationState, number>
}
const NO_REMEDIATIONS: Funnel['remediations'] = {
  decided: 0,
  signed: 0,
  applied: 0,
  'verified-gone': 0,
  'still-there': 0,
  'cannot-verify': 0,
  dropped: 0,
}

export async function funnelOf(
  id: string,
  now: Date,
): Promise<{ funnel: Funnel; tiers: Record<Tier, number> }> {
  const [items, steps] = await Promise.all([
    db.$queryRaw<{ state: string; tier: number; control: boolean; count: number }[]>`
      SELECT state, tier, control, count(*)::int AS count FROM campaign_item WHERE campaign_id = ${id}::uuid GROUP BY 1, 2, 3`,
    db.$queryRaw<{ state: RemediationState; count: number }[]>(Prisma.sql`
      SELECT ${remediationState(now)} AS state, count(*)::int AS count FROM remediation r WHERE r.campaign_id = ${id}::uuid GROUP BY 1`),
  ])
  const own = items.filter(({ control }) => !control)
  const sum = (rows: typeof items) => rows.reduce((total, { count }) => total + count, 0)
  const inState = (state: string) => sum(own.filter((row) => row.state === state))
  const ofTier = (tier: Tier) => sum(own.filter((row) => TIERS[row.tier] === tier))
  return {
    funnel: {
      undecided: inState('undecided'),
      unclear: inState('unclear'),
      decided: inState('decided'),
      signed: inState('signed'),
      carried: inState('carried'),
      excepted: inState('excepted'),
      moved: inState('moved'),
      controls: sum(items.filter(({ control }) => control)),
      remediations: {
        ...NO_REMEDIATIONS,
        ...Object.fromEntries(steps.map(({ state, count }) => [state, count])),
      },
    },
    tiers: { high: ofTier('high'), medium: ofTier('medium'), low: ofTier('low') },
  }
}
