// Writes what was taken as one message: one notice as it is, several as the mail of a day.
import { v5 as idFrom } from 'uuid'
import type { Message } from '@/core/sender'
import { env } from '@/env'
import { db } from '@/prisma/client'
import type { Notice } from '@/prisma/generated/client'
import { hasEnded } from '../auth/access-end'
import { makeLink } from '../campaigns/links/make-link'
import type { Claimed } from './claim'
import { isZone } from './local-time'
import { mootNotices } from './moot-notices'
import { preferencesOf } from './read-preferences'
import { endNotices } from './settle'
import type { Content } from './templates/content'
import { kindOf } from './templates/kinds'
import { writeDigest, writeOne, type Reader } from './templates/write-out'

/** Of ids that are made from those of the notices in a mail of a day. */
const DIGESTS = '5d1a7a46-3c40-4a0f-9f0e-3f6c0d6b2f11'

type Ready = { message: Message } | { problem: string; state: 'dead' | 'withdrawn' }
type Whom = { to?: string; zone?: string; personId?: string; gone?: string }

/** Of a channel that is one person’s own. */
async function ownerOf(personId: string): Promise<Whom> {
  const person = await db.person.findUnique({
    where: { id: personId },
    select: { standing: true, timeZone: true },
  })
  if (person?.standing !== 'here') return { gone: 'They have left.' }
  return { personId, ...(person.timeZone && isZone(person.timeZone) && { zone: person.timeZone }) }
}

/** Where a member is written to now, which is not where they were; others at the address that the directory has. */
async function whomOf({ notices: [first], channel }: Claimed): Promise<Whom> {
  if (first && first.email === null && channel.personId !== null) return ownerOf(channel.personId)
  if (!first || first.email === null) return {}
  if (first.userId === null) {
    const person = await db.person.findUnique({
      where: { email: first.email.toLowerCase() },
      select: { id: true, standing: true, timeZone: true },
    })
    if (person && person.standing !== 'here') return { gone: 'They have left.' }
    return {
      to: first.email,
      ...(person && { personId: person.id }),
      ...(person?.timeZone && isZone(person.timeZone) && { zone: person.timeZone }),
    }
  }
  const user = await db.user.findUnique({
    where: { id: first.userId },
    select: { email: true, banned: true, accessUntil: true },
  })
  return user && !user.banned && !hasEnded(user)
    ? { to: user.email }
    : { gone: 'They are not a member any more.' }
}

type Told = { notice: Notice; content: Content }

/** Those that can still be read and still hold; the others are withdrawn. */
async function toldOf(
  notices: readonly Notice[],
  personId: string | undefined,
  now: Date,
): Promise<Told[] | { problem: string }> {
  const moot = await mootNotices(notices, personId)
  for (const [why, ids] of moot)
    await db.$transaction((tx) => endNotices(tx, ids, { state: 'withdrawn', error: why }, now))
  const [first] = moot.keys()
  const dropped = new Set([...moot.values()].flat())
  if (first !== undefined && notices.every(({ id }) => dropped.has(id))) return { problem: first }
  return notices.flatMap((notice) => {
    const kind = kindOf(notice.kind)
    const data = kind?.data.safeParse(notice.data)
    return kind && data?.success && !dropped.has(notice.id)
      ? [{ notice, content: kind.content(data.data) }]
      : []
  })
}

/** Who has no account gets links that open what they are asked, one for each campaign: nothing of a token is kept here. */
async function withLinks(told: readonly Told[], personId: string, now: Date): Promise<Told[]> {
  const links = new Map<string, Content['link']>()
  const out: Told[] = []
  for (const { notice, content } of told) {
    const id = (notice.data as { campaignId?: unknown }).campaignId
    if (!kindOf(notice.kind)?.opensReview || typeof id !== 'string') {
      out.push({ notice, content })
      continue
    }
    const link = links.get(id) ?? {
      title: 'Open what you are asked',
      path: `/link/${await makeLink(id, personId, now)}`,
    }
    links.set(id, link)
    out.push({ notice, content: { ...content, link } })
  }
  return out
}

export async function toMessage({ notices, ...claimed }: Claimed, now: Date): Promise<Ready> {
  const { to, zone, personId, gone } = await whomOf({ notices, ...claimed })
  if (gone !== undefined) return { state: 'withdrawn', problem: gone }
  const wishes = await preferencesOf(db, notices[0]?.userId ? [notices[0].userId] : [])
  const reader: Reader = {
    baseUrl: env.baseUrl,
    zone: zone ?? wishes(notices[0]?.userId).zone,
    settings:
      to === undefined && personId === undefined ? 'channel' : notices[0]?.userId == null ? 'none' : 'own',
  }
  const found = await toldOf(notices, personId, now)
  if ('problem' in found) return { state: 'withdrawn', problem: found.problem }
  const told = personId === undefined ? found : await withLinks(found, personId, now)
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
