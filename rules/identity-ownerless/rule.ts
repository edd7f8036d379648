// A machine identity that nobody answers for.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-ownerless',
    title: 'Identity has no owner',
    severity: 'medium',
    subject: 'identity',
    topic: 'offboarding',
    needs: ['owner'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI1:2025', 'csf:GV.RR-02', 'csf:PR.AA-01', 'csf:ID.AM-08'],
    messages: { ownerless: 'Nobody is named who answers for it.' },
    remedy: 'Name a person or a team who answers for it, or retire it.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check: ({ subject }) => (subject.owner === null ? { message: 'ownerless', data: {} } : null),
})
