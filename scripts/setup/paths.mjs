// Where things are in the checkout, and the one folder that holds what an installation keeps.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))))
export const DATA = path.join(ROOT, '.data')
export const at = (...parts) => path.join(ROOT, ...parts)

/** Makes `.data`. Others may walk through it whatever the umask: the database runs as an unprivileged account. */
export function makeDataFolder() {
  if (!fs.existsSync(DATA)) {
    fs.mkdirSync(DATA)
    fs.chmodSync(DATA, 0o755)
  }
  const probe = path.join(DATA, `.probe-${process.pid}`)
  fs.writeFileSync(probe, '')
  fs.rmSync(probe)
}

/** Replaces a file in one step: a killed process or a full disk never leaves half of it. */
export function writeWhole(file, text, mode = 0o600) {
  const temporary = `${file}.${process.pid}.tmp`
  fs.writeFileSync(temporary, text, { mode })
  fs.renameSync(temporary, file)
}
