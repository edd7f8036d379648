// What one is asked in a campaign, counted by where it is, of which kind and risk, and how far it is.
import { TIERS, type ItemState, type Tier } from '@/core/campaign'
import type { Actor } from '@/core/permissions'
import { isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { asReviewer } from './as-reviewer'

/** Systems and kinds beyond this are not told apart. */
const ROWS_MAX = 5000
const OPEN: readonly ItemState[] = ['undecided', 'unclear']

export type Counted = {
  scope: { id: string; name: string }
  type: string
  tier: Tier
  state: ItemState
  /** Whether it is one’s own, and not asked in the place of somebody who is away. */
  own: boolean
  count: number
}
export type Sum = { items: number; open: number; decided: number; signed: number; high: number }

export const sumOf = (rows: readonly Counted[]): Sum => {
  const sum = (fits: (row: Counted) => boolean) =>
    rows.filter(fits).reduce((total, { count }) => total + count, 0)
  return {
    items: sum(() => true),
    open: sum(({ state }) => OPEN.includes(state)),
    decided: sum(({ state }) => state === 'decided'),
    signed: sum(({ state }) => state === 'signed'),
    high: sum(({ state, tier }) => tier === 'high' && OPEN.includes(state)),
  }
}

/** `type` is that of one of its items: two systems of one name are told apart by it. */
export type Group = { key: string; title: string; type: string; sum: Sum }
/** By system or by kind: those with something open first, the riskiest first among them. */
export function groupsOf(rows: readonly Counted[], by: 'system' | 'kind'): Group[] {
  const of = (row: Counted) => (by === 'system' ? row.scope.id : row.type)
  const keys = [...new Set(rows.map(of))]
  const groups = keys.map((key) => {
    const own = rows.filter((row) => of(row) === key)
    return {
      key,
      title: by === 'system' ? (own[0]?.scope.name ?? key) : key,
      type: own[0]?.type ?? '',
      sum: sumOf(own),
    }
  })
  const rank = ({ sum }: Group) => (sum.open ? (sum.high ? 0 : 1) : 2)
  return groups.sort((a, b) => rank(a) - rank(b) || (a.title < b.title ? -1 : 1))
}

/** Carried by policy is nobody’s to decide, and is in none of it. */
export async function myTally(actor: Actor | null, id: string, now = new Date()): Promise<Counted[]> {
  const mine = await asReviewer(actor, now)
  if (!mine || !isUuid(id)) return []
  const rows = await db.$queryRaw<
    {
      scopeId: string
      scopeName: string
      type: string
      tier: number
      state: ItemState
      own: boolean
      count: number
    }[]
  >`
    SELECT i.scope_id AS "scopeId", i.scope_name AS "scopeName", i.type, i.tier, i.state,
      i.reviewer_id = ${mine.person.id}::uuid AS own, count(*)::int AS count
    FROM campaign_item i JOIN campaign c ON c.id = i.campaign_id
    WHERE i.campaign_id = ${id}::uuid AND i.reviewer_id = ANY(${mine.places}::uuid[]) AND i.state <> 'carried'
      AND c.published_at IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 2, 1, 3, 4, 5, 6 LIMIT ${ROWS_MAX}::int`
  return rows.map(({ scopeId, scopeName, type, tier, state, own, count }) => ({
    scope: { id: scopeId, name: scopeName },
    type,
    tier: TIERS[tier] ?? 'high',
    state,
    own,
    count,
  }))
}
