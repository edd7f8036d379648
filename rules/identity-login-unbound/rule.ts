// A machine identity that a leaked value signs in to from anywhere, for as long as nobody notices.
import { z } from 'zod'
import { defineRule } from '@/core/rule'
import { worstOf } from '@/core/trust-hit'

export default defineRule({
  meta: {
    id: 'identity-login-unbound',
    title: 'Its sign-in is bound to nothing',
    severity: 'medium',
    subject: 'identity',
    topic: 'authentication',
    needs: ['trustWeaknesses'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI4:2025', 'owasp-nhi:NHI7:2025', 'csf:PR.AA-05', 'csf:PR.IR-01'],
    messages: {
      weak: '{{because}} ({{id}})',
      several: '{{because}} ({{id}}, and {{others}} more)',
    },
    remedy: 'Bind the sign-in: a second value that ends, few uses, or the addresses it may come from.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check: ({ subject }) => worstOf(subject.trustWeaknesses, 'unbound'),
})
