// What is taken from the insights of Recommender. Kinds of them that are not known are let by; what it merely infers is dropped.
import { z } from 'zod'
import { Condition } from './shapes'
import { MaybeWhen } from './values'

const insightFields = {
  insightSubtype: z.string().nullish(),
  lastRefreshTime: MaybeWhen,
  observationPeriod: z.string().nullish(),
  stateInfo: z.object({ state: z.string().nullish() }).nullish(),
}
export const PolicyInsight = z.object({
  ...insightFields,
  targetResources: z.array(z.string()).nullish(),
  content: z
    .object({
      role: z.string().nullish(),
      member: z.string().nullish(),
      condition: Condition.nullish(),
      exercisedPermissions: z.array(z.object({ permission: z.string().min(1) })).nullish(),
      currentTotalPermissionsCount: z.union([z.string(), z.number()]).nullish(),
    })
    .nullish(),
})
export type PolicyInsight = z.infer<typeof PolicyInsight>

export const AccountInsight = z.object({
  ...insightFields,
  content: z.object({ serviceAccountId: z.string().nullish(), lastAuthenticatedTime: MaybeWhen }).nullish(),
})
export type AccountInsight = z.infer<typeof AccountInsight>

const SECONDS = /^(\d{1,10})(?:\.\d+)?s$/
/**
 * From when to when it looked, or undefined where that is not told. One that somebody has marked as accepted stands still,
 * so its window is not to be relied on.
 */
export function windowOf(
  insight: Pick<PolicyInsight, 'lastRefreshTime' | 'observationPeriod' | 'stateInfo'>,
): { from: string; to: string } | undefined {
  const { lastRefreshTime: to, observationPeriod, stateInfo } = insight
  const seconds = SECONDS.exec(observationPeriod ?? '')?.[1]
  if (to === null || seconds === undefined || stateInfo?.state !== 'ACTIVE') return undefined
  return { from: new Date(Date.parse(to) - Number(seconds) * 1000).toISOString(), to }
}
