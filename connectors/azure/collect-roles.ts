// What roles permit, and what is denied whatever they permit.
import type { Stream } from '@/core/connector'
import type { Session } from '@/core/session'
import { DEFINITIONS, DENIALS } from './arm-calls'
import { estateOf } from './estate'
import { everywhere, scopesOf } from './everywhere'
import { definition, denial } from './map-roles'
import { gather } from './pages'
import { DenyAssignment, RoleDefinition } from './shapes-arm'

const KINDS = ['entitlement'] as const
/** Built-in roles are the same everywhere: they are read once, at the root. */
const OWN_ROLES = { $filter: "type eq 'CustomRole'" }
/** At the scope and above it. Without it, at subscriptions, below it as well. */
export const AT_SCOPE = { $filter: 'atScope()' }
const LIST = 'roleDefinitions'
const QUERIES = { root: {}, group: OWN_ROLES, subscription: OWN_ROLES }

/** By the id of the role. One that could not be read is not there. */
type Roles = ReadonlyMap<string, RoleDefinition['properties']['permissions']>
const told = new WeakMap<Session, Roles | Promise<Roles>>()

/** What roles permit, as their own stream has told it in this run; asked for where it did not come to its end. */
export async function rolesIn(session: Session): Promise<Roles> {
  const roles = told.get(session) ?? readRoles(session)
  told.set(session, roles)
  return await roles
}

async function readRoles(session: Session): Promise<Roles> {
  const roles = new Map<string, RoleDefinition['properties']['permissions']>()
  for (const { scope, query } of scopesOf(await estateOf(session), QUERIES)) {
    const path = `${scope}/providers/Microsoft.Authorization/${LIST}`
    const listed = await gather(session, DEFINITIONS, { path, query }, RoleDefinition)
    // A refusal costs what the roles of that scope permit, and nothing else.
    for (const { id, properties } of listed.state === 'known' ? listed.value : [])
      roles.set(id, properties.permissions)
  }
  return roles
}

export const roleDefinitions: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const asked = {
      permission: DEFINITIONS,
      list: LIST,
      item: RoleDefinition,
      kinds: KINDS,
      queries: QUERIES,
    }
    const roles = new Map<string, RoleDefinition['properties']['permissions']>()
    for await (const one of everywhere(at, asked)) {
      roles.set(one.id, one.properties.permissions)
      yield definition(one)
    }
    told.set(at.session, roles)
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
