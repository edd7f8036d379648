// A machine identity that whatever runs in the right place can become, the meant workload or a lookalike.
import { z } from 'zod'
import { defineRule } from '@/core/rule'
import { worstOf } from '@/core/trust-hit'

export default defineRule({
  meta: {
    id: 'identity-placement-only',
    title: 'Being in the right place is enough to become it',
    severity: 'medium',
    subject: 'identity',
    topic: 'trust',
    needs: ['trustWeaknesses'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI4:2025', 'owasp-nhi:NHI6:2025', 'csf:PR.AA-02', 'csf:PR.AA-03'],
    messages: {
      weak: '{{because}} ({{id}})',
      several: '{{because}} ({{id}}, and {{others}} more)',
    },
    remedy: 'Bind it to what the workload is, and not only to where it runs.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check: ({ subject }) => worstOf(subject.trustWeaknesses, 'placement'),
})
