// How much a role or a permission is worth by itself: what its patterns stand for, at most.
import type { PrivilegeLevel } from '@/core/access'
import { READS_DATA } from './graph-permissions'
import type { Plane, Role } from './roles'

/** Actions on resources that give out keys and secrets ("Azure permissions": actions whose answers hold credentials). */
export const KEY_ACTIONS = [
  'microsoft.storage/storageaccounts/listkeys/action',
  'microsoft.storage/storageaccounts/listaccountsas/action',
  'microsoft.documentdb/databaseaccounts/listkeys/action',
  'microsoft.servicebus/namespaces/authorizationrules/listkeys/action',
  'microsoft.eventhub/namespaces/authorizationrules/listkeys/action',
  'microsoft.containerregistry/registries/listcredentials/action',
  'microsoft.web/sites/config/list/action',
  'microsoft.web/sites/publishxml/action',
  'microsoft.app/containerapps/listsecrets/action',
  'microsoft.cognitiveservices/accounts/listkeys/action',
  'microsoft.search/searchservices/listadminkeys/action',
  'microsoft.containerservice/managedclusters/listclusteradmincredential/action',
]

export type Probe = { plane: Plane; action: string; level: PrivilegeLevel }
/** So many of each level are tried. */
const PROBES_MAX = 12

function levelOf(plane: Plane, pattern: string): PrivilegeLevel {
  if (/metadata/.test(pattern)) return 'read'
  if (plane === 'data') return /\/login(asadmin)?\/action$/.test(pattern) ? 'write' : 'sensitive'
  return /(^|\/)read$/.test(pattern) ? 'read' : 'write'
}

const probed = new WeakMap<Role, readonly Probe[]>()
/** What to ask of a role to know its level: keys first, then its own patterns. */
export function probesOf(role: Role): readonly Probe[] {
  const found = probed.get(role)
  if (found) return found
  const probes: Probe[] = KEY_ACTIONS.map((action) => ({ plane: 'control', action, level: 'sensitive' }))
  const count = new Map<PrivilegeLevel, number>()
  for (const plane of ['control', 'data'] as const)
    for (const pattern of role.permissions.patterns(plane)) {
      const action = pattern.toLowerCase()
      const level = levelOf(plane, action)
      const before = count.get(level) ?? 0
      count.set(level, before + 1)
      if (before < PROBES_MAX) probes.push({ plane, action, level })
    }
  const usable = probes.filter(({ plane, action }) => role.permissions.permits(plane, action).length > 0)
  probed.set(role, usable)
  return usable
}

/** Of an application permission, by what its name says. */
export function levelOfPermission(name: string): PrivilegeLevel {
  if (/^(full_access_as_app|ews\.accessasuser\.all)$/i.test(name) || READS_DATA.test(name)) return 'sensitive'
  if (/^[\w-]+\.read(basic)?(\.|$)/i.test(name) && !/readwrite/i.test(name)) return 'read'
  return 'write'
}

const SORTS: Readonly<Record<string, PrivilegeLevel>> = { get: 'sensitive', all: 'sensitive', list: 'read' }
/** Of an access policy of a key vault: reading a secret, or using a key, reaches what is stored. */
export function levelOfRight(sort: string, right: string): PrivilegeLevel {
  if (sort === 'secrets') return SORTS[right] ?? 'write'
  if (right === 'list' || right === 'get') return 'read'
  return /^(decrypt|unwrapkey|sign|backup|all)$/.test(right) ? 'sensitive' : 'write'
}
