// When somebody wants to be told: their zone, the hour of their daily mail, and when they want quiet.
import { z } from 'zod'
import { isZone } from './local-time'
import { kindTitle, OPTIONAL_KINDS } from './templates/kinds'

const Clock = z
  .string()
  .trim()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time such as 08:00' })

export const Preferences = z.strictObject({
  /** A name of the time zone database. */
  zone: z.string().trim().refine(isZone, { error: 'must be the name of a time zone, such as Europe/Berlin' }),
  /** When the daily mail goes out; null: what could be put into one is sent by itself. */
  digestAt: Clock.nullable(),
  /** Quiet from then until then; the same twice is no quiet. */
  quietFrom: Clock,
  quietUntil: Clock,
  /** Whether Saturday and Sunday are quiet from end to end. */
  quietWeekends: z.boolean(),
  /** Kinds of notices that are not wanted. What asks for a decision cannot be turned off. */
  off: z
    .array(
      z.enum(OPTIONAL_KINDS, {
        error: ({ input }) =>
          `“${kindTitle(String(input))}” asks for a decision, or is no kind of notice: it cannot be turned off`,
      }),
    )
    .max(OPTIONAL_KINDS.length)
    .default([]),
})
export type Preferences = z.infer<typeof Preferences>
/** What of it says when, and not what. */
export type Hours = Omit<Preferences, 'off'>

/** Until an administrator has said what is usual here. */
export const USUAL: Preferences = {
  zone: 'UTC',
  digestAt: '08:00',
  quietFrom: '20:00',
  quietUntil: '08:00',
  quietWeekends: false,
  off: [],
}

/** What is kept, as long as it can still be read. */
export const preferencesFrom = (value: unknown, usual: Preferences = USUAL): Preferences => {
  const parsed = Preferences.safeParse(value)
  return parsed.success ? parsed.data : usual
}
