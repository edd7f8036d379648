// What was sent and not taken in is missing: said with the looks of the day that follows, counted by reason.
import { RollcallError, type Code } from '@/core/errors'
import type { Why } from '@/core/fact'
import { db } from '@/prisma/client'
import { wakeReceiver } from './start-receiving'

const REASONS: Partial<Record<Code, { why: Why; detail: string }>> = {
  limited: {
    why: 'limited',
    detail:
      'More was sent than could be taken in: some of it was refused, and is missing unless it was sent again',
  },
  invalid: {
    why: 'malformed',
    detail: 'Something was sent that was not understood: none of that batch is known',
  },
  conflict: { why: 'left-out', detail: 'Something was sent while the source was paused: it is not known' },
}

/** Does nothing for failures of our own: what was being sent is then sent again. */
export async function noteRefused(
  { connectionId, scopeId }: { connectionId: string; scopeId: string },
  error: unknown,
): Promise<void> {
  const reason = error instanceof RollcallError ? REASONS[error.code] : undefined
  if (!reason) return
  const { why } = reason
  const now = new Date()
  await db.receivedGap.upsert({
    where: { connectionId_scopeId_why: { connectionId, scopeId, why } },
    create: { connectionId, scopeId, ...reason, count: 1, firstAt: now, lastAt: now },
    update: { count: { increment: 1 }, lastAt: now },
  })
  await wakeReceiver(connectionId)
}
