// Where a role holds: at its scope and below it, by whole parts of the path, and from management groups down
// ("Understand scope for Azure RBAC", learn.microsoft.com).
import { placeOf } from './words'

const GROUPS = '/providers/microsoft.management/managementgroups/'

/** Upper and lower case mean the same; a slash at the end means nothing. Undefined where it is no path at all. */
export function scopeOf(text: string): string | undefined {
  const path = text.trim().toLowerCase()
  if (!path.startsWith('/')) return undefined
  return path.replace(/\/+$/, '') || '/'
}

export type Covers = { value: 'yes' | 'no' | 'depends'; why?: string }
const YES: Covers = { value: 'yes' }
const NO: Covers = { value: 'no' }

const DEPTH_MAX = 20

/** The management groups of a tenant: which lies below which where that was collected; the root group is above all. */
export class Scopes {
  private readonly root: string

  /**
   * @param tenant its id, which is also the name of its root management group
   * @param parents the group that each group and subscription lies in, by their ids
   */
  constructor(
    tenant: string,
    private readonly parents: ReadonlyMap<string, string> = new Map(),
  ) {
    this.root = `${GROUPS}${tenant.toLowerCase()}`
  }

  isWholeTenant(scope: string): boolean {
    return scope === '/' || scope === this.root
  }

  /** A subscription, a management group or the root: whoever controls it controls subscriptions as a whole. */
  isWholeSubscription(scope: string): boolean {
    return scope === '/' || scope.startsWith(GROUPS) || /^\/subscriptions\/[^/]+$/.test(scope)
  }

  /** @param target undefined where it is not known where the resource lies */
  covers(scope: string, target: string | undefined): Covers {
    if (scope === '/') return YES
    if (target === undefined)
      return scope === this.root ? YES : { value: 'depends', why: 'Where the resource lies is not given.' }
    if (scope === target || target.startsWith(`${scope}/`)) return YES
    if (!scope.startsWith(GROUPS) || target === '/') return NO
    if (scope === this.root) return isInTenant(target) ? YES : NO
    if (target === this.root || !isInTenant(target)) return NO
    const isBelow = this.isBelow(topOf(target), scope)
    if (isBelow !== undefined) return isBelow ? YES : NO
    return {
      value: 'depends',
      why: `Whether ${placeOf(topOf(target))} lies below ${placeOf(scope)} is not collected.`,
    }
  }

  /** Undefined where the way up to the root is not known in full. */
  private isBelow(top: string, group: string): boolean | undefined {
    let at: string | undefined = top
    for (let depth = 0; at !== undefined && depth < DEPTH_MAX; depth++) {
      if (at === group) return true
      if (at === this.root) return false
      at = this.parents.get(at)
    }
    return undefined
  }
}

const isInTenant = (target: string): boolean =>
  target.startsWith('/subscriptions/') || target.startsWith(GROUPS)
/** The subscription or management group that something belongs to. */
const topOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('/subscriptions/') ? 3 : 5)
    .join('/')

/** `microsoft.compute/virtualmachines` of a resource, with the types of what it lies in; undefined where it is none. */
export function resourceTypeOf(id: string): string | undefined {
  const parts = (id.toLowerCase().split('/providers/').pop() ?? '').split('/')
  if (!id.includes('/providers/') || parts.length < 3) return undefined
  return [parts[0], ...parts.slice(1).filter((_, at) => at % 2 === 0)].join('/')
}

/** Names along the path of a resource, by the type each belongs to. */
export function namesOf(id: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const parts = (id.split(/\/providers\//i).pop() ?? '').split('/')
  let type = parts[0]?.toLowerCase() ?? ''
  for (let at = 1; at + 1 < parts.length; at += 2) {
    type = `${type}/${parts[at]?.toLowerCase()}`
    names.set(type, parts[at + 1] ?? '')
  }
  return names
}
