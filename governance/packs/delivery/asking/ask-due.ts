// Asks for the packs that deliveries are due: of each the oldest period that is not delivered, and one at a time.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { historyBegins } from '@/inventory/moment/history-begins'
import { settledNow } from '@/inventory/moment/settled-now'
import { db, type Tx } from '@/prisma/client'
import type { Delivery, DeliveryPeriod } from '@/prisma/generated/client'
import { recordActivity } from '../../../activity/record-activity'
import { queuePack } from '../../asking/build'
import { settle, type Question as Settled } from '../../asking/settle'
import { packName, periodsDue, type Every } from '../schedule'
import { lockDelivery, managerNow, Question } from '../setting-up/delivery-input'
import { CLOCK, standStill, whyNotAs } from '../stand-still'
import { giveUp } from '../delivering/end-period'

const HOUR_MS = 3600_000
type Work = { question: Settled; keepDays: number }
type Due = { from: Date; to: Date; row?: DeliveryPeriod }

/** A period that is tried again goes before those that have never been asked for. */
async function dueOf(delivery: Delivery, now: Date): Promise<Due | undefined> {
  const { id: deliveryId, every, waitHours, createdAt } = delivery
  if (await db.deliveryPeriod.count({ where: { deliveryId, state: { in: ['building', 'waiting'] } } })) return
  const row = await db.deliveryPeriod.findFirst({
    where: { deliveryId, state: 'due' },
    orderBy: { periodFrom: 'asc' },
  })
  if (row) return { from: row.periodFrom, to: row.periodTo, row }
  const last = await db.deliveryPeriod.findFirst({ where: { deliveryId }, orderBy: { periodTo: 'desc' } })
  const [period] = periodsDue({ every: every as Every, waitHours }, last?.periodTo ?? createdAt, now, 1)
  return period && { from: period.from, to: period.to }
}

const day = (at: Date) => at.toISOString().slice(0, 10)

/** As of the end of the period, with what was known when its pack was due, however much later it is asked for. */
async function settled(member: Actor, delivery: Delivery, { from, to }: Due): Promise<Work | undefined> {
  const question = Question.parse(delivery.question)
  const known = new Date(to.getTime() + delivery.waitHours * HOUR_MS).toISOString()
  // By the clock of the database, and with all that was being written by then.
  if (known > (await settledNow())) return undefined
  const begins = await historyBegins()
  // What lies before is not kept: the pack itself says from when on it tells.
  const since =
    begins && begins > from.toISOString() && begins < to.toISOString() ? begins : from.toISOString()
  const asked = await settle(member, {
    ...question,
    title: `${delivery.title}: ${day(from)} to ${day(to)}`,
    from: since,
    asOf: to.toISOString(),
    known,
  })
  return { question: asked, keepDays: question.keepDays }
}

/** Where the pack of an earlier try is still kept, it is that one that is delivered. */
async function isKept(tx: Tx, packId: string | null): Promise<boolean> {
  const pack = packId === null ? null : await tx.pack.findUnique({ where: { id: packId } })
  return pack?.state === 'sealed' && pack.removedAt === null
}

const nameOf = ({ id, title }: Delivery, due: Due) =>
  packName(title, due).replace(/\.zip$/, `-${id.slice(-8)}.zip`)

type Asking = { delivery: Delivery; due: Due; member: Actor; now: Date }

/** @returns false where somebody else was faster, or has changed it meanwhile */
async function ask({ delivery, due, member, now }: Asking, work: Work): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const held = await lockDelivery(tx, delivery.id)
    const { id: deliveryId } = held
    const under = await tx.deliveryPeriod.count({
      where: { deliveryId, state: { in: ['building', 'waiting'] } },
    })
    if (under || held.pausedAt || held.memberId !== delivery.memberId) return false
    const places = { deliveryId, periodFrom: due.from, periodTo: due.to }
    const row = await tx.deliveryPeriod.upsert({
      where: { deliveryId_periodFrom_periodTo: places },
      create: { ...places, state: 'due', name: nameOf(held, due), notBefore: now, createdAt: now },
      update: {},
    })
    if (row.state !== 'due') return false
    if (await isKept(tx, row.packId)) {
      await tx.deliveryPeriod.update({ where: { id: row.id }, data: { state: 'waiting', notBefore: now } })
      return true
    }
    const packId = await queuePack(tx, { actor: member, ...work, now })
    await tx.deliveryPeriod.update({ where: { id: row.id }, data: { state: 'building', packId } })
    const detail = { title: held.title, pack: packId, from: day(due.from), to: day(due.to), as: member.name }
    await recordActivity(tx, CLOCK, { action: 'delivery.ask', object: `delivery:${deliveryId}`, detail }, now)
    return true
  })
}

/** What can never be asked is given up, in words, so that what follows is not kept waiting. */
async function giveUpPeriod({ delivery, due, now }: Asking, why: string): Promise<void> {
  const places = { deliveryId: delivery.id, periodFrom: due.from, periodTo: due.to }
  const row = await db.deliveryPeriod.upsert({
    where: { deliveryId_periodFrom_periodTo: places },
    create: { ...places, state: 'due', name: nameOf(delivery, due), notBefore: now, createdAt: now },
    update: {},
  })
  await giveUp(row.id, ['due'], why, now)
}

async function askFor(delivery: Delivery, now: Date): Promise<boolean> {
  const due = await dueOf(delivery, now)
  if (!due) return false
  const member = await managerNow(db, delivery.memberId)
  if (!member) {
    await standStill(delivery, whyNotAs(delivery), now)
    return false
  }
  const asking = { delivery, due, member, now }
  try {
    const work = await settled(member, delivery, due)
    return work !== undefined && (await ask(asking, work))
  } catch (error) {
    if (!(error instanceof RollcallError)) throw error
    // Changes are still being written, or too many packs wait: a minute later it is asked again.
    if (['conflict', 'limited', 'not-found'].includes(error.code)) return false
    await giveUpPeriod(asking, `It could not be asked: ${error.message}`)
    return false
  }
}

/** @returns of how many deliveries something was asked */
export async function askDue(now: Date): Promise<number> {
  const running = await db.delivery.findMany({ where: { pausedAt: null }, orderBy: { id: 'asc' } })
  const errors: unknown[] = []
  let asked = 0
  for (const delivery of running) {
    try {
      if (await askFor(delivery, now)) asked += 1
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length) throw new AggregateError(errors, 'some deliveries could not be asked for')
  return asked
}
