// A machine identity that was disabled and has kept what it may do.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-disabled-granted',
    title: 'Disabled, and still holds rights',
    severity: 'low',
    subject: 'identity',
    topic: 'offboarding',
    needs: ['enabled', 'grants'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI1:2025', 'csf:ID.AM-08', 'csf:PR.AA-05'],
    messages: { held: 'It is disabled and still holds {{grants}}: whoever enables it has them at once.' },
    remedy: 'Take its rights away, then delete it when nothing has missed it.',
    whenLatent: 'as-bad',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject }) {
    if (subject.enabled !== false || !subject.grants) return null
    const { grants } = subject
    return { message: 'held', data: { grants: grants === 1 ? 'one grant' : `${grants} grants` } }
  },
})
