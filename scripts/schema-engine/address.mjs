// Prisma's database addresses, in the form that node-postgres takes.
import pg from 'pg'
import { parse } from 'pg-connection-string'

const PRISMA_ONLY = ['schema', 'connection_limit', 'pool_timeout', 'pgbouncer']

export function toConfig(address) {
  const url = new URL(address)
  const schema = url.searchParams.get('schema') ?? undefined
  for (const name of PRISMA_ONLY) url.searchParams.delete(name)
  // Fields, never a `connectionString`: that would win over the `database` of a shadow connection, and shadow
  // migrations would then run on the real database.
  const config = parse(url.toString())
  return { config, schema, database: decodeURIComponent(url.pathname.slice(1)), url }
}

const quoted = (name) => `"${name.replaceAll('"', '""')}"`

async function onMaintenanceDatabase(address, statement) {
  const { url, database } = toConfig(address)
  url.pathname = '/postgres'
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  try {
    await client.query(statement(quoted(database)))
    return database
  } finally {
    await client.end()
  }
}

export const createDatabase = (address) => onMaintenanceDatabase(address, (name) => `CREATE DATABASE ${name}`)
export const dropDatabase = (address) =>
  onMaintenanceDatabase(address, (name) => `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)

export async function tryConnection(address) {
  const client = new pg.Client(toConfig(address).config)
  await client.connect()
  await client.end()
}
