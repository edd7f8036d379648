// The database a script works on: the one DATABASE_URL names, else the embedded one.
import path from 'node:path'
import { exclusively } from '../setup/lock.mjs'
import { checkExternal, onDatabase, quoted, withClient } from './connection.mjs'
import { address, startCluster, stopCluster } from './cluster.mjs'
import { APP, layout } from './home.mjs'
import { enter, isKept, leave, others } from './users.mjs'

const doorOf = (home) => path.join(home, 'door.lock')

async function ensureDatabase(settings) {
  try {
    await withClient(address(settings, APP), () => {})
  } catch (error) {
    if (error.code !== '3D000') throw error
    await withClient(address(settings), (client) => client.query(`CREATE DATABASE ${quoted(APP)}`))
  }
}

/** Resolves to its address, and to `close`, which stops an embedded server that nobody else uses. */
export async function openDatabase() {
  const external = process.env.DATABASE_URL
  if (external) {
    await checkExternal(external)
    return { embedded: false, url: external, maintenanceUrl: external, close: async () => {} }
  }
  const { home } = layout()
  await exclusively(doorOf(home), () => enter(home)) // waits for a last user who is stopping the server
  const cluster = await startCluster()
  await ensureDatabase(cluster.settings)
  const url = address(cluster.settings, APP)
  return { embedded: true, url, maintenanceUrl: onDatabase(url, 'postgres'), close: () => close(cluster) }
}

async function close(cluster) {
  await exclusively(doorOf(cluster.home), async () => {
    leave(cluster.home)
    if (!others(cluster.home).length && !isKept(cluster.home)) await stopCluster(cluster)
  })
}
