// A credential that was used after its end: whoever let it in does not go by the date.
import { z } from 'zod'
import { daysAfter, reached } from '@/core/days'
import { valueOf } from '@/core/fact'
import { defineRule } from '@/core/rule'

/** Clocks differ by hours, and some sources tell the day of a use only. */
const GRACE_DAYS = 1

export default defineRule({
  meta: {
    id: 'credential-expired-used',
    title: 'Expired credential was used',
    severity: 'high',
    subject: 'credential',
    topic: 'authentication',
    needs: ['lifetimeSeconds'],
    weighs: ['expiresAt', 'lastUsedAt'],
    params: z.object({}),
    controls: ['owasp-nhi:NHI4:2025', 'owasp-nhi:NHI7:2025', 'csf:PR.AA-03', 'csf:PR.AA-01'],
    messages: { used: 'It ended on {{end}}, and a use of it is on record after that.' },
    remedy: 'Find out what let it in, make that refuse expired credentials, and delete this one.',
    // That it has expired is what is wrong here, and what is disabled now was not when it was used.
    whenLatent: 'as-bad',
  },
  applies: ({ form, identityClass }) =>
    form !== 'federated' && (identityClass === 'machine' || identityClass === 'unclear'),
  check({ subject: { expiresAt, lastUsedAt, lifetimeSeconds }, now }) {
    // Its values follow one another: that one of them has ended says nothing about the use of the next.
    if (lifetimeSeconds !== null) return null
    if (expiresAt.state === 'unknown') return { depends: 'its source does not tell whether it has ended.' }
    const end = valueOf(expiresAt)
    if (end === undefined) return null
    // Nothing can have been used after an instant that has not come.
    if (!reached(end, now)) return { until: end }
    const over = daysAfter(end, GRACE_DAYS)
    if (!reached(over, now)) return { until: over }
    const day = end.slice(0, 10)
    if (lastUsedAt.state === 'unknown')
      return { depends: `it ended on ${day}, and its source does not tell of uses.` }
    const used = valueOf(lastUsedAt)
    return used === undefined || reached(used, over) ? null : { message: 'used', data: { end: day } }
  },
})
