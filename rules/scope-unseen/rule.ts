// A scope in which not all was seen: what is counted in it cannot be relied on to be everything.
import { z } from 'zod'
import { daysAfter, reached } from '@/core/days'
import { valueOf } from '@/core/fact'
import { nameFew } from '@/core/name-few'
import { defineRule, type Hit } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'scope-unseen',
    title: 'Not everything in it is seen',
    severity: 'medium',
    subject: 'scope',
    topic: 'coverage',
    needs: ['gaps'],
    weighs: ['seenWholeAt'],
    params: z.object({
      daysMax: z.number().int().nonnegative().default(2).meta({ title: 'Days since it was seen whole' }),
    }),
    controls: ['csf:ID.AM-02', 'csf:PR.AA-01', 'csf:ID.IM-01'],
    messages: {
      since: 'It was last seen whole on {{since}}; what is missing since then: {{gaps}}.',
      never: 'It was never seen whole; what is missing: {{gaps}}.',
    },
    remedy: 'Permit what is refused, or mend what cuts the look short, then sync the connection.',
  },
  applies: () => true,
  check({ subject: { gaps, seenWholeAt }, params: { daysMax }, now }) {
    if (gaps === null) return null
    const missing = nameFew(gaps)
    const since = valueOf(seenWholeAt)
    const never: Hit = { message: 'never', data: { gaps: missing } }
    if (since === undefined) return never
    // One look that was cut short takes nothing away from what the one before it saw.
    const over = daysAfter(since, daysMax + 1)
    if (!reached(over, now)) return { until: over }
    return { message: 'since', data: { since: since.slice(0, 10), gaps: missing } }
  },
})
