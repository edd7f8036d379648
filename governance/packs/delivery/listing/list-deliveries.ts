// Deliveries, and all of one: its question, its settings without their secrets, and what became of each period.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { isUuid } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import type { Delivery, DeliveryPeriod } from '@/prisma/generated/client'
import { authorise } from '../../../authorise'
import { settingsShape, type SettingsField } from '../../../connections/settings-shape'
import { settingsView, type SettingsView } from '../../../connections/settings-values'
import { openSettings } from '../../../crypto/seal-settings'
import { PLACE_KINDS, placeOf, type PlaceKind } from '../places'
import { Question } from '../setting-up/delivery-input'
import {
  deliveryView,
  periodView,
  type DeliveryRow,
  type DeliveryView,
  type PeriodRow,
  type PeriodView,
} from './delivery-view'

/** More than anybody sets up. */
const SHOWN_MAX = 500
const PERIODS_MAX = 200

export const DeliveryFilter = z.object({
  /** Part of its title. */
  q: z.string().trim().max(200).optional(),
})
export type DeliveryFilter = z.infer<typeof DeliveryFilter>

async function withPacks(periods: readonly DeliveryPeriod[]): Promise<Map<string, PeriodRow>> {
  const ids = periods.flatMap(({ packId }) => packId ?? [])
  const packs = new Map((await db.pack.findMany({ where: { id: { in: ids } } })).map((one) => [one.id, one]))
  return new Map(
    periods.map((period) => {
      const pack = period.packId === null ? undefined : packs.get(period.packId)
      return [period.id, { ...period, ...(pack && { pack }) }]
    }),
  )
}

/** A few questions, however many there are. */
async function rowsOf(deliveries: readonly Delivery[]): Promise<DeliveryRow[]> {
  const ids = deliveries.map(({ id }) => id)
  const newest = (states: string[]) =>
    db.deliveryPeriod.findMany({
      where: { deliveryId: { in: ids }, state: { in: states } },
      orderBy: { periodTo: 'desc' },
      distinct: ['deliveryId'],
    })
  const [current, last, counts, ends, users] = await Promise.all([
    newest(['building', 'waiting']),
    newest(['delivered']),
    db.deliveryPeriod.groupBy({
      by: ['deliveryId', 'state'],
      where: { deliveryId: { in: ids } },
      _count: true,
    }),
    db.deliveryPeriod.groupBy({
      by: ['deliveryId'],
      where: { deliveryId: { in: ids } },
      _max: { periodTo: true },
    }),
    db.user.findMany({
      where: { id: { in: [...new Set(deliveries.flatMap(({ tell }) => tell))] } },
      select: { id: true, name: true, email: true },
    }),
  ])
  const periods = await withPacks([...current, ...last])
  const members = new Map(users.map((one) => [one.id, one]))
  const of = (rows: readonly DeliveryPeriod[], id: string) =>
    periods.get(rows.find((one) => one.deliveryId === id)?.id ?? '')
  const count = (id: string, state: string) =>
    counts.find((one) => one.deliveryId === id && one.state === state)?._count ?? 0
  return deliveries.map((delivery) => ({
    delivery,
    members,
    current: of(current, delivery.id),
    last: of(last, delivery.id),
    upTo: ends.find((one) => one.deliveryId === delivery.id)?._max.periodTo ?? undefined,
    delivered: count(delivery.id, 'delivered'),
    dead: count(delivery.id, 'dead'),
  }))
}

/** By title. */
export async function listDeliveries(
  actor: Actor | null,
  { q }: Partial<DeliveryFilter> = {},
  now = new Date(),
): Promise<{ rows: DeliveryView[] }> {
  authorise(actor, 'delivery:read')
  const found = await db.delivery.findMany({
    where: q ? { title: { contains: q, mode: 'insensitive' } } : {},
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
    take: SHOWN_MAX,
  })
  return { rows: (await rowsOf(found)).map((row) => deliveryView(row, now)) }
}

export type DeliveryDetail = DeliveryView & {
  question: Question
  settings: SettingsView
  /** Why the settings cannot be read, when they cannot. */
  settingsProblem?: string
  /** Newest first. */
  periods: PeriodView[]
}

function heldSettings({ id, settings }: Delivery): { settings?: unknown; problem?: string } {
  try {
    return { settings: openSettings(id, settings, 'delivery') }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'The settings cannot be read.' }
  }
}

/** @throws RollcallError `not-found` */
export async function deliveryDetail(
  actor: Actor | null,
  id: string,
  now = new Date(),
): Promise<DeliveryDetail> {
  authorise(actor, 'delivery:read')
  const found = isUuid(id) ? await db.delivery.findUnique({ where: { id } }) : null
  const [row] = found ? await rowsOf([found]) : []
  if (!found || !row) throw new RollcallError('not-found', 'There is no such delivery, or no longer.')
  const periods = await db.deliveryPeriod.findMany({
    where: { deliveryId: id },
    orderBy: { periodTo: 'desc' },
    take: PERIODS_MAX,
  })
  const { settings, problem } = heldSettings(found)
  return {
    ...deliveryView(row, now),
    question: Question.parse(found.question),
    settings: settingsView(deliveryFields(found.kind), settings),
    ...(problem !== undefined && { settingsProblem: problem }),
    periods: [...(await withPacks(periods)).values()].map((one) => periodView(one, now)),
  }
}

/** The fields of the form. @throws RollcallError `not-found` for a kind there is not */
export const deliveryFields = (kind: string): SettingsField[] => settingsShape(placeOf(kind).settings)

export type PlaceView = { id: PlaceKind; title: string; summary: string }
export const placeViews = (): PlaceView[] =>
  PLACE_KINDS.map((kind) => {
    const { title, summary } = placeOf(kind)
    return { id: kind, title, summary }
  })
