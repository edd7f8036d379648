// A lasting credential whose user could sign in without holding any lasting value.
import { z } from 'zod'
import { daysAfter, latestOf, reached } from '@/core/days'
import { valueOf } from '@/core/fact'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'credential-replaceable',
    title: 'Lasting credential could be done without',
    severity: 'low',
    subject: 'credential',
    topic: 'authentication',
    needs: ['alternative'],
    weighs: ['createdAt', 'expiresAt', 'lifetimeSeconds', 'rotatedAt', 'supersededBy'],
    params: z.object({
      briefDays: z
        .number()
        .int()
        .nonnegative()
        .default(40)
        .meta({ title: 'Days of life up to which it does not count as lasting' }),
    }),
    controls: ['owasp-nhi:NHI4:2025', 'owasp-nhi:NHI7:2025', 'csf:PR.AA-01', 'csf:PR.AA-03'],
    messages: { replaceable: 'It could be replaced by {{alternative}}.' },
    remedy: 'Let what uses it sign in without a lasting value, then delete this one.',
  },
  applies: ({ form, identityClass }) =>
    form !== 'federated' && (identityClass === 'machine' || identityClass === 'unclear'),
  check({ subject, params: { briefDays }, now }) {
    const { alternative, expiresAt } = subject
    // Of a sort that was replaced another rule speaks, and says by what.
    if (alternative === null || valueOf(subject.supersededBy) !== undefined) return null
    if (valueOf(subject.lifetimeSeconds) !== undefined) return null
    if (expiresAt.state === 'unknown') return { depends: 'its source does not tell whether it ends soon.' }
    const end = valueOf(expiresAt)
    if (end === undefined) return { message: 'replaceable', data: { alternative } }
    if (reached(end, now)) return null
    const made = latestOf(valueOf(subject.createdAt), valueOf(subject.rotatedAt))
    if (made === undefined)
      return { depends: 'its source gives no date for its value, which may be a brief one.', until: end }
    // What is handed out for a piece of work is what the others should become.
    if (reached(end, daysAfter(made, briefDays))) return null
    return { message: 'replaceable', data: { alternative }, until: end }
  },
})
