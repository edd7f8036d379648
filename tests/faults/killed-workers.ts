// Starts worker processes that may kill themselves, and puts back what they leave as the queue itself would.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Orders } from './killed-worker'

const FILE = path.join(import.meta.dirname, 'killed-worker.ts')
const ROOT = path.dirname(path.dirname(import.meta.dirname))
const ASK_EVERY_MS = 40
/** What a process does is awaited; only one that hangs is given up. */
const PATIENCE_MS = 120_000

/** `killed`, or how many statements it took. */
export type Ended = 'killed' | number

/** Loaded and waiting for orders: loading takes longer than a sync. */
class Waiting {
  readonly lines: AsyncIterableIterator<string>
  private told = ''
  constructor(readonly child: ChildProcess) {
    this.lines = createInterface(child.stdout!)[Symbol.asyncIterator]()
    child.stderr!.on('data', (chunk) => (this.told += String(chunk)))
  }
  async work(orders: Orders): Promise<Ended> {
    const exit = once(this.child, 'exit') as Promise<[number | null, string | null]>
    if ((await this.lines.next()).value !== 'ready') throw new Error(`a worker did not start: ${this.told}`)
    this.child.stdin!.write(`${JSON.stringify(orders)}\n`)
    const patience = setTimeout(() => this.child.kill('SIGTERM'), PATIENCE_MS)
    const [code, signal] = await exit
    clearTimeout(patience)
    if (signal === 'SIGKILL') return 'killed'
    const { value } = (await this.lines.next()) as { value?: string }
    if (code !== 0 || !value) throw new Error(`a worker ended with ${code ?? signal}: ${this.told}`)
    return Number(value)
  }
}

/** Workers of one database, the next of which is always being loaded. */
export class Workers {
  private next: Waiting | undefined
  constructor(private readonly url: string) {}

  private load(): Waiting {
    return new Waiting(
      spawn(process.execPath, ['--import', 'tsx', FILE], {
        cwd: ROOT,
        stdio: ['pipe', 'pipe', 'pipe'],
        env: { ...process.env, DATABASE_URL: this.url },
      }),
    )
  }

  /** @param last no other one is loaded meanwhile */
  async work(orders: Orders, last = false): Promise<Ended> {
    const one = this.next ?? this.load()
    this.next = last ? undefined : this.load()
    const ended = await one.work(orders)
    if (ended === 'killed') await this.putBack()
    return ended
  }

  stop(): void {
    this.next?.child.kill('SIGKILL')
    this.next = undefined
  }

  /** What the queue does when heartbeats have been missing for a while, without the while. */
  private async putBack(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url })
    await client.connect()
    try {
      await othersGone(client)
      const { rows } = await client.query(`SELECT to_regclass('pgboss.job') AS queue`)
      if (!rows[0]?.queue) return
      await client.query(
        `DELETE FROM pgboss.job WHERE state < 'completed' AND name NOT IN ('sync-connection', 'evaluate-scope', 'join-changes')`,
      )
      await client.query(`
        UPDATE pgboss.job SET state = 'retry', retry_count = 0, start_after = now(), started_on = NULL, heartbeat_on = NULL
        WHERE state IN ('active', 'retry')`)
    } finally {
      await client.end()
    }
  }
}

/** A statement that was under way when its sender died goes on until it is done. */
async function othersGone(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ count: string }>(
      `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    )
    if (rows[0]?.count === '0') return
    await wait(ASK_EVERY_MS)
  }
}
