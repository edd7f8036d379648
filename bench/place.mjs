// Where a run measures: a server of its own in a temporary folder with the settings of the product, or a database given.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { keep } from '../scripts/database/users.mjs'
import { openDatabase } from '../scripts/database/server.mjs'
import { say } from '../scripts/setup/say.mjs'

/** A folder that the database's account can walk through. */
function temporaryFolder() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rollcall-bench-'))
  fs.chmodSync(folder, 0o755)
  return folder
}

/** Nothing is ever measured in the database of the installation: DATABASE_URL is not looked at. */
async function openOwn(folder, kept) {
  delete process.env.DATABASE_URL
  process.env.PG_HOME = path.join(folder, 'database')
  const database = await openDatabase()
  if (!kept) return database
  keep(process.env.PG_HOME)
  const npm = `PG_HOME=${process.env.PG_HOME} npm run -s db --`
  say(`The database is kept. Go on with --database "$(${npm} url)", end it with ${npm} reset`)
  return database
}

/** Resolves to its address, a folder for files, and `close`, which removes what was made unless it is to be kept. */
export async function openPlace(options) {
  const folder = temporaryFolder()
  const remove = () => fs.rmSync(folder, { recursive: true, force: true })
  if (options.database) {
    process.env.DATABASE_URL = options.database
    return { ...(await openDatabase()), folder, close: async () => remove() }
  }
  try {
    const database = await openOwn(folder, options.keep)
    const close = async () => {
      await database.close()
      if (!options.keep) remove()
    }
    return { ...database, folder, close }
  } catch (error) {
    remove()
    throw error
  }
}
