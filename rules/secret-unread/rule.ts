// A stored secret that nobody was seen reading for longer than the limit, or ever.
import { z } from 'zod'
import { daysAfter, latestOf, reached } from '@/core/days'
import { valueOf } from '@/core/fact'
import { unlooked } from '@/core/looked'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'secret-unread',
    title: 'Secret is not read',
    severity: 'low',
    subject: 'secret',
    topic: 'offboarding',
    needs: ['lastReadAt'],
    weighs: ['createdAt', 'expiresAt'],
    params: z.object({
      daysMax: z.number().int().positive().default(90).meta({ title: 'Days without a read' }),
    }),
    controls: ['owasp-nhi:NHI1:2025', 'csf:ID.AM-08', 'csf:PR.AA-01'],
    messages: {
      dormant: 'No read of it is on record since {{since}}; the limit is {{daysMax}} days.',
      unread: 'No read of it is on record, and it was made on {{since}}; the limit is {{daysMax}} days.',
    },
    remedy: 'Find out what its value is for, end it where it is accepted, then delete the secret.',
  },
  applies: () => true,
  check({ subject: { lastReadAt, createdAt, expiresAt }, params: { daysMax }, now, seen }) {
    const end = valueOf(expiresAt)
    // Past its end date it is told about by another rule.
    if (end !== undefined && reached(end, now)) return null
    // A read before it was made was one of an earlier secret of its name.
    const since = latestOf(lastReadAt, valueOf(createdAt))
    if (since === undefined)
      return { depends: 'no read of it is on record, and no date of its making is known.', until: end }
    const over = daysAfter(since, daysMax + 1)
    if (!reached(over, now)) return { until: over }
    return (
      unlooked(over, seen.lastReadAt, now, 'a read of it', end) ?? {
        message: lastReadAt === null ? 'unread' : 'dormant',
        data: { since: since.slice(0, 10), daysMax },
        until: end,
      }
    )
  },
})
