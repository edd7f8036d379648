// Every kind of notice there is.
import { z } from 'zod'
import { auditAnswered, auditAsked, auditReady } from './audit-kinds'
import { noticeKind, type NoticeKind } from './content'
import { campaignBegan, campaignOverdue, itemsExcepted, overdueReviewers, signedOff } from './campaign-kinds'
import { cardsWait } from './event-kinds'
import { deliveryFailed, deliveryStopped, packDelivered } from './delivery-kinds'
import { exceptionApproved, exceptionAsked, exceptionEnding, exceptionRefused } from './exception-kinds'
import { packFailed, packSealed } from './pack-kinds'
import { stillThere, verifiedGone } from './remediation-kinds'
import {
  eventReview,
  handedOver,
  reviewBegins,
  reviewLink,
  reviewReminder,
  secondLookAsked,
} from './review-kinds'
import { runFailed, sourceStale } from './source-kinds'

const channelTest = noticeKind({
  title: 'A test of a channel',
  urgent: true,
  grouped: false,
  data: z.strictObject({ channel: z.string(), by: z.string() }),
  content: ({ channel, by }) => ({
    subject: 'A test of Rollcall',
    lead: `${by} tests the channel ${channel}. There is nothing to do.`,
    facts: [],
    link: { title: 'Look at the channels', path: '/settings/notifications' },
    why: `because ${by} has sent it to you`,
  }),
})

export const NOTICE_KINDS = {
  'exception.asked': exceptionAsked,
  'exception.approved': exceptionApproved,
  'exception.refused': exceptionRefused,
  'exception.ending': exceptionEnding,
  'review.begins': reviewBegins,
  'review.event': eventReview,
  'review.handed-over': handedOver,
  'review.second-look': secondLookAsked,
  'review.link': reviewLink,
  'review.reminder': reviewReminder,
  'campaign.began': campaignBegan,
  'campaign.reviewers-overdue': overdueReviewers,
  'campaign.overdue': campaignOverdue,
  'campaign.excepted': itemsExcepted,
  'campaign.signed': signedOff,
  'campaign.cards-wait': cardsWait,
  'remediation.verified': verifiedGone,
  'remediation.still-there': stillThere,
  'pack.sealed': packSealed,
  'pack.failed': packFailed,
  'delivery.delivered': packDelivered,
  'delivery.failed': deliveryFailed,
  'delivery.stopped': deliveryStopped,
  'audit.asked': auditAsked,
  'audit.ready': auditReady,
  'audit.answered': auditAnswered,
  'run.failed': runFailed,
  'source.stale': sourceStale,
  'channel.test': channelTest,
} as const
export type KindName = keyof typeof NOTICE_KINDS
export type DataOf<K extends KindName> = z.output<(typeof NOTICE_KINDS)[K]['data']>

const named = (fits: (kind: NoticeKind, name: string) => boolean) =>
  Object.entries(NOTICE_KINDS as Record<string, unknown>)
    .filter(([name, kind]) => name !== 'channel.test' && fits(kind as NoticeKind, name))
    .map(([name]) => name) as [KindName, ...KindName[]]

/** What a channel can take: a test is always sent to the one that is tested, and what is one person's never to many. */
export const CHANNEL_TAKES = named(({ personal }) => !personal)
/** What members can turn off for themselves: all but what asks them to decide. */
export const OPTIONAL_KINDS = named(({ mandatory }, name) => !mandatory && name !== 'campaign.began')
/** What asks somebody about items of a campaign: nothing of it is said any more once they have finished or it is over. */
export const REVIEW_KINDS = named((_, name) => name.startsWith('review.'))

/** Undefined for a kind that there was once. */
export const kindOf = (name: string): NoticeKind | undefined =>
  Object.hasOwn(NOTICE_KINDS, name) ? (NOTICE_KINDS[name as KindName] as unknown as NoticeKind) : undefined
export const kindTitle = (name: string): string => kindOf(name)?.title ?? name
