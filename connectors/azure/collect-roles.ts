// What roles permit, and what is denied whatever they permit.
import type { Stream } from '@/core/connector'
import { DEFINITIONS, DENIALS } from './arm-calls'
import { everywhere } from './everywhere'
import { definition, denial } from './map-roles'
import { DenyAssignment, RoleDefinition } from './shapes-arm'

const KINDS = ['entitlement'] as const
/** Built-in roles are the same everywhere: they are read once, at the root. */
const OWN_ROLES = { $filter: "type eq 'CustomRole'" }
/** At the scope and above it. Without it, at subscriptions, below it as well. */
export const AT_SCOPE = { $filter: 'atScope()' }

export const roleDefinitions: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const asked = {
      permission: DEFINITIONS,
      list: 'roleDefinitions',
      item: RoleDefinition,
      kinds: KINDS,
      queries: { root: {}, group: OWN_ROLES, subscription: OWN_ROLES },
    }
    for await (const one of everywhere(at, asked)) yield definition(one)
  },
}

export const denyAssignments: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const asked = {
      permission: DENIALS,
      list: 'denyAssignments',
      item: DenyAssignment,
      kinds: KINDS,
      queries: { root: AT_SCOPE, group: AT_SCOPE, subscription: {} },
    }
    for await (const one of everywhere(at, asked)) yield denial(one)
  },
}
