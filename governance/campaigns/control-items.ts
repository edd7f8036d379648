// Decoys: identities that are gone, shown as they were, to learn how attentively is looked. Off unless announced.
import { atMoment } from '@/inventory/moment/at-moment'
import { identityConditions, identityFrom } from '@/inventory/queries/identity-where'
import { allOf } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { Campaign } from '@/prisma/generated/client'
import { Prisma } from '@/prisma/generated/client'
import { readFilter } from './campaign-input'
import { freeze, type Freezing, type Frozen } from './freeze-batch'
import { CAMPAIGNS } from './population'

/** The ones drawn by the seed of the campaign. Who has no reviewer is none. */
export async function addControls(held: Campaign, at: Freezing): Promise<Frozen[]> {
  const { control, seed } = at.policy
  if (!control) return []
  const filter = { ...readFilter(held.filter as Record<string, string>), state: ['retired' as const] }
  const where = allOf(Object.values(await identityConditions(CAMPAIGNS, filter)))
  const gone = await db.$queryRaw<{ id: string; at: Date }[]>(Prisma.sql`
    SELECT i.id, i.retired_at AS at FROM ${identityFrom(where)} WHERE ${where} AND i.retired_at < ${at.instant}
    ORDER BY md5(${seed} || i.id::text), i.id LIMIT ${control.items}::int`)
  const frozen: Frozen[] = []
  for (const one of gone) {
    const valid = new Date(one.at.getTime() - 1).toISOString()
    const known = at.instant.toISOString()
    frozen.push(...(await atMoment({ valid, known }, () => freeze([one.id], { ...at, control: true }))))
  }
  return frozen.filter(({ reviewerId }) => reviewerId !== null)
}
