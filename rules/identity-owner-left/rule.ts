// A machine identity whose owner is a person who is not there any more.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-owner-left',
    title: 'Owner has left',
    severity: 'medium',
    subject: 'identity',
    topic: 'offboarding',
    needs: ['owner', 'ownerStanding'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI1:2025', 'csf:PR.AA-05', 'csf:GV.RR-02', 'csf:GV.RR-04'],
    messages: { left: '{{owner}}, who is named to answer for it ({{how}}), has left.' },
    remedy: 'Name who answers for it now, and change what the former owner could know or hold of it.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject }) {
    const { owner } = subject
    if (owner === null || subject.ownerStanding !== 'left') return null
    return { message: 'left', data: { owner: owner.name, how: owner.how } }
  },
})
