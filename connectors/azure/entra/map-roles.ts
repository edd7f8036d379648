// Directory roles as entitlements with the place they hold at, and who holds them: always, or when taken for a time.
import { known } from '@/core/fact'
import type { Of } from '@/core/observation'
import { ROLES, UNITS } from './calls'
import type { AdministrativeUnit, RoleAssignment, RoleDefinition } from './shapes'

export type Held = {
  assignment: RoleAssignment
  role: RoleDefinition | undefined
  eligible: boolean
  principal: string
  /** The group through which it is held. */
  group?: { id: string; name: string }
}

/** `/` is the whole tenant, `/administrativeUnits/<id>` a part of it, `/<object id>` one application. */
type Place = { at: string; words: string; scope: Record<string, string> }
function placeOf({ directoryScopeId, appScopeId }: RoleAssignment): Place {
  const at = directoryScopeId ?? appScopeId ?? '/'
  if (at === '/') return { at: 'tenant', words: '', scope: { type: 'tenant' } }
  const unit = /^\/administrativeUnits\/(.+)$/i.exec(at)?.[1]?.toLowerCase()
  if (unit !== undefined)
    return {
      at: `unit/${unit}`,
      words: ' in one administrative unit',
      scope: { type: 'administrative-unit', id: unit },
    }
  const object = at.replace(/^\//, '').toLowerCase()
  return { at: `object/${object}`, words: ' on one object', scope: { type: 'object', id: object } }
}

const titleOf = ({ role, assignment }: Held): string =>
  role?.displayName ?? `Role ${assignment.roleDefinitionId}`
const entitlementId = (held: Held): string =>
  `directory-role/${held.assignment.roleDefinitionId}/${placeOf(held.assignment).at}${held.eligible ? '/eligible' : ''}`
const entitlementName = (held: Held): string =>
  `${titleOf(held)}${placeOf(held.assignment).words}${held.eligible ? ' (eligible)' : ''}`

/** Built-in roles are known by their template; what own ones permit is kept with them. */
const actionsOf = (role: RoleDefinition | undefined) =>
  role?.isBuiltIn === false
    ? {
        permissions: role.rolePermissions.map(({ allowedResourceActions: actions, condition }) => ({
          actions,
          ...(condition !== undefined && { condition }),
        })),
      }
    : {}

export const directoryRole = (held: Held): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId: entitlementId(held),
  aliases: [],
  type: 'azure.directory-role',
  name: entitlementName(held),
  language: 'entra',
  managedBy: held.role?.isBuiltIn === false ? 'customer' : 'provider',
  document: known(
    {
      kind: 'directory-role',
      role: titleOf(held),
      roleTemplateId: held.role?.templateId ?? held.assignment.roleDefinitionId,
      builtIn: held.role?.isBuiltIn ?? null,
      enabled: held.role?.isEnabled ?? null,
      scope: placeOf(held.assignment).scope,
      eligible: held.eligible,
      ...actionsOf(held.role),
    },
    ROLES,
  ),
})

/** Has to be activated before it counts; and whichever way it is held, it may end. */
function words({ assignment, eligible, group }: Held): string | undefined {
  const parts = [
    ...(group ? [group.name] : []),
    ...(eligible ? ['eligible: has to be activated'] : []),
    ...(assignment.endDateTime === undefined ? [] : [`until ${assignment.endDateTime}`]),
  ]
  return parts.length ? parts.join(', ') : undefined
}

export function roleGrant(held: Held): Of<'grant'> {
  const viaName = words(held)
  return {
    kind: 'grant',
    nativeId: `directory-role-${held.eligible ? 'eligibility' : 'assignment'}/${held.assignment.id}${held.group ? `/${held.principal}` : ''}`,
    identity: held.principal,
    entitlement: entitlementId(held),
    entitlementName: entitlementName(held),
    effect: 'allow',
    via: held.group ? 'group' : 'attached',
    ...(viaName !== undefined && { viaName }),
  }
}

/** A part of the tenant that roles can be limited to. It gives nobody anything by itself. */
export const administrativeUnit = (unit: AdministrativeUnit): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId: `administrative-unit/${unit.id}`,
  aliases: [],
  type: 'azure.administrative-unit',
  name: unit.displayName ?? unit.id,
  language: 'entra-administrative-unit',
  managedBy: 'customer',
  document: known(
    {
      restrictedManagement: unit.isMemberManagementRestricted ?? null,
      membership: unit.membershipType ?? 'Assigned',
    },
    UNITS,
  ),
  gives: 'nothing',
})
