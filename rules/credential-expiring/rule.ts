// A credential that is in use, ends soon, and has nothing beside it to take its place: an outage with a date.
import { z } from 'zod'
import { daysAfter, earliestOf, latestOf, reached } from '@/core/days'
import { valueOf, type Fact, type Instant } from '@/core/fact'
import { defineRule } from '@/core/rule'
import type { Siblings } from '@/core/subject'

type Succession = 'none' | 'there' | 'not told'

/** Whether one whose value is newer is enabled beside it. */
function successionOf(siblings: Fact<Siblings>, made: Instant | undefined): Succession {
  if (siblings.state === 'unknown') return 'not told'
  const newest = valueOf(siblings)?.newestMadeAt
  if (siblings.state === 'absent') return 'none'
  if (newest === undefined || made === undefined) return 'not told'
  return Date.parse(newest) > Date.parse(made) ? 'there' : 'none'
}

export default defineRule({
  meta: {
    id: 'credential-expiring',
    title: 'Credential is about to end',
    severity: 'medium',
    subject: 'credential',
    topic: 'lifetime',
    needs: ['lifetimeSeconds'],
    weighs: ['createdAt', 'enabled', 'expiresAt', 'lastUsedAt', 'rotatedAt', 'siblings'],
    params: z.object({
      daysBefore: z.number().int().positive().default(14).meta({ title: 'Days before its end' }),
      usedDays: z.number().int().positive().default(30).meta({ title: 'Days that count as in use' }),
      renewedDays: z
        .number()
        .int()
        .nonnegative()
        .default(40)
        .meta({ title: 'Days of life up to which it is taken to be renewed by itself' }),
    }),
    controls: ['owasp-nhi:NHI7:2025', 'csf:ID.AM-08', 'csf:PR.AA-01'],
    messages: { ending: 'It is in use and ends on {{end}}, and nothing newer is beside it.' },
    remedy: 'Issue the next one now, move what uses it, and delete this one after its last use.',
  },
  applies: ({ form, identityClass }) =>
    form !== 'federated' && (identityClass === 'machine' || identityClass === 'unclear'),
  check({ subject, params: { daysBefore, usedDays, renewedDays }, now }) {
    const { expiresAt, lastUsedAt } = subject
    if (subject.lifetimeSeconds !== null || valueOf(subject.enabled) === false) return null
    if (expiresAt.state === 'unknown') return { depends: 'its source does not tell when it ends.' }
    const end = valueOf(expiresAt)
    if (end === undefined || reached(end, now)) return null
    const made = latestOf(valueOf(subject.createdAt), valueOf(subject.rotatedAt))
    if (made !== undefined && reached(end, daysAfter(made, renewedDays))) return null
    const soon = daysAfter(end, -daysBefore)
    if (!reached(soon, now)) return { until: soon }
    const day = end.slice(0, 10)
    const succession = successionOf(subject.siblings, made)
    if (succession === 'there') return null
    if (lastUsedAt.state === 'unknown')
      return { depends: `it ends on ${day}, and its source does not tell of uses.`, until: end }
    const used = valueOf(lastUsedAt)
    const lapses = used === undefined ? now : daysAfter(used, usedDays + 1)
    // What nobody uses nobody misses.
    if (reached(lapses, now)) return null
    const until = earliestOf(end, lapses)
    if (succession === 'not told')
      return { depends: `it ends on ${day}, and whether a newer one is beside it is not told.`, until }
    return { message: 'ending', data: { end: day }, until }
  },
})
