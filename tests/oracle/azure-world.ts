// Small tenants of Azure, as the connector would tell them: what the oracle's cases are asked in.
import type { Held, Principal, Realm, Ruling, Runner, Thing, TrustStatement } from '@/core/access'

export const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001'
export const ROOT_GROUP = `/providers/microsoft.management/managementgroups/${TENANT}`
export const GROUP = '/providers/microsoft.management/managementgroups/platform'
export const S1 = '/subscriptions/11111111-0000-4000-8000-000000000001'
export const S2 = '/subscriptions/22222222-0000-4000-8000-000000000002'
export const RG = `${S1}/resourcegroups/rg-app`
export const VM = `${RG}/providers/microsoft.compute/virtualmachines/vm-1`
export const VAULT = `${RG}/providers/microsoft.keyvault/vaults/kv-app`
export const POLICY_VAULT = `${RG}/providers/microsoft.keyvault/vaults/kv-old`
export const STORAGE = `${RG}/providers/microsoft.storage/storageaccounts/stapp`
export const CONTAINER = `${STORAGE}/blobServices/default/containers/blobs-example-container`

export const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
export const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
export const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
export const UAA = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'
export const RBAC_ADMIN = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168'
export const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'
export const BLOB_READER = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
export const BACKUP_CONTRIBUTOR = '5e467623-bb1f-42f4-a55d-6e525e11384b'
export const BACKUP_READER = 'a795c7a0-d4a2-40c1-ae25-d81f01202912'
export const MI_OPERATOR = 'f1a07417-d97a-45cb-824c-7a7467783830'
export const CUSTOM = 'cccccccc-0000-4000-8000-00000000000c'

type Permission = {
  actions?: string[]
  notActions?: string[]
  dataActions?: string[]
  notDataActions?: string[]
}
export const role = (
  id: string,
  name: string,
  permissions: Permission[],
  assignableScopes = ['/'],
): Ruling => ({
  id,
  name,
  type: 'azure.role-definition',
  language: 'azure-rbac',
  aliases: [],
  document: { kind: 'definition', permissions, assignableScopes },
})

