// What is asked about by itself when it happens, who is asked where nobody else is, and how much of it in a day.
import { z } from 'zod'
import { CAUSE_NAMES, CAUSES, type Cause } from '@/core/campaign'
import type { Actor } from '@/core/permissions'
import { db, type Tx } from '@/prisma/client'
import { Prisma } from '@/prisma/generated/client'
import { authorise } from '../../authorise'
import { command } from '../../command'
import { personHere } from '../reviewer'
import { exceptedNow } from './excepted'

const KEY = 'event-reviews'
/** Up to when what has become known was looked at. */
const SEEN_KEY = 'event-reviews.seen'

export const EventPolicy = z.strictObject({
  /** What opens a card. None: nothing does. */
  causes: z.array(z.enum(CAUSE_NAMES)).max(CAUSE_NAMES.length),
  /** Days to answer. */
  days: z.int().min(1).max(90).default(7),
  /** Who is asked where neither its owner nor the lead of a team can be. */
  fallback: z.guid('is not the id of a person'),
  /** Who answers for these reviews, and whom they are escalated to. */
  manager: z.guid('is not the id of a person'),
  /** Cards that are opened in a day (UTC); what happens beyond waits for the next. */
  perDay: z.int().min(1).max(5000).default(200),
})
export type EventPolicy = z.infer<typeof EventPolicy>

/** Undefined as long as nobody has said anything. */
export async function eventPolicy(tx: Pick<Tx, 'setting'> = db): Promise<EventPolicy | undefined> {
  const held = await tx.setting.findUnique({ where: { key: KEY } })
  const parsed = EventPolicy.safeParse(held?.value)
  return parsed.success ? parsed.data : undefined
}

export async function seenUpTo(tx: Pick<Tx, 'setting'>): Promise<string | undefined> {
  const held = await tx.setting.findUnique({ where: { key: SEEN_KEY } })
  return typeof held?.value === 'string' ? held.value : undefined
}
export async function setSeen(tx: Pick<Tx, 'setting'>, upTo: string): Promise<void> {
  await tx.setting.upsert({
    where: { key: SEEN_KEY },
    create: { key: SEEN_KEY, value: upTo },
    update: { value: upTo },
  })
}

/** The newest instant up to which everything that is known can be seen. */
export async function settledUpTo(tx: Pick<Tx, '$queryRaw'>): Promise<string> {
  const [row] = await tx.$queryRaw<{ at: Date }[]>`SELECT knowledge_settled() AS at`
  return (row?.at ?? new Date(0)).toISOString()
}

/** What had happened before it was turned on opens nothing. */
export const setEventPolicy = command({
  name: 'review.set-events',
  permission: 'campaign:manage',
  input: EventPolicy,
  async run({ input, tx }) {
    await personHere(tx, input.fallback, 'fallback')
    await personHere(tx, input.manager, 'manager')
    const before = await eventPolicy(tx)
    const value = { ...input, causes: [...new Set(input.causes)] }
    await tx.setting.upsert({ where: { key: KEY }, create: { key: KEY, value }, update: { value } })
    if (!before?.causes.length) await setSeen(tx, await settledUpTo(tx))
    return value
  },
  activity: ({ causes, days, fallback, manager, perDay }) => ({
    detail: { causes, days, fallback, manager, perDay },
  }),
})

export type EventReviews = {
  policy: EventPolicy | null
  /** Why nothing is opened although it is turned on, in words. */
  blocked?: string
  /** What has happened and waits for a card, by cause. */
  waiting: {
    cause: Cause
    title: string
    count: number
    /** How many of them an approved exception keeps from being asked about, as long as it counts. */
    excepted: number
    since: string
  }[]
  /** Cards of today, in UTC. */
  openedToday: number
}

export const startOfDay = (now: Date): Date => new Date(now.toISOString().slice(0, 10))

export async function eventReviews(actor: Actor | null, now = new Date()): Promise<EventReviews> {
  authorise(actor, 'campaign:read')
  const policy = await eventPolicy()
  const [waiting, openedToday, blocked] = await Promise.all([
    waitingByCause(db, now),
    db.reviewEvent.count({ where: { state: 'opened', endedAt: { gte: startOfDay(now) } } }),
    policy ? whyBlocked(db, policy) : undefined,
  ])
  return { policy: policy ?? null, waiting, openedToday, ...(blocked !== undefined && { blocked }) }
}

export async function waitingByCause(tx: Pick<Tx, '$queryRaw'>, now: Date): Promise<EventReviews['waiting']> {
  const rows = await tx.$queryRaw<
    { cause: Cause; count: number; excepted: number; since: Date }[]
  >(Prisma.sql`
    SELECT e.cause, count(*)::int AS count, count(*) FILTER (WHERE ${await exceptedNow(now)})::int AS excepted, min(e.noticed_at) AS since
    FROM review_event e WHERE e.state = 'waiting' GROUP BY 1 ORDER BY 2 DESC, 1`)
  return rows.map(({ cause, count, excepted, since }) => ({
    cause,
    title: CAUSES[cause],
    count,
    excepted,
    since: since.toISOString(),
  }))
}

/** Nobody is asked who is not there. */
export async function whyBlocked(
  tx: Pick<Tx, 'person'>,
  { fallback, manager }: EventPolicy,
): Promise<string | undefined> {
  const people = await tx.person.findMany({ where: { id: { in: [fallback, manager] } } })
  const gone = [fallback, manager].find(
    (id) => people.find((person) => person.id === id)?.standing !== 'here',
  )
  if (gone === undefined) return undefined
  const name = people.find(({ id }) => id === gone)?.name ?? 'Somebody'
  return `${name} has left: name somebody else as ${gone === fallback ? 'fallback reviewer' : 'manager'}.`
}

export const LeaveBody = z.strictObject({
  causes: z.array(z.enum(CAUSE_NAMES)).min(1, 'Say which'),
  reason: z.string().trim().min(1, 'Say why').max(2000),
})

/** What waits is let go of, by somebody and with a reason: nothing is dropped in silence. */
export const leaveWaiting = command({
  name: 'review.leave-events',
  permission: 'campaign:manage',
  input: LeaveBody,
  timeoutMs: 60_000,
  async run({ actor, input: { causes, reason }, tx, now }) {
    const { count } = await tx.reviewEvent.updateMany({
      where: { state: 'waiting', cause: { in: causes } },
      data: { state: 'left', why: `${actor.name}: ${reason}`, endedAt: now },
    })
    return { left: count }
  },
  activity: ({ causes, reason }, { left }) => ({ detail: { causes, reason, left } }),
})
