// Which moment the questions of a piece of work are about. Set once where a request comes in; every read below obeys it.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Moment } from '@/core/moment'
import { db } from '@/prisma/client'
import { momentSession, type MomentSession } from './moment-client'

type At = { moment: Moment; session: MomentSession }
const running = new AsyncLocalStorage<At | undefined>()

/** Runs work whose reads are about the moment; undefined is the present. What it returns it is done with. */
export function atMoment<T>(moment: Moment | undefined, work: () => T): T {
  if (!moment) return running.run(undefined, work)
  const session = momentSession(moment)
  const done = () => void session.end()
  let result: T
  try {
    result = running.run({ moment, session }, work)
  } catch (error) {
    done()
    throw error
  }
  if (result instanceof Promise) result.then(done, done)
  else done()
  return result
}

export const currentMoment = (): Moment | undefined => running.getStore()?.moment

/** The same for rows that come bit by bit: a generator does not keep the moment it was made at by itself. */
export async function* eachAtMoment<T>(
  moment: Moment | undefined,
  rows: () => AsyncIterable<T>,
): AsyncGenerator<T> {
  const iterator = atMoment(moment, () => rows()[Symbol.asyncIterator]())
  try {
    for (;;) {
      const next = await atMoment(moment, () => iterator.next())
      if (next.done) return
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}

type Client = Record<string, Record<string, unknown> & ((...args: unknown[]) => PromiseLike<unknown>)>

/** Calls of a table, each carried out in the transaction of the session. */
const tableAt = (session: MomentSession, table: string): unknown =>
  new Proxy(
    {},
    {
      get: (_, operation: string) => (args: unknown) =>
        session.read((tx) => {
          const of = (tx as unknown as Client)[table]
          return (of?.[operation] as (args: unknown) => PromiseLike<unknown>)(args)
        }),
    },
  )

/** The client of reads: of the moment asked about, or of the present. Never used to write. */
export const reader = new Proxy(db, {
  get: (present, name) => {
    const session = running.getStore()?.session
    const value: unknown = Reflect.get(present, name)
    if (!session) return typeof value === 'function' ? value.bind(present) : value
    if (typeof value !== 'function') return tableAt(session, String(name))
    return (...args: unknown[]) =>
      session.read((tx) => {
        const asked = (tx as unknown as Client)[String(name)]
        if (!asked) throw new Error(`${String(name)} is not asked about a moment`)
        return asked.apply(tx, args)
      })
  },
})

/** The clock of reads: what "90 days ago" and "overdue" are counted from. */
export const readingNow = (): Date => new Date(running.getStore()?.moment.valid ?? Date.now())
