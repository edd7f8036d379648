// A machine identity whose name is not as the policy says that names are.
import { z } from 'zod'
import { fitsOneOf } from '@/core/patterns'
import { defineRule } from '@/core/rule'

const Pattern = z.string().trim().min(1).max(300)

export default defineRule({
  meta: {
    id: 'identity-name-unfitting',
    title: 'Name is not as names are to be',
    severity: 'info',
    subject: 'identity',
    topic: 'environment',
    needs: [],
    params: z.object({
      /** What a name may look like; `*` stands for any text. */
      names: z.array(Pattern).max(500).default([]).meta({ title: 'What a name may look like' }),
    }),
    controls: ['csf:ID.AM-08', 'csf:PR.AA-01'],
    messages: { unfitting: 'Its name fits none of the patterns that the policy has for it.' },
    remedy: 'Make it anew under a name that fits, or have the policy take in such names.',
    whenLatent: 'as-bad',
  },
  // As long as nothing is decided there is nothing to hold anybody to.
  applies: (subject, { names }) =>
    names.length > 0 && (subject.class === 'machine' || subject.class === 'unclear'),
  check({ subject: { name }, params: { names } }) {
    return fitsOneOf(names, [name]) ? null : { message: 'unfitting', data: {} }
  },
})
