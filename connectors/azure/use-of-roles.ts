// What of an assigned role was seen in use, by the Activity Log of the subscription in which it holds. The log has every write,
// delete and action that goes through Azure Resource Manager; "operations focused on reading details of a resource are not
// typically captured", and what is done to data goes another way: of both nothing is told.
// https://learn.microsoft.com/azure/azure-monitor/essentials/activity-log
import type { StreamAt } from '@/core/connector'
import { known, unknown, type Fact, type Instant } from '@/core/fact'
import { EXERCISED_MAX, type Exercised } from '@/core/observation'
import { ActivityLogs, type Activity, type Window } from './activity-log'
import { ACTIVITY, DEFINITIONS } from './arm-calls'
import { rolesIn } from './collect-roles'
import { roleActions, type RoleActions } from './role-actions'
import type { RoleAssignment } from './shapes-arm'

const none = (detail: string) => unknown('not-offered', ACTIVITY, detail)
const ABOVE = none('logs are told by subscription: of a role held above them no log tells the whole')
const CONDITIONAL = none('it holds under a condition, and the log does not say whether that was met')
const SILENT = none('the role gives no write, delete or action, and the log tells of nothing else')
const YOUNG = none('it was assigned after the days that were read')
const ODD = unknown('malformed', ACTIVITY, 'not all that it did is in a form known here')
const UNREAD = unknown('not-collected', DEFINITIONS, 'what the role permits was not read')
export const NOT_HELD = none('it is held once it is taken, and not before')

/** Never longer than the assignment is there. */
function windowSince({ from, to }: Window, createdOn: Instant | undefined): Window | undefined {
  const start = createdOn !== undefined && createdOn > from ? createdOn : from
  return start < to ? { from: start, to } : undefined
}

/** No total: of reads and data actions that the role gives it cannot be told how many were used. */
export function exercisedOf(
  { window, deeds }: Activity,
  role: RoleActions,
  { principal, scope, createdOn }: { principal: string; scope: string; createdOn: Instant | undefined },
): Fact<Exercised> {
  if (!role.changing.length) return SILENT
  if (deeds.isOdd(principal)) return ODD
  const own = windowSince(window, createdOn)
  if (!own) return YOUNG
  const actions = deeds.within(principal, scope).filter(role.gives)
  if (actions.length > EXERCISED_MAX)
    return unknown('limited', ACTIVITY, `more than ${EXERCISED_MAX} actions were seen in use`)
  const used = new Set(actions)
  const unseen = role.changing.filter((one) => !used.has(one.toLowerCase())).slice(0, EXERCISED_MAX)
  return known({ ...own, actions, unseen }, ACTIVITY)
}

export class UseOfRoles {
  private readonly logs: ActivityLogs
  private readonly roles = new Map<string, Fact<RoleActions>>()

  constructor(private readonly at: StreamAt) {
    this.logs = new ActivityLogs(at)
  }

  /** @param principal who holds the assignment: a member, where a group does */
  async of({ properties }: RoleAssignment, principal: string): Promise<Fact<Exercised>> {
    const { scope, condition, createdOn, roleDefinitionId } = properties
    const subscription = /^\/subscriptions\/([^/]+)/.exec(scope)?.[1]
    if (subscription === undefined) return ABOVE
    if (condition !== undefined) return CONDITIONAL
    const log = await this.logs.of(subscription)
    if (log.state !== 'known') return log
    const role = await this.role(roleDefinitionId)
    return role.state === 'known' ? exercisedOf(log.value, role.value, { principal, scope, createdOn }) : role
  }

  private async role(id: string): Promise<Fact<RoleActions>> {
    const before = this.roles.get(id)
    if (before) return before
    const permissions = (await rolesIn(this.at.session)).get(id)
    const role = !permissions
      ? UNREAD
      : permissions.some(({ condition }) => condition !== undefined)
        ? CONDITIONAL
        : known(roleActions(permissions), DEFINITIONS)
    this.roles.set(id, role)
    return role
  }
}
