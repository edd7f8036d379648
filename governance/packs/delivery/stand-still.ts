// Has a delivery stand still that may not go on, and says so to whoever is told and to those who can take it over.
import type { Actor } from '@/core/permissions'
import { db } from '@/prisma/client'
import type { Delivery } from '@/prisma/generated/client'
import { recordActivity } from '../../activity/record-activity'
import { notify } from '../../notices/notify'
import { membersNamed, membersWho } from '../../notices/recipients'

export const CLOCK: Actor = { kind: 'system', id: 'deliveries', name: 'Rollcall', role: 'administrator' }

export const whyNotAs = ({ memberName }: Pick<Delivery, 'memberName'>): string =>
  `It asks as ${memberName}, who has no account in use any more or may not have packs delivered. An administrator can resume it: it asks as they do from then on.`

export async function standStill({ id, memberId }: Delivery, why: string, now: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    // Somebody may have taken it over meanwhile.
    const { count } = await tx.delivery.updateMany({
      where: { id, memberId, pausedAt: null },
      data: { pausedAt: now, pausedBy: CLOCK.name, pausedWhy: why },
    })
    if (!count) return
    const { title, tell } = await tx.delivery.findUniqueOrThrow({ where: { id } })
    await recordActivity(
      tx,
      CLOCK,
      { action: 'delivery.stopped', object: `delivery:${id}`, detail: { title, why } },
      now,
    )
    const managers = await membersWho(tx, 'evidence:manage')
    const told = await membersNamed(
      tx,
      tell.filter((one) => !managers.some(({ userId }) => userId === one)),
    )
    const notice = {
      kind: 'delivery.stopped',
      about: `delivery:${id}`,
      once: `${id} ${now.toISOString()}`,
    } as const
    await notify(tx, { ...notice, data: { id, title, why }, to: [...managers, ...told] }, now)
  })
}
