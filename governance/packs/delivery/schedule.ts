// When a pack that is delivered again and again is due, and which time it is about. In UTC, whole days.

export const EVERY = ['week', 'month', 'quarter'] as const
export type Every = (typeof EVERY)[number]
export type Schedule = {
  every: Every
  /** Hours after the end of a period at which its pack is built: what arrives late is known by then. */
  waitHours: number
}
/** From an instant to another that is no part of it; the pack is asked as of its end. */
export type Period = { from: Date; to: Date; due: Date }

const HOUR = 3_600_000
const utc = (year: number, month: number, day: number) => new Date(Date.UTC(year, month, day))

/** The beginning of the period that an instant lies in: Monday, the first of a month, the first of a quarter. */
export function beginOf(every: Every, at: Date): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  if (every === 'week') return utc(year, month, day - ((at.getUTCDay() + 6) % 7))
  return utc(year, every === 'month' ? month : month - (month % 3), 1)
}

/** The beginning of the period after the one that begins then. */
export function nextBegin(every: Every, begin: Date): Date {
  const [year, month, day] = [begin.getUTCFullYear(), begin.getUTCMonth(), begin.getUTCDate()]
  if (every === 'week') return utc(year, month, day + 7)
  return utc(year, month + (every === 'month' ? 1 : 3), 1)
}

function periodFrom({ every, waitHours }: Schedule, from: Date): Period {
  const to = nextBegin(every, from)
  return { from, to, due: new Date(to.getTime() + waitHours * HOUR) }
}

/**
 * Every period that has become due, oldest first: what was missed while nothing ran is made up for, and not skipped.
 * @param since the end of the period that was delivered last, or when the schedule was made
 * @param most so that what stood still for years does not build hundreds at once; the others follow
 */
export function periodsDue(schedule: Schedule, since: Date, now: Date, most = 12): Period[] {
  const due: Period[] = []
  // The period that the schedule was made in is told whole.
  let period = nextDue(schedule, since)
  while (period.due <= now && due.length < most) {
    due.push(period)
    period = periodFrom(schedule, period.to)
  }
  return due
}

/** The period whose pack is due next, for whoever asks what a schedule will do. @param since as above */
export const nextDue = (schedule: Schedule, since: Date): Period =>
  periodFrom(schedule, beginOf(schedule.every, since))

/** What a delivered pack is called: told apart by its period, and safe in every store. */
export function packName(title: string, { from, to }: Pick<Period, 'from' | 'to'>): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  const day = (at: Date) => at.toISOString().slice(0, 10)
  return `${words || 'pack'}-${day(from)}-to-${day(to)}.zip`
}
