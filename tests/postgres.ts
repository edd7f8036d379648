// Set-up of every database and browser test file: a migrated, empty database of its own, in DATABASE_URL before anything
// imports prisma/client. A copy of the run's template takes about 0.1 s.
import pg from 'pg'

const template = process.env.ROLLCALL_TEST_DATABASE
const server = process.env.ROLLCALL_TEST_SERVER
let made = 0

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/**
 * Databases whose test process has ended, when nothing can be connected to them any more. Dropping one's own would cut
 * connections that a test file still holds; what is left in the end is dropped by `npm test`.
 */
async function dropEnded(admin: pg.Client, prefix: string) {
  const { rows } = await admin.query<{ name: string }>(
    'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)',
    [prefix],
  )
  for (const { name } of rows)
    if (!isAlive(Number(name.slice(prefix.length).split('_')[0])))
      await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
}

/** Makes one more database and resolves to its address. */
export async function freshDatabase() {
  if (!template || !server)
    throw new Error('Tests with a database are run through `npm test -- <file>`, which makes one')
  const source = new URL(template).pathname.slice(1)
  const name = `${source}_${process.pid}_${made++}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  try {
    await dropEnded(admin, `${source}_`)
    await admin.query(`CREATE DATABASE "${name}" TEMPLATE "${source}"`)
  } finally {
    await admin.end()
  }
  return Object.assign(new URL(template), { pathname: `/${name}` }).href
}

process.env.DATABASE_URL = await freshDatabase()
