// The import a person decides about: read, and neither confirmed nor discarded.
import { ensure } from '@/core/errors'
import type { Tx } from '@/prisma/client'

/** The run, locked until the transaction ends. @throws RollcallError `not-found` or `conflict` */
export async function waitingImport(tx: Tx, runId: string) {
  await tx.$queryRaw`SELECT id FROM run WHERE id = ${runId}::uuid FOR UPDATE`
  const run = await tx.run.findUnique({ where: { id: runId }, include: { connection: true } })
  ensure(run?.connection.mode === 'import', 'not-found', 'There is no such import, or no longer.')
  ensure(run.state === 'previewed', 'conflict', `This import does not wait any more: it is ${run.state}.`)
  return run
}
