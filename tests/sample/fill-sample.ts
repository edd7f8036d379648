// A process that adds the first administrator and the sample organisation to DATABASE_URL, as the command line does where
// there is no worker, and ends when all of it was read, joined, analysed and judged.
import { setTimeout as wait } from 'node:timers/promises'
import { createFirstAdministrator } from '@/governance/auth/first-administrator'
import { addSample } from '@/governance/sample/add-sample'
import { closeSender } from '@/jobs/queue'
import { startWorker } from '@/jobs/run-worker'
import { db } from '@/prisma/client'
import { ADMINISTRATOR } from './administrator'

const ASK_EVERY_MS = 100

const { id } = await createFirstAdministrator(ADMINISTRATOR)
await addSample({ kind: 'user', id, name: ADMINISTRATOR.name, role: 'administrator' }, {})
const worker = await startWorker({ log: (line) => process.stderr.write(`${line}\n`) })
const open = async () => {
  const [{ count } = { count: 0 }] = await db.$queryRaw<{ count: number }[]>`
    SELECT (SELECT count(*) FROM run WHERE ended_at IS NULL)::int
      + (SELECT count(*) FROM pgboss.job WHERE state < 'completed' AND start_after <= now() AND name <> 'tick')::int AS count`
  return count
}
while (await open()) await wait(ASK_EVERY_MS)
await worker.stop()
await closeSender()
await db.$disconnect()
process.exit(0)
