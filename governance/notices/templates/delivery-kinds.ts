// Notices about deliveries of packs: taken there, given up, or standing still.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { noticeKind } from './content'

const common = { id: z.guid(), title: z.string() }
const period = { from: Instant, to: Instant }
const at = (id: string) => ({ title: 'Look at the delivery', path: `/evidence/deliveries/${id}` })
const why = 'because the delivery names you'
const day = (instant: Instant) => instant.slice(0, 10)
const periodFact = ({ from, to }: { from: Instant; to: Instant }) =>
  ['Period', `${day(from)} to ${day(to)}`] as const

export const packDelivered = noticeKind({
  title: 'A pack of evidence was delivered',
  urgent: false,
  grouped: true,
  data: z.strictObject({
    ...common,
    ...period,
    name: z.string(),
    place: z.string(),
    sha256: z.string(),
    complete: z.boolean(),
  }),
  content: ({ id, title, name, place, sha256, complete, ...rest }) => ({
    subject: `Delivered: ${title}`,
    lead: `A pack of evidence was delivered, read back there and found to be what was sealed.${complete ? '' : ' It is not complete: it says what was not seen.'}`,
    facts: [periodFact(rest), ['File', name], ['Where', place], ['SHA-256', sha256]],
    link: at(id),
    why,
  }),
})

export const deliveryFailed = noticeKind({
  title: 'A pack of evidence could not be delivered',
  urgent: false,
  grouped: false,
  data: z.strictObject({ ...common, ...period, why: z.string() }),
  content: ({ id, title, why: reason, ...rest }) => ({
    subject: `Not delivered: ${title}`,
    lead: 'A pack of evidence could not be delivered, and nobody tries any more until somebody says so.',
    facts: [periodFact(rest), ['Why', reason]],
    link: at(id),
    why,
  }),
})

export const deliveryStopped = noticeKind({
  title: 'A delivery of packs stands still',
  urgent: false,
  grouped: false,
  data: z.strictObject({ ...common, why: z.string() }),
  content: ({ id, title, why: reason }) => ({
    subject: `Stands still: ${title}`,
    lead: 'Packs of this delivery are not built and delivered any more until somebody resumes it. What was missed is made up for then.',
    facts: [['Why', reason]],
    link: at(id),
    why: 'because you look after packs, or the delivery names you',
  }),
})
