// Clocks on walls: what they show at an instant, and when they show something. By the zones the runtime knows. Pure.

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** A day and a minute of it, as a clock on a wall shows them. */
export type LocalTime = { year: number; month: number; day: number; minute: number }

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(zone: string): Intl.DateTimeFormat {
  const held = formats.get(zone)
  if (held) return held
  const fields = {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  } as const
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', era: 'short', ...fields })
  formats.set(zone, made)
  return made
}

/** Whether it is the name of a time zone, such as `Europe/Berlin`. */
export function isZone(zone: string): boolean {
  if (!/^[A-Za-z][\w/+-]{1,63}$/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

export function localTime(at: Date, zone: string): LocalTime {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)]
  return { year, month, day, minute: Number(parts.hour) * 60 + Number(parts.minute) }
}

/** As if the wall were in Greenwich: a number that local times can be compared and counted by. */
const wallMs = ({ year, month, day, minute }: LocalTime): number => Date.UTC(year, month - 1, day, 0, minute)

const offsetMs = (at: number, zone: string): number =>
  wallMs(localTime(new Date(at), zone)) - Math.floor(at / MINUTE_MS) * MINUTE_MS

/**
 * The instants at which the clock shows this, the first one first: two where it is put back over it. Where it is put forward
 * over it, the instant at which that happens.
 */
export function instantsOf(local: LocalTime, zone: string): Date[] {
  const wall = wallMs(local)
  const shown = (at: number) => wallMs(localTime(new Date(at), zone))
  const tries = [offsetMs(wall - DAY_MS, zone), offsetMs(wall + DAY_MS, zone)].map((offset) => wall - offset)
  const found = [...new Set(tries)].filter((at) => shown(at) === wall).sort((a, b) => a - b)
  if (found.length) return found.map((at) => new Date(at))
  // Somewhere between the two the clock jumps from before it to after it.
  let [before, after] = [Math.min(...tries) - MINUTE_MS, Math.max(...tries)]
  while (after - before > MINUTE_MS) {
    const middle = Math.floor((before + after) / 2 / MINUTE_MS) * MINUTE_MS
    if (shown(middle) < wall) before = middle
    else after = middle
  }
  return [new Date(after)]
}

/** The same minute, so many days later. A day that is left out in a zone is passed over. */
export function daysLater(local: LocalTime, days: number): LocalTime {
  const at = new Date(Date.UTC(local.year, local.month - 1, local.day + days))
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    minute: local.minute,
  }
}

/** 0 is Sunday. */
export const weekday = ({ year, month, day }: LocalTime): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay()
