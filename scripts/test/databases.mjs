// Databases of test runs: test_<pid> is migrated once and copied for every test file, as test_<pid>_<…>.
import { quoted, onDatabase, withClient } from '../database/connection.mjs'
import { isAlive } from '../setup/lock.mjs'
import { grantWork, makeRole } from '../database/app-role.mjs'
import { migrate } from '../database/migrate.mjs'

const NAME = /^test_(\d+)(_|$)/
/** Of a role that is there as long as a test run. */
const WORKER_PASSWORD = 'of-a-test'

async function drop(maintenanceUrl, isDoomed) {
  await withClient(maintenanceUrl, async (client) => {
    const { rows } = await client.query(
      "SELECT datname AS name FROM pg_database WHERE datname LIKE 'test\\_%'",
    )
    for (const { name } of rows) {
      const pid = Number(NAME.exec(name)?.[1])
      if (pid && isDoomed(pid)) await client.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`)
    }
    const roles = await client.query("SELECT rolname AS name FROM pg_roles WHERE rolname LIKE 'test\\_%'")
    for (const { name } of roles.rows) {
      const pid = Number(NAME.exec(name)?.[1])
      if (pid && isDoomed(pid)) await client.query(`DROP ROLE IF EXISTS ${quoted(name)}`)
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
  // The role that works with the pages, as in an installation: of the same name, and with rights in copies of this one.
  return { template: url, worker: (await mayMakeRoles(url)) ? await makeWorker(url, name) : undefined }
}

/** Whoever lends a server for tests may not have lent that right: then everything is tested as the owner. */
const mayMakeRoles = (url) =>
  withClient(url, async (client) => {
    const { rows } = await client.query(
      'SELECT rolsuper OR rolcreaterole AS may FROM pg_roles WHERE rolname = current_user',
    )
    return rows[0].may
  })

async function makeWorker(url, name) {
  await makeRole(url, name, WORKER_PASSWORD)
  await grantWork(url, name)
  return `${name}:${WORKER_PASSWORD}`
}
