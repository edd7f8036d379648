// Who stands in for whom, now and later; what is over is left out.
import { may, type Actor } from '@/core/permissions'
import { compact, iso } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { authorise } from '../authorise'
import { personOf } from './who'

const SHOWN_MAX = 500
export type DelegationView = {
  id: string
  from: { id: string; name: string }
  to: { id: string; name: string }
  startsAt: string
  endsAt: string
  why?: string
  madeBy: string
}

/** Everybody's for those who assign owners; for an owner those that are about them. */
export async function listDelegations(actor: Actor | null, now = new Date()): Promise<DelegationView[]> {
  authorise(actor, 'owner:answer')
  const me = may(actor, 'owner:assign') ? undefined : ((await personOf(db, actor))?.id ?? null)
  if (me === null) return []
  const rows = await db.delegation.findMany({
    where: { endedAt: null, endsAt: { gt: now }, ...(me && { OR: [{ fromId: me }, { toId: me }] }) },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: SHOWN_MAX,
  })
  const ids = rows.flatMap(({ fromId, toId }) => [fromId, toId])
  const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? id
  return rows.map(({ id, fromId, toId, startsAt, endsAt, why, madeBy }) =>
    compact({
      id,
      from: { id: fromId, name: nameOf(fromId) },
      to: { id: toId, name: nameOf(toId) },
      startsAt: iso(startsAt),
      endsAt: iso(endsAt),
      why: why ?? undefined,
      madeBy,
    }),
  )
}
