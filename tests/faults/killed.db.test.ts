// Workers are killed at many places of their work, and what is held in the end is what one undisturbed worker would hold.
// FAULT_SEED repeats a schedule, FAULT_KILLS sets how many kills it has.
import type pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { withClient } from '@/scripts/database/connection.mjs'
import { freshDatabase } from '@/tests/postgres'
import { LOOKS } from './estate'
import { Workers } from './killed-workers'
import { pictureOf, type Window } from './picture'
import { seeded, seedOf } from './seeded'
import { WHEN, type KillPoint } from './statement-watch'
import { versionProblems } from './version-problems'

const SEED = seedOf(process.env.FAULT_SEED)
const KILLS = Number(process.env.FAULT_KILLS ?? 3)
const TIME_PER_KILL_MS = 60_000
const LAST = LOOKS.at(-1)
/** Statements around which a kill hurts most, and about how often each is sent in one look. */
const TENDER: [holding: string, times: number][] = [
  ['COMMIT', 12],
  ['COPY staging', 4],
  ['CREATE UNLOGGED TABLE', 3],
  ['INSERT INTO look', 3],
  ['DROP TABLE IF EXISTS', 3],
  ['SET applied_at', 3],
  ['run_coverage', 12],
  ['UPDATE run r SET state', 1],
  ['"public"."run"', 8],
  ['INSERT INTO join_change', 1],
  ['INSERT INTO edge', 1],
  ['facet_count', 6],
  ['pgboss.job', 20],
]

const workers: Workers[] = []
afterAll(() => {
  for (const one of workers) one.stop()
})
function workersOf(url: string): Workers {
  const made = new Workers(url)
  workers.push(made)
  return made
}

const now = (url: string): Promise<string> =>
  withClient(url, async (client: pg.Client) => {
    const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now')
    return rows[0]?.now.toISOString() ?? ''
  })

/** Takes one look after the other, and describes what is held then. */
async function historyOf(url: string, takeLook: (look: number) => Promise<void>) {
  const windows: Window[] = []
  for (const look of LOOKS) {
    const from = await now(url)
    await takeLook(look)
    windows.push({ name: `in look ${look}`, from, to: await now(url) })
  }
  return withClient(url, async (client: pg.Client) => ({
    picture: await pictureOf(client, windows),
    left: await leftOver(client),
    problems: await versionProblems(client),
  }))
}

async function leftOver(client: pg.Client) {
  const { rows } = await client.query<Record<string, number>>(`SELECT
    (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'staging') AS staging,
    (SELECT count(*)::int FROM pgboss.job WHERE state < 'completed'
      AND name IN ('sync-connection', 'analyse-scope', 'evaluate-scope', 'join-changes')) AS jobs,
    (SELECT count(*)::int FROM pgboss.job WHERE state = 'failed') AS failed,
    (SELECT count(*)::int FROM run WHERE ended_at IS NULL OR state NOT IN ('complete', 'partial')
      -- What was throttled is looked at again later, and each sync takes the place of the look that waits.
      AND NOT (trigger = 'resume' AND state = 'cancelled')) AS runs,
    (SELECT count(*)::int FROM join_change) + (SELECT count(*)::int FROM join_todo) AS joins`)
  return rows[0]
}
const NOTHING = { staging: 0, jobs: 0, failed: 0, runs: 0, joins: 0 }

test(
  `killed ${KILLS} times, it ends as if it never had been (FAULT_SEED=${SEED})`,
  { timeout: TIME_PER_KILL_MS * (KILLS + LOOKS.length * 2) },
  async () => {
    const statements = new Map<number, number>()
    const calmUrl = await freshDatabase()
    const undisturbed = workersOf(calmUrl)
    const calm = await historyOf(calmUrl, async (look) => {
      statements.set(look, Number(await undisturbed.work({ look }, look === LAST)))
    })
    undisturbed.stop()

    const draw = seeded(SEED)
    const pick = <T>(from: readonly T[]): T => from[Math.floor(draw() * from.length)] as T
    const pointOf = (look: number, n: number): KillPoint => {
      const when = pick(WHEN)
      if ((look + n) % 2) return { nth: 1 + Math.floor(draw() * (statements.get(look) ?? 1)), when }
      const [holding, times] = pick(TENDER)
      return { nth: 1 + Math.floor(draw() * times), holding, when }
    }
    const url = process.env.DATABASE_URL ?? ''
    const disturbed = workersOf(url)
    let killed = 0
    const history = await historyOf(url, async (look) => {
      for (let n = 0; n < KILLS / LOOKS.length; n++) {
        const kill = pointOf(look, n)
        const ended = await disturbed.work({ look, kill })
        console.log(`look ${look}: ${JSON.stringify(kill)} → ${ended}`)
        if (ended === 'killed') killed++
        // Once a look is done, the same look again takes fewer statements.
        else statements.set(look, ended)
      }
      expect(await disturbed.work({ look }, look === LAST)).not.toBe('killed')
    })

    // Most points are met; one that lies behind the end of the work is not.
    expect(killed).toBeGreaterThanOrEqual(Math.floor(KILLS / 3))
    expect(calm.left).toEqual(NOTHING)
    expect(history.left).toEqual(NOTHING)
    expect(calm.problems).toEqual([])
    expect(history.problems).toEqual([])
    expect(calm.picture['public.identity']?.length).toBeGreaterThan(100)
    expect(calm.picture['past.identity']?.length).toBeGreaterThan(10)
    expect(calm.picture['past.tally']?.length).toBeGreaterThan(100)
    expect(calm.picture['past.finding']?.length).toBeGreaterThan(100)
    expect(Object.keys(history.picture)).toEqual(Object.keys(calm.picture))
    for (const [table, rows] of Object.entries(calm.picture))
      expect(history.picture[table], table).toEqual(rows)
  },
)
