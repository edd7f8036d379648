// The identity that the platform gives to whatever names none: something runs as it, and it holds rights.
import { z } from 'zod'
import { nameFew } from '@/core/name-few'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-default-used',
    title: 'Default identity holds rights and is in use',
    severity: 'medium',
    subject: 'identity',
    topic: 'reuse',
    needs: ['isDefault', 'consumers', 'grants'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI9:2025', 'owasp-nhi:NHI5:2025', 'csf:PR.PS-01', 'csf:PR.AA-05'],
    messages: {
      used: 'It is given to whatever names no identity, holds {{grants}}, and is run as by {{consumers}}.',
    },
    remedy: 'Give what runs as it identities of its own, then take all rights from the default.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject }) {
    if (subject.isDefault !== true) return null
    const { consumers, grants } = subject
    if (!consumers?.count || !grants) return null
    const held = grants === 1 ? 'one grant' : `${grants} grants`
    return { message: 'used', data: { grants: held, consumers: nameFew(consumers) } }
  },
})
