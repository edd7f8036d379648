// The command line: parses, runs one command, tells what went wrong, and leaves nothing open.
import { EXIT } from './exit-codes'
import { closeSender } from '@/jobs/queue'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { run } from './program'

/** A reader that has seen enough (`| head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failure)
})

try {
  process.exitCode = await run(process.argv.slice(2))
} finally {
  await closeSender()
  await closeMomentClient()
  await db.$disconnect()
}
