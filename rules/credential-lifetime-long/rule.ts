// A credential that was made to last for longer than the limit.
import { z } from 'zod'
import { daysAfter, latestOf, reached } from '@/core/days'
import { valueOf, type Instant } from '@/core/fact'
import { defineRule, type Hit } from '@/core/rule'

const DAY_SECONDS = 24 * 3600
/** An end in this year stands for none, about which another rule speaks. */
const ENDLESS_YEAR = '9999'
const dayOf = (at: Instant): string => at.slice(0, 10)

const eachOver = (seconds: number, limit: number): Hit | null =>
  seconds > limit * DAY_SECONDS
    ? { message: 'each', data: { days: Math.ceil(seconds / DAY_SECONDS), limit } }
    : null

export default defineRule({
  meta: {
    id: 'credential-lifetime-long',
    title: 'Credential is made to last too long',
    severity: 'medium',
    subject: 'credential',
    topic: 'lifetime',
    needs: ['lifetimeSeconds'],
    weighs: ['createdAt', 'expiresAt', 'rotatedAt'],
    params: z.object({
      daysMax: z.number().int().positive().default(366).meta({ title: 'Days a value may live' }),
      certificateDaysMax: z
        .number()
        .int()
        .positive()
        .default(398)
        .meta({ title: 'Days a certificate may live' }),
    }),
    controls: ['owasp-nhi:NHI7:2025', 'csf:PR.AA-01', 'csf:PR.PS-01'],
    messages: {
      long: 'Its value was made on {{made}} and ends on {{end}}; the limit is {{limit}} days.',
      each: 'Each value of it lives for {{days}} days; the limit is {{limit}} days.',
    },
    remedy: 'Issue the next one for a shorter time, and let what uses it fetch new ones by itself.',
  },
  applies: ({ form, identityClass }) =>
    form !== 'federated' && (identityClass === 'machine' || identityClass === 'unclear'),
  check({ subject, params: { daysMax, certificateDaysMax }, now }) {
    const limit = subject.form === 'certificate' ? certificateDaysMax : daysMax
    if (subject.lifetimeSeconds !== null) return eachOver(subject.lifetimeSeconds, limit)
    const { createdAt, rotatedAt, expiresAt } = subject
    if (expiresAt.state === 'unknown') return { depends: 'its source does not tell when it ends.' }
    const end = valueOf(expiresAt)
    // Without an end, or after it, other rules speak.
    if (end === undefined || end >= ENDLESS_YEAR || reached(end, now)) return null
    const made = latestOf(valueOf(createdAt), valueOf(rotatedAt))
    if (made === undefined)
      return { depends: `it ends on ${dayOf(end)}, and its source gives no date for its value.`, until: end }
    // Made anew since then it would last for less: what is within the limit stays so.
    if (reached(end, daysAfter(made, limit))) return null
    if (rotatedAt.state === 'unknown')
      return { depends: `whether its value was made anew after ${dayOf(made)} is not told.`, until: end }
    return { message: 'long', data: { made: dayOf(made), end: dayOf(end), limit }, until: end }
  },
})
