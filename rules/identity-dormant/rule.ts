// A machine identity that works, and that nobody was seen using for longer than the limit.
import { z } from 'zod'
import { daysAfter, latestOf, reached } from '@/core/days'
import { valueOf } from '@/core/fact'
import { unlooked } from '@/core/looked'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-dormant',
    title: 'Identity is dormant',
    severity: 'medium',
    subject: 'identity',
    topic: 'offboarding',
    needs: ['enabled', 'lastUsedAt'],
    weighs: ['createdAt'],
    params: z.object({
      daysMax: z.number().int().positive().default(90).meta({ title: 'Days without use' }),
    }),
    controls: ['owasp-nhi:NHI1:2025', 'csf:ID.AM-08', 'csf:PR.AA-01', 'csf:PR.AA-05'],
    messages: {
      dormant: 'No use of it is on record since {{since}}; the limit is {{daysMax}} days.',
    },
    remedy: 'Ask its owner whether it is still needed; disable it, wait, then delete it.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject, params: { daysMax }, now, seen }) {
    // Disabled is what should be done about it; without any use on record another rule speaks.
    if (subject.enabled === false || subject.lastUsedAt === null) return null
    // A use before it was made is one of an earlier bearer of its name: then it counts from its making.
    const since = latestOf(subject.lastUsedAt, valueOf(subject.createdAt)) ?? subject.lastUsedAt
    const over = daysAfter(since, daysMax + 1)
    if (!reached(over, now)) return { until: over }
    return (
      unlooked(over, seen.lastUsedAt, now, 'its use') ?? {
        message: 'dormant',
        data: { since: since.slice(0, 10), daysMax },
      }
    )
  },
})
