// Permissions of APIs as entitlements, and who holds them: for itself (app roles) or in the name of people (delegated scopes).
import { known } from '@/core/fact'
import type { Of } from '@/core/observation'
import { APP_ROLES_GIVEN, DELEGATED } from './calls'
import type { AppRole, Resource } from './shapes'
import { ownershipOf } from './tenants'

/** An API: the service principal whose permissions are held. */
export type Api = Pick<Resource, 'id' | 'appId' | 'displayName' | 'appOwnerOrganizationId'>

const nameOf = ({ displayName, id }: Api): string => displayName ?? id
const managedBy = ({ appOwnerOrganizationId: owner }: Api, tenant: string): 'customer' | 'provider' =>
  ownershipOf(owner, tenant) === 'microsoft' ? 'provider' : 'customer'

/** Whoever is assigned to an application without any role of it: it may be used, and nothing more is said. */
const DEFAULT_ACCESS = '00000000-0000-0000-0000-000000000000'
const roleName = (role: AppRole | undefined, id: string): string =>
  role?.value ?? role?.displayName ?? (id === DEFAULT_ACCESS ? 'default access' : `role ${id}`)

export const appRoleId = (api: Api, role: string): string => `${api.id}/app-role/${role}`
export const appRoleName = (api: Api, role: AppRole | undefined, id: string): string =>
  `${nameOf(api)}: ${roleName(role, id)}`

export const appRole = (
  api: Api,
  role: AppRole | undefined,
  id: string,
  tenant: string,
): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId: appRoleId(api, id),
  aliases: [],
  type: 'azure.app-role',
  name: appRoleName(api, role, id),
  language: 'entra',
  managedBy: managedBy(api, tenant),
  document: known(
    {
      kind: 'app-role',
      resource: nameOf(api),
      resourceAppId: api.appId ?? null,
      id,
      value: role?.value ?? null,
      enabled: role?.isEnabled ?? null,
      allowedMemberTypes: role?.allowedMemberTypes ?? [],
    },
    APP_ROLES_GIVEN,
  ),
})

type Given = { id: string; principal: string }
export const appRoleGrant = (
  api: Api,
  role: AppRole | undefined,
  roleId: string,
  { id, principal }: Given,
): Of<'grant'> => ({
  kind: 'grant',
  nativeId: `${api.id}/app-role-assignment/${id}`,
  identity: principal,
  entitlement: appRoleId(api, roleId),
  entitlementName: appRoleName(api, role, roleId),
  effect: 'allow',
  via: 'attached',
  viaName: `app role assignment of ${nameOf(api)}`,
})

/** An administrator consented for everybody, or single people for themselves. */
export type Consent = 'AllPrincipals' | 'Principal'
export type Delegated = { client: string; api: Api; scope: string; consent: Consent }

const CONSENT: Readonly<Record<Consent, string>> = {
  AllPrincipals: 'consent of an administrator for all users',
  Principal: 'consent of single users for themselves',
}
const scopeId = ({ api, scope, consent }: Delegated): string => `${api.id}/delegated/${consent}/${scope}`
const scopeName = ({ api, scope, consent }: Delegated): string =>
  `${nameOf(api)}: ${scope} (in the name of ${consent === 'AllPrincipals' ? 'any user' : 'single users'})`

export const delegatedScope = (one: Delegated, tenant: string): Of<'entitlement'> => ({
  kind: 'entitlement',
  nativeId: scopeId(one),
  aliases: [],
  type: 'azure.delegated-scope',
  name: scopeName(one),
  language: 'entra',
  managedBy: managedBy(one.api, tenant),
  document: known(
    {
      kind: 'delegated-scope',
      resource: nameOf(one.api),
      resourceAppId: one.api.appId ?? null,
      value: one.scope,
      consentType: one.consent,
    },
    DELEGATED,
  ),
})

export const delegatedGrant = (one: Delegated): Of<'grant'> => ({
  kind: 'grant',
  nativeId: `${one.client}/${scopeId(one)}`,
  identity: one.client,
  entitlement: scopeId(one),
  entitlementName: scopeName(one),
  effect: 'allow',
  via: 'attached',
  viaName: CONSENT[one.consent],
})
