// Moments people ask about most, as dates: each means its end in UTC. Pure.
export type PastChoice = { title: string; asOf: string }

const DAY_MS = 24 * 60 * 60_000
const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10)

export function pastChoices(now: Date): PastChoice[] {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  const dayBefore = (y: number, m: number) => dateOf(Date.UTC(y, m, 1) - DAY_MS)
  const today = now.getTime()
  return [
    { title: 'Yesterday', asOf: dateOf(today - DAY_MS) },
    { title: 'A week ago', asOf: dateOf(today - 7 * DAY_MS) },
    { title: 'End of last month', asOf: dayBefore(year, month) },
    { title: 'End of last quarter', asOf: dayBefore(year, month - (month % 3)) },
  ]
}

/**
 * What was typed, as `asOf`: a date alone is its end, so today needs a time.
 * @returns or why it is no moment of the past
 */
export function typedMoment(date: string, time: string, now: Date): { asOf: string } | { wrong: string } {
  if (!date) return { wrong: 'Choose a date.' }
  if (!time)
    return date < dateOf(now.getTime())
      ? { asOf: date }
      : { wrong: 'That day is not over yet. Give a time, or an earlier date.' }
  const at = Date.parse(`${date}T${time}Z`)
  if (Number.isNaN(at)) return { wrong: 'The date or the time is not understood.' }
  if (at > now.getTime())
    return { wrong: `That is in the future: it is ${now.toISOString().slice(11, 16)} UTC now.` }
  return { asOf: new Date(at).toISOString().replace('.000Z', 'Z') }
}
