// A key or token whose value has stayed the same for longer than the limit.
import { differenceInHours } from 'date-fns'
import { z } from 'zod'
import { valueOf, type Instant } from '@/core/fact'
import { defineRule } from '@/core/rule'

/** From this age on nobody can still know where all copies of the value are. */
const AGE_DAYS_HIGH = 365
const FORMS: ReadonlySet<string> = new Set(['static-key', 'ssh-key', 'token'])

/** Whole days of 24 hours: instants have no time zone, and a day here has no summer time. */
const daysBetween = (from: Instant, to: Instant): number => Math.floor(differenceInHours(to, from) / 24)

export default defineRule({
  meta: {
    id: 'credential-long-lived',
    title: 'Credential is long-lived',
    severity: 'medium',
    subject: 'credential',
    needs: ['createdAt', 'rotatedAt', 'enabled'],
    params: z.object({ ageDaysMax: z.number().int().positive().default(90) }),
    controls: ['owasp-nhi:NHI7:2025', 'csf:PR.AA-01'],
    messages: {
      old: 'Its value has been the same since {{since}}; the limit is {{ageDaysMax}} days.',
      latent:
        'It is disabled, and would work again if enabled: its value has been the same since {{since}}; the limit is {{ageDaysMax}} days.',
    },
    remedy: 'Replace it with a credential that expires, or issue a new value and delete this one.',
  },
  applies: ({ form, identityClass }) =>
    FORMS.has(form) && (identityClass === 'machine' || identityClass === 'unclear'),
  check({ subject, params: { ageDaysMax }, now }) {
    const { createdAt, rotatedAt, enabled } = subject
    const dates = [createdAt, rotatedAt]
      .filter((date) => date !== null)
      .sort((a, b) => Date.parse(a) - Date.parse(b))
    const since = dates.at(-1)
    if (since === undefined) return { depends: 'the source gives no date for its value.' }
    if (Date.parse(since) > Date.parse(now) + 86_400_000)
      return { depends: `its value is dated ${since}, in the future.` }
    const expiresAt = valueOf(subject.expiresAt)
    if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(now)) return null
    const ageDays = daysBetween(since, now)
    if (ageDays <= ageDaysMax) return null
    // A date and not an age: what is said must not change only because a day has passed.
    const data = { since: since.slice(0, 10), ageDaysMax }
    // No switch to disable it means that it works.
    if (enabled === false) return { message: 'latent', data, severity: 'low' }
    return { message: 'old', data, ...(ageDays > AGE_DAYS_HIGH && { severity: 'high' }) }
  },
})
