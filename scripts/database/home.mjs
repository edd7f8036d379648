// Where the embedded database of this checkout lives: in .data, or below /var/lib when root's database account cannot
// get into the checkout (for example under /root). PG_HOME overrides.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { DATA, ROOT, makeDataFolder } from '../setup/paths.mjs'
import { couldReach, openFolder, serverAccount } from './account.mjs'

export const APP = 'rollcall' // the database's name, and the folder's outside the checkout
export const SYSTEM_HOME = path.join('/var/lib', APP)

/** Every checkout has a folder of its own there, remembered in .data: the data belongs with that .data's secrets. */
function outside() {
  const pointer = path.join(DATA, 'database-home')
  if (fs.existsSync(pointer)) return fs.readFileSync(pointer, 'utf8').trim()
  const home = path.join(SYSTEM_HOME, `${path.basename(ROOT)}-${randomBytes(3).toString('hex')}`)
  fs.writeFileSync(pointer, `${home}\n`)
  return home
}

/** Only asks: undefined when no database was ever made here. */
export function findHome(account = serverAccount()) {
  if (process.env.PG_HOME) return path.resolve(process.env.PG_HOME)
  if (couldReach(DATA, account)) return DATA
  return fs.existsSync(path.join(DATA, 'database-home')) ? outside() : undefined
}

export function layout() {
  const account = serverAccount()
  makeDataFolder()
  const home = findHome(account) ?? outside()
  openFolder(home)
  const inside = (name) => path.join(home, name)
  return { account, home, data: inside('pg'), settings: inside('pg.json'), log: inside('pg.log') }
}
