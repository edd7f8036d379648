// A database client that sees every table as it stood at one moment, and can write nothing.
import { env } from '@/env'
import type { Moment } from '@/core/moment'
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '@/prisma/generated/client'

/** Connections per process for questions about the past. */
const POOL_MAX = 4
const make = () =>
  new PrismaClient({
    adapter: new PrismaPg({ connectionString: env.databaseUrl, max: POOL_MAX }, { schema: 'moment' }),
  })
const held = globalThis as unknown as { rollcallPast?: ReturnType<typeof make> }

/**
 * Tables are looked for in the schema `moment` alone: a question about a table that keeps no versions fails instead of
 * being answered from the present.
 */
export function momentClient({ valid, known }: Moment) {
  const past = (held.rollcallPast ??= make())
  return past.$extends({
    query: {
      async $allOperations({ args, query }) {
        const [, answer] = await past.$transaction([
          past.$queryRaw`SELECT set_config('transaction_read_only', 'on', true), set_config('search_path', 'moment', true),
            set_config('rollcall.valid', ${valid}, true), set_config('rollcall.known', ${known}, true)`,
          query(args) as ReturnType<typeof past.$queryRaw>,
        ])
        return answer
      },
    },
  })
}

/** Ends its connections, for a process or a test that is done. */
export async function closeMomentClient(): Promise<void> {
  await held.rollcallPast?.$disconnect()
  held.rollcallPast = undefined
}
