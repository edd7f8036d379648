// Notices about exceptions: asked for, decided, soon over.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { noticeKind } from './content'

const common = { id: z.guid(), about: z.string(), until: Instant }
const at = (id: string) => ({ title: 'Look at the exception', path: `/exceptions/${id}` })

export const exceptionAsked = noticeKind({
  title: 'An exception was asked for',
  urgent: false,
  grouped: false,
  data: z.strictObject({ ...common, by: z.string(), reason: z.string(), covered: z.int() }),
  content: ({ id, about, until, by, reason, covered }) => ({
    subject: `${by} asks for an exception: ${about}`,
    lead: `${by} asks that ${covered === 1 ? 'one finding' : `${covered} findings`} be let be for a time. Somebody else has to decide.`,
    facts: [
      ['About', about],
      ['Reason', reason],
    ],
    due: { name: 'It would count until', at: until },
    link: at(id),
    why: 'because you may decide about exceptions',
  }),
})

const decided = z.strictObject({ ...common, by: z.string(), note: z.string().nullable() })
const noted = (note: string | null) => (note === null ? [] : [['Note', note] as const])

export const exceptionApproved = noticeKind({
  title: 'An exception was approved',
  urgent: false,
  grouped: false,
  data: decided,
  content: ({ id, about, until, by, note }) => ({
    subject: `Approved: the exception for ${about}`,
    lead: `${by} has approved the exception you asked for. Its findings stay open and are counted.`,
    facts: [['About', about], ...noted(note)],
    due: { name: 'It counts until', at: until },
    link: at(id),
    why: 'because you asked for the exception',
  }),
})

export const exceptionRefused = noticeKind({
  title: 'An exception was refused',
  urgent: false,
  grouped: false,
  data: decided,
  content: ({ id, about, by, note }) => ({
    subject: `Refused: the exception for ${about}`,
    lead: `${by} has refused the exception you asked for.`,
    facts: [['About', about], ...noted(note)],
    link: at(id),
    why: 'because you asked for the exception',
  }),
})

export const exceptionEnding = noticeKind({
  title: 'An exception runs out in 7 days',
  urgent: false,
  grouped: true,
  data: z.strictObject({ ...common, covered: z.int() }),
  content: ({ id, about, until, covered }) => ({
    subject: `Runs out soon: the exception for ${about}`,
    lead: 'An exception is about to run out. What it covers counts as before from then on; mend it until then, or ask for another one.',
    facts: [
      ['About', about],
      ['Findings when it was asked for', String(covered)],
    ],
    due: { name: 'It runs out', at: until },
    link: at(id),
    why: 'because you asked for the exception, or approved it',
  }),
})
