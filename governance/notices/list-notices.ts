// The outbox: what waits, what was sent, what could not be, and why.
import { z } from 'zod'
import type { Instant } from '@/core/fact'
import { oneOf } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { compact, iso, isoOr } from '@/inventory/queries/sql'
import { db, type Prisma } from '@/prisma/client'
import { authorise } from '../authorise'
import { kindOf, kindTitle, NOTICE_KINDS, type KindName } from './templates/kinds'

export const NOTICE_STATES = ['waiting', 'sent', 'dead', 'withdrawn'] as const
export type NoticeState = (typeof NOTICE_STATES)[number]
const KINDS = Object.keys(NOTICE_KINDS) as [KindName, ...KindName[]]
const SHOWN_MAX = 500
const SIZE = 100

export const NoticeFilter = z.object({
  /** Unset: all of them. */
  state: oneOf(NOTICE_STATES),
  kind: oneOf(KINDS),
  /** The id of a channel: what is for it, or went by it. */
  channel: z.guid().optional(),
  /** Part of the address or name of whom it is for, or what it is about, such as `exception:<id>`. */
  q: z.string().trim().max(300).optional(),
  /** Place of the next page, as the one before returned it. */
  after: z.guid().optional(),
  size: z.coerce.number().int().min(1).max(SHOWN_MAX).default(SIZE),
})
export type NoticeFilter = z.infer<typeof NoticeFilter>

export type NoticeView = {
  id: string
  kind: string
  title: string
  subject?: string
  about: string
  to: { name: string; email?: string }
  /** The channel it is for, or that has sent it. */
  channel?: { id: string; name: string }
  state: NoticeState
  createdAt: Instant
  /** Of what waits: not before. */
  notBefore: Instant
  attempts: number
  /** Whether it is being sent at this moment. */
  sending: boolean
  error?: string
  endedAt?: Instant
}

const WITH_CHANNEL = { channel: { select: { id: true, name: true } } } satisfies Prisma.NoticeInclude
type Row = Prisma.NoticeGetPayload<{ include: typeof WITH_CHANNEL }>

function subjectOf({ kind, data }: Row): string | undefined {
  const found = kindOf(kind)
  const parsed = found?.data.safeParse(data)
  return found && parsed?.success ? found.content(parsed.data).subject : undefined
}

const viewOf = (row: Row, now: Date): NoticeView =>
  compact({
    id: row.id,
    kind: row.kind,
    title: kindTitle(row.kind),
    subject: subjectOf(row),
    about: row.about,
    to: compact({ name: row.recipientName, email: row.email ?? undefined }),
    channel: row.channel ?? undefined,
    state: row.state as NoticeState,
    createdAt: iso(row.createdAt),
    notBefore: iso(row.notBefore),
    attempts: row.attempts,
    sending: row.state === 'waiting' && row.claimedUntil !== null && row.claimedUntil > now,
    error: row.error ?? undefined,
    endedAt: isoOr(row.endedAt),
  })

const among = (words: readonly string[] | undefined) =>
  !words || words.includes('any') ? undefined : { in: [...words] }

export const whereOf = ({ state, kind, channel, q }: Partial<NoticeFilter>): Prisma.NoticeWhereInput => ({
  state: among(state),
  kind: among(kind),
  channelId: channel,
  ...(q && {
    OR: [
      { email: { contains: q, mode: 'insensitive' } },
      { recipientName: { contains: q, mode: 'insensitive' } },
      { about: q },
    ],
  }),
})

/** Newest first. */
export async function listNotices(
  actor: Actor | null,
  filter: Partial<NoticeFilter> = {},
  now = new Date(),
): Promise<{ rows: NoticeView[]; next?: string }> {
  authorise(actor, 'notice:read')
  const { after, size = SIZE } = filter
  const rows = await db.notice.findMany({
    where: whereOf(filter),
    include: WITH_CHANNEL,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: size + 1,
    ...(after && { cursor: { id: after }, skip: 1 }),
  })
  const shown = rows.slice(0, size)
  const last = shown.at(-1)
  return {
    rows: shown.map((row) => viewOf(row, now)),
    ...(rows.length > size && last && { next: last.id }),
  }
}

/** All of them, page by page. */
export async function* eachNotice(
  actor: Actor | null,
  filter: Partial<NoticeFilter> = {},
): AsyncGenerator<NoticeView[]> {
  let after = filter.after
  do {
    const { rows, next } = await listNotices(actor, { ...filter, size: SHOWN_MAX, after })
    if (rows.length) yield rows
    after = next
  } while (after !== undefined)
}

/** How many there are in each state. */
export async function noticeCounts(actor: Actor | null): Promise<Record<NoticeState, number>> {
  authorise(actor, 'notice:read')
  const groups = await db.notice.groupBy({ by: ['state'], _count: true })
  const of = (state: NoticeState) => groups.find((one) => one.state === state)?._count ?? 0
  return { waiting: of('waiting'), sent: of('sent'), dead: of('dead'), withdrawn: of('withdrawn') }
}
