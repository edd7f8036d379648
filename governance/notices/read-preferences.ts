// The preferences that are kept: what is usual here, and what people have said for themselves.
import type { Tx } from '@/prisma/client'
import { preferencesFrom, USUAL, type Preferences } from './preferences'

export const USUAL_KEY = 'notices'

export async function usualPreferences(tx: Pick<Tx, 'setting'>): Promise<Preferences> {
  const held = await tx.setting.findUnique({ where: { key: USUAL_KEY } })
  return preferencesFrom(held?.value, USUAL)
}

/** Of each of these people, by id; whoever has said nothing gets what is usual. */
export async function preferencesOf(
  tx: Pick<Tx, 'setting' | 'noticePreference'>,
  userIds: readonly string[],
): Promise<(userId: string | null | undefined) => Preferences> {
  const usual = await usualPreferences(tx)
  const held = await tx.noticePreference.findMany({ where: { userId: { in: [...new Set(userIds)] } } })
  const own = new Map(held.map(({ userId, value }) => [userId, preferencesFrom(value, usual)]))
  return (userId) => own.get(userId ?? '') ?? usual
}
