// When somebody wants to be told: their zone, the hour of their daily mail, and when they want quiet.
import { z } from 'zod'
import { isZone } from './local-time'

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
})
export type Preferences = z.infer<typeof Preferences>

/** Until an administrator has said what is usual here. */
export const USUAL: Preferences = {
  zone: 'UTC',
  digestAt: '08:00',
  quietFrom: '20:00',
  quietUntil: '08:00',
  quietWeekends: false,
}

/** What is kept, as long as it can still be read. */
export const preferencesFrom = (value: unknown, usual: Preferences = USUAL): Preferences => {
  const parsed = Preferences.safeParse(value)
  return parsed.success ? parsed.data : usual
}
