// Databases of test runs: test_<pid> is migrated once and copied for every test file, as test_<pid>_<…>.
import { quoted, onDatabase, withClient } from '../database/connection.mjs'
import { isAlive } from '../setup/lock.mjs'
import { migrate } from '../database/migrate.mjs'

const NAME = /^test_(\d+)(_|$)/

async function drop(maintenanceUrl, isDoomed) {
  await withClient(maintenanceUrl, async (client) => {
    const { rows } = await client.query(
      "SELECT datname AS name FROM pg_database WHERE datname LIKE 'test\\_%'",
    )
    for (const { name } of rows) {
      const pid = Number(NAME.exec(name)?.[1])
      if (pid && isDoomed(pid)) await client.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`)
    }
  })
}

export const dropMine = (maintenanceUrl) => drop(maintenanceUrl, (pid) => pid === process.pid)

/** Those of killed runs. Only for the embedded server: elsewhere, a pid may belong to another machine. */
export const dropAbandoned = (maintenanceUrl) => drop(maintenanceUrl, (pid) => !isAlive(pid))

export async function createTemplate(maintenanceUrl) {
  const name = `test_${process.pid}`
  await dropMine(maintenanceUrl)
  await withClient(maintenanceUrl, (client) =>
    client.query(`CREATE DATABASE ${quoted(name)} TEMPLATE template0`),
  )
  const url = onDatabase(maintenanceUrl, name)
  await migrate(url)
  return url
}
