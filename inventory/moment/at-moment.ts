// Which moment the questions of a piece of work are about. Set once where a request comes in; every read below obeys it.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Moment } from '@/core/moment'
import { db } from '@/prisma/client'
import { momentClient } from './moment-client'

type At = { moment: Moment; client: ReturnType<typeof momentClient> }
const running = new AsyncLocalStorage<At | undefined>()

/** Runs work whose reads are about the moment; undefined is the present. */
export const atMoment = <T>(moment: Moment | undefined, work: () => T): T =>
  running.run(moment && { moment, client: momentClient(moment) }, work)

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

/** The client of reads: of the moment asked about, or of the present. Never used to write. */
export const reader = new Proxy(db, {
  get: (present, name) => {
    const client = (running.getStore()?.client ?? present) as typeof db
    const value: unknown = Reflect.get(client, name)
    return typeof value === 'function' ? value.bind(client) : value
  },
})

/** The clock of reads: what "90 days ago" and "overdue" are counted from. */
export const readingNow = (): Date => new Date(running.getStore()?.moment.valid ?? Date.now())
