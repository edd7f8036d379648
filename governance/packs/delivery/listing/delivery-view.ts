// A delivery as people see it: what it does next, what was delivered last, and what goes wrong.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { compact, iso, isoOr } from '@/inventory/queries/sql'
import type { Delivery, DeliveryPeriod, Pack } from '@/prisma/generated/client'
import { PLACE_KINDS, placeOf, placeWords, type PlaceKind } from '../places'
import { EVERY, nextDue, type Every } from '../schedule'

export const PERIOD_STATES = ['due', 'building', 'waiting', 'delivered', 'dead'] as const

export const PeriodView = z.object({
  id: z.guid(),
  from: Instant,
  /** No part of it. */
  to: Instant,
  state: z.enum(PERIOD_STATES),
  /** Whether it is being taken there just now. */
  isAtWork: z.boolean(),
  /** What its file is called there. */
  name: z.string(),
  /** The pack; what is told of it stays when its file is gone. */
  packId: z.guid().optional(),
  sha256: z.string().optional(),
  bytes: z.int().optional(),
  complete: z.boolean().optional(),
  attempts: z.int(),
  /** Of what waits: not before then. */
  notBefore: Instant.optional(),
  error: z.string().optional(),
  /** same: it was there already. */
  outcome: z.enum(['put', 'same']).optional(),
  endedAt: Instant.optional(),
})
export type PeriodView = z.infer<typeof PeriodView>

export const DeliveryView = z.object({
  id: z.guid(),
  title: z.string(),
  every: z.enum(EVERY),
  waitHours: z.int(),
  kind: z.enum(PLACE_KINDS),
  kindTitle: z.string(),
  /** Where that is, without anything secret; left out where it cannot be read. */
  place: z.string().optional(),
  /** As whom it asks. */
  as: z.object({ id: z.string(), name: z.string() }),
  tell: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
  createdAt: Instant,
  createdBy: z.string(),
  paused: z.object({ at: Instant, by: z.string(), why: z.string() }).optional(),
  /** The period that is asked for next, and when; left out while it stands still. */
  next: z.object({ from: Instant, to: Instant, due: Instant }).optional(),
  /** The one that is under way. */
  current: PeriodView.optional(),
  last: PeriodView.optional(),
  delivered: z.int(),
  /** Periods that were given up, and nobody has tried again. */
  dead: z.int(),
})
export type DeliveryView = z.infer<typeof DeliveryView>

export type PeriodRow = DeliveryPeriod & { pack?: Pack }
export type DeliveryRow = {
  delivery: Delivery
  members: ReadonlyMap<string, { id: string; name: string; email: string }>
  current?: PeriodRow
  last?: PeriodRow
  /** End of the newest period. */
  upTo: Date | undefined
  delivered: number
  dead: number
}

export const periodView = ({ pack, ...row }: PeriodRow, now: Date): PeriodView =>
  compact({
    id: row.id,
    from: iso(row.periodFrom),
    to: iso(row.periodTo),
    state: row.state as PeriodView['state'],
    isAtWork: row.claimedUntil !== null && row.claimedUntil > now,
    name: row.name,
    packId: row.packId ?? undefined,
    sha256: pack?.sha256 ?? undefined,
    bytes: pack?.sha256 ? Number(pack.bytes) : undefined,
    complete: pack?.complete ?? undefined,
    attempts: row.attempts,
    notBefore: row.state === 'waiting' ? iso(row.notBefore) : undefined,
    error: row.error ?? undefined,
    outcome: (row.outcome ?? undefined) as PeriodView['outcome'],
    endedAt: isoOr(row.endedAt),
  })

export function deliveryView(
  { delivery, members, current, last, upTo, delivered, dead }: DeliveryRow,
  now: Date,
): DeliveryView {
  const { pausedAt, pausedBy, pausedWhy, every, waitHours } = delivery
  const next = nextDue({ every: every as Every, waitHours }, upTo ?? delivery.createdAt)
  return compact({
    id: delivery.id,
    title: delivery.title,
    every: every as Every,
    waitHours,
    kind: delivery.kind as PlaceKind,
    kindTitle: placeOf(delivery.kind).title,
    place: placeWords(delivery),
    as: { id: delivery.memberId, name: delivery.memberName },
    tell: delivery.tell.flatMap((id) => members.get(id) ?? []),
    createdAt: iso(delivery.createdAt),
    createdBy: delivery.createdBy,
    paused: pausedAt ? { at: iso(pausedAt), by: pausedBy ?? '', why: pausedWhy ?? '' } : undefined,
    next: pausedAt ? undefined : { from: iso(next.from), to: iso(next.to), due: iso(next.due) },
    current: current && periodView(current, now),
    last: last && periodView(last, now),
    delivered,
    dead,
  })
}
