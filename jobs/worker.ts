// The worker process: takes jobs until it is told to stop.
import { db } from '@/prisma/client'
import { closeSender } from './queue'
import { startWorker } from './run-worker'

const log = (line: string) => console.error(`worker: ${line}`)

const worker = await startWorker({ log })
let stopping = false

async function stop() {
  if (stopping) return
  stopping = true
  try {
    await worker.stop()
    await closeSender()
    await db.$disconnect()
  } catch (error) {
    log(error instanceof Error ? error.message : String(error))
  }
  process.exit(0)
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop())
// Started as a child: when the parent is gone, nobody could stop this one any more.
process.on('disconnect', () => void stop())
