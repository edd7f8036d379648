// Notices about sources: one that cannot be read, and one that nobody has read for too long.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { noticeKind } from './content'

const why = 'because you are an administrator'

export const runFailed = noticeKind({
  title: 'A source could not be read',
  urgent: false,
  grouped: false,
  data: z.strictObject({ connectionId: z.guid(), runId: z.guid(), source: z.string(), error: z.string() }),
  content: ({ connectionId, runId, source, error }) => ({
    subject: `${source} could not be read`,
    lead: `A run of ${source} has failed. What is known of it stays as it was, and grows old. There is no further notice until it was read again.`,
    facts: [['What went wrong', error]],
    link: { title: 'Look at the run', path: `/sources/${connectionId}/runs/${runId}` },
    why,
  }),
})

export const sourceStale = noticeKind({
  title: 'A source has gone stale',
  urgent: false,
  grouped: true,
  data: z.strictObject({ scope: z.string(), seenAt: Instant, since: Instant }),
  content: ({ scope, seenAt, since }) => ({
    subject: `${scope} has not been seen whole for too long`,
    lead: `${scope} is out of date: what was seen there may still hold, and nobody has looked at all of it since.`,
    facts: [['Last seen whole', seenAt]],
    due: { name: 'Out of date since', at: since },
    link: { title: 'Look at the sources', path: '/sources' },
    why,
  }),
})
