// A worker process for tests: the real one over a made-up source. Loads everything, says `ready`, and on a line with its
// orders syncs until nothing is left to do, or dies at the statement it was told to die at.
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { sealSettings } from '@/governance/crypto/seal-settings'
import { startRun } from '@/governance/runs/start-run'
import { startWorker } from '@/jobs/run-worker'
import { db } from '@/prisma/client'
import { estateConnector } from './estate'
import { watchStatements, type KillPoint } from './statement-watch'

export type Orders = { look: number; kill?: KillPoint }
/** The same in every database, so that two can be compared. */
const CONNECTION = '0a0a0a0a-0000-4000-8000-000000000001'
const ASK_EVERY_MS = 40

async function started() {
  await db.connection.upsert({
    where: { id: CONNECTION },
    create: {
      id: CONNECTION,
      connectorId: 'demo',
      name: 'demo',
      mode: 'live',
      settings: sealSettings(CONNECTION, {}),
      intervalMinutes: 60,
      createdBy: 'test',
    },
    update: {},
  })
  await db.$transaction((tx) => startRun(tx, CONNECTION, { trigger: 'manual', requestedBy: 'test' }))
}

const OPEN = `SELECT (SELECT count(*) FROM run WHERE state IN ('queued', 'running')) + (
    SELECT count(*) FROM pgboss.job WHERE state < 'completed'
      AND name IN ('sync-connection', 'analyse-scope', 'evaluate-scope', 'join-changes')
  ) AS open`

async function nothingLeft(asking: pg.Client) {
  for (;;) {
    const { rows } = await asking.query<{ open: string }>(OPEN)
    if (rows[0]?.open === '0') return
    await wait(ASK_EVERY_MS)
  }
}

process.stdout.write('ready\n')
const [line] = (await once(createInterface(process.stdin), 'line')) as [string]
const { look, kill } = JSON.parse(line) as Orders
const watch = watchStatements(kill)
const asking = new pg.Client({ connectionString: process.env.DATABASE_URL })
watch.ignore(asking)
await asking.connect()
await started()
await startWorker({
  connectorOf: async () => estateConnector(look),
  log: (text) => process.stderr.write(`${text}\n`),
})
await nothingLeft(asking)
process.stdout.write(`${watch.count()}\n`, () => process.exit(0))
