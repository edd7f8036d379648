// `npm run db -- start|stop|url|reset`.
import fs from 'node:fs'
import { Failure, runMain } from '../setup/failure.mjs'
import { ensurePackages } from '../setup/packages.mjs'
import { makeDataFolder } from '../setup/paths.mjs'
import { say, sayOnStandardError } from '../setup/say.mjs'
import { startCluster, stopCluster } from './cluster.mjs'
import { layout } from './home.mjs'
import { openDatabase } from './server.mjs'
import { keep, leave, others, unkeep } from './users.mjs'

async function startAndKeep() {
  const { home, settings } = await startCluster()
  keep(home)
  const { ownerUrl } = await openDatabase()
  leave(home)
  return { url: ownerUrl, port: settings.port, home }
}

async function stop() {
  const place = layout()
  unkeep(place.home)
  const users = others(place.home)
  if (users.length)
    throw new Failure(
      `The database is in use by process ${users.join(', ')}.`,
      'Stop that one; it stops the database with it.',
    )
  return { place, stopped: await stopCluster(place) }
}

async function reset() {
  const { place } = await stop()
  for (const gone of [place.data, `${place.data}.new`, place.settings, place.log])
    fs.rmSync(gone, { recursive: true, force: true })
}

const COMMANDS = {
  start: async () => {
    const { port, home } = await startAndKeep()
    say(`PostgreSQL runs on 127.0.0.1:${port} with its data in ${home}, until \`npm run db -- stop\``)
  },
  url: async () => void process.stdout.write(`${(await startAndKeep()).url}\n`),
  stop: async () => say((await stop()).stopped ? 'stopped' : 'was not running'),
  reset: async () => {
    await reset()
    say('removed: the next start makes an empty database')
  },
}

export const run = () =>
  runMain(async ([name = 'start']) => {
    if (!Object.hasOwn(COMMANDS, name))
      throw new Failure(`There is no command "${name}".`, 'npm run db -- start|stop|url|reset')
    if (process.env.DATABASE_URL) throw new Failure('DATABASE_URL is set: the embedded database is not used.')
    if (name === 'url') sayOnStandardError()
    makeDataFolder()
    await ensurePackages()
    await COMMANDS[name]()
  })
