// Calls of Azure Resource Manager, Azure Resource Graph and key vaults, by the action that permits each.
import type { Call } from './call'

const RESOURCE_GRAPH = '/providers/Microsoft.ResourceGraph/resources'
/** Asked of Azure Resource Graph, which leaves out whatever may not be read. */
const query = (gives: string, more: Partial<Call> = {}): Call => ({
  api: 'query',
  path: RESOURCE_GRAPH,
  version: '2022-10-01',
  pace: 'resource-graph',
  gives,
  ...more,
})
const authorization = (list: string, gives: string, more: Partial<Call> = {}): Call => ({
  api: 'authorization',
  path: `{scope}/providers/Microsoft.Authorization/${list}`,
  gives,
  ...more,
})

export const TENANTS = 'Azure /tenants'
export const SUBSCRIPTIONS = 'Azure /subscriptions'
export const OWN_PERMISSIONS = 'Azure /subscriptions/{id}/providers/Microsoft.Authorization/permissions'
export const DESCENDANTS = 'Microsoft.Management/managementGroups/descendants/read'
export const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments/read'
export const DEFINITIONS = 'Microsoft.Authorization/roleDefinitions/read'
export const DENIALS = 'Microsoft.Authorization/denyAssignments/read'
export const ELIGIBLE = 'Microsoft.Authorization/roleEligibilityScheduleInstances/read'
/** "Roles, permissions, and security in Azure Monitor": list Activity Log events in a subscription. The path names it otherwise. */
export const ACTIVITY = 'Microsoft.Insights/eventtypes/values/read'
export const WITH_IDENTITY = '*/read'
export const IDENTITIES = 'Microsoft.ManagedIdentity/userAssignedIdentities/read'
export const FEDERATED = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read'
export const CLUSTERS = 'Microsoft.ContainerService/managedClusters/read'
export const VAULTS = 'Microsoft.KeyVault/vaults/read'
export const STORAGE = 'Microsoft.Storage/storageAccounts/read'
export const REGISTRIES = 'Microsoft.ContainerRegistry/registries/read'
export const REGISTRY_TOKENS = 'Microsoft.ContainerRegistry/registries/tokens/read'
export const VAULT_SECRETS = 'Microsoft.KeyVault/vaults/secrets/readMetadata/action'
export const VAULT_CERTIFICATES = 'Microsoft.KeyVault/vaults/certificates/read'

/** What Azure Resource Graph itself asks for, beside the right to read what it is asked about. */
export const QUERY_ACTION = 'Microsoft.ResourceGraph/resources/read'
/** Rights on what vaults hold are data actions: a role lists them apart. */
export const DATA_ACTIONS: readonly string[] = [VAULT_SECRETS, VAULT_CERTIFICATES]

/** The read actions that give out a key or a token. The role takes them away again; no call here needs them. */
export const KEY_GIVING_READS: readonly string[] = [
  'Microsoft.OperationalInsights/workspaces/sharedKeys/read',
  'Microsoft.Web/sites/functions/masterkey/read',
  'Microsoft.Web/sites/functions/token/read',
  'Microsoft.Web/sites/hostruntime/functions/keys/read',
  'Microsoft.Web/sites/hostruntime/host/_master/read',
]

const IDENTITY = '/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.ManagedIdentity'
const REGISTRY = '/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.ContainerRegistry'

export const ARM_CALLS = {
  [TENANTS]: {
    api: 'arm',
    path: '/tenants',
    version: '2022-12-01',
    gives: 'The name of the tenant. Nothing needs to be granted.',
    needs: '',
    optional: true,
  },
  [SUBSCRIPTIONS]: {
    api: 'arm',
    path: '/subscriptions',
    version: '2022-12-01',
    gives: 'Which subscriptions can be seen at all. Nothing needs to be granted.',
    needs: '',
  },
  [OWN_PERMISSIONS]: {
    api: 'arm',
    path: '/subscriptions/{id}/providers/Microsoft.Authorization/permissions',
    version: '2022-04-01',
    gives:
      'What this connection itself may read in each subscription, so that what a list leaves out is told from what is not there. Nothing needs to be granted.',
    needs: '',
  },
  [DESCENDANTS]: {
    api: 'arm',
    path: '/providers/Microsoft.Management/managementGroups/{id}/descendants',
    version: '2020-05-01',
    gives:
      'Which management groups and subscriptions there are. Without it, list the subscriptions in the settings.',
    optional: true,
  },
  [ASSIGNMENTS]: authorization('roleAssignments', 'Who holds which role where, and under which condition.'),
  [DEFINITIONS]: authorization('roleDefinitions', 'What each role permits.'),
  [DENIALS]: authorization('denyAssignments', 'What is denied whatever roles permit.', { optional: true }),
  [ELIGIBLE]: authorization(
    'roleEligibilityScheduleInstances',
    'Who may take a role for a time, and until when. Needs a licence for Privileged Identity Management.',
    { optional: true },
  ),
  [ACTIVITY]: {
    api: 'arm',
    path: '/subscriptions/{id}/providers/Microsoft.Insights/eventtypes/management/values',
    version: '2015-04-01',
    gives:
      'Which writes, deletes and actions of a role were used: of the Activity Log the action, its scope, how it ended and the object id of whoever did it.',
    optional: true,
  },
  [WITH_IDENTITY]: query(
    'Which resources of any type have a managed identity. The role of the setup documents leaves out the few read actions that give a key.',
    { optional: true },
  ),
  [IDENTITIES]: query('The user-assigned identities, and who answers for them.'),
  [FEDERATED]: {
    api: 'arm',
    path: `${IDENTITY}/userAssignedIdentities/{name}/federatedIdentityCredentials`,
    version: '2024-11-30',
    gives: 'Whose tokens a user-assigned identity accepts.',
    optional: true,
  },
  [CLUSTERS]: query('The issuers of AKS clusters.', { optional: true }),
  [VAULTS]: query('The key vaults, and who may do what there by their access policies.', { optional: true }),
  [STORAGE]: query('When the keys of storage accounts were made, never the keys.', { optional: true }),
  [REGISTRIES]: query('Whether container registries let in an administrator with a password.', {
    optional: true,
  }),
  [REGISTRY_TOKENS]: {
    api: 'arm',
    path: `${REGISTRY}/registries/{name}/tokens`,
    version: '2023-07-01',
    gives: 'Tokens of container registries: when their passwords were made and end, never the passwords.',
    optional: true,
  },
  [VAULT_SECRETS]: {
    api: 'vault',
    path: '/secrets',
    version: '7.4',
    gives: 'Names, ages and ends of secrets in key vaults, and tags that name an owner, never a value.',
    optional: true,
  },
  [VAULT_CERTIFICATES]: {
    api: 'vault',
    path: '/certificates',
    version: '7.4',
    gives: 'Names and ends of certificates in key vaults, and tags that name an owner.',
    optional: true,
  },
} as const satisfies Record<string, Call>
