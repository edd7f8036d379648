// A credential of a sort whose own platform has put something safer in its place.
import { z } from 'zod'
import { reached } from '@/core/days'
import { valueOf } from '@/core/fact'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'credential-superseded',
    title: 'Credential is of a superseded sort',
    severity: 'medium',
    subject: 'credential',
    topic: 'authentication',
    needs: ['supersededBy'],
    weighs: ['expiresAt'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI4:2025', 'owasp-nhi:NHI7:2025', 'csf:PR.AA-03', 'csf:PR.PS-01'],
    messages: { superseded: 'Its platform has put something else in the place of this sort: {{by}}.' },
    remedy: 'Move what uses it to what the platform offers now, then delete it.',
  },
  applies: ({ identityClass }) => identityClass === 'machine' || identityClass === 'unclear',
  check({ subject: { supersededBy, expiresAt }, now }) {
    const end = valueOf(expiresAt)
    if (supersededBy === null || (end !== undefined && reached(end, now))) return null
    return { message: 'superseded', data: { by: supersededBy }, until: end }
  },
})
