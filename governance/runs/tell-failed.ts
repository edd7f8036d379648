// Tells administrators that a source could not be read: once, until it was read again.
import type { Tx } from '@/prisma/client'
import { notify } from '../notices/notify'
import { membersWho } from '../notices/recipients'

const READ = ['complete', 'partial']

export async function tellFailed(tx: Tx, runId: string, error: string, now: Date): Promise<void> {
  const run = await tx.run.findUnique({
    where: { id: runId },
    select: { connectionId: true, connection: { select: { name: true, mode: true } } },
  })
  // Whoever imports a file waits for it, and sees what becomes of it.
  if (run?.connection.mode !== 'live') return
  const { connectionId, connection } = run
  const lastRead = await tx.run.findFirst({
    where: { connectionId, state: { in: READ } },
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  })
  const tell = {
    kind: 'run.failed' as const,
    about: `connection:${connectionId}`,
    once: `${connectionId} since ${lastRead?.id ?? 'it was connected'}`,
    data: { connectionId, runId, source: connection.name, error },
    to: await membersWho(tx, 'source:manage'),
  }
  await notify(tx, tell, now)
}
