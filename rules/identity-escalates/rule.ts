// A machine identity that is no administrator, and can come to be one by steps of its own.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

const NO_REASON = 'by rights that it holds.'

export default defineRule({
  meta: {
    id: 'identity-escalates',
    title: 'Identity can become administrator',
    severity: 'high',
    subject: 'identity',
    topic: 'privilege',
    needs: ['privilege'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI5:2025', 'csf:PR.AA-05', 'csf:ID.AM-05'],
    messages: { escalates: 'It can come to be administrator in {{steps}}: {{because}}' },
    remedy: 'Cut the first step: take away the right or the trust that it rests on.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject }) {
    if (subject.privilege === null) return null
    const { class: privilege, because, hops = 1 } = subject.privilege
    const [reason = NO_REASON] = because
    if (privilege === 'conditional') return subject.privilege.hops ? { depends: reason } : null
    if (privilege !== 'escalates') return null
    const data = { because: reason, steps: hops === 1 ? 'one step' : `${hops} steps` }
    return { message: 'escalates', data }
  },
})
