// Deny policies: what they take away, wherever it is granted. Source: cloud.google.com/iam/docs/deny-overview.
import type { Ruling } from '@/core/access'
import { all, any, depends, no, not, yes, type Answer } from '../three-valued'
import { conditionIn, holds, type Asked, type Condition } from './conditions'
import type { Hierarchy } from './hierarchy'
import { meansAny, type Who } from './members'
import { denies, shortOf } from './permissions'
import { nodeOf } from './resources'
import type { Roles } from './roles'
import { recordOf, textOf, textsOf, unseen } from './words'

export type DenyRule = {
  policy: string
  /** Where it is attached; undefined where that cannot be read. */
  node: string | undefined
  denied: readonly string[]
  exceptions: readonly string[]
  principals: readonly string[]
  exceptionPrincipals: readonly string[]
  condition: Condition | undefined
  /** Set where it cannot be read: it may deny anything. */
  mystery: string | undefined
}

/** A group of permissions holds only those that deny policies support: of these families that is known of all that matter here. */
const SUPPORTED = /^iam\.googleapis\.com\/(roles|serviceAccounts|serviceAccountKeys)\./

const attachedTo = (id: string): string | undefined =>
  nodeOf(
    /cloudresourcemanager\.googleapis\.com(?:%2F|\/)(\w+(?:%2F|\/)[^/%]+)/
      .exec(id)?.[1]
      ?.replace('%2F', '/') ?? '',
  )

function readRule(policy: string, node: string | undefined, value: unknown): DenyRule {
  const rule = recordOf(value)
  const lists = ['deniedPermissions', 'deniedPrincipals'].map((key) => textsOf(rule?.[key]))
  const exceptions = ['exceptionPermissions', 'exceptionPrincipals'].map((key) =>
    rule?.[key] == null ? [] : textsOf(rule[key]),
  )
  const [denied, principals] = lists
  const [exceptionPermissions, exceptionPrincipals] = exceptions
  const isRead = denied && principals && exceptionPermissions && exceptionPrincipals
  return {
    policy,
    node,
    denied: denied ?? [],
    principals: principals ?? [],
    exceptions: exceptionPermissions ?? [],
    exceptionPrincipals: exceptionPrincipals ?? [],
    condition: conditionIn(rule?.denialCondition),
    mystery: isRead ? undefined : unseen(`a rule of the deny policy ${policy} cannot be read.`),
  }
}

function rulesOf({ id, name, document }: Ruling, hierarchy: Hierarchy): DenyRule[] {
  const named = nodeOf(textOf(document?.resource) ?? '') ?? attachedTo(id)
  const node = named?.startsWith('projects/') ? `projects/${hierarchy.projectId(named.slice(9))}` : named
  const rules = document?.rules
  if (Array.isArray(rules)) return rules.map((rule) => readRule(name, node, rule))
  const nothing = {
    denied: [],
    principals: [],
    exceptions: [],
    exceptionPrincipals: [],
    condition: undefined,
  }
  return [{ policy: name, node, ...nothing, mystery: unseen(`the deny policy ${name} was not read.`) }]
}

export type Denying = { rule: DenyRule; applies: Answer }

export class Denials {
  private readonly rules: readonly DenyRule[]

  constructor(
    rulings: readonly Ruling[],
    private readonly hierarchy: Hierarchy,
    private readonly roles: Roles,
  ) {
    this.rules = rulings
      .filter(({ type, language }) => type === 'gcp.deny-policy' || language === 'gcp-deny')
      .flatMap((ruling) => rulesOf(ruling, hierarchy))
  }

  /** The rules that may be about the principal, and a key that is the same for principals that they treat the same. */
  about(who: Who): { key: string; rules: readonly Denying[] } {
    const rules: Denying[] = []
    let key = ''
    for (const [at, rule] of this.rules.entries()) {
      const applies = rule.mystery
        ? depends(rule.mystery)
        : all([
            meansAny(rule.principals, who, this.hierarchy),
            not(meansAny(rule.exceptionPrincipals, who, this.hierarchy)),
          ])
      if (applies.value === 'no') continue
      rules.push({ rule, applies })
      key += `${at}${applies.value === 'yes' ? '!' : '?'}${applies.value === 'depends' ? applies.because.join() : ''};`
    }
    return { key, rules }
  }

  /** Whether one of the rules takes the permission away. @param covers whether what lies at a node counts for the target */
  denied(
    rules: readonly Denying[],
    permission: string,
    covers: (node: string) => Answer,
    asked: Asked,
  ): Answer {
    if (!rules.length) return no()
    return any(rules.map((denying) => this.byRule(denying, permission, covers, asked)))
  }

  private byRule(
    { rule, applies }: Denying,
    permission: string,
    covers: (node: string) => Answer,
    asked: Asked,
  ): Answer {
    const at =
      rule.node === undefined
        ? depends(unseen(`where the deny policy ${rule.policy} is attached is not known.`))
        : covers(rule.node)
    if (rule.mystery || at.value === 'no') return all([applies, at])
    const named = all([this.names(rule.denied, permission), not(this.names(rule.exceptions, permission))])
    if (named.value === 'no') return no()
    const condition = rule.condition ? holds(rule.condition, asked, 'yes') : yes()
    const { value, because: reasons } = all([named, at, applies, condition])
    const takes = value === 'yes' ? 'takes' : 'may take'
    const because = `The deny policy ${rule.policy} ${takes} ${shortOf(permission)} away.`
    return { value, because: value === 'no' ? reasons : [because, ...reasons] }
  }

  private names(patterns: readonly string[], permission: string): Answer {
    return any(
      patterns.map((pattern) => {
        const fits = denies(pattern, permission, this.roles.isService)
        if (fits === 'no') return no()
        if (fits === 'unsure')
          return depends(`Whether ${pattern} means ${shortOf(permission)} is not known here.`)
        return pattern === permission || SUPPORTED.test(permission)
          ? yes()
          : depends(
              `Whether ${shortOf(permission)} is among those that ${pattern} can deny is not known here.`,
            )
      }),
    )
  }
}
