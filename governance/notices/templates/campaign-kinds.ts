// Notices about campaigns to those who answer for their getting done: managers, whoever manages the campaign, channels.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { noticeKind } from './content'
import { some } from './review-kinds'

const common = { campaignId: z.guid(), name: z.string(), dueAt: Instant }
const at = (id: string) => ({ title: 'Look at the campaign', path: `/campaigns/${id}` })
const wasDue = (dueAt: string) => ({ name: 'It was due', at: dueAt })
const MANAGES = 'because you manage the campaign'

export const campaignBegan = noticeKind({
  title: 'A campaign has begun',
  urgent: false,
  grouped: false,
  data: z.strictObject({
    ...common,
    items: z.int(),
    reviewers: z.int(),
    /** Of the reviewers: those who have neither an address nor a channel of their own. */
    unreached: z.int().default(0),
  }),
  content: ({ campaignId, name, dueAt, items, reviewers, unreached }) => ({
    subject: `A campaign has begun: ${name}`,
    lead: `${some(reviewers, 'person is', 'people are')} asked about ${some(items, 'identity', 'identities')}. ${
      unreached
        ? `${unreached.toLocaleString('en')} of them cannot be told: without an address and a channel of their own.`
        : 'Each of them is told.'
    }`,
    facts: [],
    due: { name: 'Due', at: dueAt },
    link: at(campaignId),
    why: 'because you are told when campaigns begin',
  }),
})

export const overdueReviewers = noticeKind({
  title: 'Reviewers whose manager one is are overdue',
  urgent: false,
  grouped: true,
  personal: true,
  data: z.strictObject({ ...common, reviewers: z.int(), open: z.int(), high: z.int() }),
  content: ({ campaignId, name, dueAt, reviewers, open, high }) => ({
    subject: `Overdue: ${some(reviewers, 'person', 'people')} you manage: ${name}`,
    lead: `${some(reviewers, 'person', 'people')} you manage ${reviewers === 1 ? 'has' : 'have'} not finished a review that was due. What it is about is not told here.`,
    facts: [
      ['Open', open.toLocaleString('en')],
      ['Of these of high risk', high.toLocaleString('en')],
    ],
    due: wasDue(dueAt),
    link: at(campaignId),
    why: 'because you are the manager of somebody who was asked',
  }),
})

export const campaignOverdue = noticeKind({
  title: 'A campaign is overdue',
  urgent: false,
  grouped: false,
  data: z.strictObject({
    ...common,
    reviewers: z.int(),
    open: z.int(),
    high: z.int(),
    /** When what is open then becomes an exception, and under whose name. */
    exceptionAt: Instant,
    accountable: z.string(),
  }),
  content: ({ campaignId, name, dueAt, reviewers, open, high, exceptionAt, accountable }) => ({
    subject: `Overdue: ${name}`,
    lead: `${some(reviewers, 'reviewer has', 'reviewers have')} not finished. What is still open on ${exceptionAt.slice(0, 10)} becomes an exception that ${accountable} answers for; nothing of it is kept or removed by that.`,
    facts: [
      ['Open', open.toLocaleString('en')],
      ['Of these of high risk', high.toLocaleString('en')],
    ],
    due: wasDue(dueAt),
    link: at(campaignId),
    why: MANAGES,
  }),
})

export const itemsExcepted = noticeKind({
  title: 'What nobody decided became an exception',
  urgent: false,
  grouped: false,
  data: z.strictObject({ ...common, items: z.int(), high: z.int(), accountable: z.string() }),
  content: ({ campaignId, name, dueAt, items, high, accountable }) => ({
    subject: `${accountable} answers for ${some(items, 'item')} that nobody decided: ${name}`,
    lead: `${some(items, 'item')} had not been decided and signed off in time. ${accountable} answers for ${items === 1 ? 'it' : 'them'} from now on. Nothing was kept and nothing was removed.`,
    facts: [['Of these of high risk', high.toLocaleString('en')]],
    due: wasDue(dueAt),
    link: at(campaignId),
    why: 'because you answer for them, or manage the campaign',
  }),
})

export const signedOff = noticeKind({
  title: 'A reviewer has signed off',
  urgent: false,
  grouped: true,
  personal: true,
  data: z.strictObject({ ...common, by: z.string(), items: z.int(), left: z.int() }),
  content: ({ campaignId, name, dueAt, by, items, left }) => ({
    subject: `${by} has signed off ${some(items, 'item')}: ${name}`,
    lead: `${by} has signed off ${some(items, 'item')}. ${left ? `${some(left, 'item')} of the campaign ${left === 1 ? 'is' : 'are'} open.` : 'Nothing of the campaign is open any more: it can be closed.'}`,
    facts: [],
    due: { name: 'Due', at: dueAt },
    link: at(campaignId),
    why: MANAGES,
  }),
})