/** As Microsoft's list of built-in roles gives them. */
export const ROLES: readonly Ruling[] = [
  role(OWNER, 'Owner', [{ actions: ['*'] }]),
  role(CONTRIBUTOR, 'Contributor', [
    {
      actions: ['*'],
      notActions: [
        'Microsoft.Authorization/*/Delete',
        'Microsoft.Authorization/*/Write',
        'Microsoft.Authorization/elevateAccess/Action',
        'Microsoft.Blueprint/blueprintAssignments/write',
        'Microsoft.Blueprint/blueprintAssignments/delete',
      ],
    },
  ]),
  role(READER, 'Reader', [{ actions: ['*/read'] }]),
  role(UAA, 'User Access Administrator', [
    { actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'] },
  ]),
  role(RBAC_ADMIN, 'Role Based Access Control Administrator', [
    {
      actions: [
        'Microsoft.Authorization/roleAssignments/write',
        'Microsoft.Authorization/roleAssignments/delete',
        '*/read',
      ],
    },
  ]),
  role(SECRETS_USER, 'Key Vault Secrets User', [
    {
      dataActions: [
        'Microsoft.KeyVault/vaults/secrets/getSecret/action',
        'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
      ],
    },
  ]),
  role(BLOB_READER, 'Storage Blob Data Reader', [
    {
      actions: [
        'Microsoft.Storage/storageAccounts/blobServices/containers/read',
        'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
      ],
      dataActions: ['Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'],
    },
  ]),
  role(MI_OPERATOR, 'Managed Identity Operator', [
    {
      actions: [
        'Microsoft.ManagedIdentity/userAssignedIdentities/*/read',
        'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action',
      ],
    },
  ]),
]

type Assigning = { condition?: string; version?: string; eligible?: boolean; via?: string }
export const at = (roleId: string, scope: string, more: Assigning = {}): Held => ({
  id: `${more.eligible ? 'eligible:' : ''}${roleId}@${scope}${more.condition ?? ''}`,
  name: `${more.eligible ? 'Eligible for ' : ''}role ${roleId} at ${scope}`,
  language: 'azure-rbac',
  effect: 'allow',
  via: more.via ?? `attached role assignment at ${scope}`,
  document: {
    kind: more.eligible ? 'eligible' : 'assigned',
    role: roleId,
    scope,
    ...(more.condition !== undefined && {
      condition: more.condition,
      conditionVersion: more.version ?? '2.0',
    }),
  },
})
export const unread = (held: Held): Held => {
  const { document: _, ...rest } = held
  return rest
}

type Denying = {
  actions?: string[]
  dataActions?: string[]
  principals?: string[]
  exclude?: string[]
  here?: boolean
}
export const deny = (
  scope: string,
  { actions, dataActions, principals, exclude, here }: Denying,
): Ruling => ({
  id: `${scope}/providers/microsoft.authorization/denyassignments/d`,
  name: 'Locked by a deployment stack',
  type: 'azure.deny-assignment',
  language: 'azure-rbac',
  aliases: [],
  document: {
    kind: 'denied',
    scope,
    permissions: [{ ...(actions && { actions }), ...(dataActions && { dataActions }) }],
    principals: principals ?? ['*'],
    excludePrincipals: exclude ?? [],
    doNotApplyToChildScopes: here ?? false,
  },
})

export const GRAPH = '00000003-0000-0000-c000-000000000000'
type AppRole = { resource?: string; appId?: string | null; id?: string; enabled?: boolean | null }
export const appRole = (value: string | null, more: AppRole = {}): Held => ({
  id: `api/app-role/${value ?? more.id}`,
  name: `${more.resource ?? 'Microsoft Graph'}: ${value ?? `role ${more.id}`}`,
  language: 'entra',
  effect: 'allow',
  via: 'attached app role assignment',
  document: {
    kind: 'app-role',
    resource: more.resource ?? 'Microsoft Graph',
    resourceAppId: more.appId === undefined ? GRAPH : more.appId,
    id: more.id ?? 'dddddddd-0000-4000-8000-00000000000d',
    value,
    enabled: more.enabled === undefined ? true : more.enabled,
    allowedMemberTypes: ['Application'],
  },
})
export const scope = (value: string): Held => ({
  id: `api/delegated/AllPrincipals/${value}`,
  name: `Microsoft Graph: ${value} (in the name of any user)`,
  language: 'entra',
  effect: 'allow',
  via: 'attached consent of an administrator for all users',
  document: {
    kind: 'delegated-scope',
    resource: 'Microsoft Graph',
    resourceAppId: GRAPH,
    value,
    consentType: 'AllPrincipals',
  },
})
type Directory = { place?: Record<string, string>; eligible?: boolean; actions?: string[] }
export const directory = (
  template: string,
  name: string,
  { place, eligible, actions }: Directory = {},
): Held => ({
  id: `directory-role/${template}/${JSON.stringify(place ?? {})}`,
  name,
  language: 'entra',
  effect: 'allow',
  via: 'attached',
  document: {
    kind: 'directory-role',
    role: name,
    roleTemplateId: template,
    builtIn: actions === undefined,
    enabled: true,
    scope: place ?? { type: 'tenant' },
    eligible: eligible ?? false,
    ...(actions && { permissions: [{ actions }] }),
  },
})
export const policy = (vault: string, permissions: Record<string, string[]>, onlyThrough?: string): Held => ({
  id: `${vault}/access-policy/x${onlyThrough ?? ''}`,
  name: `Access policy of ${vault.split('/').at(-1)}`,
  language: 'azure-key-vault',
  effect: 'allow',
  via: 'attached access policy',
  document: { vault, permissions, ...(onlyThrough !== undefined && { onlyThrough }) },
})

export const principal = (id: string, held: readonly Held[], more: Partial<Principal> = {}): Principal => ({
  id,
  type: 'azure.application',
  name: id,
  aliases: [],
  class: 'machine',
  enabled: true,
  held,
  trusts: [],
  ...more,
})
export const runner = (id: string, uses: string[]): Runner => ({
  id,
  type: 'azure.resource',
  name: id.split('/').at(-1) ?? id,
  aliases: [],
  uses,
})
type Federated = { issuer?: string; subject?: string; expression?: string; audiences?: string[] }
export const federated = ({ issuer, subject, expression, audiences }: Federated): TrustStatement => ({
  id: `application/federated/${subject ?? expression}`,
  principalType: 'federated',
  principal: `${issuer}|${subject ?? '*'}`,
  effect: 'allow',
  actions: ['sign in'],
  conditions: {
    issuer: issuer ?? 'https://token.actions.githubusercontent.com',
    ...(subject !== undefined && { subject }),
    ...(expression !== undefined && { claimsMatchingExpression: expression }),
    audiences: audiences ?? ['api://AzureADTokenExchange'],
  },
})
export const owner = (id: string): TrustStatement => ({
  id: `application/owner/${id}`,
  principalType: 'identity',
  principal: id,
  effect: 'allow',
  actions: ['add credentials'],
})
export const secret = (vault: string, name: string): Thing => ({
  kind: 'secret',
  id: `${vault}.vault.azure.net/${name}`,
  type: 'azure.key-vault-secret',
  name: `${vault}/${name}`,
})

export const tenant = (principals: readonly Principal[], more: Partial<Realm> = {}): Realm => ({
  id: TENANT,
  type: 'azure.tenant',
  name: 'Example',
  principals,
  elsewhere: [],
  runners: [],
  rulings: ROLES,
  things: [],
  unseen: [],
  ...more,
})
