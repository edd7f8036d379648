// A machine identity that can do everything, or can let itself do everything.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

const NO_REASON = 'what it holds was judged so.'

export default defineRule({
  meta: {
    id: 'identity-administrator',
    title: 'Identity is an administrator',
    severity: 'high',
    subject: 'identity',
    topic: 'privilege',
    needs: ['privilege'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI5:2025', 'csf:PR.AA-05', 'csf:ID.AM-05'],
    messages: { administrator: 'It is an administrator: {{because}}' },
    remedy: 'Replace its permissions with those its work needs.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject }) {
    // No privilege is what somebody has who holds nothing.
    if (subject.privilege === null) return null
    const { class: privilege, because } = subject.privilege
    const [reason = NO_REASON] = because
    // A longer way to the same end is another rule's.
    if (privilege === 'conditional') return subject.privilege.hops ? null : { depends: reason }
    if (privilege !== 'administrator') return null
    return { message: 'administrator', data: { because: reason } }
  },
})
