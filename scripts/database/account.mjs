// PostgreSQL refuses to run as root: as root, an unprivileged account runs it, and must be able to reach its files.
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from '../setup/failure.mjs'

const isRoot = process.platform !== 'win32' && process.getuid() === 0

function accounts() {
  const lines = fs.readFileSync('/etc/passwd', 'utf8').split('\n')
  const fields = lines.map((line) => line.split(':')).filter((list) => list.length > 3)
  return new Map(fields.map(([name, , uid, gid]) => [name, { name, uid: Number(uid), gid: Number(gid) }]))
}

/** The account that runs the server, or undefined for the present user. */
export function serverAccount() {
  if (!isRoot) return undefined
  const all = accounts()
  const account = all.get(process.env.PG_OS_USER) ?? all.get('postgres') ?? all.get('nobody')
  if (account) return account
  throw new Failure(
    'PostgreSQL does not run as root, and this system has no "postgres" or "nobody" account.',
    'Set PG_OS_USER to an unprivileged account, or DATABASE_URL to a PostgreSQL server.',
  )
}

/** Whether the account can walk to the folder. stat(2) asks for the effective user, access(2) would for the real one. */
function canReach(folder, account) {
  if (!account) return true
  process.setegid(account.gid)
  process.seteuid(account.uid)
  try {
    fs.statSync(path.join(folder, '.'))
    return true
  } catch {
    return false
  } finally {
    process.seteuid(0)
    process.setegid(0)
  }
}

/** The same for a folder that may not exist yet. */
export function couldReach(folder, account) {
  let existing = folder
  while (!fs.existsSync(existing)) existing = path.dirname(existing)
  return canReach(existing, account)
}

export function giveTo(account, ...files) {
  if (account) for (const file of files) fs.chownSync(file, account.uid, account.gid)
}

/** Makes a folder that every account can walk through, whatever the umask. */
export function openFolder(folder) {
  if (fs.existsSync(folder)) return
  openFolder(path.dirname(folder))
  fs.mkdirSync(folder)
  fs.chmodSync(folder, 0o755)
}
