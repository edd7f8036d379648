// Set-up of every database and browser test file: a migrated, empty database of its own, in DATABASE_URL before anything
// imports prisma/client. A copy of the run's template takes about 0.1 s.
import pg from 'pg'
import { afterAll } from 'vitest'

const template = process.env.ROLLCALL_TEST_DATABASE
const server = process.env.ROLLCALL_TEST_SERVER
/** Dropped together: before the first, the server writes out all that any test has changed, and little before the others. */
const ENDED_MAX = 8
/** Of this process, which may go on with the next file and loads this module anew for it. */
type Databases = { made: number; inUse: string[]; ended: string[] }
const kept = globalThis as { testDatabases?: Databases }
const here = (kept.testDatabases ??= { made: 0, inUse: [], ended: [] })
here.ended.push(...here.inUse.splice(0))

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** One that something is still connected to is left for later: what is left in the end is dropped by `npm test`. */
async function dropUnused(admin: pg.Client, name: string) {
  try {
    await admin.query(`DROP DATABASE IF EXISTS "${name}"`)
  } catch (error) {
    if ((error as pg.DatabaseError).code !== '55006') throw error
  }
}

/** Databases of processes that have ended, and of files that this process is done with. */
async function dropEnded(admin: pg.Client, prefix: string) {
  const { rows } = await admin.query<{ name: string }>(
    'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)',
    [prefix],
  )
  const left = rows.filter(({ name }) => {
    const pid = Number(name.slice(prefix.length).split('_')[0])
    return Number.isInteger(pid) && !isAlive(pid)
  })
  if (left.length + here.ended.length < ENDED_MAX) return
  for (const { name } of left) await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  for (const name of here.ended.splice(0)) await dropUnused(admin, name)
}

async function copy(admin: pg.Client, from: string, name: string) {
  await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${from}"`)
  // What is lost when the machine dies is lost with the test: nothing has to wait for the disk.
  await admin.query(`ALTER DATABASE "${name}" SET synchronous_commit = off`)
}

async function asAdmin<T>(
  work: (admin: pg.Client, source: string, at: (name: string) => string) => Promise<T>,
) {
  if (!template || !server)
    throw new Error('Tests with a database are run through `npm test -- <file>`, which makes one')
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  try {
    const at = (name: string) => Object.assign(new URL(template), { pathname: `/${name}` }).href
    return await work(admin, new URL(template).pathname.slice(1), at)
  } finally {
    await admin.end()
  }
}

const nextName = (source: string) => {
  const name = `${source}_${process.pid}_${here.made++}`
  here.inUse.push(name)
  return name
}

/** Makes one more database and resolves to its address. */
export const freshDatabase = () =>
  asAdmin(async (admin, source, at) => {
    const name = nextName(source)
    await dropEnded(admin, `${source}_`)
    await copy(admin, source, name)
    return at(name)
  })

/**
 * A copy of a database that is filled once in a run, by whoever needs it first; the others wait for that.
 * @param fill leaves nothing connected to the address it is given
 */
export const filledDatabase = (what: string, fill: (url: string) => Promise<void>) =>
  asAdmin(async (admin, source, at) => {
    const [name, filled, partial] = [nextName(source), `${source}_${what}`, `${source}_${what}_partial`]
    await admin.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [filled])
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [filled])
    if (!rowCount) {
      await admin.query(`DROP DATABASE IF EXISTS "${partial}" WITH (FORCE)`)
      await copy(admin, source, partial)
      await fill(at(partial))
      await admin.query(`ALTER DATABASE "${partial}" RENAME TO "${filled}"`)
    }
    await copy(admin, filled, name)
    return at(name)
  })

type Closing = {
  $disconnect?: () => Promise<void>
  stop?: (how: object) => Promise<void>
  end?: () => Promise<void>
}

/** What Rollcall keeps across reloads of its modules would bring one file's database into the next. */
async function forgetClients() {
  const clients = globalThis as unknown as Record<string, Closing | Promise<Closing> | undefined>
  for (const key of Object.keys(clients).filter((name) => name.startsWith('rollcall'))) {
    const client = await clients[key]
    clients[key] = undefined
    await client?.$disconnect?.()
    await client?.stop?.({ graceful: false })
    await client?.end?.()
  }
}

process.env.DATABASE_URL = await freshDatabase()
afterAll(forgetClients)
