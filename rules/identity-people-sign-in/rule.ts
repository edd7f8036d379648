// A machine identity that people can sign in as, with a password for a console.
import { z } from 'zod'
import { nameFew } from '@/core/name-few'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-people-sign-in',
    title: 'People can sign in as it',
    severity: 'medium',
    subject: 'identity',
    topic: 'people',
    needs: ['signIns'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI10:2025', 'csf:PR.AA-01', 'csf:PR.AA-05'],
    messages: { password: 'It is a machine identity, and people can sign in as it by {{names}}.' },
    remedy: 'Remove what people sign in with, and give those who used it identities of their own.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject }) {
    if (!subject.signIns?.count) return null
    const names = nameFew(subject.signIns)
    if (subject.class === 'unclear')
      return { depends: `whether it is a person’s own is not known; people can sign in as it by ${names}.` }
    return { message: 'password', data: { names } }
  },
})
