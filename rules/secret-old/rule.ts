// A stored secret whose value has stayed the same for longer than the limit, whether or not anything is to rotate it.
import { z } from 'zod'
import { daysAfter, latestOf, reached } from '@/core/days'
import { valueOf } from '@/core/fact'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'secret-old',
    title: 'Secret has an old value',
    severity: 'medium',
    subject: 'secret',
    topic: 'lifetime',
    needs: ['rotatedAt', 'sourceRotatedAt'],
    weighs: ['createdAt', 'expiresAt', 'rotates'],
    params: z.object({
      ageDaysMax: z.number().int().positive().default(365).meta({ title: 'Days until a new value' }),
    }),
    controls: ['owasp-nhi:NHI7:2025', 'csf:PR.AA-01'],
    messages: {
      old: 'Its value has been the same since {{since}}; the limit is {{ageDaysMax}} days.',
      unrotated:
        'Its value has been the same since {{since}}, and nothing is set up to rotate it; the limit is {{ageDaysMax}} days.',
      stuck:
        'Its value has been the same since {{since}}, although it is set up to be rotated; the limit is {{ageDaysMax}} days.',
    },
    remedy: 'Give it a new value and end the old one where it is accepted; let a program do so from then on.',
  },
  applies: () => true,
  check({ subject, params: { ageDaysMax }, now }) {
    // The original of a copy is judged itself, and whether the copy follows it is another rule's.
    if (subject.sourceRotatedAt !== null) return null
    const since = latestOf(subject.rotatedAt, valueOf(subject.createdAt))
    if (since === undefined) return { depends: 'no date of its value is known.' }
    // A clock may be ahead by hours, not by a day.
    const plausible = daysAfter(since, -1)
    if (!reached(plausible, now))
      return { depends: `its value is dated ${since.slice(0, 10)}, in the future.`, until: plausible }
    const end = valueOf(subject.expiresAt)
    if (end !== undefined && reached(end, now)) return null
    const over = daysAfter(since, ageDaysMax + 1)
    if (!reached(over, now)) return { until: over }
    const rotates = valueOf(subject.rotates)
    const message = rotates === undefined ? 'old' : rotates ? 'stuck' : 'unrotated'
    return { message, data: { since: since.slice(0, 10), ageDaysMax }, until: end }
  },
})
