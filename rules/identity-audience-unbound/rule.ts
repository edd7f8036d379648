// A machine identity that takes tokens made for somebody else: no audience is asked for.
import { z } from 'zod'
import { defineRule } from '@/core/rule'
import { worstOf } from '@/core/trust-hit'

export default defineRule({
  meta: {
    id: 'identity-audience-unbound',
    title: 'Tokens made for others are taken',
    severity: 'medium',
    subject: 'identity',
    topic: 'trust',
    needs: ['trustWeaknesses'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI6:2025', 'owasp-nhi:NHI4:2025', 'csf:PR.AA-03', 'csf:PR.AA-04'],
    messages: {
      weak: '{{because}} ({{id}})',
      several: '{{because}} ({{id}}, and {{others}} more)',
    },
    remedy: 'Ask for one audience that is used for nothing else.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check: ({ subject }) => worstOf(subject.trustWeaknesses, 'audience'),
})
