// A machine identity that bears the name of one that ended: what trusts the name trusts it too.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-succeeded',
    title: 'It took the name of one that ended',
    severity: 'low',
    subject: 'identity',
    topic: 'offboarding',
    needs: ['succeededAt'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI1:2025', 'csf:ID.AM-08', 'csf:PR.AA-02'],
    messages: {
      succeeded:
        'Another of the same name had ended by {{ended}}: whatever goes by the name takes this one for it.',
    },
    remedy:
      'Find out who made it and whether it was meant to take the place, and trust ids instead of names.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check: ({ subject: { succeededAt } }) =>
    succeededAt === null ? null : { message: 'succeeded', data: { ended: succeededAt.slice(0, 10) } },
})
