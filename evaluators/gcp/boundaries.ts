// Principal access boundaries: which resources a principal may reach at all, whatever it is granted there.
// Source: cloud.google.com/iam/docs/principal-access-boundary-policies.
import type { Ruling } from '@/core/access'
import { all, any, depends, no, not, yes, type Answer } from '../three-valued'
import { compiled, evaluate, type Expression } from './cel'
import { Given, known, unknown, type Value } from './cel-values'
import type { Hierarchy } from './hierarchy'
import { means, type Who } from './members'
import { shortOf } from './permissions'
import { nodeOf } from './resources'
import { recordOf, short, textOf, textsOf, unseen } from './words'

type Policy = { name: string; version: string; resources: readonly string[] | undefined }
type Bound = {
  name: string
  policy: Policy | undefined
  set: string | undefined
  condition: Expression | undefined
}
export type Bounding = { policy: Policy | undefined; name: string; applies: Answer }

/**
 * From which enforcement version on a boundary blocks permissions of these families; of others it is not known here.
 * Source: cloud.google.com/iam/docs/pab-blocked-permissions.
 */
const FAMILIES: readonly (readonly [RegExp, number])[] = [
  [/^iam\.googleapis\.com\/(serviceAccounts|serviceAccountKeys|roles|denypolicies)\./, 3],
  [/^bigquery\.googleapis\.com\/(datasets|jobs|models|routines|rowAccessPolicies|tables)\./, 2],
]
function blocks(permission: string, { version, name }: Policy): Answer {
  const from = FAMILIES.find(([family]) => family.test(permission))?.[1]
  const given = /^\d+$/.test(version) ? Number(version) : undefined
  if (from === undefined || given === undefined)
    return depends(
      `Whether the boundary ${name} blocks ${shortOf(permission)} in its enforcement version is not known here.`,
    )
  return given >= from ? yes() : no()
}

function policyOf({ name, document }: Ruling): Policy {
  const rules = Array.isArray(document?.rules) ? document.rules.map(recordOf) : undefined
  const lists = rules?.map((rule) => (rule?.effect === 'ALLOW' ? textsOf(rule.resources) : undefined))
  const isRead = lists?.every((list) => list !== undefined)
  return {
    name,
    version: textOf(document?.enforcementVersion) ?? '',
    resources: isRead ? lists?.flatMap((list) => list ?? []) : undefined,
  }
}

export class Boundaries {
  private readonly bounds: readonly Bound[]

  constructor(
    rulings: readonly Ruling[],
    private readonly hierarchy: Hierarchy,
  ) {
    const policies = new Map<string, Policy>()
    for (const ruling of rulings)
      if (ruling.type === 'gcp.access-boundary')
        for (const id of [ruling.id, ...ruling.aliases]) policies.set(id, policyOf(ruling))
    this.bounds = rulings
      .filter(({ type }) => type === 'gcp.access-boundary-binding')
      .map(({ name, document }) => ({
        name,
        policy:
          policies.get(textOf(document?.policyUid) ?? '') ?? policies.get(textOf(document?.policy) ?? ''),
        set: textOf(document?.principalSet),
        condition:
          document?.condition == null
            ? undefined
            : compiled(textOf(recordOf(document.condition)?.expression) ?? ''),
      }))
  }

  about(who: Who): { key: string; bounds: readonly Bounding[] } {
    const bounds: Bounding[] = []
    let key = ''
    for (const [at, { name, policy, set, condition }] of this.bounds.entries()) {
      const applies = all([
        set === undefined
          ? depends(unseen(`for whom the boundary ${name} counts was not read.`))
          : means(set, who, this.hierarchy),
        condition ? conditionHolds(condition, who, name) : yes(),
      ])
      if (applies.value === 'no') continue
      bounds.push({ name, policy, applies })
      key += `${at}${applies.value === 'yes' ? '!' : '?'}${applies.value === 'depends' ? applies.because.join() : ''};`
    }
    return { key, bounds }
  }

  /** Resources of every boundary that counts add up; what is in none of them is out of reach. */
  blocked(bounds: readonly Bounding[], permission: string, covers: (node: string) => Answer): Answer {
    if (!bounds.length) return no()
    const counts = any(
      bounds.map(({ policy, applies, name }) =>
        all([applies, policy ? blocks(permission, policy) : notRead(name)]),
      ),
    )
    if (counts.value === 'no') return no()
    const open = any(
      bounds.map(({ policy, applies, name }) =>
        all([applies, policy?.resources ? reaches(policy.resources, covers) : notRead(name)]),
      ),
    )
    const { value, because } = all([counts, not(open)])
    if (value === 'no') return no()
    const names = bounds.map(({ name }) => name).join(', ')
    return {
      value,
      because: [`The access boundary ${short(names)} leaves the resource out of reach.`, ...because],
    }
  }
}
const notRead = (name: string): Answer =>
  depends(unseen(`which resources the boundary ${name} leaves within reach was not read.`))
const reaches = (resources: readonly string[], covers: (node: string) => Answer): Answer =>
  any(
    resources.map((resource) => {
      const node = nodeOf(resource)
      return node === undefined
        ? depends(`Which resources ${short(resource)} means is not known here.`)
        : covers(node)
    }),
  )

const TYPES: Readonly<Partial<Record<Who['kind'], string>>> = {
  account: 'iam.googleapis.com/ServiceAccount',
  pool: 'iam.googleapis.com/WorkloadPoolIdentity',
}
function conditionHolds(condition: Expression, who: Who, name: string): Answer {
  const type = TYPES[who.kind]
  const [email] = who.emails
  const entries = new Map<string, Value>()
  if (type !== undefined) entries.set('type', known(type))
  if (who.kind === 'account' && email !== undefined) entries.set('subject', known(email))
  const principal = known(new Given('principal', entries))
  const value = evaluate(condition, {
    root: (root) => (root === 'principal' ? principal : unknown(`${short(root, 60)} is not known`)),
  })
  if (value.is === 'known' && typeof value.value === 'boolean') return value.value ? yes() : no()
  return depends(`For whom the boundary ${name} counts hangs on a condition: ${short(condition.text)}.`)
}
