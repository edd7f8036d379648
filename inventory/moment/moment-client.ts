// Database clients that see every table as it stood at one moment, and can write nothing.
import { env } from '@/env'
import type { Moment } from '@/core/moment'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@/prisma/generated/client'

/** Connections per process for questions about the past. */
const POOL_MAX = 6
/** How many of them pieces of work may hold at once: the others are always there for reads that hold nothing. */
const HELD_MAX = 4
/** How many of them one piece of work may hold: it has two cores at most to itself. */
const LANES_MAX = 2
/** Longer than any piece of work: exports take a lane for each batch. */
const HELD_MS_MAX = 600_000
const WAIT_MS_MAX = 60_000

const make = () =>
  new PrismaClient({
    adapter: new PrismaPg({ connectionString: env.databaseUrl, max: POOL_MAX }, { schema: 'moment' }),
  })
type Client = ReturnType<typeof make>
type Tx = Parameters<Parameters<Client['$transaction']>[0]>[0]
const kept = globalThis as unknown as { rollcallPast?: Client }
let held = 0

/**
 * Tables are looked for in the schema `moment` alone: a question about a table that keeps no versions fails instead of
 * being answered from the present. All of it ends with the transaction, so a connection never brings a moment along.
 */
const pin = (tx: Tx, { valid, known }: Moment) => tx.$queryRaw`
  SELECT set_config('transaction_read_only', 'on', true), set_config('search_path', 'moment', true),
    set_config('rollcall.valid', ${valid}, true), set_config('rollcall.known', ${known}, true)`

/** A transaction that stays open at one moment; reads take turns in it. */
type Lane = { tx: Promise<Tx>; last: Promise<unknown>; waiting: number; close: () => Promise<void> }

function openLane(client: Client, moment: Moment): Lane {
  held++
  let close = () => {}
  const closed = new Promise<void>((resolve) => (close = resolve))
  let opened: (tx: Tx) => void
  let failed: (error: unknown) => void
  const tx = new Promise<Tx>((resolve, reject) => {
    opened = resolve
    failed = reject
  })
  const ended = client
    .$transaction(
      async (own) => {
        await pin(own, moment)
        opened(own)
        await closed
      },
      { timeout: HELD_MS_MAX, maxWait: WAIT_MS_MAX },
    )
    .catch((error: unknown) => failed(error))
    .finally(() => held--)
  return {
    tx,
    last: tx.catch(() => {}),
    waiting: 0,
    close: async () => {
      close()
      await ended
    },
  }
}

export type MomentSession = {
  read: <T>(ask: (tx: Tx) => PromiseLike<T>) => Promise<T>
  /** Gives back what it holds. Reads that come later hold nothing. */
  end: () => Promise<void>
}

/** For one piece of work: it opens a transaction at its first read, a second one for reads side by side. */
export function momentSession(moment: Moment): MomentSession {
  const client = (kept.rollcallPast ??= make())
  const lanes: Lane[] = []
  let ended = false
  const alone = <T>(ask: (tx: Tx) => PromiseLike<T>) =>
    client.$transaction(
      async (tx) => {
        await pin(tx, moment)
        return ask(tx)
      },
      { timeout: HELD_MS_MAX, maxWait: WAIT_MS_MAX },
    )
  const lane = (): Lane | undefined => {
    const free = lanes.find(({ waiting }) => waiting === 0)
    if (free) return free
    if (lanes.length < LANES_MAX && held < HELD_MAX) {
      const one = openLane(client, moment)
      lanes.push(one)
      return one
    }
    return lanes.reduce<Lane | undefined>((a, b) => (a && a.waiting <= b.waiting ? a : b), undefined)
  }
  return {
    async read(ask) {
      const own = ended ? undefined : lane()
      if (!own) return alone(ask)
      own.waiting++
      const turn = own.last.then(async () => ask(await own.tx))
      own.last = turn.catch(() => {})
      try {
        return await turn
      } catch (error) {
        // A read that failed leaves nothing to read in: what comes next opens a transaction of its own.
        if (lanes.includes(own)) lanes.splice(lanes.indexOf(own), 1)
        void own.close()
        throw error
      } finally {
        own.waiting--
      }
    },
    async end() {
      ended = true
      await Promise.all(lanes.splice(0).map((one) => one.close()))
    },
  }
}

/** Ends its connections, for a process or a test that is done. */
export async function closeMomentClient(): Promise<void> {
  await kept.rollcallPast?.$disconnect()
  kept.rollcallPast = undefined
}
