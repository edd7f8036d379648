// How risky it is to go on as before with an identity: one table, read from the top. Pure.
import { TIERS, type RiskReason, type Signal, type Tier } from '@/core/campaign'
import type { PrivilegeClass } from '@/core/subject'

/** What the table asks about. `unknown` is never taken for harmless. */
export type Risk = {
  privilege: PrivilegeClass | 'unknown'
  /** Whether somebody from outside, or anybody, is let in. */
  trust: 'anyone' | 'outside' | 'inside' | 'none' | 'unknown'
  owner: 'here' | 'left' | 'not-in-directory' | 'none' | 'unknown'
  /** Days since it was last used. */
  unusedDays: number | 'never' | 'unknown'
  signals: readonly Signal[]
  /** Of the decision before: never decided, the same as then, or another. */
  before: 'never' | 'same' | 'changed'
  /** Whether an earlier campaign ended without anybody having decided. */
  leftOpen: boolean
}

/** Days without use from which on it counts as unused. */
export const UNUSED_DAYS = 90

type Row = { id: string; tier: Tier; words: string; when: (risk: Risk) => boolean }
const failing = (risk: Risk, ...severities: string[]) =>
  risk.signals.some(({ verdict, severity }) => verdict === 'fail' && severities.includes(severity))

export const RISK_TABLE: readonly Row[] = [
  {
    id: 'administrator',
    tier: 'high',
    words: 'may do everything',
    when: ({ privilege }) => privilege === 'administrator',
  },
  {
    id: 'escalates',
    tier: 'high',
    words: 'can come to do everything',
    when: ({ privilege }) => privilege === 'escalates',
  },
  {
    id: 'conditional',
    tier: 'high',
    words: 'may do everything where something holds that was not seen',
    when: ({ privilege }) => privilege === 'conditional',
  },
  { id: 'anyone', tier: 'high', words: 'anybody can become it', when: ({ trust }) => trust === 'anyone' },
  { id: 'owner-left', tier: 'high', words: 'its owner has left', when: ({ owner }) => owner === 'left' },
  {
    id: 'signal-high',
    tier: 'high',
    words: 'a high or critical finding is open',
    when: (risk) => failing(risk, 'critical', 'high'),
  },
  {
    id: 'outside',
    tier: 'medium',
    words: 'somebody outside can become it',
    when: ({ trust }) => trust === 'outside',
  },
  {
    id: 'unowned',
    tier: 'medium',
    words: 'nobody is named as its owner',
    when: ({ owner }) => owner === 'none',
  },
  {
    id: 'owner-unknown',
    tier: 'medium',
    words: 'who owns it is not known',
    when: ({ owner }) => owner === 'unknown' || owner === 'not-in-directory',
  },
  {
    id: 'unused',
    tier: 'medium',
    words: `not used for ${UNUSED_DAYS} days`,
    when: ({ unusedDays }) =>
      unusedDays === 'never' || (typeof unusedDays === 'number' && unusedDays > UNUSED_DAYS),
  },
  {
    id: 'use-unknown',
    tier: 'medium',
    words: 'whether it is used is not known',
    when: ({ unusedDays }) => unusedDays === 'unknown',
  },
  {
    id: 'privileged',
    tier: 'medium',
    words: 'may read or change what matters',
    when: ({ privilege }) => privilege === 'sensitive' || privilege === 'write',
  },
  {
    id: 'privilege-unknown',
    tier: 'medium',
    words: 'what it may do is not known',
    when: ({ privilege }) => privilege === 'unknown',
  },
  {
    id: 'trust-unknown',
    tier: 'medium',
    words: 'who can become it is not known',
    when: ({ trust }) => trust === 'unknown',
  },
  {
    id: 'signal',
    tier: 'medium',
    words: 'a finding is open',
    when: (risk) => failing(risk, 'medium', 'low', 'info'),
  },
  {
    id: 'signal-unknown',
    tier: 'medium',
    words: 'whether a high or critical finding holds is not known',
    when: ({ signals }) =>
      signals.some(
        ({ verdict, severity }) => verdict === 'unknown' && (severity === 'critical' || severity === 'high'),
      ),
  },
  {
    id: 'changed',
    tier: 'medium',
    words: 'changed since the last decision',
    when: ({ before }) => before === 'changed',
  },
  { id: 'new', tier: 'medium', words: 'never decided before', when: ({ before }) => before === 'never' },
  {
    id: 'left-open',
    tier: 'medium',
    words: 'left open by an earlier campaign',
    when: ({ leftOpen }) => leftOpen,
  },
]

export type Tiered = { tier: Tier; reasons: RiskReason[]; administrator: boolean }

/** All reasons that hold, the worst first; low where there is none. */
export function tierOf(risk: Risk): Tiered {
  const reasons = RISK_TABLE.filter(({ when }) => when(risk)).map(({ id, tier, words }) => ({
    id,
    tier,
    words,
  }))
  const place = Math.min(TIERS.length - 1, ...reasons.map(({ tier }) => TIERS.indexOf(tier)))
  return {
    tier: TIERS[place] ?? 'low',
    reasons,
    administrator: reasons.some(({ id }) => ['administrator', 'escalates', 'conditional'].includes(id)),
  }
}

/** Reasons that keep an item from being kept together with others. */
const ALONE: ReadonlySet<string> = new Set([
  'owner-left',
  'unowned',
  'owner-unknown',
  'unused',
  'use-unknown',
  'changed',
])

/** Why an item is never kept in bulk, in words; undefined where it may be. */
export function keptAlone({
  tier,
  reasons,
}: {
  tier: Tier
  reasons: readonly RiskReason[]
}): string | undefined {
  const [first] =
    tier === 'high' ? reasons.filter((one) => one.tier === 'high') : reasons.filter(({ id }) => ALONE.has(id))
  if (!first) return undefined
  return tier === 'high'
    ? `It is of high risk: ${first.words}.`
    : `It has to be looked at by itself: ${first.words}.`
}
