// A machine identity that lives outside production and holds rights in it.
import { z } from 'zod'
import { defineRule } from '@/core/rule'

const list = new Intl.ListFormat('en')

export default defineRule({
  meta: {
    id: 'identity-environment-crossed',
    title: 'Reaches production from outside it',
    severity: 'high',
    subject: 'identity',
    topic: 'environment',
    needs: ['environment', 'reaches'],
    params: z.object({
      productions: z
        .array(z.string().min(1))
        .min(1)
        .default(['production'])
        .meta({ title: 'Environments that are production' }),
    }),
    controls: ['owasp-nhi:NHI8:2025', 'csf:PR.IR-01', 'csf:PR.AA-05'],
    messages: { crossed: 'It lives in {{environment}} and holds rights in {{reached}}.' },
    remedy: 'Take its rights in production away, or move it there with everything that runs as it.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject, params: { productions } }) {
    const { environment } = subject
    if (environment !== null && productions.includes(environment)) return null
    const { reaches } = subject
    if (reaches === null) return null
    const reached = reaches.environments.filter((one) => productions.includes(one))
    // Where nothing is told it may be production.
    if (!reached.length) return reaches.open === undefined ? null : { depends: `${reaches.open}.` }
    // Without a label it is in no environment at all: that is its own state and never a pass.
    if (environment === null)
      return { depends: `it holds rights in ${list.format(reached)}, and nothing tells where it lives.` }
    return { message: 'crossed', data: { environment, reached: list.format(reached) } }
  },
})
