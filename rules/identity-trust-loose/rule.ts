// A machine identity that more callers can become than are likely meant, for want of one subject.
import { z } from 'zod'
import { defineRule } from '@/core/rule'
import { worstOf } from '@/core/trust-hit'

export default defineRule({
  meta: {
    id: 'identity-trust-loose',
    title: 'Trust is loose about who is meant',
    severity: 'high',
    subject: 'identity',
    topic: 'trust',
    needs: ['trustWeaknesses'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI6:2025', 'csf:PR.AA-03', 'csf:PR.AA-04', 'csf:PR.AA-05'],
    messages: {
      weak: '{{because}} ({{id}})',
      several: '{{because}} ({{id}}, and {{others}} more)',
    },
    remedy: 'Name the one subject that may become it, whole and without wildcards.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check: ({ subject }) => worstOf(subject.trustWeaknesses, 'subject'),
})
