// An older credential that still works long after a newer one was made to take its place.
import { z } from 'zod'
import { daysAfter, latestOf, reached } from '@/core/days'
import { valueOf } from '@/core/fact'
import { defineRule } from '@/core/rule'

/** Certificates end by themselves, and each holder of a token has one of its own: those do not take each other's place. */
const FORMS: ReadonlySet<string> = new Set(['static-key', 'ssh-key', 'password'])

export default defineRule({
  meta: {
    id: 'credential-overlapping',
    title: 'Rotation was never finished',
    severity: 'medium',
    subject: 'credential',
    topic: 'lifetime',
    needs: ['siblings', 'enabled'],
    weighs: ['createdAt', 'expiresAt', 'rotatedAt'],
    params: z.object({
      overlapDays: z.number().int().nonnegative().default(14).meta({ title: 'Days both may work' }),
      othersMax: z
        .number()
        .int()
        .positive()
        .default(3)
        .meta({ title: 'Others beside it that are taken to follow one another' }),
    }),
    controls: ['owasp-nhi:NHI7:2025', 'csf:PR.AA-01', 'csf:ID.AM-08'],
    messages: {
      open: 'A newer one is there since {{newest}}, and this one of {{made}} still works; the limit is {{overlapDays}} days.',
    },
    remedy: 'Find what still uses it, move that to the newer one, then disable and delete this one.',
  },
  applies: ({ form, identityClass }) =>
    FORMS.has(form) && (identityClass === 'machine' || identityClass === 'unclear'),
  check({ subject, params: { overlapDays, othersMax }, now }) {
    const end = valueOf(subject.expiresAt)
    if ((end !== undefined && reached(end, now)) || subject.siblings === null) return null
    if (subject.enabled === false) return null
    const { siblings } = subject
    const { active, newestMadeAt: newest } = siblings
    const made = latestOf(valueOf(subject.createdAt), valueOf(subject.rotatedAt))
    if (newest === undefined || made === undefined)
      return { depends: 'another one is beside it, and which of them is newer is not told.', until: end }
    if (reached(newest, made)) return null
    const over = daysAfter(newest, overlapDays + 1)
    if (!reached(over, now)) return { until: over }
    if (active > othersMax)
      return { depends: 'many others are beside it, and may be for other callers.', until: end }
    const data = { newest: newest.slice(0, 10), made: made.slice(0, 10), overlapDays }
    return { message: 'open', data, until: end }
  },
})
