// A machine identity of a supplier whose work has ended, and that still works.
import { z } from 'zod'
import { daysAfter, reached } from '@/core/days'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-vendor-ended',
    title: 'Supplier has ended, its identity has not',
    severity: 'high',
    subject: 'identity',
    topic: 'third-party',
    needs: ['enabled'],
    weighs: ['supplier', 'vendor'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI3:2025', 'owasp-nhi:NHI1:2025', 'csf:GV.SC-10', 'csf:PR.AA-05'],
    messages: { ended: 'It belongs to {{supplier}}, whose work ended on {{endedOn}}, and is not disabled.' },
    remedy: 'Disable it, take its rights and the trust in it away, then delete it.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject, now }) {
    const { supplier, vendor } = subject
    if (supplier.state === 'unknown') {
      // What is one's own is no supplier's, whatever a register would say.
      if (vendor.state === 'absent') return null
      return { depends: `it may be a supplier's, and ${supplier.detail}.` }
    }
    if (supplier.state === 'absent') return null
    const { name, endedOn } = supplier.value
    if (endedOn === undefined) return null
    // The day itself is still one of work.
    const over = daysAfter(`${endedOn}T00:00:00Z`, 1)
    if (!reached(over, now)) return { until: over }
    if (subject.enabled === false) return null
    return { message: 'ended', data: { supplier: name, endedOn } }
  },
})
