// A machine identity that people have a standing right to act as.
import { z } from 'zod'
import { nameFew } from '@/core/name-few'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-people-become',
    title: 'People can act as it',
    severity: 'low',
    subject: 'identity',
    topic: 'people',
    needs: ['people'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI10:2025', 'owasp-nhi:NHI5:2025', 'csf:PR.AA-05'],
    messages: { standing: 'People have a standing right to act as it: {{names}}.' },
    remedy: 'Take the right from people, or let them have it for the time of one task.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject }) {
    if (!subject.people?.count) return null
    // People who become what is made for people do nothing wrong.
    if (subject.class === 'unclear')
      return {
        depends: `whether it is meant for people is not known; it can be used by ${nameFew(subject.people)}.`,
      }
    return { message: 'standing', data: { names: nameFew(subject.people) } }
  },
})
