// A machine identity of an organisation outside that stands in no register of suppliers.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-vendor-unregistered',
    title: 'Outside organisation is in no register',
    severity: 'medium',
    subject: 'identity',
    topic: 'third-party',
    needs: ['vendor'],
    weighs: ['supplier'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI3:2025', 'csf:ID.AM-04', 'csf:GV.SC-04', 'csf:GV.SC-07'],
    messages: { unregistered: 'It belongs to {{vendor}}, which is no supplier of the register.' },
    remedy: 'Enter the organisation in the register of suppliers with a contact, or take its access away.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject: { vendor, supplier } }) {
    if (vendor === null || supplier.state === 'known') return null
    if (supplier.state === 'unknown') return { depends: `it belongs to ${vendor}, and ${supplier.detail}.` }
    return { message: 'unregistered', data: { vendor } }
  },
})
