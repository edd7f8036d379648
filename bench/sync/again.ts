// Looks at an estate that is held already: nothing is different, or one row of a hundred.
import { observedAt } from '@/estate/calendar'
import { settledNow } from '@/inventory/moment/settled-now'
import { db } from '@/prisma/client'
import { atMost, percent, secondsOf, spaced, type Figure, type SyncTime, type Task } from '../contract'
import { maintain, settle, writtenSoFar, type Written } from './server'
import { syncDay } from './sync-day'

const HOUR_MS = 3_600_000
const TIME_SHARE_MAX = 0.1
const CHANGED = 0.01
const WRITTEN_SHARE_MAX = 0.015

type Again = { time: SyncTime; written: Written; first: SyncTime }

/** @param hours after the first look at the same day */
async function syncAgain({ identities, seed, facts }: Task, hours: number, changed?: number): Promise<Again> {
  const { first } = facts
  if (!first) throw new Error('a second look needs a first one')
  await settle()
  const before = await writtenSoFar()
  const at = new Date(Date.parse(observedAt(0)) + hours * HOUR_MS).toISOString()
  const time = await syncDay({ identities, seed, day: 0, ...(changed && { changed }) }, at)
  // The end of a connection makes the server count what it wrote.
  await db.$disconnect()
  const after = await writtenSoFar()
  const written = {
    current: after.current - before.current,
    past: after.past - before.past,
    other: after.other - before.other,
  }
  return { time, written, first }
}

const timeOf = ({ time, first }: Again, generateSeconds = 0) =>
  `${percent(time.seconds / first.seconds)} (${secondsOf(time.seconds)}); ${secondsOf(time.applySeconds)} of it applying, ${secondsOf(generateSeconds)} making the observations`

export async function unchanged(task: Task) {
  const again = await syncAgain(task, 1)
  const { current, past, other } = again.written
  const figures: Figure[] = [
    {
      group: 'Sync',
      name: 'Sync again, nothing has changed: time against the first',
      aim: `at most ${percent(TIME_SHARE_MAX)}`,
      measured: timeOf(again, task.facts.generateSeconds),
      verdict: atMost(again.time.seconds / again.first.seconds, TIME_SHARE_MAX),
    },
    {
      group: 'Sync',
      name: 'Sync again, nothing has changed: rows written',
      aim: 'none',
      measured: `${spaced(current)} in the inventory; ${spaced(past)} ended versions and ${spaced(other)} other rows, of runs and looks`,
      verdict: atMost(current, 0),
    },
  ]
  return { figures, facts: { 'moment:unchanged': await settledNow() } }
}

export async function changed(task: Task) {
  const again = await syncAgain(task, 2, CHANGED)
  // The server would do so by itself within a minute or two.
  await maintain('past')
  const { current, past } = again.written
  const share = current / again.first.rows
  const figures: Figure[] = [
    {
      group: 'Sync',
      name: `Sync again, ${percent(CHANGED)} of rows have changed: time against the first`,
      measured: timeOf(again, task.facts.generateSeconds),
      verdict: 'told',
    },
    {
      group: 'Sync',
      name: `Sync again, ${percent(CHANGED)} of rows have changed: rows written in the inventory`,
      aim: `at most ${percent(WRITTEN_SHARE_MAX)} of all`,
      measured: `${percent(share)} (${spaced(current)}), and ${spaced(past)} ended versions beside`,
      verdict: atMost(share, WRITTEN_SHARE_MAX),
    },
  ]
  return { figures, facts: { 'moment:changed': await settledNow() } }
}
