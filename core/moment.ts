// The moment an answer is about, in two times: when it was true, and by when we had learned it.
import { z } from 'zod'
import { RollcallError } from './errors'
import type { Instant } from './fact'

export type Moment = {
  /** Facts that were true at this instant … */
  valid: Instant
  /** … as far as they were known at this one. Never earlier than `valid`. */
  known: Instant
}

const END_OF_DAY = 'T23:59:59.999Z'
const WRONG =
  'must be a date (2026-09-30, meaning its end in UTC) or an instant (2026-09-30T12:00:00Z), or "now"'

/** A date means its last millisecond in UTC: "as of 30 September" includes that day. */
const When = z
  .string()
  .trim()
  .max(40)
  .transform((text, context): Instant | 'now' => {
    if (text === 'now' || text === '') return 'now'
    const asked = z.iso.date().safeParse(text).success
      ? `${text}${END_OF_DAY}`
      : z.iso.datetime({ offset: true }).safeParse(text).success && text
    const at = asked ? Date.parse(asked) : NaN
    if (!Number.isNaN(at)) return new Date(at).toISOString()
    context.addIssue({ code: 'custom', message: WRONG })
    return z.NEVER
  })

/** The two parameters every page, API answer, export and command of the record takes. */
export const MomentParams = z.object({
  /** What was true then. Unset or `now`: the present. */
  asOf: When.optional(),
  /** What was known by then. Unset: by `asOf` itself, so that the answer never changes again. */
  known: When.optional(),
})
export type MomentParams = z.input<typeof MomentParams>

/**
 * The moment the parameters ask about; undefined is the present.
 * @throws RollcallError `invalid` naming the parameter
 */
export function momentOf(params: MomentParams, now: Instant): Moment | undefined {
  const parsed = MomentParams.safeParse(params)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw wrong(issue?.path[0] === 'known' ? 'known' : 'asOf', `${issue?.message}.`)
  }
  const { asOf = 'now', known } = parsed.data
  if (asOf === 'now') {
    if (known && known !== 'now') throw wrong('known', 'is only asked together with asOf.')
    return undefined
  }
  const moment = { valid: asOf, known: known === 'now' ? now : (known ?? asOf) }
  if (moment.known < moment.valid)
    throw wrong('known', `(${moment.known}) must not be earlier than asOf (${moment.valid}).`)
  if (moment.known > now) throw wrong(known ? 'known' : 'asOf', `lies in the future; now it is ${now}.`)
  return moment
}

const wrong = (path: 'asOf' | 'known', message: string): RollcallError =>
  new RollcallError('invalid', `${path} ${message}`, [{ path, message: `${path} ${message}` }])
