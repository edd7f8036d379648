// How a period of a delivery ends: delivered, or given up in words. Whoever is to be told is told in the same transaction.
import { db, type Tx } from '@/prisma/client'
import type { Delivery, DeliveryPeriod, Pack } from '@/prisma/generated/client'
import { recordActivity } from '../../../activity/record-activity'
import { notify } from '../../../notices/notify'
import { membersNamed } from '../../../notices/recipients'
import type { Put } from '../folder-store'
import { placeWords } from '../places'
import { CLOCK } from '../stand-still'

type Row = DeliveryPeriod & { delivery: Delivery }
const rowOf = (tx: Tx, id: string): Promise<Row> =>
  tx.deliveryPeriod.findUniqueOrThrow({ where: { id }, include: { delivery: true } })

const aboutOf = ({ delivery, periodFrom, periodTo }: Row) => ({
  id: delivery.id,
  title: delivery.title,
  from: periodFrom.toISOString(),
  to: periodTo.toISOString(),
})
const objectOf = ({ delivery: { id } }: Row) => `delivery:${id}`

/** @returns whether it was one of these states until now */
export async function giveUp(
  id: string,
  states: readonly string[],
  why: string,
  now: Date,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.deliveryPeriod.updateMany({
      where: { id, state: { in: [...states] } },
      data: { state: 'dead', error: why, endedAt: now, claimedUntil: null },
    })
    if (!count) return false
    const row = await rowOf(tx, id)
    const detail = { ...aboutOf(row), why, attempts: row.attempts }
    await recordActivity(tx, CLOCK, { action: 'delivery.failed', object: objectOf(row), detail }, now)
    const to = await membersNamed(tx, row.delivery.tell)
    const notice = {
      kind: 'delivery.failed',
      about: objectOf(row),
      once: `${id} ${now.toISOString()}`,
    } as const
    await notify(tx, { ...notice, data: { ...aboutOf(row), why }, to }, now)
    return true
  })
}

type Delivered = { id: string; pack: Pack; outcome: Exclude<Put, 'other'>; now: Date }

/** Once: who comes second, after a claim that ran out, finds it delivered. */
export async function markDelivered({ id, pack, outcome, now }: Delivered): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.deliveryPeriod.updateMany({
      where: { id, state: 'waiting' },
      data: { state: 'delivered', outcome, error: null, endedAt: now, claimedUntil: null },
    })
    if (!count) return false
    const row = await rowOf(tx, id)
    const place = placeWords(row.delivery) ?? ''
    const complete = pack.complete === true
    const told = { ...aboutOf(row), name: row.name, place, sha256: pack.sha256 ?? '', complete }
    const detail = { ...told, pack: pack.id, outcome }
    await recordActivity(tx, CLOCK, { action: 'delivery.delivered', object: objectOf(row), detail }, now)
    const to = await membersNamed(tx, row.delivery.tell)
    const notice = { kind: 'delivery.delivered', about: objectOf(row), once: id } as const
    await notify(tx, { ...notice, data: told, to }, now)
    return true
  })
}
