// The calls about last use. AWS makes such a report in the background, of one role or user each: so many are asked for at most.
import {
  GenerateServiceLastAccessedDetailsCommand,
  GetServiceLastAccessedDetailsCommand,
  IAMClient,
  type IAMClientConfig,
} from '@aws-sdk/client-iam'
import type { Explanation } from '@/core/upstream'
import { LeftOut } from './left-out'
import type { LastAccessedPermissionName } from './permissions'

type Params = Readonly<Record<string, unknown>>
type Call = (params: Params, signal: AbortSignal) => Promise<unknown>

/** Not there yet: the source asks to come back, which is what throttled means. */
const AGAIN_MS = 2_000

/** No report, for a reason that is not an error of AWS. */
export class NoReport extends Error {
  override readonly name = 'NoReport'

  constructor(readonly explanation: Explanation) {
    super(explanation.detail)
  }
}

const unfinished = (): NoReport =>
  new NoReport({
    why: 'throttled',
    detail: 'AWS is still making the report on last use; a later sync will find it.',
    retryAfterMs: AGAIN_MS,
  })
/** What is not asked this time is so by the settings. */
const enough = (most: number): NoReport =>
  new NoReport({
    why: 'left-out',
    detail: `Last use is asked of ${most} roles and users in one sync (a setting of the connection). The turn of others comes with a later one.`,
  })

/** A client of its own: where AWS slows these calls down, the SDK is to hold back these and no others. */
export function lastAccessedCalls(
  config: IAMClientConfig,
  most: number,
): { calls: Record<LastAccessedPermissionName, Call>; close: () => void } {
  const iam = new IAMClient(config)
  let asked = 0
  const calls: Record<LastAccessedPermissionName, Call> = {
    'iam:GenerateServiceLastAccessedDetails': async ({ Arn, Granularity }, abortSignal) => {
      if (most === 0) throw new LeftOut('Asking what roles and users used last')
      if (asked >= most) throw enough(most)
      const input = { Arn: String(Arn), Granularity: Granularity as 'ACTION_LEVEL' }
      const answer = await iam.send(new GenerateServiceLastAccessedDetailsCommand(input), { abortSignal })
      asked++
      return answer
    },
    'iam:GetServiceLastAccessedDetails': async ({ JobId, Marker, MaxItems }, abortSignal) => {
      const input = {
        JobId: String(JobId),
        ...(Marker !== undefined && { Marker: String(Marker) }),
        ...(MaxItems !== undefined && { MaxItems: Number(MaxItems) }),
      }
      const answer = await iam.send(new GetServiceLastAccessedDetailsCommand(input), { abortSignal })
      if (answer.JobStatus === 'IN_PROGRESS') throw unfinished()
      return answer
    },
  }
  return { calls, close: () => iam.destroy() }
}
