// A stored secret that is still there after its end date.
import { z } from 'zod'
import { reached } from '@/core/days'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'secret-expired',
    title: 'Secret is past its end date',
    severity: 'low',
    subject: 'secret',
    topic: 'lifetime',
    needs: ['expiresAt'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI7:2025', 'owasp-nhi:NHI1:2025', 'csf:PR.AA-01', 'csf:ID.AM-08'],
    messages: { over: 'Its end date, {{end}}, has passed, and it is still there.' },
    remedy: 'Find out whether anything still reads it: give it a new value and date, or delete it.',
  },
  applies: () => true,
  check({ subject: { expiresAt: end }, now }) {
    if (end === null) return null
    return reached(end, now) ? { message: 'over', data: { end: end.slice(0, 10) } } : { until: end }
  },
})
