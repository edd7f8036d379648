// A machine identity about which nothing tells in which environment it lives.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-environment-unlabelled',
    title: 'Environment is not told',
    severity: 'low',
    subject: 'identity',
    topic: 'environment',
    needs: ['environment'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI8:2025', 'csf:ID.AM-05'],
    messages: { unlabelled: 'Nothing tells in which environment it lives.' },
    remedy: 'Label it, or have the policy say what the name of its account or namespace stands for.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check: ({ subject }) => (subject.environment === null ? { message: 'unlabelled', data: {} } : null),
})
