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

type Counts = { funnel: Funnel; tiers: Record<Tier, number> }
type ItemCount = { id: string; state: string; tier: number; control: boolean; count: number }
type StepCount = { id: string; state: RemediationState; count: number }

function countsOf(items: readonly ItemCount[], steps: readonly StepCount[]): Counts {
  const own = items.filter(({ control }) => !control)
  const sum = (rows: readonly ItemCount[]) => rows.reduce((total, { count }) => total + count, 0)
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

/** Of several campaigns at once. */
export async function funnelsOf(ids: readonly string[], now: Date): Promise<(id: string) => Counts> {
  const [items, steps] = await Promise.all([
    db.$queryRaw<ItemCount[]>`
      SELECT campaign_id AS id, state, tier, control, count(*)::int AS count FROM campaign_item
      WHERE campaign_id = ANY(${[...ids]}::uuid[]) GROUP BY 1, 2, 3, 4`,
    db.$queryRaw<StepCount[]>(Prisma.sql`
      SELECT r.campaign_id AS id, ${remediationState(now)} AS state, count(*)::int AS count FROM remediation r
      WHERE r.campaign_id = ANY(${[...ids]}::uuid[]) GROUP BY 1, 2`),
  ])
  return (id) =>
    countsOf(
      items.filter((row) => row.id === id),
      steps.filter((row) => row.id === id),
    )
}

export const funnelOf = async (id: string, now: Date): Promise<Counts> => (await funnelsOf([id], now))(id)
