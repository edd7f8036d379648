// What other connections of this database are waiting for: so that a test goes on when they do, and not after a while.
import { vi } from 'vitest'
import { db } from '@/prisma/client'

export type Backend = { pid: number; query: string }

/** Connections that wait for a lock, with the statement that has to wait. */
export const blocked = (): Promise<Backend[]> => db.$queryRaw<Backend[]>`
  SELECT pid, query FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'`

/** Resolves when a statement that holds the text waits for a lock. */
export const blockedAt = (text: string): Promise<Backend> =>
  vi.waitFor(
    async () => {
      const found = (await blocked()).find(({ query }) => query.includes(text))
      if (!found) throw new Error(`nothing waits with ${text}`)
      return found
    },
    { timeout: 60_000, interval: 20 },
  )

/** A promise and what resolves it. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open }
}
