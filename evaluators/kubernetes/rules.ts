// Reads a role into rules, and tells whether a rule allows a request: as the API server does, letter by letter.
import { REMOVED } from '@/core/secret-like'
import type { Request } from './question'

export type Rule = {
  /** Its place in the role, from 1. */
  at: number
  verbs: ReadonlySet<string>
  groups: ReadonlySet<string>
  resources: ReadonlySet<string>
  /** Undefined: of any name. */
  names: ReadonlySet<string> | undefined
  urls: readonly string[]
}
export type Role = {
  rules: readonly Rule[]
  /** Rules that could not be understood: they may allow anything. */
  mysteries: readonly number[]
  byVerb: ReadonlyMap<string, readonly Rule[]>
  /** Rules it gathered from others by their labels, where the cluster had not filled them in. */
  isComputed: boolean
  /** Whether it takes in the rules of others by their labels. */
  gathers: boolean
}

const NONE: readonly Rule[] = []
const EVERY = '*'
const FIELDS = new Set(['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'])

/** Undefined where the document is in no form that is known. */
export function readRole(document: Readonly<Record<string, unknown>>): Role | undefined {
  const { rules: raw } = document
  if (!Array.isArray(raw)) return undefined
  const rules: Rule[] = []
  const mysteries: number[] = []
  for (const [index, one] of raw.entries()) {
    const rule = readRule(one, index + 1)
    if (rule) rules.push(rule)
    else mysteries.push(index + 1)
  }
  const byVerb = new Map<string, Rule[]>()
  for (const rule of rules)
    for (const verb of rule.verbs) {
      const same = byVerb.get(verb)
      if (same) same.push(rule)
      else byVerb.set(verb, [rule])
    }
  const gathers = typeof document['aggregationRule'] === 'object' && document['aggregationRule'] !== null
  return { rules, mysteries, byVerb, isComputed: Array.isArray(document['computedFrom']), gathers }
}

function readRule(raw: unknown, at: number): Rule | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined
  const fields = raw as Record<string, unknown>
  if (Object.keys(fields).some((field) => !FIELDS.has(field))) return undefined
  const [verbs, groups, resources, names, urls] = [
    textsOf(fields['verbs']),
    textsOf(fields['apiGroups']),
    textsOf(fields['resources']),
    textsOf(fields['resourceNames']),
    textsOf(fields['nonResourceURLs']),
  ]
  if (!verbs || !groups || !resources || !names || !urls) return undefined
  return {
    at,
    verbs: new Set(verbs),
    groups: new Set(groups),
    resources: new Set(resources),
    names: names.length ? new Set(names) : undefined,
    urls,
  }
}

/** A list that is left out is empty. A text that was taken for a secret and removed is not known. */
function textsOf(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return undefined
  return value.every((one): one is string => typeof one === 'string' && !one.includes(REMOVED))
    ? value
    : undefined
}

/** Rules whose verbs fit: those that name it before those of every verb. */
export function* rulesFor({ byVerb }: Role, verb: string): Generator<Rule> {
  yield* byVerb.get(verb) ?? NONE
  if (verb === EVERY) return
  for (const rule of byVerb.get(EVERY) ?? NONE) if (!rule.verbs.has(verb)) yield rule
}

/**
 * Whether a rule whose verbs fit allows the request: `pkg/apis/rbac/v1/evaluation_helpers.go` of kubernetes/kubernetes.
 * Everything is compared letter by letter; a star is one only where it stands alone, in front of `/sub`, or at the end of a
 * path.
 */
export function fits(rule: Rule, request: Request): boolean {
  if (request.kind === 'url') return rule.urls.some((url) => fitsUrl(url, request.path))
  return fitsResource(rule, request) && (!rule.names || rule.names.has(request.name))
}

export function fitsResource(
  { groups, resources }: Rule,
  {
    group,
    resource,
    subresource,
  }: Pick<Request & { kind: 'resource' }, 'group' | 'resource' | 'subresource'>,
): boolean {
  if (!groups.has(EVERY) && !groups.has(group)) return false
  if (resources.has(EVERY)) return true
  if (subresource === '') return resources.has(resource)
  return resources.has(`${resource}/${subresource}`) || resources.has(`*/${subresource}`)
}

function fitsUrl(pattern: string, path: string): boolean {
  if (pattern === EVERY || pattern === path) return true
  return pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, ''))
}
