// When a campaign says something by itself: days before and after it is due, by the clock of its zone. Pure.
import { daysLater, instantsOf, localTime } from '../../notices/local-time'
import type { Reminders } from '../campaign-input'

export type Stage =
  | { id: string; kind: 'reminder'; days: number; at: Date }
  | { id: 'manager' | 'campaign' | 'exception'; kind: 'escalation'; at: Date }

/** So many days from an instant, at the same time of day as the clock of the zone shows it. */
export function daysFrom(at: Date, days: number, zone: string): Date {
  const local = daysLater(localTime(at, zone), days)
  // The seconds of the instant are kept: a clock on a wall does not show them.
  const rest = at.getTime() % 60_000
  const [found] = instantsOf(local, zone)
  return new Date((found ?? at).getTime() + rest)
}

/** Midnight at the beginning of the day that is so many days before: what waits for the mail of a day goes with that day's. */
function dayBefore(dueAt: Date, days: number, zone: string): Date {
  const local = { ...daysLater(localTime(dueAt, zone), -days), minute: 0 }
  return instantsOf(local, zone)[0] ?? dueAt
}

/** All that there are, in the order of time. */
export function stagesOf(dueAt: Date, reminders: Reminders): Stage[] {
  const at = (days: number) => daysFrom(dueAt, days, reminders.zone)
  const before = [...new Set([...reminders.before, ...(reminders.onTheDay ? [0] : [])])].map(
    (days): Stage => ({
      id: days ? `before-${days}` : 'due',
      kind: 'reminder',
      days,
      at: dayBefore(dueAt, days, reminders.zone),
    }),
  )
  const after: Stage[] = [
    { id: 'manager', kind: 'escalation', at: at(reminders.managerAfter) },
    { id: 'campaign', kind: 'escalation', at: at(reminders.campaignAfter) },
    { id: 'exception', kind: 'escalation', at: at(reminders.exceptionAfter) },
  ]
  return [...before, ...after].sort((a, b) => a.at.getTime() - b.at.getTime())
}

type Standing = {
  dueAt: Date
  reminders: Reminders
  /** When it was published, or given more time: nothing of before is caught up on. */
  since: Date
  /** Those that were gone through for this due date. */
  done: ReadonlySet<string>
}

/**
 * What is to be said now, and what is passed over: of several reminders that have become due while nobody was at work only the
 * last is sent, and none once it is overdue. Escalation leaves out nothing, however late.
 */
export function dueStages(
  { dueAt, reminders, since, done }: Standing,
  now: Date,
): { say: Stage[]; passed: Stage[] } {
  const reached = stagesOf(dueAt, reminders).filter(({ id, at }) => at <= now && !done.has(id))
  const old = (stage: Stage) => stage.kind === 'reminder' && stage.at <= since
  const fresh = reached.filter((stage) => !old(stage))
  const last = fresh.filter(({ kind }) => kind === 'reminder').at(-1)
  const isLate = dueAt <= now
  const say = fresh.filter((stage) => stage.kind === 'escalation' || (stage === last && !isLate))
  return { say, passed: reached.filter((stage) => !say.includes(stage)) }
}
