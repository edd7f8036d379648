// Tells administrators of scopes that nobody has seen whole for too long: once for each time it happens.
import { overdueScopes } from '@/inventory/queries/freshness'
import { db } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { notify } from '../notices/notify'
import { membersWho } from '../notices/recipients'

const AT_ONCE = 200

export async function tellStale(now: Date): Promise<string[]> {
  if (!(await db.channel.count())) return []
  const stale = await overdueScopes(Prisma.sql`TRUE`, { now, max: AT_ONCE })
  const abouts = stale.map(({ scopeId }) => `scope:${scopeId}`)
  const told = await db.notice.findMany({
    where: { kind: 'source.stale', about: { in: abouts } },
    select: { about: true, data: true },
  })
  const isTold = ({ scopeId, seenAt }: (typeof stale)[number]) =>
    told.some(
      ({ about, data }) => about === `scope:${scopeId}` && (data as { seenAt?: unknown }).seenAt === seenAt,
    )
  const untold = stale.filter((one) => !isTold(one))
  if (!untold.length) return []
  await db.$transaction(async (tx) => {
    const to = await membersWho(tx, 'source:manage')
    for (const { scopeId, scope, seenAt, since } of untold) {
      const once = `${scopeId} since ${seenAt}`
      const data = { scope, seenAt, since }
      await notify(tx, { kind: 'source.stale', about: `scope:${scopeId}`, once, data, to }, now)
    }
  })
  return untold.map(({ scopeId }) => scopeId)
}
