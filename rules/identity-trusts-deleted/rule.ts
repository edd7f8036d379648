// A machine identity whose trust names somebody who is not there any more, or nobody at all.
import { z } from 'zod'
import { nameFew } from '@/core/name-few'
import { defineRule } from '@/core/rule'
import { worstOf } from '@/core/trust-hit'

export default defineRule({
  meta: {
    id: 'identity-trusts-deleted',
    title: 'Trust names somebody who is gone',
    severity: 'low',
    subject: 'identity',
    topic: 'offboarding',
    needs: ['trustWeaknesses', 'deletedPrincipals'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI1:2025', 'csf:ID.AM-08', 'csf:PR.AA-05'],
    messages: {
      gone: 'Its trust names who is not there any more: {{names}}.',
      weak: '{{because}} ({{id}})',
      several: '{{because}} ({{id}}, and {{others}} more)',
    },
    remedy: 'Take the names of those who are gone out of its trust.',
    whenLatent: 'as-bad',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject: { trustWeaknesses, deletedPrincipals } }) {
    const weak = worstOf(trustWeaknesses, 'nobody')
    if (!deletedPrincipals?.count) return weak
    // A weakness that is told of them may be worse than their being there.
    const severity = weak && 'message' in weak ? weak.severity : undefined
    return { message: 'gone', data: { names: nameFew(deletedPrincipals) }, ...(severity && { severity }) }
  },
})
