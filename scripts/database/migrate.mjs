// Applies prisma/migrations/*/migration.sql in order, without the Prisma CLI. It keeps Prisma's own table, checksums and
// advisory lock, so that `npm run prisma -- migrate …` and this can be used on the same database in turn.
import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from '../setup/failure.mjs'
import { at } from '../setup/paths.mjs'
import { withClient } from './connection.mjs'

const LOCK = 72707369 // the key that Prisma's own engine locks
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`
const APPLIED = `SELECT migration_name AS name, checksum, finished_at FROM _prisma_migrations
  WHERE rolled_back_at IS NULL ORDER BY started_at`
const RECORD = `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`

function migrationsIn(folder) {
  if (!fs.existsSync(folder)) return []
  const names = fs
    .readdirSync(folder)
    .filter((name) => fs.existsSync(path.join(folder, name, 'migration.sql')))
  return names.sort().map((name) => {
    const sql = fs.readFileSync(path.join(folder, name, 'migration.sql'), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/** Migration and record are one transaction: a failure or a killed process leaves the database as it was. */
async function apply(client, { name, sql, checksum }) {
  try {
    await client.query('BEGIN')
    await client.query(sql)
    await client.query(RECORD, [randomUUID(), checksum, name])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw new Failure(
      `Migration ${name} failed: ${error.message}`,
      'The database is unchanged. Go back to the version that ran before, or correct what the message names and try again.',
    )
  }
}

function refuse(rows, migrations) {
  const failed = rows.find((row) => !row.finished_at)
  if (failed)
    throw new Failure(
      `Migration ${failed.name} was begun with the Prisma CLI and did not end.`,
      `Settle it with: npm run prisma -- migrate resolve --rolled-back ${failed.name}`,
    )
  const known = new Set(migrations.map((migration) => migration.name))
  const newer = rows.find((row) => !known.has(row.name))
  if (newer && migrations.length && newer.name > migrations.at(-1).name)
    throw new Failure(
      `The database was made by a newer Rollcall (it has migration ${newer.name}).`,
      'Start that version, or restore a backup taken before the upgrade.',
    )
}

/** Resolves to the names applied now. */
export async function migrate(url, { folder = at('prisma', 'migrations'), warn = console.error } = {}) {
  const migrations = migrationsIn(folder)
  return withClient(url, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK])
    await client.query('SET client_min_messages = warning')
    await client.query(TABLE)
    const { rows } = await client.query(APPLIED)
    refuse(rows, migrations)
    const checksums = new Map(rows.map((row) => [row.name, row.checksum]))
    for (const { name, checksum } of migrations)
      if (checksums.has(name) && checksums.get(name) !== checksum)
        warn(`Migration ${name} was edited after it was applied`)
    const pending = migrations.filter(({ name }) => !checksums.has(name))
    for (const migration of pending) await apply(client, migration)
    return pending.map(({ name }) => name)
  })
}
