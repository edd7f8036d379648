// Tells whether something made from files (packages, generated code, pages) is still what those files would give.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

const SKIPPED = /^(generated|node_modules|\..*\.swp)$|\.(db\.)?test\.tsx?$/

/** One hash over the contents of files and folders below `root`; those that do not exist count as absent. */
export function hashOf(root, inputs) {
  const hash = createHash('sha256')
  const add = (relative) => {
    const full = path.join(root, relative)
    const found = fs.statSync(full, { throwIfNoEntry: false })
    if (!found) return
    if (!found.isDirectory())
      return void hash.update(`${relative}\0${found.size}\0`).update(fs.readFileSync(full))
    for (const name of fs.readdirSync(full).sort()) if (!SKIPPED.test(name)) add(`${relative}/${name}`)
  }
  inputs.forEach(add)
  return hash.digest('hex')
}

const read = (file) => {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

export const isFresh = (stamp, hash) => read(stamp) === hash

/** Runs `make` between removing the stamp and writing it, so that a stamp always means a finished job. */
export async function stamped(stamp, hash, make) {
  fs.rmSync(stamp, { force: true })
  await make()
  fs.mkdirSync(path.dirname(stamp), { recursive: true })
  fs.writeFileSync(stamp, hash)
}
