// A key or token whose value has stayed the same for longer than the limit.
import { z } from 'zod'
import { daysAfter, earliestOf, latestOf, reached } from '@/core/days'
import { valueOf } from '@/core/fact'
import { defineRule } from '@/core/rule'

/** From this age on nobody can still know where all copies of the value are. */
const AGE_DAYS_HIGH = 365
const FORMS: ReadonlySet<string> = new Set(['static-key', 'ssh-key', 'token'])

export default defineRule({
  meta: {
    id: 'credential-long-lived',
    title: 'Credential is long-lived',
    severity: 'medium',
    subject: 'credential',
    topic: 'lifetime',
    needs: ['createdAt', 'rotatedAt'],
    weighs: ['expiresAt'],
    params: z.object({
      ageDaysMax: z.number().int().positive().default(90).meta({ title: 'Days until a new value' }),
    }),
    controls: ['owasp-nhi:NHI7:2025', 'csf:PR.AA-01'],
    messages: {
      old: 'Its value has been the same since {{since}}; the limit is {{ageDaysMax}} days.',
    },
    remedy: 'Replace it with a credential that expires, or issue a new value and delete this one.',
  },
  applies: ({ form, identityClass }) =>
    FORMS.has(form) && (identityClass === 'machine' || identityClass === 'unclear'),
  check({ subject, params: { ageDaysMax }, now }) {
    const since = latestOf(subject.createdAt, subject.rotatedAt)
    if (since === undefined) return { depends: 'the source gives no date for its value.' }
    // A clock may be ahead by hours, not by a day.
    const plausible = daysAfter(since, -1)
    if (!reached(plausible, now))
      return { depends: `its value is dated ${since.slice(0, 10)}, in the future.`, until: plausible }
    const expiresAt = valueOf(subject.expiresAt)
    if (expiresAt !== undefined && reached(expiresAt, now)) return null
    const over = daysAfter(since, ageDaysMax + 1)
    if (!reached(over, now)) return { until: earliestOf(over, expiresAt) }
    // A date and not an age: what is said must not change only because a day has passed.
    const hit = { message: 'old', data: { since: since.slice(0, 10), ageDaysMax } }
    const high = daysAfter(since, AGE_DAYS_HIGH + 1)
    if (reached(high, now)) return { ...hit, severity: 'high', until: expiresAt }
    return { ...hit, until: earliestOf(high, expiresAt) }
  },
})
