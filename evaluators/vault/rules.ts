// Reads policies into path rules. A policy that is not understood may allow or deny anything, and says so.
import type { HeldDocument } from '@/core/evaluator'
import { REMOVED } from '@/core/secret-like'

export type Rule = {
  policy: string
  /** As written. */
  path: string
  /** As the server matches it: bytes, without a leading slash and, for a prefix, without the star. */
  pattern: string
  kind: 'exact' | 'prefix' | 'segments'
  capabilities: ReadonlySet<string>
  /** Names of parameters; what they may be is not kept. */
  allowed: readonly string[]
  denied: readonly string[]
  required: readonly string[]
  /** Whether it asks for a wrapped answer of at least, and at most, some span. */
  wrapping: { min: boolean; max: boolean }
  /** Settings that narrow it and are not read. */
  further: readonly string[]
  /** Why it is not sure that it applies, or to which path; undefined where it is. */
  unsure?: 'template' | 'expiration'
  /** When it ends, where that was kept. */
  until?: string
}
export type Held = {
  rules: readonly Rule[]
  /** Names of all policies, those that could not be read too. */
  names: readonly string[]
  root: boolean
  /** What could not be read or understood, in words. */
  mysteries: readonly string[]
}

const TEMPLATE = /\{\{[^}]*\}\}/g
/** The parts of a path between its templates. */
export const openParts = (path: string): string[] => path.split(TEMPLATE).map(asBytes)
/** Fields of a rule that are read; any other narrows it in ways that are not known. */
const FIELDS = new Set([
  ...['path', 'capabilities', 'allowed_parameters', 'denied_parameters', 'required_parameters'],
  ...['min_wrapping_ttl', 'max_wrapping_ttl', 'further'],
])

export function readHeld(documents: readonly HeldDocument[]): Held {
  const rules: Rule[] = []
  const mysteries: string[] = []
  let root = false
  for (const { name, effect, document } of documents) {
    const label = name.slice(0, 120)
    const read = document && effect !== 'limit' ? rulesOf(label, document) : undefined
    if (!read) {
      mysteries.push(`The policy ${label} could not be read${document ? ' as a policy' : ''}.`)
      continue
    }
    for (const rule of read) {
      if (rule.capabilities.has('root')) root = true
      else rules.push(rule)
    }
  }
  return { rules, names: [...new Set(documents.map(({ name }) => name))], root, mysteries }
}

/** The rules of one document, or undefined where it is in no form that is known. */
export function rulesOf(policy: string, document: Readonly<Record<string, unknown>>): Rule[] | undefined {
  const { paths } = document
  if (!Array.isArray(paths)) return undefined
  const rules = paths.map((raw) => ruleOf(policy, raw))
  return rules.every((rule) => rule !== undefined) ? rules : undefined
}

/** Undefined where the server would refuse the policy, or where it is in no form that is known. */
function ruleOf(policy: string, raw: unknown): Rule | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  const fields = raw as Record<string, unknown>
  const { path } = fields
  const capabilities = textsOf(fields['capabilities'])
  const allowed = textsOf(fields['allowed_parameters'] ?? [])
  const denied = textsOf(fields['denied_parameters'] ?? [])
  const required = textsOf(fields['required_parameters'] ?? [])
  const named = textsOf(fields['further'] ?? [])
  if (typeof path !== 'string' || path.includes('+*') || path.includes(REMOVED)) return undefined
  if (!capabilities || !allowed || !denied || !required || !named) return undefined
  const further = [...named, ...Object.keys(fields).filter((field) => !FIELDS.has(field))]
  const unsure =
    openParts(path).length > 1 ? 'template' : further.includes('expiration') ? 'expiration' : undefined
  return {
    policy,
    path,
    ...patternOf(path),
    capabilities: new Set(capabilities.includes('deny') ? ['deny'] : capabilities),
    allowed,
    denied,
    required,
    wrapping: { min: 'min_wrapping_ttl' in fields, max: 'max_wrapping_ttl' in fields },
    further: further.filter((one) => one !== 'expiration'),
    ...(unsure && { unsure }),
    ...(typeof fields['expiration'] === 'string' && { until: fields['expiration'] }),
  }
}

/** How the server sorts a path: a plus counts only as a whole part, and a star only at the end. */
export function patternOf(path: string): Pick<Rule, 'pattern' | 'kind'> {
  const pattern = asBytes(path.startsWith('/') ? path.slice(1) : path)
  if (pattern === '+' || pattern.includes('/+') || pattern.startsWith('+/'))
    return { pattern, kind: 'segments' }
  if (pattern.endsWith('*')) return { pattern: pattern.slice(0, -1), kind: 'prefix' }
  return { pattern, kind: 'exact' }
}

/** The server compares bytes: one character for each. */
export const asBytes = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- the characters that are one byte each
  /^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')

const textsOf = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.every((one): one is string => typeof one === 'string') ? value : undefined
