// A key, token or other proof of a machine that works for ever unless somebody ends it.
import { z } from 'zod'
import { valueOf } from '@/core/fact'
import { defineRule } from '@/core/rule'
import type { CredentialSubject } from '@/core/subject'

const FORMS: ReadonlySet<string> = new Set(['static-key', 'token', 'certificate'])
/** By custom this year stands for no end: https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5 */
const ENDLESS_YEAR = '9999'

/** Of passwords only those of machines: people are not made better by passwords that end. */
const isJudged = ({ form, identityClass }: CredentialSubject): boolean =>
  FORMS.has(form)
    ? identityClass === 'machine' || identityClass === 'unclear'
    : form === 'password' && identityClass === 'machine'

export default defineRule({
  meta: {
    id: 'credential-unexpiring',
    title: 'Credential never expires',
    severity: 'medium',
    subject: 'credential',
    topic: 'lifetime',
    needs: ['lifetimeSeconds'],
    weighs: ['expiresAt'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI7:2025', 'csf:PR.AA-01', 'csf:PR.PS-01'],
    messages: { endless: 'It has no end date: it works until somebody deletes it.' },
    remedy: 'Replace it with one that ends by itself, and let whatever uses it fetch the next one.',
  },
  applies: isJudged,
  check({ subject: { form, expiresAt, lifetimeSeconds } }) {
    // Its values follow one another, and each of them ends.
    if (lifetimeSeconds !== null) return null
    if (expiresAt.state === 'unknown') return { depends: 'its source does not tell whether it ends.' }
    const end = valueOf(expiresAt)
    if (end !== undefined && end < ENDLESS_YEAR) return null
    if (end === undefined && form === 'certificate')
      return { depends: 'every certificate has an end date, and its source gives none.' }
    // Many platforms have no end dates for keys at all: what is wrong with those is their age.
    return { message: 'endless', data: {}, severity: form === 'static-key' ? 'low' : 'medium' }
  },
})
