// Withdraws notices that wait and have nothing to say any more. What is being sent is sent.
import type { Prisma, Tx } from '@/prisma/client'
import type { Person } from './recipients'
import { endNotices } from './settle'
import type { KindName } from './templates/kinds'

type Moot = {
  about: string
  /** Unset: whatever it says. */
  kind?: KindName | readonly KindName[]
  /** Whose they are; unset: everybody's. */
  to?: Person
  why: string
}

/** By their account, else by a channel of their own or their address. */
const theirs = ({ userId, email, channelId }: Person): Prisma.NoticeWhereInput =>
  userId
    ? { userId }
    : { userId: null, AND: [{ OR: [{ email }, ...(channelId ? [{ email: null, channelId }] : [])] }] }

export async function dropNotices(tx: Tx, { about, kind, to, why }: Moot, now: Date): Promise<number> {
  const found = await tx.notice.findMany({
    where: {
      about,
      ...(kind !== undefined && { kind: typeof kind === 'string' ? kind : { in: [...kind] } }),
      ...(to && theirs(to)),
      state: 'waiting',
      OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }],
    },
    select: { id: true },
  })
  const ids = found.map(({ id }) => id)
  return endNotices(tx, ids, { state: 'withdrawn', error: why }, now)
}
