// How the subjects of a rule were answered, all together.
import type { Instant } from '@/core/fact'

export type RuleTally = {
  ruleId: string
  /** Unset for readers who see only what they own: passes are not kept one by one. */
  pass?: number
  fail: number
  unknown: number
  notApplicable?: number
  /** Of those: how many are left out because they are declared to be for emergencies. */
  exempt?: number
  /** Why the rule is turned off, where it is: nothing is counted then. */
  off?: string
  at?: Instant
  /** How many of its verdicts (passes included, where they are counted) rest on looks that are out of date. */
  stale: number
  /** How many of the passes do. */
  stalePass?: number
}
