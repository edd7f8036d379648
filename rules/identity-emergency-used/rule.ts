// An identity that is declared to be for emergencies, and was used: somebody has to know why.
import { z } from 'zod'
import { daysAfter, reached } from '@/core/days'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-emergency-used',
    title: 'Emergency identity was used',
    severity: 'critical',
    subject: 'identity',
    topic: 'emergency',
    needs: ['lastUsedAt'],
    params: z.object({
      daysMax: z.number().int().positive().default(14).meta({ title: 'Days that a use is told' }),
    }),
    controls: ['owasp-nhi:NHI10:2025', 'csf:DE.CM-03', 'csf:PR.AA-05'],
    messages: { used: 'It is for emergencies only, and was used on {{used}}.' },
    remedy: 'Ask who used it and for what, change what they signed in with, and write down the emergency.',
    // Its use has happened, whatever became of it since.
    whenLatent: 'as-bad',
    whenBreakGlass: 'speaks',
  },
  // People use it as well as machines do: whoever it was, it is told.
  applies: (subject) => subject.breakGlass !== undefined,
  check({ subject: { lastUsedAt }, params: { daysMax }, now }) {
    if (lastUsedAt === null) return null
    // A clock may be ahead by hours, not by a day.
    const plausible = daysAfter(lastUsedAt, -1)
    if (!reached(plausible, now))
      return { depends: `its last use is dated ${lastUsedAt.slice(0, 10)}, in the future.`, until: plausible }
    const quiet = daysAfter(lastUsedAt, daysMax + 1)
    if (reached(quiet, now)) return null
    return { message: 'used', data: { used: lastUsedAt.slice(0, 10) }, until: quiet }
  },
})
