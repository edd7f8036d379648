// The policy that counted at what was known, and what each rule was asked with under it.
import { Policy } from '@/core/policy'
import type { Tx } from '@/prisma/client'
import { rules } from '@/rules'
import { RuleSettings } from '../../evaluation/settings'
import { valueWords } from '../../policy/policy-changes'
import { paramFields } from '../../policy/rule-settings'

export type PolicyThen = { version: number; policy: Policy }

/** Versions are only ever added. */
export async function policyThen(snapshot: Tx, known: string): Promise<PolicyThen> {
  const row = await snapshot.policy.findFirst({
    where: { at: { lte: known } },
    orderBy: { version: 'desc' },
  })
  return row
    ? { version: row.version, policy: Policy.parse(row.doc) }
    : { version: 0, policy: Policy.parse({}) }
}

/** @example `Days without use: 90` */
export function parameterWords(ruleId: string, { policy }: PolicyThen): string {
  const rule = rules.find(({ meta }) => meta.id === ruleId)
  if (!rule) return 'not known: the rule is not there any more'
  const set = policy.rules[ruleId]
  if (set?.off !== undefined) return `turned off: ${set.off}`
  const words = paramFields(rule).map(({ name, title, default: usual }) => {
    const value = set?.params?.[name] ?? usual
    return `${title}: ${valueWords(value)}`
  })
  const special = set?.for.length ? [`${set.for.length} special settings by type or environment`] : []
  return [...words, ...special].join('; ') || 'none'
}

/** The revisions by which it may be asked under that policy, as this version of the product has its text. */
export function settledRevisions(ruleId: string, { policy }: PolicyThen) {
  const rule = rules.find(({ meta }) => meta.id === ruleId)
  return rule ? new RuleSettings(rule, policy.rules[ruleId]).revisions : []
}
