// Writes notices, in the transaction of what causes them: no commit, no notice. They are sent afterwards, by a job.
import type { z } from 'zod'
import { documentWithoutSecrets } from '@/core/secret-like'
import { send } from '@/jobs/queue'
import type { Prisma, Tx } from '@/prisma/client'
import { reachesPeople } from '../channels/channel-kinds'
import { preferencesOf } from './read-preferences'
import type { Person } from './recipients'
import { NOTICE_KINDS, type KindName } from './templates/kinds'
import { whenToSend } from './when-to-send'

export type ToTell<K extends KindName> = {
  kind: K
  /** What it is about, such as `exception:<id>`. */
  about: string
  /** What makes it this notice: each person, and each channel, is told at most once. */
  once: string
  data: z.input<(typeof NOTICE_KINDS)[K]['data']>
  to: readonly Person[]
}

const ROWS_AT_ONCE = 1000

/** Wakes the sender. One job waits at most: it sees all that is due when it begins. */
export const wakeSender = (tx?: Tx): Promise<void> => send('send-notices', {}, tx, { waitingKey: 'send' })

/**
 * Each person gets it by mail, when they want to be told; each channel that takes the kind gets it at once. Without a
 * channel there is nobody to tell, and nothing is written.
 * @returns how many notices were written; fewer where some were before
 */
export async function notify<K extends KindName>(tx: Tx, tell: ToTell<K>, now: Date): Promise<number> {
  const channels = await tx.channel.findMany({ select: { id: true, kind: true, name: true, takes: true } })
  const common = {
    kind: tell.kind,
    about: tell.about,
    // What people have written may hold what nobody should have written.
    data: documentWithoutSecrets(NOTICE_KINDS[tell.kind].data.parse(tell.data)) as Prisma.InputJsonObject,
    createdAt: now,
  }
  const keyOf = (whose: string) => `${tell.kind}:${tell.once}:${whose}`
  const rows: Prisma.NoticeCreateManyInput[] = channels
    .filter(({ kind, takes }) => !reachesPeople(kind) && takes.includes(tell.kind))
    .map(({ id, name }) => ({
      ...common,
      key: keyOf(`channel ${id}`),
      channelId: id,
      recipientName: name,
      grouped: false,
      notBefore: now,
    }))
  if (channels.some(({ kind }) => reachesPeople(kind)))
    rows.push(...(await toPeople(tx, tell, now)).map((row) => ({ ...common, ...row, key: keyOf(row.key) })))
  let written = 0
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const data = rows.slice(from, from + ROWS_AT_ONCE)
    written += (await tx.notice.createMany({ data, skipDuplicates: true })).count
  }
  if (written && rows.some(({ notBefore }) => notBefore <= now)) await wakeSender(tx)
  return written
}

async function toPeople<K extends KindName>(tx: Tx, { kind, to }: ToTell<K>, now: Date) {
  const { urgent, grouped } = NOTICE_KINDS[kind]
  const wishes = await preferencesOf(
    tx,
    to.flatMap(({ userId }) => userId ?? []),
  )
  return to.map(({ userId, email, name }) => ({
    key: userId ?? email.toLowerCase(),
    email,
    userId: userId ?? null,
    recipientName: name,
    grouped: grouped && wishes(userId).digestAt !== null,
    notBefore: whenToSend({ urgent, grouped }, wishes(userId), now),
  }))
}
