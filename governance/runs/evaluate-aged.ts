// Has the rules asked again once a day: time alone turns a fresh credential into an old one.
import { send } from '@/jobs/queue'
import { db } from '@/prisma/client'

const AGE_MS = 24 * 3600_000

export async function evaluateAged(now: Date): Promise<string[]> {
  const scopes = await db.scope.findMany({
    where: {
      looks: { some: {} },
      OR: [{ evaluatedAt: null }, { evaluatedAt: { lt: new Date(now.getTime() - AGE_MS) } }],
    },
    select: { id: true },
  })
  for (const { id } of scopes)
    await send('evaluate-scope', { scopeId: id, runId: null }, undefined, { hourlyKey: id })
  return scopes.map(({ id }) => id)
}
