// A machine identity whose trust takes the word of an issuer that the policy does not list.
import { z } from 'zod'
import { nameFew } from '@/core/name-few'
import { fitsOneOf } from '@/core/patterns'
import { defineRule } from '@/core/rule'

const Pattern = z.string().trim().min(1).max(300)

export default defineRule({
  meta: {
    id: 'identity-issuer-unlisted',
    title: 'Trusts an issuer that is not listed',
    severity: 'medium',
    subject: 'identity',
    topic: 'trust',
    needs: ['issuers'],
    params: z.object({
      /** Names, addresses or native ids; `*` stands for any text. */
      listed: z.array(Pattern).max(500).default([]).meta({ title: 'Issuers that may be trusted' }),
    }),
    controls: ['owasp-nhi:NHI6:2025', 'owasp-nhi:NHI3:2025', 'csf:PR.AA-04', 'csf:GV.SC-07'],
    messages: { unlisted: 'It takes the word of {{issuers}}, which the policy does not list.' },
    remedy: 'Take the issuer out of its trust, or have the policy list it.',
  },
  // As long as nothing is decided there is nothing to hold anybody to.
  applies: (subject, { listed }) =>
    listed.length > 0 && (subject.class === 'machine' || subject.class === 'unclear'),
  check({ subject: { issuers }, params: { listed } }) {
    if (issuers === null) return null
    const others = issuers.rows.filter(({ name, also }) => !fitsOneOf(listed, [name, ...also]))
    const names = others.map(({ name }) => name)
    if (names.length)
      return { message: 'unlisted', data: { issuers: nameFew({ count: names.length, names }) } }
    return issuers.more === undefined ? null : { depends: `there may be others: ${issuers.more}.` }
  },
})
