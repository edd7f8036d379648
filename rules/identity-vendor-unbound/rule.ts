// A machine identity that a supplier can be led to use for another of its customers.
import { z } from 'zod'
import { defineRule } from '@/core/rule'
import { worstOf } from '@/core/trust-hit'

export default defineRule({
  meta: {
    id: 'identity-vendor-unbound',
    title: 'Trust in an outside account has no binding',
    severity: 'medium',
    subject: 'identity',
    topic: 'third-party',
    needs: ['trustWeaknesses'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI3:2025', 'owasp-nhi:NHI6:2025', 'csf:PR.AA-03', 'csf:PR.AA-05', 'csf:GV.SC-05'],
    messages: {
      weak: '{{because}} ({{id}})',
      several: '{{because}} ({{id}}, and {{others}} more)',
    },
    remedy: "Have the supplier give a value that is this customer's alone, and ask for it in the trust.",
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check: ({ subject }) => worstOf(subject.trustWeaknesses, 'vendor'),
})
