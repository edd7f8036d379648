// Which of what is about to be sent has nothing to say any more: who has finished is not reminded of it.
import { stillAsked } from '../campaigns/telling/still-asked'
import type { Notice } from '@/prisma/generated/client'
import { REVIEW_KINDS } from './templates/kinds'

const isReview = (kind: string): boolean => (REVIEW_KINDS as readonly string[]).includes(kind)

/**
 * The ids of those that are to be withdrawn, by why.
 * @param personId of the directory, whose own channel they go by
 */
export async function mootNotices(
  notices: readonly Notice[],
  personId: string | null = null,
): Promise<Map<string, string[]>> {
  const moot = new Map<string, string[]>()
  const answers = new Map<string, boolean>()
  for (const { id, kind, data, userId, email } of notices) {
    const { campaignId } = data as { campaignId?: unknown }
    if (!isReview(kind) || typeof campaignId !== 'string' || (email ?? personId) === null) continue
    const asked = answers.get(campaignId) ?? (await stillAsked(campaignId, { userId, email, personId }))
    answers.set(campaignId, asked)
    if (!asked) moot.set(OVER, [...(moot.get(OVER) ?? []), id])
  }
  return moot
}

const OVER = 'They have finished, or are not asked any more.'
