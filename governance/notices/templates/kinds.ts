// Every kind of notice there is.
import { z } from 'zod'
import { noticeKind, type NoticeKind } from './content'
import { exceptionApproved, exceptionAsked, exceptionEnding, exceptionRefused } from './exception-kinds'
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
  'run.failed': runFailed,
  'source.stale': sourceStale,
  'channel.test': channelTest,
} as const
export type KindName = keyof typeof NOTICE_KINDS
export type DataOf<K extends KindName> = z.output<(typeof NOTICE_KINDS)[K]['data']>

/** What a channel can take: a test is always sent to the one that is tested. */
export const CHANNEL_TAKES = Object.keys(NOTICE_KINDS).filter((name) => name !== 'channel.test') as [
  KindName,
  ...KindName[],
]

/** Undefined for a kind that there was once. */
export const kindOf = (name: string): NoticeKind | undefined =>
  Object.hasOwn(NOTICE_KINDS, name) ? (NOTICE_KINDS[name as KindName] as unknown as NoticeKind) : undefined
export const kindTitle = (name: string): string => kindOf(name)?.title ?? name
