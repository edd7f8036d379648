// Counts the statements a process sends to its database, and kills the process at one of them.
import pg from 'pg'

/** Which statement: by its place, or by its place among those that hold a text. And when: see below. */
export type KillPoint = { nth: number; holding?: string; when: 'before' | 'during' | 'after' }
export const WHEN = ['before', 'during', 'after'] as const

type Query = (this: pg.Client, ...args: unknown[]) => unknown
const prototype = pg.Client.prototype as unknown as { query: Query }
const die = () => process.kill(process.pid, 'SIGKILL')

const textOf = (asked: unknown): string =>
  typeof asked === 'string'
    ? asked
    : typeof asked === 'object' && asked !== null && 'text' in asked && typeof asked.text === 'string'
      ? asked.text
      : ''

/** Dies when the statement is answered, however it was asked: by promise, by callback or as a stream. */
function dieAfter(args: unknown[], send: (args: unknown[]) => unknown): unknown {
  const callback = args.at(-1)
  if (typeof callback === 'function') return send([...args.slice(0, -1), die])
  const sent = send(args)
  if (sent instanceof Promise) return sent.then(die, die)
  const stream = sent as NodeJS.WritableStream
  stream.once('finish', die)
  return sent
}

/** Watches from now on. @returns how to ask without being counted, and how many were */
export function watchStatements(point?: KillPoint) {
  const query = prototype.query
  const uncounted = new WeakSet<pg.Client>()
  let count = 0
  let left = point?.nth ?? 0
  prototype.query = function (...args) {
    if (uncounted.has(this)) return query.apply(this, args)
    count++
    const concerned = point && (!point.holding || textOf(args[0]).includes(point.holding))
    if (!concerned || --left !== 0) return query.apply(this, args)
    if (point.when === 'before') die()
    if (point.when === 'after') return dieAfter(args, (asked) => query.apply(this, asked))
    const sent = query.apply(this, args)
    // It is on its way when this turn is over.
    setImmediate(die)
    return sent
  }
  return { count: () => count, ignore: (client: pg.Client) => void uncounted.add(client) }
}
