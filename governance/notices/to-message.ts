// Writes what was taken as one message: one notice as it is, several as the mail of a day.
import { v5 as idFrom } from 'uuid'
import type { Message } from '@/core/sender'
import { env } from '@/env'
import { db } from '@/prisma/client'
import type { Claimed } from './claim'
import { preferencesOf } from './read-preferences'
import { kindOf } from './templates/kinds'
import { writeDigest, writeOne, type Reader } from './templates/write-out'

/** Of ids that are made from those of the notices in a mail of a day. */
const DIGESTS = '5d1a7a46-3c40-4a0f-9f0e-3f6c0d6b2f11'

type Ready = { message: Message } | { problem: string; state: 'dead' | 'withdrawn' }

/** Where a member is written to now, which is not where they were. */
async function addressOf({ notices: [first] }: Claimed): Promise<{ to?: string; gone?: true }> {
  if (!first || first.email === null) return {}
  if (first.userId === null) return { to: first.email }
  const user = await db.user.findUnique({
    where: { id: first.userId },
    select: { email: true, banned: true },
  })
  return user && !user.banned ? { to: user.email } : { gone: true }
}

export async function toMessage(claimed: Claimed): Promise<Ready> {
  const { notices } = claimed
  const { to, gone } = await addressOf(claimed)
  if (gone) return { state: 'withdrawn', problem: 'They are not a member any more.' }
  const wishes = await preferencesOf(db, notices[0]?.userId ? [notices[0].userId] : [])
  const reader: Reader = {
    baseUrl: env.baseUrl,
    zone: wishes(notices[0]?.userId).zone,
    settings: to === undefined ? 'channel' : 'own',
  }
  const told = notices.flatMap((notice) => {
    const kind = kindOf(notice.kind)
    const data = kind?.data.safeParse(notice.data)
    return kind && data?.success ? [{ notice, content: kind.content(data.data) }] : []
  })
  const [first] = told
  if (!first)
    return { state: 'dead', problem: 'It was written by another version, and cannot be read by this one.' }
  const one = told.length === 1
  const written = one
    ? writeOne(first.content, reader)
    : writeDigest(
        told.map(({ content }) => content),
        reader,
      )
  const ids = told.map(({ notice }) => notice.id)
  return {
    message: {
      ...written,
      id: one ? first.notice.id : idFrom(ids.join(' '), DIGESTS),
      kind: one ? first.notice.kind : 'digest',
      at: first.notice.createdAt.toISOString(),
      ...(to !== undefined && { to }),
      data: one
        ? { about: first.notice.about, ...(first.notice.data as Record<string, unknown>) }
        : { notices: ids },
    },
  }
}
