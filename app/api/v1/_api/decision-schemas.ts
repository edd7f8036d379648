// What people have decided about a finding, as the API tells it.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { TRIAGE_STATUSES } from '@/core/list'

export const decisions = {
  excepted: z
    .object({
      id: z.guid(),
      reason: z.string(),
      by: z.string(),
      approvedBy: z.string(),
      since: Instant,
      until: Instant,
    })
    .optional()
    .meta({ description: 'The exception that counts for it. It stays open, and is counted.' }),
  exceptionEnded: z
    .object({ id: z.guid(), at: Instant })
    .optional()
    .meta({ description: 'Set where it was excepted until not long ago.' }),
  triage: z
    .object({
      status: z.enum(TRIAGE_STATUSES),
      assignee: z.object({ id: z.string(), name: z.string() }).optional(),
      note: z.string().optional(),
      snoozedUntil: Instant.optional(),
      actId: z.guid(),
    })
    .optional(),
}
