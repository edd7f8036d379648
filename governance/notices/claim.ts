// Takes what is due next, for one sender alone: of two at once each gets something else. Whoever takes something and is gone
// before it ends has it taken by another after a while: what is sent may be sent twice, with the same id, and is never lost.
import { db, type Tx } from '@/prisma/client'
import type { Channel, Notice } from '@/prisma/generated/client'
import { reachesPeople } from '../channels/channel-kinds'

/** Longer than any attempt takes. */
const CLAIM_MS = 5 * 60_000
/** Notices of one person that go together. */
const TOGETHER_MAX = 500

/** What goes out as one message. Not empty. */
export type Claimed = { notices: Notice[]; channel: Channel; claimedUntil: Date }

/** Channels by which something can be sent now: of those for people the one that was added first. */
async function openChannels(tx: Tx, now: Date, without: ReadonlySet<string>) {
  const all = await tx.channel.findMany({
    where: { enabled: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const mail = all.find(({ kind }) => reachesPeople(kind))
  const open = all.filter(
    ({ id, kind, notBefore }) =>
      !without.has(id) &&
      (notBefore === null || notBefore <= now) &&
      (!reachesPeople(kind) || id === mail?.id),
  )
  return { open, mail: open.find(({ id }) => id === mail?.id) }
}

/** @param without channels that are left alone for now */
export async function claimNext(now: Date, without: ReadonlySet<string>): Promise<Claimed | undefined> {
  return db.$transaction(async (tx) => {
    const { open, mail } = await openChannels(tx, now, without)
    const places = open.filter(({ id }) => id !== mail?.id).map(({ id }) => id)
    const [head] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM notice
      WHERE state = 'waiting' AND not_before <= ${now} AND (claimed_until IS NULL OR claimed_until <= ${now})
        AND ((email IS NULL AND channel_id = ANY(${places}::uuid[])) OR (email IS NOT NULL AND ${mail !== undefined}))
      ORDER BY not_before, created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`
    if (!head) return undefined
    const mates = await tx.$queryRaw<{ id: string }[]>`
      SELECT n.id FROM notice n JOIN notice h ON h.id = ${head.id}::uuid AND h.grouped
      WHERE n.grouped AND n.state = 'waiting' AND n.not_before <= ${now}
        AND (n.claimed_until IS NULL OR n.claimed_until <= ${now})
        AND n.email = h.email AND n.user_id IS NOT DISTINCT FROM h.user_id
      ORDER BY n.created_at, n.id LIMIT ${TOGETHER_MAX} FOR UPDATE OF n SKIP LOCKED`
    const ids = [...new Set([head.id, ...mates.map(({ id }) => id)])]
    const claimedUntil = new Date(now.getTime() + CLAIM_MS)
    await tx.notice.updateMany({
      where: { id: { in: ids } },
      data: { claimedUntil, attempts: { increment: 1 } },
    })
    const notices = await tx.notice.findMany({
      where: { id: { in: ids } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    })
    const channel = notices[0]?.email === null ? open.find(({ id }) => id === notices[0]?.channelId) : mail
    return channel && { notices, channel, claimedUntil }
  })
}
