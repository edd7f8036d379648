// Allow-list of what is read from answers about last use. Who tried, from where and how many of them is not kept.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html
import { z } from 'zod'
import type { Instant } from '@/core/fact'
import { Id, When } from './shapes'

export const JobStarted = z.object({ JobId: Id })

const Tracked = z.object({ ActionName: Id, LastAccessedTime: When.nullish() })
const Service = z.object({
  ServiceNamespace: Id,
  LastAuthenticated: When.nullish(),
  LastAuthenticatedRegion: z.string().nullish(),
  TrackedActionsLastAccessed: z.array(Tracked).nullish(),
})
export type Service = z.infer<typeof Service>

export type Made = {
  state: 'made'
  /** When the report was asked for. */
  at: Instant
  items: Service[]
  next: Record<string, string> | undefined
}
/** A page of a report, or why there is none: `code` is what AWS calls the reason. */
export type ReportPage = Made | { state: 'making' } | { state: 'failed'; code: string }

/** A page without its list was cut short, and "nothing used" would be told of everything. */
export const ReportPage = z
  .object({
    JobStatus: z.string(),
    JobCreationDate: When.nullish(),
    IsTruncated: z.boolean().nullish(),
    Marker: z.string().min(1).nullish(),
    ServicesLastAccessed: z.array(Service).nullish(),
    Error: z.object({ Code: z.string().nullish() }).nullish(),
  })
  .transform((answer, context): ReportPage => {
    const { JobStatus, JobCreationDate: at, IsTruncated, Marker, ServicesLastAccessed: items } = answer
    const missing = (field: string): never => {
      context.addIssue({ code: 'custom', path: [field], message: 'missing' })
      return z.NEVER
    }
    if (JobStatus === 'IN_PROGRESS') return { state: 'making' }
    // The code is a word of AWS; anything longer may be about whom was asked.
    if (JobStatus === 'FAILED')
      return { state: 'failed', code: /^\w{1,64}$/.exec(answer.Error?.Code ?? '')?.[0] ?? 'FAILED' }
    if (JobStatus !== 'COMPLETED') return missing('JobStatus')
    if (at == null) return missing('JobCreationDate')
    if (!items) return missing('ServicesLastAccessed')
    if (IsTruncated === true && Marker == null) return missing('Marker')
    return { state: 'made', at, items, next: IsTruncated === true && Marker != null ? { Marker } : undefined }
  })

/** What is needed of a listing to ask about whom it names. */
export const ListedRole = z
  .object({ RoleId: Id, Arn: Id })
  .transform(({ RoleId: id, Arn: arn }) => ({ id, arn }))
export const ListedUser = z
  .object({ UserId: Id, Arn: Id })
  .transform(({ UserId: id, Arn: arn }) => ({ id, arn }))
