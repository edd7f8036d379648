// A machine identity that was seen using little of what it was given, over a window long enough to tell.
import { z } from 'zod'
import { daysAfter, reached } from '@/core/days'
import { defineRule } from '@/core/rule'

export default defineRule({
  meta: {
    id: 'identity-rights-unused',
    title: 'Most of its rights are unused',
    severity: 'medium',
    subject: 'identity',
    topic: 'privilege',
    needs: ['exercise'],
    params: z.object({
      shareMax: z.number().min(0).max(1).default(0.8).meta({ title: 'Share of rights that may go unused' }),
      windowDaysMin: z
        .number()
        .int()
        .positive()
        .default(90)
        .meta({ title: 'Days that uses must have been recorded' }),
    }),
    controls: ['owasp-nhi:NHI5:2025', 'csf:PR.AA-05'],
    messages: {
      unused:
        'It was seen using {{used}} of the {{granted}} rights or services given, in {{window}} or more.',
    },
    remedy: 'Give it what it was seen using, first beside the old rights, then instead of them.',
  },
  applies: (subject) => subject.class === 'machine' || subject.class === 'unclear',
  check({ subject: { exercise }, params: { shareMax, windowDaysMin } }) {
    if (exercise === null || exercise.granted === 0) return null
    const { granted, used, from, to } = exercise
    // A longer window could only show more uses: what passes in a short one passes.
    if (granted - used <= shareMax * granted) return null
    const window = windowDaysMin === 1 ? 'a day' : `${windowDaysMin} days`
    // No dates: those of a window that moves along are others every day.
    if (!reached(daysAfter(from, windowDaysMin), to))
      return { depends: `its uses are on record for less than ${window}.` }
    return { message: 'unused', data: { granted, used: used || 'none', window } }
  },
})
