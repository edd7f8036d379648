// A credential that works, and that nobody was seen using for longer than the limit, or ever.
import { z } from 'zod'
import { daysAfter, latestOf, reached } from '@/core/days'
import { valueOf } from '@/core/fact'
import { unlooked } from '@/core/looked'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'credential-dormant',
    title: 'Credential is not used',
    severity: 'medium',
    subject: 'credential',
    topic: 'offboarding',
    needs: ['enabled', 'lastUsedAt'],
    weighs: ['createdAt', 'expiresAt', 'rotatedAt'],
    params: z.object({
      daysMax: z.number().int().positive().default(90).meta({ title: 'Days without use' }),
    }),
    controls: ['owasp-nhi:NHI1:2025', 'owasp-nhi:NHI7:2025', 'csf:PR.AA-01', 'csf:ID.AM-08'],
    messages: {
      dormant: 'No use of it is on record since {{since}}; the limit is {{daysMax}} days.',
      unused: 'No use of it is on record, and its value is of {{since}}; the limit is {{daysMax}} days.',
    },
    remedy: 'Ask its owner whether anything needs it; disable it, wait, then delete it.',
  },
  applies: ({ form, identityClass }) =>
    form !== 'federated' && (identityClass === 'machine' || identityClass === 'unclear'),
  check({ subject, params: { daysMax }, now, seen }) {
    const end = valueOf(subject.expiresAt)
    // Disabled is what should be done about it, and what has ended nobody can use.
    if ((end !== undefined && reached(end, now)) || subject.enabled === false) return null
    const { lastUsedAt } = subject
    // A use before its value was made was one of the value before.
    const since = latestOf(lastUsedAt, valueOf(subject.createdAt), valueOf(subject.rotatedAt))
    const isUndated = lastUsedAt === null && subject.rotatedAt.state === 'unknown'
    if (since === undefined || isUndated)
      return { depends: 'no use of it is on record, and when its value was made is not known.', until: end }
    const over = daysAfter(since, daysMax + 1)
    if (!reached(over, now)) return { until: over }
    return (
      unlooked(over, seen.lastUsedAt, now, 'its use', end) ?? {
        message: lastUsedAt === null ? 'unused' : 'dormant',
        data: { since: since.slice(0, 10), daysMax },
        until: end,
      }
    )
  },
})
