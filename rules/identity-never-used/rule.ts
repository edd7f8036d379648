// A machine identity that is there for longer than the limit, and of which no use is on record.
import { z } from 'zod'
import { daysAfter, reached } from '@/core/days'
import { unlooked } from '@/core/looked'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-never-used',
    title: 'No use is on record',
    severity: 'medium',
    subject: 'identity',
    topic: 'offboarding',
    needs: ['enabled', 'createdAt', 'lastUsedAt'],
    params: z.object({
      daysMax: z.number().int().positive().default(90).meta({ title: 'Days until the first use' }),
    }),
    controls: ['owasp-nhi:NHI1:2025', 'csf:ID.AM-08', 'csf:PR.AA-01', 'csf:PR.AA-05'],
    messages: {
      unused: 'No use of it is on record, and it was made on {{made}}; the limit is {{daysMax}} days.',
    },
    remedy: 'Ask who made it what it is for; if nobody knows, disable it, wait, then delete it.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject, params: { daysMax }, now, seen }) {
    if (subject.enabled === false || subject.lastUsedAt !== null) return null
    const { createdAt } = subject
    if (createdAt === null)
      return { depends: 'no use of it is on record, and the source gives no date of its making.' }
    const over = daysAfter(createdAt, daysMax + 1)
    if (!reached(over, now)) return { until: over }
    return (
      unlooked(over, seen.lastUsedAt, now, 'its use') ?? {
        message: 'unused',
        data: { made: createdAt.slice(0, 10), daysMax },
      }
    )
  },
})
