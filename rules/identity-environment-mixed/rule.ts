// A machine identity that workloads of more than one environment run as.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

const list = new Intl.ListFormat('en')

export default defineRule({
  meta: {
    id: 'identity-environment-mixed',
    title: 'Used in several environments',
    severity: 'medium',
    subject: 'identity',
    topic: 'environment',
    needs: ['consumers'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI8:2025', 'owasp-nhi:NHI9:2025', 'csf:PR.IR-01', 'csf:PR.AA-01'],
    messages: { mixed: 'What runs as it runs in {{environments}}.' },
    remedy: 'Give each environment an identity of its own.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject: { consumers } }) {
    if (consumers === null) return null
    const { count, environments, unlabelled, more } = consumers
    if (environments.length > 1)
      return { message: 'mixed', data: { environments: list.format(environments) } }
    if (more !== undefined) return { depends: `more may run as it than were seen: ${more}.` }
    // One alone is in one environment, whichever that is.
    if (unlabelled > 0 && count > 1)
      return { depends: 'nothing tells the environment of some of what runs as it.' }
    return null
  },
})
