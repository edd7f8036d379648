// Notices to whoever is asked to decide. Nothing can be decided by a mail: it says what is asked, and where.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { noticeKind } from './content'

const common = { campaignId: z.guid(), name: z.string(), dueAt: Instant }
export const some = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
const at = (id: string) => ({ title: 'Look at them', path: `/reviews/${id}` })
const riskiestOf = (names: readonly string[]) =>
  names.length
    ? [[names.length === 1 ? 'The riskiest' : 'The riskiest of them', names.join(', ')] as const]
    : []
const due = (dueAt: string) => ({ name: 'Due', at: dueAt })
const ASKED = 'because you are asked to decide'

export const reviewBegins = noticeKind({
  title: 'A review begins for a reviewer',
  urgent: false,
  grouped: false,
  personal: true,
  mandatory: true,
  opensReview: true,
  data: z.strictObject({ ...common, items: z.int(), riskiest: z.array(z.string()).max(3) }),
  content: ({ campaignId, name, dueAt, items, riskiest }) => ({
    subject: `You are asked about ${some(items, 'identity', 'identities')}: ${name}`,
    lead: `A review has begun, and you are asked whether ${some(items, 'identity', 'identities')} should stay as ${items === 1 ? 'it is' : 'they are'}. Nothing happens by itself, and nothing can be decided by this message.`,
    facts: riskiestOf(riskiest),
    due: due(dueAt),
    link: at(campaignId),
    why: ASKED,
  }),
})

export const eventReview = noticeKind({
  title: 'Something has happened that a reviewer is asked about',
  urgent: false,
  grouped: false,
  personal: true,
  mandatory: true,
  opensReview: true,
  data: z.strictObject({
    ...common,
    cause: z.string(),
    items: z.int(),
    riskiest: z.array(z.string()).max(3),
  }),
  content: ({ campaignId, cause, dueAt, items, riskiest }) => ({
    subject: `${cause}: you are asked about ${items === 1 && riskiest[0] ? riskiest[0] : some(items, 'identity', 'identities')}`,
    lead: `Something has happened: ${cause.toLowerCase()}. You are asked what is to become of ${some(items, 'identity', 'identities')} now, instead of in the next campaign.`,
    facts: riskiestOf(riskiest),
    due: due(dueAt),
    link: at(campaignId),
    why: ASKED,
  }),
})

export const handedOver = noticeKind({
  title: 'Items were handed over to a reviewer',
  urgent: false,
  grouped: true,
  personal: true,
  mandatory: true,
  opensReview: true,
  data: z.strictObject({ ...common, items: z.int(), by: z.string(), reason: z.string() }),
  content: ({ campaignId, name, dueAt, items, by, reason }) => ({
    subject: `${some(items, 'item')} handed over to you: ${name}`,
    lead: `${by} has handed ${some(items, 'item')} over to you to decide. The due date stays as it was.`,
    facts: reason ? [['Reason', reason]] : [],
    due: due(dueAt),
    link: at(campaignId),
    why: ASKED,
  }),
})

export const secondLookAsked = noticeKind({
  title: 'A second look is asked for',
  urgent: false,
  grouped: false,
  personal: true,
  mandatory: true,
  opensReview: true,
  data: z.strictObject({ ...common, items: z.int() }),
  content: ({ campaignId, name, dueAt, items }) => ({
    subject: `A second look is asked of you at ${some(items, 'item')}: ${name}`,
    lead: `Two people look at ${some(items, 'item')}, and you are the second. What the first one decided is not told before you have said what you think.`,
    facts: [],
    due: due(dueAt),
    link: at(campaignId),
    why: 'because you are asked for a second look',
  }),
})

export const reviewLink = noticeKind({
  title: 'A new link to what a reviewer is asked',
  urgent: true,
  grouped: false,
  personal: true,
  mandatory: true,
  opensReview: true,
  data: z.strictObject(common),
  content: ({ campaignId, name, dueAt }) => ({
    subject: `A new link to your items: ${name}`,
    lead: 'Here is a new link to what you are asked. Those that you had before open nothing any more.',
    facts: [],
    due: due(dueAt),
    link: at(campaignId),
    why: ASKED,
  }),
})

export const reviewReminder = noticeKind({
  title: 'A reviewer is reminded',
  urgent: false,
  grouped: true,
  personal: true,
  opensReview: true,
  data: z.strictObject({
    ...common,
    /** What they have yet to sign, and of it what is decided; second looks that are not given. */
    open: z.int(),
    decided: z.int(),
    second: z.int(),
    riskiest: z.array(z.string()).max(3),
    /** Days until it is due; 0 on the day. */
    days: z.int(),
  }),
  content: ({ campaignId, name, dueAt, open, decided, second, riskiest, days }) => ({
    subject: `${days === 0 ? 'Due today' : `Due in ${some(days, 'day')}`}: ${name}`,
    lead: `${[
      ...(open
        ? [`${some(open - decided, 'item')} of yours ${open - decided === 1 ? 'is' : 'are'} undecided.`]
        : []),
      ...(decided
        ? [`${some(decided, 'decision')} of yours ${decided === 1 ? 'is' : 'are'} not signed off.`]
        : []),
      ...(second ? [`${some(second, 'second look')} ${second === 1 ? 'is' : 'are'} asked of you.`] : []),
    ].join(' ')} There are no more reminders once you have finished.`,
    facts: riskiestOf(riskiest),
    due: due(dueAt),
    link: at(campaignId),
    why: ASKED,
  }),
})
