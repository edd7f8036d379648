// `npm run estate`: looks at a generated estate day by day, or prints it.
import { RollcallError } from '@/core/errors'
import { observedAt } from './calendar'
import { parseOptions, USAGE, type Options } from './options'
import { printEstate } from './print-estate'
import { reportOf } from './report'

const PROGRESS_EVERY_MS = 500
const EXIT = { ok: 0, failure: 1, invalid: 2, partial: 3 } as const

const optionsOf = ({ identities, seed, changed }: Options, day: number) => ({
  identities,
  seed,
  day,
  changed,
})

/** On a terminal one line that changes; anywhere else nothing until the end. */
function progress(day: number) {
  let last = 0
  return (phase: string, observations: number) => {
    const now = performance.now()
    if (!process.stderr.isTTY || now - last < PROGRESS_EVERY_MS) return
    last = now
    const seen = observations ? `, ${observations} rows` : ''
    process.stderr.write(`\r\u001b[KDay ${day}: ${phase}${seen}`)
  }
}

async function sync(options: Options): Promise<number> {
  const [{ syncEstate }, { closeSender }, { db }] = await Promise.all([
    import('./sync'),
    import('@/jobs/queue'),
    import('@/prisma/client'),
  ])
  const stop = new AbortController()
  process.once('SIGINT', () =>
    stop.abort(new RollcallError('conflict', 'Stopped; the day was not finished.')),
  )
  let connectionId: string | undefined
  let exit: number = EXIT.ok
  try {
    for (let day = options.startDay; day < options.startDay + options.days; day++) {
      const from = performance.now()
      const done = await syncEstate({
        options: optionsOf(options, day),
        observedAt: observedAt(day, options.changed > 0),
        name: options.name,
        ...(connectionId !== undefined && { connectionId }),
        signal: stop.signal,
        onProgress: progress(day),
      })
      connectionId = done.connectionId
      if (done.state === 'partial') exit = EXIT.partial
      const seconds = (performance.now() - from) / 1000
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
      process.stdout.write(`${options.name}, day ${day}: ${done.state}\n${reportOf({ ...done, seconds })}`)
    }
  } finally {
    await closeSender()
    await db.$disconnect()
  }
  return exit
}

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args)
  if (!options) {
    process.stdout.write(USAGE)
    return EXIT.ok
  }
  if (!options.print) return sync(options)
  for (let day = options.startDay; day < options.startDay + options.days; day++)
    await printEstate(optionsOf(options, day), process.stdout)
  return EXIT.ok
}

/** A reader that has seen enough (`| head`) is no failure. */
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failure),
)

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof RollcallError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = error.code === 'invalid' ? EXIT.invalid : EXIT.failure
}
