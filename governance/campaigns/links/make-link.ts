// Makes the link by which somebody without an account opens what they are asked in one campaign.
import { db } from '@/prisma/client'
import { hashOf, newLinkToken } from './token'

const DAYS = 7
const DAY_MS = 86_400_000

/** What was sent before and not opened opens nothing any more. @returns the token, which is kept nowhere */
export async function makeLink(campaignId: string, personId: string, now: Date): Promise<string> {
  const token = newLinkToken()
  await db.$transaction(async (tx) => {
    // Of two that are made at once one is withdrawn.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`link ${campaignId} ${personId}`}, 0))`
    await tx.reviewLink.updateMany({
      where: { campaignId, personId, usedAt: null, revokedAt: null },
      data: { revokedAt: now, revokedWhy: 'A new link was made.' },
    })
    await tx.reviewLink.create({
      data: {
        campaignId,
        personId,
        tokenHash: hashOf(token),
        createdAt: now,
        expiresAt: new Date(now.getTime() + DAYS * DAY_MS),
      },
    })
  })
  return token
}
