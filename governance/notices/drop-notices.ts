// Withdraws notices that wait and have nothing to say any more. What is being sent is sent.
import type { Tx } from '@/prisma/client'
import { endNotices } from './settle'
import type { KindName } from './templates/kinds'

type Moot = { about: string; kind: KindName; why: string }

export async function dropNotices(tx: Tx, { about, kind, why }: Moot, now: Date): Promise<number> {
  const found = await tx.notice.findMany({
    where: { about, kind, state: 'waiting', OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }] },
    select: { id: true },
  })
  const ids = found.map(({ id }) => id)
  return endNotices(tx, ids, { state: 'withdrawn', error: why }, now)
}
