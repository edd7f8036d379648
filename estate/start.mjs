// Runs estate/main.ts with the database and the secrets of this installation, or without any where it only prints.
import '../scripts/node-version.mjs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { migrate } from '../scripts/database/migrate.mjs'
import { openDatabase } from '../scripts/database/server.mjs'
import { prepare } from '../scripts/setup/artifacts.mjs'
import { runMain } from '../scripts/setup/failure.mjs'
import { at } from '../scripts/setup/paths.mjs'
import { sayOnStandardError } from '../scripts/setup/say.mjs'
import { secrets } from '../scripts/setup/secrets.mjs'
import { QUIET_ENV } from '../scripts/setup/tool.mjs'

const NEEDS_NO_DATABASE = ['--print', '--help']
const STOPPED = 130

async function command(args, more) {
  const env = { NODE_ENV: 'production', ...process.env, ...QUIET_ENV, ...more }
  const tsx = import.meta.resolve('tsx')
  const child = spawn(process.execPath, ['--import', tsx, at('estate', 'main.ts'), ...args], {
    env,
    stdio: 'inherit',
  })
  // The terminal sends Ctrl-C to both; this one waits for the command and cleans up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const [code] = await once(child, 'exit')
  return code ?? STOPPED
}

async function main(args) {
  sayOnStandardError()
  await prepare({ pages: false })
  if (args.some((arg) => NEEDS_NO_DATABASE.includes(arg))) return await command(args, {})
  const database = await openDatabase()
  try {
    await migrate(database.url)
    return await command(args, { ...secrets(), DATABASE_URL: database.url })
  } finally {
    await database.close()
  }
}

await runMain(main)
