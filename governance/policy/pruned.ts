// A policy without what says nothing: two that mean the same are equal.
import { isDeepStrictEqual } from 'node:util'
import type { Policy, RulePolicy } from '@/core/policy'

const isSaid = (value: unknown): boolean =>
  value !== undefined && !(typeof value === 'object' && value !== null && !Object.keys(value).length)

function prunedRule({ off, params, severity, for: special }: RulePolicy): RulePolicy {
  return {
    ...(off !== undefined && { off }),
    ...(isSaid(params) && { params }),
    ...(severity !== undefined && { severity }),
    for: special.map(({ params: own, ...one }) => ({ ...one, ...(isSaid(own) && { params: own }) })),
  }
}

export function pruned(policy: Policy): Policy {
  const rules = Object.entries(policy.rules)
    .map(([id, rule]) => [id, prunedRule(rule)] as const)
    .filter(([, rule]) => Object.keys(rule).length > 1 || rule.for.length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...policy, rules: Object.fromEntries(rules) }
}

export const isSamePolicy = (a: Policy, b: Policy): boolean => isDeepStrictEqual(pruned(a), pruned(b))
