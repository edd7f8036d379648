// When one wants to be told, and what is usual here for whoever has not said. What waits waits by the new wishes.
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import { db, type Tx } from '@/prisma/client'
import { authorise } from '../authorise'
import { command } from '../command'
import { wakeSender } from './notify'
import { Preferences } from './preferences'
import { preferencesOf, USUAL_KEY, usualPreferences } from './read-preferences'
import { endNotices } from './settle'
import { kindOf } from './templates/kinds'
import { whenToSend } from './when-to-send'

export type PreferencesView = { own: Preferences; usual: Preferences; isOwn: boolean }

/** @throws RollcallError `forbidden` for whoever has no account */
function ensureMember(actor: Actor): void {
  if (actor.kind === 'cli' || actor.kind === 'system')
    throw new RollcallError('forbidden', 'Only a member is told anything: sign in, or use a token of yours.')
}

export async function preferencesView(actor: Actor | null): Promise<PreferencesView> {
  authorise(actor, 'notice:prefer')
  const usual = await usualPreferences(db)
  const held = await db.noticePreference.findUnique({ where: { userId: actor.id } })
  const of = await preferencesOf(db, [actor.id])
  return { own: of(actor.id), usual, isOwn: held !== null }
}

/** Notices that nobody has tried to send yet, counted from when they were written. */
async function planAnew(tx: Tx, whose: { userId: string } | 'everybody', now: Date): Promise<void> {
  const rows = await tx.notice.findMany({
    where: {
      state: 'waiting',
      attempts: 0,
      ...(whose === 'everybody' ? { email: { not: null } } : { userId: whose.userId }),
    },
    select: { id: true, kind: true, userId: true, createdAt: true },
  })
  const wishes = await preferencesOf(
    tx,
    rows.flatMap(({ userId }) => userId ?? []),
  )
  for (const { id, kind, userId, createdAt } of rows) {
    const pressing = kindOf(kind)
    if (!pressing) continue
    const wish = wishes(userId)
    if (userId && !pressing.mandatory && (wish.off as readonly string[]).includes(kind)) {
      await endNotices(
        tx,
        [id],
        { state: 'withdrawn', error: 'They do not want to be told of this kind.' },
        now,
      )
      continue
    }
    await tx.notice.updateMany({
      where: { id, state: 'waiting', attempts: 0 },
      data: {
        notBefore: whenToSend(pressing, wish, createdAt),
        grouped: pressing.grouped && wish.digestAt !== null,
      },
    })
  }
  if (rows.some(({ createdAt }) => createdAt <= now)) await wakeSender(tx)
}

export const setPreferences = command({
  name: 'notice.prefer',
  permission: 'notice:prefer',
  input: Preferences,
  async run({ actor, input, tx, now }) {
    ensureMember(actor)
    const userId = actor.id
    await tx.noticePreference.upsert({
      where: { userId },
      create: { userId, value: input },
      update: { value: input },
    })
    await planAnew(tx, { userId }, now)
    return input
  },
  activity: (input) => ({ detail: { ...input } }),
})

export const setUsual = command({
  name: 'notice.set-usual',
  permission: 'setting:manage',
  input: Preferences,
  timeoutMs: 60_000,
  async run({ input, tx, now }) {
    await tx.setting.upsert({
      where: { key: USUAL_KEY },
      create: { key: USUAL_KEY, value: input },
      update: { value: input },
    })
    await planAnew(tx, 'everybody', now)
    return input
  },
  activity: (input) => ({ detail: { ...input } }),
})
