// Directory roles that programs hold, directly or through a group, always or when taken for a time; and the administrative
// units that roles can be limited to.
import type { Stream, StreamAt } from '@/core/connector'
import { unknown } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { NO_LICENCE } from '../explain'
import { pages } from '../pages'
import { ROLES, ROLES_ELIGIBLE, ROLES_GIVEN, UNITS } from './calls'
import { Groups } from './groups'
import { Lists } from './lists'
import { administrativeUnit, directoryRole, roleGrant, type Held } from './map-roles'
import { AdministrativeUnit, RoleAssignment, RoleDefinition } from './shapes'

const KINDS = ['grant', 'entitlement'] as const
const DEFINITIONS = { path: '/roleManagement/directory/roleDefinitions' }
const EXPANDED = { $expand: 'principal' }
const ASSIGNMENTS = { path: '/roleManagement/directory/roleAssignments', query: EXPANDED }
const ELIGIBILITIES = { path: '/roleManagement/directory/roleEligibilityScheduleInstances', query: EXPANDED }
/** Kinds of principals that are no programs and hold none. */
const PEOPLE = /^(user|device|agentUser)$/

type Roles = ReadonlyMap<string, RoleDefinition>

/** Turns assignments into rows: of programs, and of those in groups. */
class Holders {
  private readonly told = new Set<string>()
  private readonly groups: Groups

  constructor(
    private readonly stream: StreamAt,
    private readonly roles: Roles,
    private readonly eligible: boolean,
  ) {
    this.groups = new Groups(stream.session)
  }

  async *rows(assignment: RoleAssignment): AsyncGenerator<Observation> {
    const kind = assignment.principal?.['@odata.type']
    if (kind === undefined) {
      const source = this.eligible ? ROLES_ELIGIBLE : ROLES_GIVEN
      return this.stream.lacking(
        KINDS,
        unknown('malformed', source, 'a role is held by something without a type'),
      )
    }
    if (PEOPLE.test(kind)) return
    if (kind !== 'group')
      return yield* this.held({ ...this.common(assignment), principal: assignment.principalId })
    const members = await this.groups.principals(assignment.principalId)
    this.stream.lacking(KINDS, members)
    if (members.state !== 'known') return
    const group = {
      id: assignment.principalId,
      name: assignment.principal?.displayName ?? assignment.principalId,
    }
    for (const principal of members.value) yield* this.held({ ...this.common(assignment), principal, group })
  }

  private common(assignment: RoleAssignment) {
    return { assignment, role: this.roles.get(assignment.roleDefinitionId), eligible: this.eligible }
  }

  private *held(held: Held): Generator<Observation> {
    const role = directoryRole(held)
    if (!this.told.has(role.nativeId)) yield role
    this.told.add(role.nativeId)
    yield roleGrant(held)
  }
}

async function definitions({ session }: StreamAt): Promise<Roles> {
  const roles = new Map<string, RoleDefinition>()
  for await (const role of pages(session, ROLES, DEFINITIONS, RoleDefinition)) roles.set(role.id, role)
  return roles
}

export const directoryRoles: Stream = {
  kinds: KINDS,
  async *collect(stream) {
    const holders = new Holders(stream, await definitions(stream), false)
    for await (const one of pages(stream.session, ROLES_GIVEN, ASSIGNMENTS, RoleAssignment))
      yield* holders.rows(one)
  },
}

export const eligibleRoles: Stream = {
  kinds: KINDS,
  async *collect(stream) {
    const holders = new Holders(stream, await definitions(stream), true)
    // Without the licence for it nobody can be eligible: that is an answer, not a refusal.
    const lists = new Lists(stream.session, ROLES_ELIGIBLE, RoleAssignment, [NO_LICENCE])
    const listed = await lists.of(ELIGIBILITIES)
    stream.lacking(KINDS, listed)
    if (listed.state === 'known') for (const one of listed.value) yield* holders.rows(one)
  },
}

export const administrativeUnits: Stream = {
  kinds: ['entitlement'],
  async *collect({ session }) {
    for await (const unit of pages(
      session,
      UNITS,
      { path: '/directory/administrativeUnits' },
      AdministrativeUnit,
    ))
      yield administrativeUnit(unit)
  },
}
