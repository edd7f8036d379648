// The one database client of a process.
import { PrismaPg } from '@prisma/adapter-pg'
import { env } from '@/env'
import { PrismaClient } from './generated/client'

export type { Prisma } from './generated/client'

/** Connections per process: the embedded server takes 100, shared by web, worker, queue and command line. */
const POOL_MAX = 10

const make = () =>
  new PrismaClient({ adapter: new PrismaPg({ connectionString: env.databaseUrl, max: POOL_MAX }) })
const held = globalThis as unknown as { rollcallDb?: ReturnType<typeof make> }
/** Kept across module reloads of the development server. */
export const db = (held.rollcallDb ??= make())
/** A client inside a transaction. */
export type Tx = Parameters<Parameters<typeof db.$transaction>[0]>[0]
