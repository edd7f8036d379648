// Sees to it that what is due is sent, that nothing waits for ever, and that what is over is let go of in time.
import { db } from '@/prisma/client'
import { wakeSender } from './notify'

const DAY_MS = 24 * 3600_000
/** What could have been sent for longer helps nobody any more. */
const WAITS_DAYS_MAX = 7
const KEPT_DAYS = 90
const ROWS_AT_ONCE = 5000

export async function startSending(now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS)
  await db.$executeRaw`
    UPDATE notice SET state = 'dead', ended_at = ${now}, claimed_until = NULL,
      error = 'It has waited for ' || ${WAITS_DAYS_MAX}::text || ' days. ' || coalesce(error, 'No channel was open for it.')
    WHERE id IN (
      SELECT id FROM notice WHERE state = 'waiting' AND not_before < ${before(WAITS_DAYS_MAX)}
        AND (claimed_until IS NULL OR claimed_until <= ${now})
      LIMIT ${ROWS_AT_ONCE})`
  await db.$executeRaw`
    DELETE FROM notice WHERE id IN (
      SELECT id FROM notice WHERE state <> 'waiting' AND ended_at < ${before(KEPT_DAYS)} LIMIT ${ROWS_AT_ONCE})`
  const due = await db.notice.findFirst({
    where: {
      state: 'waiting',
      notBefore: { lte: now },
      OR: [{ claimedUntil: null }, { claimedUntil: { lte: now } }],
    },
    select: { id: true },
  })
  if (due) await wakeSender()
}
