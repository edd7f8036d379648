// What the cluster lets in: the Pod Security level of a namespace, and the policies and webhooks that may refuse a write.
import type { Ruling } from '@/core/access'
import { REMOVED } from '@/core/secret-like'
import type { Cluster } from './cluster'

export type Level = 'privileged' | 'kept-out' | 'unset' | 'unseen'
const ANY = new Set(['*', '*/*'])

/** One place of a policy or webhook that is asked about writes. */
type Asked = { name: string; rules: readonly Record<string, unknown>[]; selector: unknown }

export class Admission {
  private readonly levels = new Map<string, Level>()
  private readonly labels = new Map<string, Readonly<Record<string, unknown>>>()
  private readonly asked: Asked[] = []
  private readonly known = new Map<string, readonly string[]>()

  constructor(private readonly cluster: Cluster) {
    const policies = new Map<string, Ruling>()
    const bindings: Ruling[] = []
    for (const ruling of cluster.realm.rulings) {
      const { type, name, document } = ruling
      if (type === 'kubernetes.pod-security') this.addLevel(ruling)
      if (type === 'kubernetes.namespace-labels' && document)
        this.labels.set(name, { ...objectOf(document['labels']), [NAME]: name })
      if (type === 'kubernetes.admission-policy') policies.set(name, ruling)
      if (type === 'kubernetes.admission-binding') bindings.push(ruling)
      if (type !== 'kubernetes.validating-webhooks') continue
      for (const webhook of document ? objectsOf(document['webhooks']) : [{}])
        this.asked.push({
          name: `The webhook ${textOf(webhook['name']) || name}`,
          rules: document ? objectsOf(webhook['rules']) : [EVERYTHING],
          selector: webhook['namespaceSelector'],
        })
    }
    for (const { document, name } of bindings) this.addPolicy(name, document, policies)
  }

  private addLevel({ aliases, document }: Ruling): void {
    const enforce = document?.['enforce']
    // A level that is no level is taken for restricted by the server.
    const level = enforce === undefined ? 'unset' : enforce === 'privileged' ? 'privileged' : 'kept-out'
    for (const alias of aliases)
      if (alias.startsWith('namespace/')) this.levels.set(alias.slice('namespace/'.length), level)
  }

  private addPolicy(
    binding: string,
    document: Ruling['document'],
    policies: ReadonlyMap<string, Ruling>,
  ): void {
    const actions = document?.['validationActions']
    if (Array.isArray(actions) && !actions.includes('Deny')) return
    const policyName = textOf(document?.['policyName'])
    const policy = policies.get(policyName)
    if (policyName && !policy) return
    const constraints = objectOf(policy?.document?.['matchConstraints'])
    const narrowed = objectOf(document?.['matchResources'])
    const narrower = objectsOf(narrowed['resourceRules'])
    const rules = objectsOf(constraints['resourceRules'])
    this.asked.push({
      name: `The policy ${policyName || binding}`,
      rules: !policy?.document ? [EVERYTHING] : narrower.length ? narrower : rules,
      selector: narrowed['namespaceSelector'] ?? constraints['namespaceSelector'],
    })
  }

  levelOf(namespace: string): Level {
    return this.levels.get(namespace) ?? 'unseen'
  }

  /** What may refuse it in the namespace, in words. What a policy says in the end is not worked out. */
  refusing(operation: string, resource: string, namespace: string | undefined): readonly string[] {
    const key = `${operation} ${resource} ${namespace ?? ''}`
    const known = this.known.get(key)
    if (known) return known
    const found = this.asked
      .filter((one) => one.rules.some((rule) => covers(rule, operation, resource)))
      .filter(
        (one) => namespace === undefined || mayPick(one.selector, this.labels.get(namespace), namespace),
      )
      .map(({ name }) => `${name} is asked about it and may refuse it: what it says is not worked out.`)
    const words = [...found.slice(0, 3), ...this.cluster.unseen('rulings')]
    this.known.set(key, words)
    return words
  }
}

const EVERYTHING = { apiGroups: ['*'], operations: ['*'], resources: ['*/*'] }
const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
const objectsOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.map(objectOf) : []
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** Whether a rule of a policy is about such a write: a star means every resource, and one behind the slash every subresource. */
function covers(rule: Record<string, unknown>, operation: string, resource: string): boolean {
  const operations = textsOf(rule['operations'])
  if (!operations.includes('*') && !operations.includes(operation)) return false
  const [type = '', subresource = ''] = resource.split('/')
  const [plural = '', ...group] = type.split('.')
  const groups = textsOf(rule['apiGroups'])
  if (!groups.includes('*') && !groups.includes(group.join('.'))) return false
  return textsOf(rule['resources']).some((pattern) => {
    if (ANY.has(pattern)) return pattern === '*/*' || subresource === ''
    const [wanted = '', sub = ''] = pattern.split('/')
    const isType = wanted === '*' || wanted === plural
    return isType && (sub === '*' || sub === subresource)
  })
}

const NAME = 'kubernetes.io/metadata.name'
/**
 * Whether a selector may pick the namespace. Where its labels were not read only the one with its name is known; and one that
 * looked like a secret may be any.
 */
function mayPick(
  selector: unknown,
  labels: Readonly<Record<string, unknown>> | undefined,
  namespace: string,
): boolean {
  const { matchLabels, matchExpressions } = objectOf(selector)
  const known = labels ?? { [NAME]: namespace }
  const isOpen = (key: string): boolean =>
    Object.hasOwn(known, key)
      ? textOf(known[key]).includes(REMOVED)
      : key !== NAME && (!labels || Object.hasOwn(known, REMOVED))
  const valueOf = (key: string): string | undefined =>
    Object.hasOwn(known, key) ? textOf(known[key]) : undefined
  return (
    Object.entries(objectOf(matchLabels)).every(
      ([key, value]) =>
        key.includes(REMOVED) || isOpen(key) || textOf(value).includes(REMOVED) || valueOf(key) === value,
    ) &&
    objectsOf(matchExpressions).every(({ key, operator, values }) => {
      const [name, wanted, value] = [textOf(key), textsOf(values), valueOf(textOf(key))]
      if (name.includes(REMOVED) || isOpen(name) || wanted.some((one) => one.includes(REMOVED))) return true
      const isNamed = value !== undefined && wanted.includes(value)
      if (operator === 'In') return isNamed
      if (operator === 'NotIn') return !isNamed
      if (operator === 'Exists') return value !== undefined
      return operator !== 'DoesNotExist' || value === undefined
    })
  )
}
