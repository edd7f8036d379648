// Roles: what each allows, from its own document, or as far as Google's reference tells where it was not read.
import type { Ruling } from '@/core/access'
import { depends, no, yes, type Answer } from '../three-valued'
import { canonical, levelOf, shortOf, type Level } from './permissions'
import { textsOf, unseen } from './words'
import { WELL_KNOWN } from './well-known-roles'

export type Role = {
  name: string
  /** Undefined where they are not all known. */
  permissions: ReadonlySet<string> | undefined
  has: (permission: string) => Answer
  /** Permissions that are certain, by how much they are. */
  byLevel: Readonly<Record<Level, readonly string[]>>
}

/** `projects/shop` of `projects/shop/roles/deployer`; undefined for roles that Google makes. */
export const ownerOf = (role: string): string | undefined =>
  /^((?:projects|organizations)\/[^/]+)\/roles\//.exec(role)?.[1]

function levels(permissions: Iterable<string>): Role['byLevel'] {
  const byLevel: Record<Level, string[]> = { sensitive: [], write: [], read: [] }
  for (const permission of permissions) byLevel[levelOf(permission)].push(permission)
  return byLevel
}
const permissionsIn = (texts: readonly string[]): Set<string> =>
  new Set(texts.flatMap((text) => canonical(text) ?? []))

function readRole(name: string, texts: readonly string[], note = ''): Role {
  const permissions = permissionsIn(texts)
  return {
    name,
    permissions,
    has: (permission) =>
      permissions.has(permission) ? yes() : no(`${name} does not hold ${shortOf(permission)}${note}.`),
    byLevel: levels(permissions),
  }
}

const notRead = (name: string): string => unseen(`what the role ${name} allows was not read.`)
function unreadRole(name: string): Role {
  const table = Object.hasOwn(WELL_KNOWN, name) ? WELL_KNOWN[name] : undefined
  if (table?.lacks === 'all') {
    const role = readRole(name, table.has, ' (by the reference of Google; the role was not read)')
    return { ...role, permissions: undefined }
  }
  const has = permissionsIn(table?.has ?? [])
  const lacks = permissionsIn(table?.lacks ?? [])
  return {
    name,
    permissions: undefined,
    byLevel: levels(has),
    has: (permission) => {
      if (has.has(permission))
        return yes(
          `That ${name} holds ${shortOf(permission)} is taken from the reference of Google: the role was not read.`,
        )
      if (lacks.has(permission))
        return no(`${name} does not hold ${shortOf(permission)} by the reference of Google.`)
      return depends(notRead(name))
    },
  }
}
/** Whether more may be in it than is known. */
export const isOpen = ({ name, permissions }: Role): boolean =>
  permissions === undefined && !(Object.hasOwn(WELL_KNOWN, name) && WELL_KNOWN[name]?.lacks === 'all')

/** A role that was deleted or switched off gives nothing, and its bindings stay (cloud.google.com/iam/docs/creating-custom-roles). */
function roleOf({ name, id, document }: Ruling): Role {
  const role = id || name
  if (document?.deleted === true) return readRole(role, [], ', since it was deleted')
  if (document?.stage === 'DISABLED') return readRole(role, [], ', since it is disabled')
  const texts = textsOf(document?.includedPermissions)
  return texts ? readRole(role, texts) : unreadRole(role)
}

export class Roles {
  private readonly roles = new Map<string, Role>()
  private readonly labels = new Set([
    'iam',
    'cloudresourcemanager',
    'compute',
    'storage',
    'secretmanager',
    'bigquery',
  ])

  constructor(rulings: readonly Ruling[]) {
    for (const ruling of rulings) {
      if (ruling.type !== 'gcp.role') continue
      const role = roleOf(ruling)
      this.roles.set(ruling.id, role)
      for (const permission of role.permissions ?? [])
        this.labels.add(permission.slice(0, permission.indexOf('.')))
    }
  }

  get(name: string): Role {
    const found = this.roles.get(name) ?? unreadRole(name)
    this.roles.set(name, found)
    return found
  }
  /** Whether permissions of a service begin with this. */
  readonly isService = (label: string): boolean => this.labels.has(label)
}
