// Tells of exceptions that run out within a week. One that was approved for less than that is not told about: who approved it
// knows.
import { db } from '@/prisma/client'
import type { Exception } from '@/prisma/generated/client'
import { tellEnds } from './tell-exception'

const DAYS = 7
const AT_ONCE = 200

export async function tellEnding(now: Date): Promise<string[]> {
  if (!(await db.channel.count())) return []
  const ending = await db.$queryRaw<Pick<Exception, 'id'>[]>`
    SELECT e.id FROM exception e
    WHERE e.state = 'approved' AND e.expires_at > ${now}
      AND e.expires_at <= ${now}::timestamptz + make_interval(days => ${DAYS}::int)
      AND e.approved_at <= e.expires_at - make_interval(days => ${DAYS}::int)
      AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.about = 'exception:' || e.id AND n.kind = 'exception.ending')
    ORDER BY e.expires_at, e.id LIMIT ${AT_ONCE}`
  for (const { id } of ending)
    await db.$transaction(async (tx) => {
      const held = await tx.exception.findUnique({ where: { id } })
      if (held?.state === 'approved') await tellEnds(tx, held, now)
    })
  return ending.map(({ id }) => id)
}
