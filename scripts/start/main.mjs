// Installs what is missing, starts the database, migrates, builds if needed, runs web server and worker, says where.
import path from 'node:path'
import { openDatabase } from '../database/server.mjs'
import { bringUpToDate } from '../database/up-to-date.mjs'
import { prepare } from '../setup/artifacts.mjs'
import { Failure, describe } from '../setup/failure.mjs'
import { release, take } from '../setup/lock.mjs'
import { DATA, makeDataFolder } from '../setup/paths.mjs'
import { say, seconds } from '../setup/say.mjs'
import { secrets } from '../setup/secrets.mjs'
import { QUIET_ENV, stopTools } from '../setup/tool.mjs'
import { Children } from './children.mjs'
import { loopback, whereToListen } from './listen.mjs'
import { untilReady } from './readiness.mjs'
import { MEMORY } from '../setup/memory.mjs'
import { onShutdown } from './shutdown.mjs'

const LOCK = path.join(DATA, 'start.lock')
const PATIENCE_MS = 90_000

function takeLock() {
  makeDataFolder()
  const other = take(LOCK, { since: new Date().toISOString() })
  if (!other) return
  throw new Failure(
    `Rollcall runs already in this checkout (process ${other.pid}, since ${other.since}).`,
    `Stop it with Ctrl-C in its terminal or \`kill ${other.pid}\`, or use another checkout.`,
  )
}

async function database() {
  const opened = await openDatabase()
  try {
    const applied = await bringUpToDate(opened)
    if (applied.length) say(`Database brought up to date (${applied.length} migrations)`)
    return opened
  } catch (error) {
    await opened.close()
    throw error
  }
}

function environment({ dev, url, port }) {
  return {
    BASE_URL: `http://localhost:${port}`,
    PACKS_FOLDER: path.join(DATA, 'packs'),
    ...process.env,
    ...QUIET_ENV,
    ...secrets(),
    DATABASE_URL: url,
    PORT: String(port),
    NODE_ENV: dev ? 'development' : 'production',
    ROLLCALL_PARENT: String(process.pid),
    ROLLCALL_STARTED: new Date().toISOString(),
  }
}

/** Everything between the lock and the line that says where. What it started is in `session` for the way back. */
async function bringUp(session, dev) {
  session.preparing = prepare({
    pages: !dev,
    onPackages: () => {
      session.database = database()
      session.database.catch(session.fail) // a wrong DATABASE_URL does not wait for the build to be told
    },
  })
  await Promise.race([session.preparing, session.ended])
  session.signal.throwIfAborted()
  const { host, port } = await whereToListen()
  const env = environment({ dev, url: (await session.database).url, port })
  const children = (session.children = new Children(env, session.lose))
  children.start('web server', [
    ...MEMORY.web,
    'node_modules/next/dist/bin/next',
    dev ? 'dev' : 'start',
    '-H',
    host,
    '-p',
    String(port),
  ])
  children.start('worker', [...MEMORY.worker, '--import', 'tsx', 'jobs/worker.ts'])
  const health = `http://${loopback(host)}:${port}/api/health`
  await untilReady(health, { patienceMs: PATIENCE_MS, signal: session.signal, lines: () => children.lines })
  children.ready()
  return env.BASE_URL
}

async function takeDown(session) {
  stopTools()
  await session.preparing?.catch(() => {})
  await session.children?.stop()
  const opened = await session.database?.catch(() => undefined)
  await opened?.close()
  release(LOCK)
}

function newSession() {
  const abort = new AbortController()
  const session = { signal: abort.signal, failed: undefined }
  session.ended = new Promise((resolve) => abort.signal.addEventListener('abort', resolve, { once: true }))
  session.stop = () => abort.abort()
  session.fail = (error) => {
    if (!abort.signal.aborted) session.failed = error
    abort.abort()
  }
  session.lose = (why) => session.fail(new Failure(why, session.children.lines.join('\n')))
  return session
}

function force(session) {
  session.children?.kill()
  stopTools('SIGKILL')
  release(LOCK)
  process.exit(1)
}

async function main(argv) {
  const began = performance.now()
  const session = newSession()
  takeLock()
  onShutdown(
    () => {
      say('Stopping')
      session.stop()
    },
    () => force(session),
  )
  try {
    const url = await bringUp(session, argv.includes('--dev'))
    say(`Rollcall is ready at ${url} (${seconds(began)})`)
    await session.ended
  } catch (error) {
    session.fail(error)
  }
  await takeDown(session)
  if (!session.failed) return 0
  console.error(describe(session.failed))
  return 1
}

export async function run() {
  try {
    process.exit(await main(process.argv.slice(2)))
  } catch (error) {
    console.error(describe(error))
    process.exit(1)
  }
}
