// Notices to whoever decided that something is to be removed or reduced: what later looks tell of it.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { noticeKind } from './content'

const data = z.strictObject({
  campaignId: z.guid(),
  identity: z.string(),
  kind: z.enum(['remove', 'reduce']),
  decidedAt: Instant,
})
const why = 'because you decided it'
const VERB = { remove: 'removed', reduce: 'reduced' } as const
const at = (id: string) => ({ title: 'Look at what became of it', path: `/reviews/${id}` })

export const verifiedGone = noticeKind({
  title: 'What was to be removed is gone',
  urgent: false,
  grouped: true,
  personal: true,
  data,
  content: ({ campaignId, identity, kind, decidedAt }) => ({
    subject: `${kind === 'remove' ? 'Gone' : 'Reduced'}: ${identity}`,
    lead: `You decided that ${identity} be ${VERB[kind]}. A complete look has not seen ${kind === 'remove' ? 'it' : 'what was to be taken away'} any more.`,
    facts: [['Decided', decidedAt]],
    link: at(campaignId),
    why,
  }),
})

export const stillThere = noticeKind({
  title: 'What was said to be removed is still there',
  urgent: false,
  grouped: true,
  personal: true,
  data,
  content: ({ campaignId, identity, kind, decidedAt }) => ({
    subject: `Still there: ${identity}`,
    lead: `You decided that ${identity} be ${VERB[kind]}, and somebody said that it was done. A complete look after that still saw ${kind === 'remove' ? 'it' : 'what was to be taken away'}.`,
    facts: [['Decided', decidedAt]],
    link: at(campaignId),
    why,
  }),
})
