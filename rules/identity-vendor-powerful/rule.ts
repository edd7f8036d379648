// A machine identity of an organisation outside that is powerful here.
import { z } from 'zod'
import { defineRule, type Severity } from '@/core/rule'
import type { PrivilegeClass } from '@/core/subject'

const NO_REASON = 'what it holds was judged so.'
const POWERFUL: Partial<Record<PrivilegeClass, { what: string; severity: Severity }>> = {
  administrator: { what: 'is an administrator here', severity: 'critical' },
  escalates: { what: 'can come to be administrator here', severity: 'high' },
  sensitive: { what: 'reaches what is sensitive', severity: 'medium' },
}

export default defineRule({
  meta: {
    id: 'identity-vendor-powerful',
    title: 'Identity of an outside organisation is powerful',
    severity: 'high',
    subject: 'identity',
    topic: 'third-party',
    needs: ['vendor', 'privilege'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI3:2025', 'owasp-nhi:NHI5:2025', 'csf:PR.AA-05', 'csf:GV.SC-07', 'csf:ID.AM-04'],
    messages: { powerful: 'It belongs to {{vendor}} and {{what}}: {{because}}' },
    remedy:
      'Give it no more than the service that was bought needs, and ask the supplier to say what that is.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject }) {
    const { vendor } = subject
    if (vendor === null) return null
    const { privilege } = subject
    if (privilege === null) return null
    const [because = NO_REASON] = privilege.because
    const power = POWERFUL[privilege.class]
    // Of what is certain less may be left than of what may be.
    if (privilege.class === 'conditional' || (power && privilege.depends)) return { depends: because }
    if (!power) return null
    return { message: 'powerful', data: { vendor, what: power.what, because }, severity: power.severity }
  },
})
