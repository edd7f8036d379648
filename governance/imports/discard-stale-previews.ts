// Throws away imports that nobody has decided about for a day: what they hold is out of date.
import { db } from '@/prisma/client'
import { dropImportIn } from './drop-import'

const AGE_MS = 24 * 3600_000

export async function discardStalePreviews(now: Date): Promise<string[]> {
  const waiting = await db.run.findMany({
    where: { state: 'previewed', createdAt: { lt: new Date(now.getTime() - AGE_MS) } },
    select: { id: true },
  })
  for (const { id } of waiting)
    await db.$transaction(
      async (tx) => {
        const rows = await tx.$queryRaw<
          { state: string }[]
        >`SELECT state FROM run WHERE id = ${id}::uuid FOR UPDATE`
        if (rows[0]?.state !== 'previewed') return
        const phase = 'Discarded: nobody confirmed it within a day.'
        await dropImportIn(tx, id, { state: 'cancelled', phase, now })
      },
      { timeout: 60_000, maxWait: 10_000 },
    )
  return waiting.map(({ id }) => id)
}
