// A machine identity that has outlived what ran as it, and still holds rights.
import { z } from 'zod'
import { daysAfter, reached } from '@/core/days'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-workload-gone',
    title: 'Identity has outlived its workload',
    severity: 'medium',
    subject: 'identity',
    topic: 'offboarding',
    needs: ['consumersGoneAt', 'grants'],
    params: z.object({
      daysMax: z.number().int().nonnegative().default(14).meta({ title: 'Days after the last workload' }),
    }),
    controls: ['owasp-nhi:NHI1:2025', 'csf:ID.AM-08', 'csf:PR.AA-05', 'csf:PR.PS-02'],
    messages: {
      outlived:
        'Nothing runs as it since {{since}}, and it still holds {{grants}}; the limit is {{daysMax}} days.',
    },
    remedy: 'Take its rights away and delete it, or say what it is kept for.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject, params: { daysMax }, now }) {
    const { consumersGoneAt } = subject
    if (consumersGoneAt === null) return null
    const over = daysAfter(consumersGoneAt, daysMax + 1)
    if (!reached(over, now)) return { until: over }
    const { grants } = subject
    if (grants === null || grants === 0) return null
    const held = grants === 1 ? 'one grant' : `${grants} grants`
    return { message: 'outlived', data: { since: consumersGoneAt.slice(0, 10), grants: held, daysMax } }
  },
})
