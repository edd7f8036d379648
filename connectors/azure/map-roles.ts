// Roles of Azure: what each permits, where somebody holds it and under which condition, and what is denied whatever is held.
import { createHash } from 'node:crypto'
import { known } from '@/core/fact'
import type { Of } from '@/core/observation'
import { documentWithoutSecrets } from '@/core/secret-like'
import { ASSIGNMENTS, DEFINITIONS, DENIALS, ELIGIBLE } from './arm-calls'
import type { DenyAssignment, Eligible, RoleAssignment, RoleDefinition } from './shapes-arm'

type Entitlement = Of<'entitlement'>
type Grant = Of<'grant'>
export const LANGUAGE = 'azure-rbac'

/** A scope in few words: `subscription …`, `resource group …/name`, or the resource itself. */
export function placeOf(scope: string): string {
  if (scope === '/') return 'the tenant'
  const group = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)$/.exec(scope)?.[1]
  if (group !== undefined) return `management group ${group}`
  const [, subscription = '', rest = ''] = /^\/subscriptions\/([^/]+)(.*)$/.exec(scope) ?? []
  const resourceGroup = /^\/resourcegroups\/([^/]+)$/.exec(rest)?.[1]
  if (rest === '') return `subscription ${subscription}`
  if (resourceGroup !== undefined) return `resource group ${resourceGroup} of subscription ${subscription}`
  return `${rest.split('/').slice(-2).join('/')} in subscription ${subscription}`
}

export const definition = ({ id, properties }: RoleDefinition): Entitlement => ({
  kind: 'entitlement',
  nativeId: id,
  aliases: [],
  type: 'azure.role-definition',
  name: properties.roleName ?? `role ${id}`,
  language: LANGUAGE,
  managedBy: /^builtinrole$/i.test(properties.type) ? 'provider' : 'customer',
  document: known(
    documentWithoutSecrets({
      kind: 'definition',
      permissions: properties.permissions.map(withoutEmpty),
      assignableScopes: properties.assignableScopes,
    }),
    DEFINITIONS,
  ),
})
const withoutEmpty = (permission: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(permission).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )

/** Who holds a role where: what assignments and eligible schedules have in common. */
type Held = Pick<
  RoleAssignment['properties'],
  'scope' | 'roleDefinitionId' | 'condition' | 'conditionVersion'
>
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** One role at one scope under one condition, whoever holds it. What the role permits is said once, by its definition. */
export function heldRoleId(held: Held, eligible: boolean): string {
  const condition =
    held.condition === undefined ? '' : `?${digest(`${held.conditionVersion} ${held.condition}`)}`
  return `${eligible ? 'eligible:' : ''}${held.roleDefinitionId}@${held.scope}${condition}`
}

/** Named without the definition: a name that came and went with a permission would be no fact. */
export const heldRole = (held: Held, eligible: boolean): Entitlement => ({
  kind: 'entitlement',
  nativeId: heldRoleId(held, eligible),
  aliases: [],
  type: eligible ? 'azure.eligible-role' : 'azure.assigned-role',
  name: heldName(held, eligible),
  language: LANGUAGE,
  managedBy: 'customer',
  document: known(
    {
      kind: eligible ? 'eligible' : 'assigned',
      role: held.roleDefinitionId,
      scope: held.scope,
      ...(held.condition !== undefined && {
        condition: held.condition,
        conditionVersion: held.conditionVersion ?? '',
      }),
    },
    eligible ? ELIGIBLE : ASSIGNMENTS,
  ),
})

const heldName = ({ roleDefinitionId, scope, condition }: Held, eligible: boolean): string =>
  `${eligible ? 'Eligible for ' : ''}${BUILT_IN.get(roleDefinitionId) ?? `role ${roleDefinitionId}`} at ${placeOf(scope)}${condition === undefined ? '' : ' under a condition'}`

/** Ids of the built-in roles that are met most are the same in every tenant, as Microsoft documents them. */
const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner'],
  ['b24988ac-6180-42a0-ab88-20f7382dd24c', 'Contributor'],
  ['acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader'],
  ['18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', 'User Access Administrator'],
  ['f58310d9-a9f6-439a-9e8d-f62e7b41a168', 'Role Based Access Control Administrator'],
  ['4633458b-17de-408a-b874-0445c86b69e6', 'Key Vault Secrets User'],
  ['00482a5a-887f-4fb3-b363-3b7fe8e74483', 'Key Vault Administrator'],
  ['21090545-7ca7-4776-b22c-e363652d74d2', 'Key Vault Reader'],
  ['ba92f5b4-2d11-453d-a403-e96b0029c9fe', 'Storage Blob Data Contributor'],
  ['2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', 'Storage Blob Data Reader'],
  ['7f951dda-4ed3-4680-a7ca-43fe172d538d', 'AcrPull'],
  ['8311e382-0749-4cb8-b61a-304f252e45ec', 'AcrPush'],
  ['f1a07417-d97a-45cb-824c-7a7467783830', 'Managed Identity Operator'],
])

type Via = { identity: string; id: string; via: Grant['via']; viaName: string }
const grant = (held: Held, eligible: boolean, { identity, id, via, viaName }: Via): Grant => ({
  kind: 'grant',
  nativeId: id,
  identity,
  entitlement: heldRoleId(held, eligible),
  entitlementName: heldName(held, eligible),
  effect: 'allow',
  via,
  viaName,
})

export const assignmentGrant = ({ id, properties }: RoleAssignment): Grant =>
  grant(properties, false, {
    identity: properties.principalId,
    id,
    via: 'attached',
    viaName: `role assignment at ${placeOf(properties.scope)}`,
  })
/** @param member a service principal of the group that holds the role */
export const memberGrant = ({ id, properties }: RoleAssignment, member: string): Grant =>
  grant(properties, false, {
    identity: member,
    id: `${id}/member/${member}`,
    via: 'group',
    viaName: `group ${properties.principalId}, role assignment at ${placeOf(properties.scope)}`,
  })
export const eligibleGrant = ({ id, properties }: Eligible): Grant =>
  grant(properties, true, {
    identity: properties.principalId,
    id,
    via: 'attached',
    viaName: `eligible at ${placeOf(properties.scope)}${properties.endDateTime === undefined ? ' without end' : ` until ${properties.endDateTime}`}`,
  })

type Named = DenyAssignment['properties']['principals']
/** Whether an id is that of a group, a person or a program, where that is told: one of a group may mean many. */
const typesOf = (named: Named): Record<string, string> =>
  Object.fromEntries(
    named.flatMap(({ id, type }) => (id === EVERYONE || !type ? [] : [[id, type.toLowerCase()] as const])),
  )

const EVERYONE = '00000000-0000-0000-0000-000000000000'
export const denial = ({ id, properties }: DenyAssignment): Entitlement => ({
  kind: 'entitlement',
  nativeId: id,
  aliases: [],
  type: 'azure.deny-assignment',
  name: properties.denyAssignmentName ?? `denial at ${placeOf(properties.scope)}`,
  language: LANGUAGE,
  managedBy: properties.isSystemProtected === true ? 'provider' : 'customer',
  document: known(
    {
      kind: 'denied',
      scope: properties.scope,
      permissions: properties.permissions.map(withoutEmpty),
      principals: properties.principals.map((one) => (one.id === EVERYONE ? '*' : one.id)),
      excludePrincipals: properties.excludePrincipals.map((one) => one.id),
      principalTypes: typesOf([...properties.principals, ...properties.excludePrincipals]),
      doNotApplyToChildScopes: properties.doNotApplyToChildScopes ?? false,
    },
    DENIALS,
  ),
  gives: 'nothing',
})
