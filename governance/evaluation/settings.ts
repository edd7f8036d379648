// What the policy has settled for a rule: on or off, with which parameters and how bad, by type and environment.
import type { Instant } from '@/core/fact'
import type { Policy, RulePolicy } from '@/core/policy'
import { SEVERITIES, type Severity, type Verdict } from '@/core/rule'
import type { Subject } from '@/core/subject'
import { contentHash } from '@/inventory/content-hash'
import type { Registered } from '@/rules/registered'
import { revisionOf } from '@/rules/revisions'
import { Patterns } from '@/core/patterns'

/** A rule as it is asked about some subjects. */
export type Settled = {
  ruleId: string
  /** Hash of the rule's text and of what was settled: whoever has both can ask again. */
  revision: string
  sourceRevision: string
  params: unknown
  /** How bad it is, where the policy says so whatever the rule would say. */
  decided?: Severity
  /** 0 critical to 4 info, of a verdict that has none of its own. */
  severity: number
  ask: (subject: Subject, now: Instant, brief?: boolean) => Verdict
}

/** @throws ZodError where the parameters are none of the rule's */
function settle(rule: Registered, params: Record<string, unknown>, severity: Severity | undefined): Settled {
  const { id } = rule.meta
  const prepared = rule.prepare(params, severity)
  const sourceRevision = revisionOf(id)
  return {
    ruleId: id,
    revision: contentHash({ source: sourceRevision, params: prepared.params, severity }),
    sourceRevision,
    params: prepared.params,
    ...(severity !== undefined && { decided: severity }),
    severity: SEVERITIES.indexOf(severity ?? rule.meta.severity),
    ask: prepared.ask,
  }
}

/** What a policy says that its rules do not understand, by rule. Until it is mended, the rule's own defaults count. */
export type Misfit = { ruleId: string; why: string }

type Fits = { types?: Patterns<true>; environments?: Patterns<true>; settled: Settled }
const listed = (names: readonly string[] | undefined) =>
  names && new Patterns(names.map((name) => [name, true] as const))

/** The settings of one rule. */
export class RuleSettings {
  readonly misfits: Misfit[] = []
  private readonly usual: Settled
  private readonly special: Fits[]
  private readonly known = new Map<string, Settled>()

  constructor(rule: Registered, policy: RulePolicy | undefined) {
    const attempt = (given: RulePolicy['params'], severity: Severity | undefined): Settled => {
      try {
        return settle(rule, given ?? {}, severity)
      } catch (error) {
        this.misfits.push({
          ruleId: rule.meta.id,
          why: error instanceof Error ? error.message : String(error),
        })
        return settle(rule, {}, severity)
      }
    }
    this.usual = attempt(policy?.params, policy?.severity)
    this.special = (policy?.for ?? []).map(({ types, environments, params, severity }) => {
      const [ofTypes, ofEnvironments] = [listed(types), listed(environments)]
      return {
        ...(ofTypes && { types: ofTypes }),
        ...(ofEnvironments && { environments: ofEnvironments }),
        settled: attempt({ ...policy?.params, ...params }, severity ?? policy?.severity),
      }
    })
  }

  /**
   * The first special setting that fits, else the usual one.
   * @param environment undefined where it is not known: what is for some environments only does not fit then
   */
  of(type: string, environment: string | undefined): Settled {
    if (!this.special.length) return this.usual
    const key = `${type} ${environment ?? ''}`
    const before = this.known.get(key)
    if (before) return before
    const settled =
      this.special.find(
        ({ types, environments }) =>
          (!types || types.first([type])) &&
          (!environments || (environment !== undefined && environments.first([environment]))),
      )?.settled ?? this.usual
    this.known.set(key, settled)
    return settled
  }

  /** Every revision that can apply. */
  get revisions(): Settled[] {
    return [this.usual, ...this.special.map(({ settled }) => settled)]
  }
}

/** What in a policy its rules do not understand: parameters that are none of theirs, rules that are not there. */
export function misfitsOf(policy: Policy, rules: readonly Registered[]): Misfit[] {
  const ids = new Set(rules.map(({ meta }) => meta.id))
  return [
    ...Object.keys(policy.rules).flatMap((ruleId) =>
      ids.has(ruleId) ? [] : [{ ruleId, why: 'there is no such rule' }],
    ),
    ...rules.flatMap((rule) => new RuleSettings(rule, policy.rules[rule.meta.id]).misfits),
  ]
}
