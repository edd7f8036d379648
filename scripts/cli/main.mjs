// Runs cli/main.ts with the database and the secrets of this installation. Standard output belongs to the command.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { openDatabase } from '../database/server.mjs'
import { bringUpToDate } from '../database/up-to-date.mjs'
import { prepare } from '../setup/artifacts.mjs'
import { runMain } from '../setup/failure.mjs'
import { at, DATA } from '../setup/paths.mjs'
import { sayOnStandardError } from '../setup/say.mjs'
import { secrets } from '../setup/secrets.mjs'
import { QUIET_ENV } from '../setup/tool.mjs'

const SIGNAL_CODES = { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 }

async function command(args, url) {
  const base = {
    BASE_URL: `http://localhost:${process.env.PORT || 3000}`,
    NODE_ENV: 'production',
    PACKS_FOLDER: path.join(DATA, 'packs'),
  }
  const env = { ...base, ...process.env, ...QUIET_ENV, ...secrets(), ...(url && { DATABASE_URL: url }) }
  const tsx = import.meta.resolve('tsx')
  const child = spawn(process.execPath, ['--import', tsx, at('cli', 'main.ts'), ...args], {
    env,
    stdio: 'inherit',
  })
  // The terminal sends Ctrl-C to both; this one waits for the command and cleans up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  const [code, signal] = await once(child, 'exit')
  return code ?? SIGNAL_CODES[signal] ?? 1
}

/** What whoever has no installation can run: it opens no database. */
const WITHOUT_DATABASE = ['verify']

async function main(args) {
  sayOnStandardError()
  await prepare({ pages: false })
  if (WITHOUT_DATABASE.includes(args[0])) return command(args)
  const database = await openDatabase()
  try {
    await bringUpToDate(database)
    return await command(args, database.url)
  } finally {
    await database.close()
  }
}

export const run = () => runMain(main)
