// The embedded PostgreSQL server of this checkout: made once, started when it does not run, stopped by its last user.
// Real processes on a loopback port, password in a 0600 file, no Unix socket.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Failure, usualFailure } from '../setup/failure.mjs'
import { exclusively, isAlive } from '../setup/lock.mjs'
import { writeWhole } from '../setup/paths.mjs'
import { freePort } from '../setup/port.mjs'
import { lastLines } from '../setup/tool.mjs'
import { giveTo } from './account.mjs'
import { binaries, program } from './binaries.mjs'
import { withClient } from './connection.mjs'
import { layout } from './home.mjs'

const FIRST_PORT = 54_329
const PATIENCE_MS = 60_000
const LONGEST_LOG = 10 * 2 ** 20

/** An eighth of what the machine, or the container, has: the web server and the worker need the rest. */
function ofMemory() {
  const limit = process.constrainedMemory?.() || Infinity
  const mib = Math.floor(Math.min(os.totalmem(), limit) / 2 ** 20)
  const shared = Math.min(2048, Math.max(128, Math.floor(mib / 8)))
  return { shared_buffers: `${shared}MB`, effective_cache_size: `${Math.max(256, Math.floor(mib / 2))}MB` }
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: "''",
  max_connections: 100,
  ...ofMemory(),
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  // A checkpoint makes every page that is written after it cost a whole page of log; ids are spread over all pages.
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
}

export const address = ({ port, password }, database = 'postgres') =>
  `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`

/** Whether our server, not another program's on that port, takes connections. */
const answers = (settings) => withClient(address(settings), () => true).catch(() => false)

function readSettings({ settings, data }) {
  if (!fs.existsSync(path.join(data, 'PG_VERSION'))) return undefined
  try {
    return JSON.parse(fs.readFileSync(settings, 'utf8'))
  } catch {
    throw new Failure(
      `The database in ${data} cannot be opened: its password file ${settings} is missing or damaged.`,
      'Restore that file from a backup, or remove the data for good with `npm run db -- reset`.',
    )
  }
}

// Encoding and locale are fixed: initdb would take them from LANG, and make a SQL_ASCII database where LANG is not set.
const INITDB = [
  '-U',
  'postgres',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
]

function whyNotCreated(output) {
  if (/could not look up effective user/.test(output))
    return new Failure(
      'PostgreSQL cannot run as a user that has no entry in /etc/passwd.',
      'Run as a user that has one, or set DATABASE_URL to a PostgreSQL 15+ server.',
    )
  return usualFailure(output) ?? new Failure(`The database could not be created:\n${lastLines(output)}`)
}

/** Makes the data folder under another name and renames it last: what is called `pg` is always whole. */
async function create({ account, home, data, settings }, folder) {
  const partial = `${data}.new`
  const passwordFile = path.join(home, 'initdb-password')
  const password = randomBytes(18).toString('base64url')
  for (const left of [partial, data, passwordFile]) fs.rmSync(left, { recursive: true, force: true })
  fs.mkdirSync(partial, { mode: 0o700 })
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  giveTo(account, partial, passwordFile)
  const args = [
    '-D',
    partial,
    ...INITDB,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--no-instructions',
  ]
  const { code, output } = await program(folder, 'initdb', args, account)
  fs.rmSync(passwordFile, { force: true })
  if (code !== 0) {
    fs.rmSync(partial, { recursive: true, force: true })
    throw whyNotCreated(output)
  }
  const made = { port: await freePort(Number(process.env.PG_PORT ?? FIRST_PORT)), password }
  writeWhole(settings, JSON.stringify(made))
  fs.renameSync(partial, data)
  return made
}

/** A postmaster.pid left by a crash, whose number another program has now, would stop PostgreSQL from starting. */
function removeForeignPidFile(data) {
  const file = path.join(data, 'postmaster.pid')
  try {
    const pid = Number.parseInt(fs.readFileSync(file, 'utf8'), 10)
    const isServer = isAlive(pid) && fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
    if (!isServer) fs.rmSync(file)
  } catch {
    // no such file, or no /proc to ask: PostgreSQL decides
  }
}

function openLog({ account, log }) {
  const big = (fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LONGEST_LOG
  fs.closeSync(fs.openSync(log, big ? 'w' : 'a', 0o600))
  giveTo(account, log)
}

async function launch(place, folder, port) {
  removeForeignPidFile(place.data)
  openLog(place)
  const options = Object.entries(SETTINGS).map(([name, value]) => `-c ${name}=${value}`)
  const server = `-p ${port} ${options.join(' ')}`
  const args = ['-D', place.data, '-w', '-t', '60', '-l', place.log, '-o', server, 'start']
  return program(folder, 'pg_ctl', args, place.account)
}

const isRunning = async ({ data, account }, folder) =>
  (await program(folder, 'pg_ctl', ['-D', data, 'status'], account)).code === 0

function whyNotStarted({ log }, output) {
  const text = `${output}\n${lastLines(fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : '', 12)}`
  return (
    usualFailure(text) ?? new Failure(`The embedded PostgreSQL did not start:\n${text}`, `Its log is ${log}`)
  )
}

/** A killed server can still be a zombie that holds its files, or be replaying its journal: tried again for a while. */
async function bringUp(place) {
  const folder = await binaries(place.account)
  const settings = readSettings(place) ?? (await create(place, folder))
  let output = ''
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(200)) {
    if (await answers(settings)) return settings
    if (await isRunning(place, folder)) continue
    const port = await freePort(settings.port)
    if (port !== settings.port)
      writeWhole(place.settings, JSON.stringify({ ...settings, port: (settings.port = port) }))
    const result = await launch(place, folder, port)
    if (result.code === 0) return settings
    output = result.output
  }
  throw whyNotStarted(place, output)
}

/** Starts the server unless it runs already. Resolves to its place and settings. */
export async function startCluster() {
  const place = layout()
  const known = readSettings(place)
  if (known && (await answers(known))) return { ...place, settings: known }
  const settings = await exclusively(path.join(place.home, 'pg.lock'), () => bringUp(place))
  return { ...place, settings }
}

export async function stopCluster({ account, data }) {
  if (!fs.existsSync(path.join(data, 'postmaster.pid'))) return false
  const { code } = await program(
    await binaries(account),
    'pg_ctl',
    ['-D', data, '-m', 'fast', '-w', 'stop'],
    account,
  )
  return code === 0
}
