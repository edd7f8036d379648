// A secret that is in no store: it is where it is used, and nothing is seen that copies it there from a store.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'secret-unkept',
    title: 'Secret is kept in no store',
    severity: 'low',
    subject: 'secret',
    topic: 'leakage',
    needs: ['keptIn'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI2:2025', 'csf:PR.DS-01', 'csf:PR.AA-01'],
    messages: { unkept: 'It is not in a store of secrets, and nothing is seen that copies it from one.' },
    remedy: 'Put its value into a store of secrets, and let the store hand it to what uses it.',
  },
  applies: () => true,
  check: ({ subject: { keptIn } }) => (keptIn === null ? { message: 'unkept', data: {} } : null),
})
