// A PostgreSQL server of its own whose files may not grow beyond a size: what a full disk looks like, without being root.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { giveTo, openFolder, serverAccount } from '@/scripts/database/account.mjs'
import { binaries, program } from '@/scripts/database/binaries.mjs'
import { withClient } from '@/scripts/database/connection.mjs'
import { freePort } from '@/scripts/setup/port.mjs'

const FIRST_PORT = 55_900
const SETTINGS = ['listen_addresses=127.0.0.1', "unix_socket_directories=''", 'autovacuum=off', 'fsync=off']
/** Smaller than the limits that tests set: the journal must never be what does not fit. */
const JOURNAL_FILE_MB = 1

/** What `ulimit -f 1` means to this system's shell, in bytes. */
function unitOfShell(folder: string): number {
  const file = path.join(folder, 'unit')
  spawnSync('/bin/sh', ['-c', 'ulimit -c 0; ulimit -f 4; dd if=/dev/zero of="$0" bs=512 count=64', file], {
    stdio: 'ignore',
  })
  const { size } = fs.statSync(file)
  fs.rmSync(file)
  return size / 4
}

const sizesBelow = (folder: string): number[] =>
  fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(
      (entry) => fs.statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0,
    )

/** Made, and not started. */
export async function quotaServer() {
  const account = serverAccount()
  const folder = await binaries(account)
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'rollcall-quota-'))
  fs.chmodSync(home, 0o755)
  const data = path.join(home, 'pg')
  fs.mkdirSync(data, { mode: 0o700 })
  giveTo(account, data)
  openFolder(home)
  const port = await freePort(FIRST_PORT)
  const unit = unitOfShell(home)
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
  const run = async (name: string, args: string[]) => {
    const { code, output } = await program(folder, name, args, account)
    if (code !== 0) throw new Error(`${name}: ${output}`)
  }
  await run('initdb', [
    '-D',
    data,
    '-U',
    'postgres',
    '--encoding=UTF8',
    '--locale=C',
    '--auth=trust',
    '--no-sync',
    `--wal-segsize=${JOURNAL_FILE_MB}`,
  ])

  /** @param bytes what no file may grow beyond */
  function start(bytes?: number) {
    const limit = bytes === undefined ? 'unlimited' : String(Math.ceil(bytes / unit))
    const options = SETTINGS.map((setting) => `-c ${setting}`).join(' ')
    const args = [
      '-D',
      data,
      '-w',
      '-t',
      '60',
      '-l',
      path.join(data, 'server.log'),
      '-o',
      `-p ${port} ${options}`,
      'start',
    ]
    const { status, stderr } = spawnSync(
      '/bin/sh',
      ['-c', `ulimit -f ${limit}; exec "$0" "$@"`, path.join(folder, 'bin', 'pg_ctl'), ...args],
      {
        cwd: '/',
        stdio: ['ignore', 'ignore', 'pipe'],
        uid: account?.uid,
        gid: account?.gid,
        env: { ...process.env, HOME: '/', LC_ALL: 'C' },
      },
    )
    if (status !== 0)
      throw new Error(
        `the server did not start: ${String(stderr)}${fs.readFileSync(path.join(data, 'server.log'), 'utf8')}`,
      )
  }
  const stop = () => run('pg_ctl', ['-D', data, '-m', 'fast', '-w', 'stop'])

  return {
    url,
    start,
    stop,
    /** The size of its largest file, after everything was written out. */
    async largestFile(): Promise<number> {
      await withClient(url, (client: { query: (sql: string) => Promise<unknown> }) =>
        client.query('CHECKPOINT'),
      )
      return Math.max(...sizesBelow(path.join(data, 'base')))
    },
    async remove() {
      if (fs.existsSync(path.join(data, 'postmaster.pid'))) await stop()
      fs.rmSync(home, { recursive: true, force: true })
    },
  }
}
