// A machine identity that many workloads run as.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-shared',
    title: 'Many workloads share it',
    severity: 'low',
    subject: 'identity',
    topic: 'reuse',
    needs: ['consumers'],
    params: z.object({
      consumersMax: z.number().int().positive().default(5).meta({ title: 'Workloads that may run as one' }),
    }),
    controls: ['owasp-nhi:NHI9:2025', 'csf:PR.AA-01', 'csf:PR.AA-05'],
    messages: { shared: '{{count}} workloads run as it; the limit is {{consumersMax}}.' },
    remedy: 'Give workloads that do different things identities of their own.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject: { consumers }, params: { consumersMax } }) {
    if (consumers === null) return null
    const { count, more } = consumers
    if (count > consumersMax) return { message: 'shared', data: { count, consumersMax } }
    return more === undefined ? null : { depends: `more may run as it than were seen: ${more}.` }
  },
})
