// Writes notices, in the transaction of what causes them: no commit, no notice. They are sent afterwards, by a job.
import type { z } from 'zod'
import { documentWithoutSecrets } from '@/core/secret-like'
import { send } from '@/jobs/queue'
import type { Prisma, Tx } from '@/prisma/client'
import { reachesPeople } from '../channels/channel-kinds'
import { preferencesOf } from './read-preferences'
import type { Person } from './recipients'
import type { NoticeKind } from './templates/content'
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

/** What each of several people is told for themselves. */
export type ToTellEach<K extends KindName> = {
  kind: K
  about: string
  each: readonly { once: string; data: z.input<(typeof NOTICE_KINDS)[K]['data']>; to: Person }[]
}

const ROWS_AT_ONCE = 1000

/** Wakes the sender. One job waits at most: it sees all that is due when it begins. */
export const wakeSender = (tx?: Tx): Promise<void> => send('send-notices', {}, tx, { waitingKey: 'send' })

// What people have written may hold what nobody should have written.
const plain = <K extends KindName>(kind: K, data: z.input<(typeof NOTICE_KINDS)[K]['data']>) =>
  documentWithoutSecrets(NOTICE_KINDS[kind].data.parse(data)) as Prisma.InputJsonObject
const keyOf = (kind: string, once: string, whose: string) => `${kind}:${once}:${whose}`

async function write(tx: Tx, rows: readonly Prisma.NoticeCreateManyInput[], now: Date): Promise<number> {
  let written = 0
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const data = rows.slice(from, from + ROWS_AT_ONCE)
    written += (await tx.notice.createMany({ data, skipDuplicates: true })).count
  }
  if (written && rows.some(({ notBefore }) => notBefore <= now)) await wakeSender(tx)
  return written
}

/**
 * Each person gets it by mail, when they want to be told; each channel that takes the kind gets it at once. Without a
 * channel there is nobody to tell, and nothing is written.
 * @returns how many notices were written; fewer where some were before
 */
export async function notify<K extends KindName>(tx: Tx, tell: ToTell<K>, now: Date): Promise<number> {
  const channels = await tx.channel.findMany({
    select: { id: true, kind: true, name: true, takes: true, personId: true },
  })
  const { kind, once } = tell
  const common = { kind, about: tell.about, data: plain(kind, tell.data), createdAt: now }
  const rows: Prisma.NoticeCreateManyInput[] = channels
    .filter((channel) => !reachesPeople(channel.kind) && channel.takes.includes(kind))
    .map(({ id, name }) => ({
      ...common,
      key: keyOf(kind, once, `channel ${id}`),
      channelId: id,
      recipientName: name,
      grouped: false,
      notBefore: now,
    }))
  if (reachAnybody(channels)) {
    const planFor = await plans(tx, kind, tell.to, now)
    for (const to of tell.to) {
      const { whose, ...row } = planFor(to) ?? {}
      if (whose !== undefined) rows.push({ ...common, ...row, key: keyOf(kind, once, whose) } as Row)
    }
  }
  return write(tx, rows, now)
}

/** The same for many people, each of whom is told something of their own: a few questions, however many they are. */
export async function notifyEach<K extends KindName>(
  tx: Tx,
  { kind, about, each }: ToTellEach<K>,
  now: Date,
): Promise<number> {
  if (!each.length) return 0
  if (!reachAnybody(await tx.channel.findMany({ select: { kind: true, personId: true } }))) return 0
  const planFor = await plans(
    tx,
    kind,
    each.map(({ to }) => to),
    now,
  )
  const rows = each.flatMap(({ once, data, to }) => {
    const { whose, ...row } = planFor(to) ?? {}
    return whose === undefined
      ? []
      : [
          {
            kind,
            about,
            createdAt: now,
            data: plain(kind, data),
            ...row,
            key: keyOf(kind, once, whose),
          } as Row,
        ]
  })
  return write(tx, rows, now)
}

type Row = Prisma.NoticeCreateManyInput

/** By mail, or by a channel of one’s own. */
const reachAnybody = (channels: readonly { kind: string; personId: string | null }[]): boolean =>
  channels.some(({ kind, personId }) => reachesPeople(kind) || personId !== null)

/** When and how each of them is told; undefined for who has turned the kind off. */
async function plans(tx: Tx, kind: KindName, to: readonly Person[], now: Date) {
  const { urgent, grouped, mandatory }: NoticeKind = NOTICE_KINDS[kind] as unknown as NoticeKind
  const wishes = await preferencesOf(
    tx,
    to.flatMap(({ userId }) => userId ?? []),
  )
  return ({ userId, email, name, zone, channelId }: Person) => {
    const own = wishes(userId)
    if (!mandatory && userId && (own.off as readonly string[]).includes(kind)) return undefined
    const wish = zone === undefined ? own : { ...own, zone }
    // One after the other: whoever writes to a place does not gather the messages of a day.
    if (channelId !== undefined)
      return {
        whose: `own ${channelId}`,
        email: null,
        channelId,
        userId: null,
        recipientName: name,
        grouped: false,
        notBefore: whenToSend({ urgent, grouped: false }, wish, now),
      }
    return {
      whose: userId ?? email.toLowerCase(),
      email,
      userId: userId ?? null,
      recipientName: name,
      grouped: grouped && wish.digestAt !== null,
      notBefore: whenToSend({ urgent, grouped }, wish, now),
    }
  }
}
