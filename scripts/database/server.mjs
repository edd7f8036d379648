// The database a script works on: the one DATABASE_URL names, else the embedded one.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { exclusively } from '../setup/lock.mjs'
import { writeWhole } from '../setup/paths.mjs'
import { APP_ROLE, makeRole } from './app-role.mjs'
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

/** The role that works with the embedded database, made once with a password of its own. */
async function ensureRole({ home, place, settings }) {
  const known = settings.appPassword
  if (known) return known
  return exclusively(path.join(home, 'role.lock'), async () => {
    const now = JSON.parse(fs.readFileSync(place, 'utf8'))
    if (now.appPassword) return now.appPassword
    const password = randomBytes(18).toString('base64url')
    await makeRole(address(settings), APP_ROLE, password)
    writeWhole(place, JSON.stringify({ ...now, appPassword: password }))
    return password
  })
}

const as = (url, username, password) => Object.assign(new URL(url), { username, password }).href

/** Two roles where whoever runs the server has made two. */
async function openExternal(url) {
  const ownerUrl = process.env.DATABASE_OWNER_URL || url
  await checkExternal(ownerUrl, ownerUrl === url ? 'DATABASE_URL' : 'DATABASE_OWNER_URL')
  if (ownerUrl !== url) await checkExternal(url)
  return { embedded: false, url, ownerUrl, maintenanceUrl: ownerUrl, close: async () => {} }
}

/**
 * Resolves to its address for whoever works with it, to that of its owner, and to `close`, which stops an embedded server that
 * nobody else uses.
 */
export async function openDatabase() {
  const external = process.env.DATABASE_URL
  if (external) return openExternal(external)
  const { home } = layout()
  await exclusively(doorOf(home), () => enter(home)) // waits for a last user who is stopping the server
  const cluster = await startCluster()
  await ensureDatabase(cluster.settings)
  const ownerUrl = address(cluster.settings, APP)
  const password = await ensureRole({ home, place: layout().settings, settings: cluster.settings })
  return {
    ...{ embedded: true, url: as(ownerUrl, APP_ROLE, password), ownerUrl },
    maintenanceUrl: onDatabase(ownerUrl, 'postgres'),
    close: () => close(cluster),
  }
}

async function close(cluster) {
  await exclusively(doorOf(cluster.home), async () => {
    leave(cluster.home)
    if (!others(cluster.home).length && !isKept(cluster.home)) await stopCluster(cluster)
  })
}
