// A moment as people read it. Pure, and small enough for a browser: core/moment.ts decides what is a moment.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DATE = /^\d{4}-\d\d-\d\d$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** The day in UTC, in words that do not hang on the machine's languages. @example `30 Sep 2026` */
export function dayWords(at: string | Date): string {
  const date = new Date(at)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** @example `30 Sep 2026 23:59:59 UTC` */
export const secondWords = (at: string | Date): string =>
  `${dayWords(at)} ${new Date(at).toISOString().slice(11, 19)} UTC`

/** The instant that a date (its last millisecond) or an instant means; undefined for anything else. */
export function instantOf(text: string): string | undefined {
  const isDate = DATE.test(text)
  const at = isDate ? Date.parse(`${text}T23:59:59.999Z`) : INSTANT.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(at)) return undefined
  const instant = new Date(at).toISOString()
  // 31 February would be a day of March.
  return isDate && !instant.startsWith(text) ? undefined : instant
}

export type ShownMoment = {
  valid: string
  /** Only where more was known than at that moment itself. */
  known?: string
}

export function shownMoment(params: { asOf?: string; known?: string }): ShownMoment | undefined {
  const valid = params.asOf && instantOf(params.asOf)
  if (!valid) return undefined
  const known = params.known === undefined ? undefined : instantOf(params.known)
  if (params.known !== undefined && !known) return undefined
  return known && known > valid ? { valid, known } : { valid }
}
