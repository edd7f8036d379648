// How often links may be tried, by an address and by everybody: who goes on trying is answered as for a link that is none. It is
// counted in the database, so that several web processes allow no more than one does.
import { createHash } from 'node:crypto'
import { db } from '@/prisma/client'

/** Within a minute. An address can be made up, so that all of them together have a bound as well. */
const OF_ONE = 10
const OF_ALL = 300
const WINDOW_MS = 60_000

type Tried = 'open' | 'ask'

/** @returns how often it was within the minute, with this time; a clock that was put back begins a new one */
async function counted(key: string, now: Date): Promise<number> {
  const over = new Date(now.getTime() - WINDOW_MS)
  const [row] = await db.$queryRaw<{ count: number }[]>`
    INSERT INTO link_attempt AS a (key, begun, count) VALUES (${key}, ${now}, 1)
    ON CONFLICT (key) DO UPDATE SET
      begun = CASE WHEN a.begun <= ${over} OR a.begun > ${now} THEN excluded.begun ELSE a.begun END,
      count = CASE WHEN a.begun <= ${over} OR a.begun > ${now} THEN 1 ELSE a.count + 1 END
    RETURNING count`
  return row?.count ?? 1
}

/** Counts it. What is kept is forgotten with the next minute, and no address is kept beyond the bound of all of them. */
export async function mayTry(what: Tried, address: string, now: Date): Promise<boolean> {
  const all = await counted(`${what} all`, now)
  if (all > OF_ALL) return false
  if (all === 1)
    await db.linkAttempt.deleteMany({
      where: { key: { startsWith: `${what} from ` }, begun: { lte: new Date(now.getTime() - WINDOW_MS) } },
    })
  const digest = createHash('sha256').update(address).digest('base64url')
  return (await counted(`${what} from ${digest}`, now)) <= OF_ONE
}
