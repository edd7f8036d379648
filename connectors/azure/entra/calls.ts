// Calls of Microsoft Graph, by the app role that permits each and what is read. None of them gives out a secret's value.
import type { Call } from '../call'

const read = (path: string, gives: string): Call => ({ api: 'graph', path, gives })
/** What a tenant may well not grant, or not have: without it only these facts are missing. */
const extra = (path: string, gives: string, more: Partial<Call> = {}): Call => ({
  api: 'graph',
  path,
  gives,
  optional: true,
  ...more,
})
/** Preview: Microsoft may change it, and offers it in the public cloud only. */
const preview = (path: string, gives: string, more: Partial<Call> = {}): Call =>
  extra(path, `${gives} Preview (beta) of Microsoft Graph.`, { api: 'graph-beta', ...more })

export const APPLICATIONS = 'Application.Read.All /applications'
export const PRINCIPALS = 'Application.Read.All /servicePrincipals'
export const FEDERATED = 'Application.Read.All /applications/{id}/federatedIdentityCredentials'
export const FEDERATED_BETA = 'Application.Read.All beta /applications/{id}/federatedIdentityCredentials'
export const APPLICATION_OWNERS = 'Application.Read.All /applications/{id}/owners'
export const PRINCIPAL_OWNERS = 'Application.Read.All /servicePrincipals/{id}/owners'
export const APP_ROLES_GIVEN = 'Application.Read.All /servicePrincipals/{id}/appRoleAssignedTo'
export const DELEGATED = 'Directory.Read.All /oauth2PermissionGrants'
export const GROUP_MEMBERS =
  'Directory.Read.All beta /groups/{id}/transitiveMembers/microsoft.graph.servicePrincipal'
export const UNITS = 'Directory.Read.All /directory/administrativeUnits'
export const ROLES = 'RoleManagement.Read.Directory /roleManagement/directory/roleDefinitions'
export const ROLES_GIVEN = 'RoleManagement.Read.Directory /roleManagement/directory/roleAssignments'
export const ROLES_ELIGIBLE =
  'RoleManagement.Read.Directory /roleManagement/directory/roleEligibilityScheduleInstances'
export const AGENTS = 'AgentIdentity.Read.All /servicePrincipals/microsoft.graph.agentIdentity'
export const AGENT_SPONSORS =
  'AgentIdentity.Read.All /servicePrincipals/{id}/microsoft.graph.agentIdentity/sponsors'
export const CREDENTIAL_USE = 'AuditLog.Read.All beta /reports/appCredentialSignInActivities'
export const PRINCIPAL_USE = 'AuditLog.Read.All beta /reports/servicePrincipalSignInActivities'

export const ENTRA_CALLS = {
  [APPLICATIONS]: read(
    '/applications',
    'The applications registered here, with ends of secrets and certificates.',
  ),
  [PRINCIPALS]: read(
    '/servicePrincipals',
    'The service principals: of own and foreign applications, and of managed identities.',
  ),
  [FEDERATED]: extra(
    '/applications/{id}/federatedIdentityCredentials',
    'Whose tokens each own application accepts in place of a secret.',
  ),
  [FEDERATED_BETA]: preview(
    '/applications/{id}/federatedIdentityCredentials',
    'The expression of federated credentials that accept more than one subject.',
  ),
  [APPLICATION_OWNERS]: extra(
    '/applications/{id}/owners',
    'Who owns each application. Names of people need Directory.Read.All or User.Read.All as well.',
  ),
  [PRINCIPAL_OWNERS]: extra('/servicePrincipals/{id}/owners', 'Who owns each service principal.'),
  [APP_ROLES_GIVEN]: extra(
    '/servicePrincipals/{id}/appRoleAssignedTo',
    'Which permissions of each API applications hold for themselves.',
  ),
  [DELEGATED]: extra(
    '/oauth2PermissionGrants',
    'What applications may do in the name of people, and of whom.',
  ),
  // Version 1.0 leaves service principals out of the members of a group.
  [GROUP_MEMBERS]: preview(
    '/groups/{id}/transitiveMembers/microsoft.graph.servicePrincipal',
    'Which service principals hold a role through a group, as of minutes ago.',
  ),
  [UNITS]: extra('/directory/administrativeUnits', 'The administrative units that roles are limited to.'),
  [ROLES]: extra(
    '/roleManagement/directory/roleDefinitions',
    'The directory roles, and what own ones permit.',
  ),
  [ROLES_GIVEN]: extra(
    '/roleManagement/directory/roleAssignments',
    'Who holds which directory role, and where.',
  ),
  [ROLES_ELIGIBLE]: extra(
    '/roleManagement/directory/roleEligibilityScheduleInstances',
    'Who may take a directory role for a time, and until when.',
  ),
  [AGENTS]: extra(
    '/servicePrincipals/microsoft.graph.agentIdentity',
    'Agent identities and the blueprint each is made from. Public cloud only.',
  ),
  [AGENT_SPONSORS]: extra(
    '/servicePrincipals/{id}/microsoft.graph.agentIdentity/sponsors',
    'Who answers for each agent identity.',
  ),
  [CREDENTIAL_USE]: preview('/reports/appCredentialSignInActivities', 'When each credential was last used.', {
    pace: 'reports',
  }),
  [PRINCIPAL_USE]: preview(
    '/reports/servicePrincipalSignInActivities',
    'When each service principal last signed in.',
    { pace: 'reports' },
  ),
} as const satisfies Record<string, Call>
