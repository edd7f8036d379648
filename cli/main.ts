// The command line: parses, runs one command, tells what went wrong, and leaves nothing open.
import { EXIT } from './exit-codes'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { program, tell } from './program'

/** A reader that has seen enough (`| head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failure)
})

const args = process.argv.slice(2)
try {
  await program().parseAsync(args, { from: 'user' })
} catch (error) {
  process.exitCode = tell(error, args.includes('--json'))
} finally {
  await closeSender()
  await db.$disconnect()
}
