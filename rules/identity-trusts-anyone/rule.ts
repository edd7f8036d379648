// A machine identity that strangers can become.
import { z } from 'zod'
import { defineRule } from '@/core/rule'
import { worstOf } from '@/core/trust-hit'

export default defineRule({
  meta: {
    id: 'identity-trusts-anyone',
    title: 'Anyone can become it',
    severity: 'critical',
    subject: 'identity',
    topic: 'trust',
    needs: ['trustWeaknesses'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI6:2025', 'owasp-nhi:NHI5:2025', 'csf:PR.AA-03', 'csf:PR.AA-05', 'csf:PR.IR-01'],
    messages: {
      weak: '{{because}} ({{id}})',
      several: '{{because}} ({{id}}, and {{others}} more)',
    },
    remedy: 'Name who may become it, by issuer, subject and audience or by account, and nobody else.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check: ({ subject }) => worstOf(subject.trustWeaknesses, 'anyone'),
})
