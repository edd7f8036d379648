// An identity as which something runs whose configuration has a secret in plain, going by the name of the variable.
import { z } from 'zod'
import { nameFew } from '@/core/name-few'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-secret-plain',
    title: 'Secret in plain in the configuration of what runs as it',
    severity: 'high',
    subject: 'identity',
    topic: 'leakage',
    needs: ['plainSecrets'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI2:2025', 'csf:PR.DS-01', 'csf:PR.AA-01', 'csf:PR.PS-01'],
    messages: { plain: 'In plain in the configuration of what runs as it: {{variables}}.' },
    remedy: 'Put the value into a store of secrets, name it from there, and give it a new value.',
    // What stands there opens something else than this identity.
    whenLatent: 'as-bad',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject: { plainSecrets } }) {
    if (plainSecrets === null) return null
    return { message: 'plain', data: { variables: nameFew(plainSecrets) } }
  },
})
