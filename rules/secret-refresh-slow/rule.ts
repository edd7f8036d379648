// A copy of a secret that does not follow its original: still the old value, copied once for all, or copied too rarely.
import { formatDuration } from 'date-fns'
import { z } from 'zod'
import { daysAfter, instantOf, reached } from '@/core/days'
import { valueOf, type Instant } from '@/core/fact'
import { defineRule, type Hit } from '@/core/rule'

const HOUR_SECONDS = 3600
/** So long after it was due a copy counts as missing: clocks differ, and a copy may fail once. */
const GRACE_DAYS = 1

const inWords = (seconds: number): string =>
  formatDuration({
    days: Math.floor(seconds / (24 * HOUR_SECONDS)),
    hours: Math.floor(seconds / HOUR_SECONDS) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  })

/** From when on a copy should have the value its original has since an instant. */
const dueAfter = (changed: Instant, everySeconds: number): Instant =>
  daysAfter(instantOf(Date.parse(changed) + everySeconds * 1000), GRACE_DAYS)

const behind = (message: 'stale' | 'once-stale', changed: Instant, copied: Instant): Hit => ({
  message,
  data: { changed: changed.slice(0, 10), copied: copied.slice(0, 10) },
})

export default defineRule({
  meta: {
    id: 'secret-refresh-slow',
    title: 'Copy does not follow its original',
    severity: 'medium',
    subject: 'secret',
    topic: 'lifetime',
    needs: ['sourceRotatedAt', 'copiedEverySeconds'],
    weighs: ['rotatedAt'],
    params: z.object({
      hoursMax: z.number().positive().default(24).meta({ title: 'Hours between two copies' }),
    }),
    controls: ['owasp-nhi:NHI7:2025', 'csf:PR.AA-01', 'csf:ID.AM-08'],
    messages: {
      stale: 'Its original changed on {{changed}}, and it was last copied before that, on {{copied}}.',
      'once-stale': 'Its original changed on {{changed}}, and it was copied on {{copied}} and never again.',
      once: 'It was copied once: what its original becomes does not reach it.',
      slow: 'It is copied again every {{every}} only; the limit is {{limit}}.',
    },
    remedy: 'Let it be copied again often enough for the old value to end soon after a change.',
  },
  applies: () => true,
  check({ subject, params: { hoursMax }, now }) {
    const { sourceRotatedAt: changed, rotatedAt } = subject
    if (changed === null) return null
    if (rotatedAt.state === 'unknown') return { depends: 'when it was last copied is not known.' }
    const copied = valueOf(rotatedAt)
    if (copied === undefined) return { depends: 'it was not copied yet.' }
    const { copiedEverySeconds: every } = subject
    const isBehind = Date.parse(copied) < Date.parse(changed)
    if (every === null)
      return isBehind ? behind('once-stale', changed, copied) : { message: 'once', data: {}, severity: 'low' }
    const due = isBehind ? dueAfter(changed, every) : undefined
    if (due !== undefined && reached(due, now)) return behind('stale', changed, copied)
    if (every > hoursMax * HOUR_SECONDS) {
      const data = { every: inWords(every), limit: inWords(Math.round(hoursMax * HOUR_SECONDS)) }
      return { message: 'slow', data, severity: 'low', until: due }
    }
    return due === undefined ? null : { until: due }
  },
})
