// Whether something is a policy that all rules understand, and what of it is probably not meant.
import { z } from 'zod'
import type { Issue } from '@/core/errors'
import type { Instant } from '@/core/fact'
import { Policy, type RulePolicy } from '@/core/policy'
import { rules } from '@/rules'
import type { Registered } from '@/rules/registered'
import { invalid } from '../command'
import { issueWords, policyIssues, type PolicyIssue } from './issue-words'
import { nearestName } from './nearest-name'
import { pruned } from './pruned'
import { policyWarnings } from './policy-warnings'

export type Checked =
  | { policy: Policy; issues: []; warnings: PolicyIssue[] }
  | { policy?: undefined; issues: PolicyIssue[]; warnings: [] }

/** Parameters of a rule as they may be written: no others, where the rule itself would not mind. */
export const paramsOf = ({ meta: { params } }: Registered): z.ZodType =>
  params instanceof z.ZodObject ? params.strict() : params

function paramIssues(rule: Registered, given: Record<string, unknown>, at: PolicyIssue['at']): PolicyIssue[] {
  const schema = paramsOf(rule)
  const parsed = schema.safeParse(given, { error: issueWords })
  return parsed.success ? [] : policyIssues(schema, parsed.error, at)
}

function ruleIssues(rule: Registered, policy: RulePolicy): PolicyIssue[] {
  const at = ['rules', rule.meta.id]
  const { params = {} } = policy
  return [
    ...paramIssues(rule, params, [...at, 'params']),
    ...policy.for.flatMap((special, which) => {
      const own = special.params ?? {}
      // They are asked together; what is wrong with the usual ones was said there.
      return paramIssues(rule, { ...params, ...own }, [...at, 'for', which, 'params']).filter(
        ({ at: place }) => Object.hasOwn(own, String(place[5])),
      )
    }),
  ]
}

function unknownRule(id: string, asking: readonly Registered[]): PolicyIssue {
  const near = nearestName(
    id,
    asking.map(({ meta }) => meta.id),
  )
  const remedy = near === undefined ? 'The page of findings by rule names them all.' : `Do you mean ${near}?`
  return { at: ['rules', id], message: `There is no such rule. ${remedy}` }
}

/** @param raw anything, from anywhere: of any size that could be read */
export function checkPolicy(raw: unknown, now: Instant, asking: readonly Registered[] = rules): Checked {
  const parsed = Policy.safeParse(raw, { error: issueWords })
  if (!parsed.success) return { issues: policyIssues(Policy, parsed.error), warnings: [] }
  // Before what says nothing is left out: a rule that is not there is a mistake all the same.
  const policy = parsed.data
  const issues = Object.entries(policy.rules).flatMap(([id, settings]) => {
    const rule = asking.find(({ meta }) => meta.id === id)
    return rule ? ruleIssues(rule, settings) : [unknownRule(id, asking)]
  })
  if (issues.length) return { issues, warnings: [] }
  return { policy: pruned(policy), issues: [], warnings: policyWarnings(policy, now, asking) }
}

export const toIssue = ({ at, message }: PolicyIssue): Issue => ({ path: at.join('.'), message })

/** @throws RollcallError `invalid` with one issue per wrong field */
export function mustBePolicy(raw: unknown, now: Instant): { policy: Policy; warnings: Issue[] } {
  const { policy, issues, warnings } = checkPolicy(raw, now)
  if (!policy) throw invalid(issues.map(toIssue))
  return { policy, warnings: warnings.map(toIssue) }
}
