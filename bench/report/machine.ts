// What it was measured on, in words.
import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type as system } from 'node:os'
import { mib } from '../contract'
import { withServer } from '../sync/server'

/** Settings of the server that such figures depend on. */
const SETTINGS = [
  'shared_buffers',
  'work_mem',
  'maintenance_work_mem',
  'effective_cache_size',
  'max_wal_size',
  'wal_level',
  'fsync',
  'synchronous_commit',
  'random_page_cost',
  'jit',
  'max_parallel_workers_per_gather',
]

function commit(): string {
  try {
    const git = (...args: string[]) =>
      execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') ? ', with changes that are not committed' : ''}`
  } catch {
    return 'not known'
  }
}

export async function machineLines(): Promise<string[]> {
  const [processor] = cpus()
  const cores = cpus().length
  const { rows: settings } = await withServer((client) =>
    client.query<{ text: string }>(
      "SELECT format('`%s` %s', name, current_setting(name)) AS text FROM pg_settings WHERE name = ANY($1) ORDER BY array_position($1, name)",
      [SETTINGS],
    ),
  )
  const { rows: version } = await withServer((client) =>
    client.query<{ text: string }>("SELECT current_setting('server_version') AS text"),
  )
  return [
    `**Machine**: ${cores} ${cores === 1 ? 'core' : 'cores'} (${processor?.model.trim() ?? 'of a kind not told'}), ${Math.round(mib(totalmem()) / 1024)} GiB of memory, ${system()} ${release()}; the kind of disk is not known. Load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')} at the end.`,
    `**Versions**: Node ${process.versions.node}, PostgreSQL ${version[0]?.text ?? 'not known'}; commit ${commit()}.`,
    `**Database**: ${settings.map(({ text }) => text).join(', ')}. Client and server share the machine.`,
  ]
}
