// The strongest thing that a role lets its holder do, apart from steps to others.
import type { PrivilegeLevel } from '@/core/access'
import { fitsResource, type Role, type Rule } from './rules'

/** Strongest first. */
const ORDER: readonly PrivilegeLevel[] = ['administrator', 'escalates', 'sensitive', 'write', 'read', 'none']
export const rankOf = (level: PrivilegeLevel): number => ORDER.indexOf(level)
export const strongest = (first: PrivilegeLevel, second: PrivilegeLevel): PrivilegeLevel =>
  rankOf(first) <= rankOf(second) ? first : second

const READS = ['get', 'list', 'watch']
const SECRETS = { group: '', resource: 'secrets', subresource: '' }
const meets = ({ verbs }: Rule, some: readonly string[]): boolean =>
  verbs.has('*') || some.some((verb) => verbs.has(verb))

/** Questions about oneself, as everybody may ask them: they give nothing. */
const OWN_REVIEWS = ['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'selfsubjectreviews']
/** Questions about others: making one is how they are asked, and changes nothing. */
const REVIEWS = ['subjectaccessreviews', 'localsubjectaccessreviews', 'tokenreviews']
/** Getting one of these acts on what it is about, through a web socket or a proxy. */
const ACTING = ['exec', 'attach', 'portforward', 'proxy']
/** What tells everybody how the API looks and whether it is well: `system:discovery`, `system:public-info-viewer`. */
const PUBLIC = new Set([
  ...['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*', '/version', '/version/'],
  ...[
    '/healthz',
    '/livez',
    '/readyz',
    '/.well-known/openid-configuration',
    '/.well-known/openid-configuration/',
  ],
  ...['/openid/v1/jwks', '/openid/v1/jwks/'],
])

export type Level = { level: PrivilegeLevel; rule: Rule | undefined }
const levels = new WeakMap<Role, { wide: Level; placed: Level }>()

/** @param isPlaced whether it holds in one namespace only, where nobody is an administrator of the cluster */
export function levelOf(role: Role, isPlaced: boolean): Level {
  let both = levels.get(role)
  if (!both) {
    both = { wide: highest(role, false), placed: highest(role, true) }
    levels.set(role, both)
  }
  return isPlaced ? both.placed : both.wide
}

function highest({ rules }: Role, isPlaced: boolean): Level {
  let best: Level = { level: 'none', rule: undefined }
  for (const rule of rules) {
    const level = levelOfRule(rule, isPlaced)
    if (rankOf(level) < rankOf(best.level)) best = { level, rule }
  }
  return best
}

/** A rule that lets its holder do everything with every object: that of cluster-admin. */
export const isEverything = ({ verbs, groups, resources, names }: Rule): boolean =>
  verbs.has('*') && groups.has('*') && resources.has('*') && !names

function levelOfRule(rule: Rule, isPlaced: boolean): PrivilegeLevel {
  const { verbs, groups, resources, urls } = rule
  if (!verbs.size) return 'none'
  if (groups.size && resources.size) {
    if (!isPlaced && isEverything(rule)) return 'administrator'
    if (meets(rule, READS) && fitsResource(rule, SECRETS)) return 'sensitive'
    return ofResources(rule)
  }
  if (!urls.length || isPlaced || urls.every((url) => PUBLIC.has(url))) return 'none'
  return [...verbs].every((verb) => verb === 'get' || verb === 'head') ? 'read' : 'write'
}

function ofResources({ verbs, resources }: Rule): PrivilegeLevel {
  const some = [...resources].filter((resource) => !OWN_REVIEWS.includes(resource))
  if (!some.length) return 'none'
  const changes = some.some((resource) => {
    if (REVIEWS.includes(resource)) return verbs.has('*')
    if ([...verbs].some((verb) => !READS.includes(verb))) return true
    return verbs.has('get') && ACTING.some((sub) => resource.endsWith(`/${sub}`))
  })
  return changes ? 'write' : 'read'
}
