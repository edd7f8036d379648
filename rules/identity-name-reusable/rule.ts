// A machine identity that goes on trusting a name when somebody else bears it.
import { z } from 'zod'
import { defineRule } from '@/core/rule'
import { worstOf } from '@/core/trust-hit'

export default defineRule({
  meta: {
    id: 'identity-name-reusable',
    title: 'Trust goes by a name that can change hands',
    severity: 'medium',
    subject: 'identity',
    topic: 'trust',
    needs: ['trustWeaknesses'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI1:2025', 'owasp-nhi:NHI6:2025', 'csf:PR.AA-02', 'csf:PR.AA-04'],
    messages: {
      weak: '{{because}} ({{id}})',
      several: '{{because}} ({{id}}, and {{others}} more)',
    },
    remedy: 'Trust an id that is never given out again, beside the name or instead of it.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check: ({ subject }) => worstOf(subject.trustWeaknesses, 'reusable-name'),
})
