// Who uses the embedded server now, so that the last one out stops it. `npm run db -- start` leaves a mark that keeps it.
import fs from 'node:fs'
import path from 'node:path'
import { holder, myself } from '../setup/lock.mjs'

const folderOf = (home) => path.join(home, 'users')
const keepFile = (home) => path.join(home, 'keep-running')

export function enter(home) {
  fs.mkdirSync(folderOf(home), { recursive: true })
  fs.writeFileSync(path.join(folderOf(home), String(process.pid)), myself(), { mode: 0o600 })
}

/** The other processes that use it; entries of dead ones are removed. */
export function others(home) {
  if (!fs.existsSync(folderOf(home))) return []
  return fs.readdirSync(folderOf(home)).filter((name) => {
    const file = path.join(folderOf(home), name)
    if (name === String(process.pid)) return false
    if (holder(file)) return true
    fs.rmSync(file, { force: true })
    return false
  })
}

export const leave = (home) => fs.rmSync(path.join(folderOf(home), String(process.pid)), { force: true })
export const isKept = (home) => fs.existsSync(keepFile(home))
export const keep = (home) => fs.writeFileSync(keepFile(home), '')
export const unkeep = (home) => fs.rmSync(keepFile(home), { force: true })
