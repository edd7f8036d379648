// Who would be asked if a campaign were frozen now: how many each, and how many nobody, before anything is frozen.
import { LOAD_MAX } from '@/core/campaign'
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import type { Owner } from '@/core/subject'
import { identityConditions, IDENTITY_FROM } from '@/inventory/queries/identity-where'
import { allOf } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../authorise'
import { readFilter, storedFilter, type ChainStep } from './campaign-input'
import { reviewerOf } from './chain'
import { directoryOf } from './directory'
import { CAMPAIGNS } from './population'

/** Owners that are asked about; identities of others are counted, and not said whose they are. */
const OWNERS_MAX = 5000
const SHOWN_MAX = 12

export type ForeseenReviewers = {
  items: number
  /** Those for whom the chain finds nobody, by why. */
  none: { items: number; why: { words: string; items: number }[] }
  reviewers: number
  /** The busiest. */
  rows: { id: string; name: string; items: number; tooMany: boolean }[]
  /** Identities of owners beyond the bound. */
  beyond: number
}
type OwnerCount = { state: string; name: string | null; items: number }

/** Only who it is counts here: by what the owner is known is told on the card. */
function ownerFact({ state, name }: OwnerCount): Fact<Owner> | null {
  if (state === 'known' && name !== null) return known({ name, names: 'unclear', how: '' }, 'posture')
  return state === 'absent' ? absent('posture') : unknown('not-collected', 'posture')
}

const ownersOf = async (filter: Readonly<Record<string, string>>): Promise<OwnerCount[]> => {
  const conditions = await identityConditions(CAMPAIGNS, readFilter(storedFilter(filter)))
  return db.$queryRaw<OwnerCount[]>(Prisma.sql`
    SELECT coalesce(p.owner_state, 'unknown') AS state, CASE WHEN p.owner_state = 'known' THEN p.owner_name END AS name, count(*)::int AS items
    FROM ${IDENTITY_FROM} WHERE ${allOf(Object.values(conditions))} GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT ${OWNERS_MAX + 1}::int`)
}

/** What policy carries and decoys are not foreseen: both are known once the population is frozen. */
export async function foreseenReviewers(
  actor: Actor | null,
  filter: Readonly<Record<string, string>>,
  chain: readonly ChainStep[],
): Promise<ForeseenReviewers> {
  authorise(actor, 'campaign:manage')
  const all = await ownersOf(filter)
  const owners = all.slice(0, OWNERS_MAX)
  const directory = await directoryOf(
    owners.flatMap(({ name }) => name ?? []),
    chain.flatMap((step) => (step.by === 'person' ? [step.person] : [])),
  )
  const loads = new Map<string, number>()
  const why = new Map<string, number>()
  for (const one of owners) {
    const found = reviewerOf(chain, { owner: ownerFact(one), hints: [], directory })
    const [into, key] = found.reviewerId ? [loads, found.reviewerId] : [why, found.why]
    into.set(key, (into.get(key) ?? 0) + one.items)
  }
  const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0)
  const byCount = (counts: Map<string, number>) => [...counts].sort(([, a], [, b]) => b - a)
  return {
    items: sum(all.map(({ items }) => items)),
    none: {
      items: sum(why.values()),
      why: byCount(why)
        .slice(0, SHOWN_MAX)
        .map(([words, items]) => ({ words, items })),
    },
    reviewers: loads.size,
    rows: byCount(loads)
      .slice(0, SHOWN_MAX)
      .map(([id, items]) => ({
        id,
        name: directory.person(id)?.name ?? id,
        items,
        tooMany: items > LOAD_MAX,
      })),
    beyond: sum(all.slice(OWNERS_MAX).map(({ items }) => items)),
  }
}
