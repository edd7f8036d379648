// A machine identity that a service of the platform can be led to use for somebody else.
import { z } from 'zod'
import { defineRule } from '@/core/rule'
import { worstOf } from '@/core/trust-hit'

export default defineRule({
  meta: {
    id: 'identity-service-unbound',
    title: 'Trust in a service has no binding',
    severity: 'low',
    subject: 'identity',
    topic: 'trust',
    needs: ['trustWeaknesses'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI6:2025', 'csf:PR.AA-03', 'csf:PR.AA-05'],
    messages: {
      weak: '{{because}} ({{id}})',
      several: '{{because}} ({{id}}, and {{others}} more)',
    },
    remedy: 'Say in the trust for whose resources the service may act.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check: ({ subject }) => worstOf(subject.trustWeaknesses, 'service'),
})
