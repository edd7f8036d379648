// A machine identity whose sessions live on long after the workload that asked for them, and after a revocation.
import { z } from 'zod'
import { formatDuration } from 'date-fns'
import { defineRule, SEVERITIES, type Hit } from '@/core/rule'
import { worstOf } from '@/core/trust-hit'

const HOUR = 3600
/** From here on a session outlives whole releases of what asked for it. */
const SECONDS_MEDIUM = 30 * 24 * HOUR

const inWords = (seconds: number): string =>
  formatDuration({
    days: Math.floor(seconds / (24 * HOUR)),
    hours: Math.floor(seconds / HOUR) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: Math.floor(seconds % 60),
  })

const rank = (hit: Hit): number => SEVERITIES.indexOf(hit.severity ?? 'low')

export default defineRule({
  meta: {
    id: 'identity-session-outlasting',
    title: 'Sessions outlast what asked for them',
    severity: 'low',
    subject: 'identity',
    topic: 'lifetime',
    needs: ['trustWeaknesses', 'maxSessionSeconds'],
    params: z.object({
      sessionHoursMax: z.number().positive().default(24).meta({ title: 'Hours a session may last' }),
    }),
    controls: ['owasp-nhi:NHI7:2025', 'owasp-nhi:NHI1:2025', 'csf:PR.AA-01', 'csf:PR.AA-04'],
    messages: {
      long: 'A session of it can last {{length}}; the limit is {{limit}}.',
      weak: '{{because}} ({{id}})',
      several: '{{because}} ({{id}}, and {{others}} more)',
    },
    remedy: 'Let its sessions end within the time its work takes, and have it ask again.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject, params: { sessionHoursMax } }) {
    const lasting = worstOf(subject.trustWeaknesses, 'lasting')
    const seconds = subject.maxSessionSeconds
    if (seconds === null || seconds <= sessionHoursMax * HOUR) return lasting
    const long: Hit = {
      message: 'long',
      data: { length: inWords(seconds), limit: inWords(sessionHoursMax * HOUR) },
      severity: seconds > SECONDS_MEDIUM ? 'medium' : 'low',
    }
    return lasting && 'message' in lasting && rank(lasting) <= rank(long) ? lasting : long
  },
})
