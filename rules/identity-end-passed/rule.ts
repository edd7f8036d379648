// A machine identity that still works after the end that was declared for it.
import { z } from 'zod'
import { reached } from '@/core/days'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-end-passed',
    title: 'Declared end has passed',
    severity: 'medium',
    subject: 'identity',
    topic: 'offboarding',
    needs: ['endsAt', 'enabled'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI1:2025', 'csf:ID.AM-08', 'csf:ID.RA-07', 'csf:PR.AA-05'],
    messages: { passed: 'Its end was declared for {{end}}, and it is not disabled.' },
    remedy: 'Disable it and then delete it, or have somebody decide on a new end and write it down.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject, now }) {
    const { endsAt } = subject
    if (endsAt === null) return null
    if (!reached(endsAt, now)) return { until: endsAt }
    if (subject.enabled === false) return null
    return { message: 'passed', data: { end: endsAt.slice(0, 10) } }
  },
})
