// Who holds which role where, directly or through a group, and who may take one for a time.
import type { Stream } from '@/core/connector'
import type { Observation } from '@/core/observation'
import { ASSIGNMENTS, ELIGIBLE } from './arm-calls'
import { AT_SCOPE } from './collect-roles'
import { Groups } from './entra/groups'
import { everywhere } from './everywhere'
import { NO_LICENCE } from './explain'
import { assignmentGrant, eligibleGrant, heldRole, heldRoleId, memberGrant } from './map-roles'
import { Eligible, RoleAssignment } from './shapes-arm'
import { NOT_HELD, UseOfRoles } from './use-of-roles'

const KINDS = ['entitlement', 'grant'] as const
const QUERIES = { root: AT_SCOPE, group: AT_SCOPE, subscription: {} }

/** What people hold is not part of this inventory; a principal of a type that is not told may be a machine. */
const isPerson = (type: string | null | undefined): boolean => /^user$/i.test(type ?? '')
const isGroup = (type: string | null | undefined): boolean => /^(foreign)?group$/i.test(type ?? '')

/** Each role at a scope is told once, whoever holds it. */
class Told {
  private readonly ids = new Set<string>()

  held(properties: Parameters<typeof heldRole>[0], eligible: boolean): Observation[] {
    const id = heldRoleId(properties, eligible)
    if (this.ids.has(id)) return []
    this.ids.add(id)
    return [heldRole(properties, eligible)]
  }
}

export const roleAssignments: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const asked = { permission: ASSIGNMENTS, list: 'roleAssignments', item: RoleAssignment, kinds: KINDS }
    const groups = new Groups(at.session)
    const told = new Told()
    const use = new UseOfRoles(at)
    for await (const one of everywhere(at, { ...asked, queries: QUERIES })) {
      const { principalId, principalType } = one.properties
      if (isPerson(principalType)) continue
      yield* told.held(one.properties, false)
      if (!isGroup(principalType)) {
        yield { ...assignmentGrant(one), exercised: await use.of(one, principalId) }
        continue
      }
      const members = await groups.principals(principalId)
      at.lacking(['grant'], members)
      if (members.state === 'known')
        for (const member of members.value)
          yield { ...memberGrant(one, member), exercised: await use.of(one, member) }
    }
  },
}

export const eligibleRoles: Stream = {
  kinds: KINDS,
  async *collect(at) {
    const asked = {
      permission: ELIGIBLE,
      list: 'roleEligibilityScheduleInstances',
      item: Eligible,
      kinds: KINDS,
    }
    const told = new Told()
    // Without the licence nobody can be eligible for anything.
    for await (const one of everywhere(at, { ...asked, queries: QUERIES, absentOn: [NO_LICENCE] })) {
      const { principalType, memberType } = one.properties
      // Whoever is eligible through a group is so as a person: a service principal cannot ask for a role.
      if (isPerson(principalType) || isGroup(principalType) || memberType === 'Group') continue
      yield* told.held(one.properties, true)
      yield { ...eligibleGrant(one), exercised: NOT_HELD }
    }
  },
}
