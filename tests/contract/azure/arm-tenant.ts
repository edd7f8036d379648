// A made-up tenant as Azure Resource Manager and key vaults hold it. Values that must never come out are planted in it.
import { groupMembers, principalId, TENANT } from './graph-tenant'

export const PAYMENTS = '11111111-1111-4111-8111-111111111111'
export const PLATFORM = '22222222-2222-4222-8222-222222222222'
export const GROUP = Object.keys(groupMembers)[0] ?? ''
export const PERSON = '01000000-0000-4000-8000-000000000001'
/** A principal that was deleted: its assignment is left over. */
export const DELETED = 'b1000000-0000-4000-8000-0000000000ff'

/** Must be found nowhere but here. */
export const ARM_CANARIES = [
  'planted-environment-value',
  'planted-storage-key',
  'ghp_plantedplantedplanted0000',
]

export const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
export const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
export const OWN_ROLE = 'e1000000-0000-4000-8000-000000000001'

export type ArmObject = Record<string, unknown> & { id: string }
const group = (subscription: string, name: string): string =>
  `/subscriptions/${subscription}/resourceGroups/${name}`
const PAY = group(PAYMENTS, 'rg-pay')
const PLAT = group(PLATFORM, 'rg-platform')
export const VAULT = 'kv-shop-pay.vault.azure.net'
export const POLICY_VAULT = 'kv-shop-old.vault.azure.net'

export const subscriptions = [
  { id: PAYMENTS, name: 'Payments', parent: 'mg-shop' },
  { id: PLATFORM, name: 'Platform', parent: TENANT },
]
export const managementGroups = ['mg-shop']

const role = (guid: string, roleName: string, type: string, actions: string[], scope = ''): ArmObject => ({
  id: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
  type: 'Microsoft.Authorization/roleDefinitions',
  name: guid,
  properties: {
    roleName,
    type,
    description: 'what it is for',
    assignableScopes: [scope || '/'],
    permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [] }],
    createdOn: '2015-02-02T21:55:09.8806423Z',
    createdBy: null,
  },
})
export const builtInRoles = [
  role(CONTRIBUTOR, 'Contributor', 'BuiltInRole', ['*']),
  role(OWNER, 'Owner', 'BuiltInRole', ['*']),
]
export const ownRoles = [
  role(
    OWN_ROLE,
    'Restart machines',
    'CustomRole',
    ['Microsoft.Compute/*/restart/action'],
    `/subscriptions/${PLATFORM}`,
  ),
]

type To = { id: string; type: string }
const assigned = (
  n: number,
  to: To,
  guid: string,
  scope: string,
  more: Record<string, unknown> = {},
): ArmObject => ({
  id: `${scope === '/' ? '' : scope}/providers/Microsoft.Authorization/roleAssignments/f1000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  type: 'Microsoft.Authorization/roleAssignments',
  name: `f1000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  properties: {
    roleDefinitionId: `/subscriptions/${PAYMENTS}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    principalId: to.id,
    principalType: to.type,
    scope,
    condition: null,
    conditionVersion: null,
    createdOn: '2025-02-03T04:05:06.7Z',
    createdBy: PERSON,
    description: null,
    ...more,
  },
})
const program = (n: number): To => ({ id: principalId(n), type: 'ServicePrincipal' })
const ROOT = `/providers/Microsoft.Management/managementGroups/${TENANT}`
const SHOP = '/providers/Microsoft.Management/managementGroups/mg-shop'
export const assignments: ArmObject[] = [
  assigned(1, program(41), CONTRIBUTOR, `/subscriptions/${PAYMENTS}`),
  assigned(2, program(1), OWNER, SHOP, {
    condition: "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})))",
    conditionVersion: '2.0',
  }),
  assigned(3, { id: GROUP, type: 'Group' }, OWN_ROLE, PLAT),
  assigned(4, { id: PERSON, type: 'User' }, OWNER, ROOT),
  assigned(5, { id: DELETED, type: 'ServicePrincipal' }, CONTRIBUTOR, PAY),
  assigned(6, program(20), CONTRIBUTOR, `${PAY}/providers/Microsoft.Storage/storageAccounts/stshopreceipts`),
  assigned(7, program(40), CONTRIBUTOR, '/'),
  assigned(8, program(3), CONTRIBUTOR, `/subscriptions/${PAYMENTS}`),
]
export const eligibilities: ArmObject[] = [
  assigned(20, program(2), OWNER, `/subscriptions/${PLATFORM}`, {
    memberType: 'Direct',
    endDateTime: '2027-05-01T00:00:00Z',
    status: 'Accepted',
  }),
  assigned(21, { id: PERSON, type: 'User' }, OWNER, ROOT, { memberType: 'Direct', endDateTime: null }),
]
export const denials: ArmObject[] = [
  {
    id: `${PAY}/providers/Microsoft.Authorization/denyAssignments/f2000000-0000-4000-8000-000000000001`,
    name: 'f2000000-0000-4000-8000-000000000001',
    properties: {
      denyAssignmentName: 'Deny assignment of a managed application',
      scope: PAY,
      permissions: [{ actions: ['*'], notActions: ['*/read'], dataActions: [], notDataActions: [] }],
      principals: [{ id: '00000000-0000-0000-0000-000000000000', type: 'SystemDefined' }],
      excludePrincipals: [{ id: principalId(1), type: 'ServicePrincipal' }],
      doNotApplyToChildScopes: false,
      isSystemProtected: true,
    },
  },
]

const userAssigned = `${PAY}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-pay`
/** As Azure Resource Graph holds them, and whole: questions choose the fields. */
export const resources: ArmObject[] = [
  {
    id: `${PAY}/providers/Microsoft.Compute/virtualMachines/vm-build`,
    name: 'vm-build',
    type: 'microsoft.compute/virtualmachines',
    tags: { Owner: 'build-team@acme.example', deploy: ARM_CANARIES[2] },
    identity: {
      type: 'SystemAssigned, UserAssigned',
      principalId: principalId(41),
      tenantId: TENANT,
      userAssignedIdentities: { [userAssigned]: { principalId: principalId(40), clientId: 'c1' } },
    },
    properties: { osProfile: { adminPassword: ARM_CANARIES[0] } },
  },
  {
    id: `${PAY}/providers/Microsoft.Web/sites/func-receipts`,
    name: 'func-receipts',
    type: 'microsoft.web/sites',
    tags: null,
    identity: {
      type: 'UserAssigned',
      userAssignedIdentities: { [userAssigned]: { principalId: principalId(40) } },
    },
    properties: { siteConfig: { appSettings: [{ name: 'DB', value: ARM_CANARIES[0] }] } },
  },
  {
    id: `${PLAT}/providers/Microsoft.Network/applicationGateways/agw`,
    name: 'agw',
    type: 'microsoft.network/applicationgateways',
    tags: {},
    identity: {
      type: 'UserAssigned',
      userAssignedIdentities: { [userAssigned]: { principalId: principalId(40) } },
    },
    properties: {},
  },
  {
    id: `${PLAT}/providers/Microsoft.Web/sites/none`,
    name: 'none',
    type: 'microsoft.web/sites',
    identity: { type: 'None' },
  },
  {
    id: userAssigned,
    name: 'id-pay',
    type: 'microsoft.managedidentity/userassignedidentities',
    tags: { team: 'payments' },
    properties: {
      principalId: principalId(40),
      clientId: 'c1000000-0000-4000-8000-000000000040',
      tenantId: TENANT,
    },
  },
  {
    id: `${PLAT}/providers/Microsoft.ContainerService/managedClusters/aks-shop`,
    name: 'aks-shop',
    type: 'microsoft.containerservice/managedclusters',
    properties: {
      oidcIssuerProfile: { enabled: true, issuerURL: 'https://westeurope.oic.prod-aks.azure.com/t/i/' },
      windowsProfile: { adminPassword: ARM_CANARIES[0] },
    },
  },
  {
    id: `${PLAT}/providers/Microsoft.ContainerService/managedClusters/aks-old`,
    name: 'aks-old',
    type: 'microsoft.containerservice/managedclusters',
    properties: { oidcIssuerProfile: { enabled: false } },
  },
  {
    id: `${PAY}/providers/Microsoft.KeyVault/vaults/kv-shop-pay`,
    name: 'kv-shop-pay',
    type: 'microsoft.keyvault/vaults',
    properties: { vaultUri: `https://${VAULT}/`, enableRbacAuthorization: true, accessPolicies: [] },
  },
  {
    id: `${PAY}/providers/Microsoft.KeyVault/vaults/kv-shop-old`,
    name: 'kv-shop-old',
    type: 'microsoft.keyvault/vaults',
    properties: {
      vaultUri: `https://${POLICY_VAULT}/`,
      enableRbacAuthorization: null,
      accessPolicies: [
        { tenantId: TENANT, objectId: principalId(1), permissions: { secrets: ['Get', 'List'], keys: [] } },
      ],
    },
  },
  {
    id: `${PAY}/providers/Microsoft.Storage/storageAccounts/stshopreceipts`,
    name: 'stshopreceipts',
    type: 'microsoft.storage/storageaccounts',
    properties: {
      keyCreationTime: { key1: '2023-01-02T03:04:05.6Z', key2: null },
      primaryKey: ARM_CANARIES[1],
    },
  },
  {
    id: `${PLAT}/providers/Microsoft.Storage/storageAccounts/stshoplogs`,
    name: 'stshoplogs',
    type: 'microsoft.storage/storageaccounts',
    properties: { allowSharedKeyAccess: false, keyCreationTime: null },
  },
  {
    id: `${PLAT}/providers/Microsoft.ContainerRegistry/registries/crshop`,
    name: 'crshop',
    type: 'microsoft.containerregistry/registries',
    properties: { adminUserEnabled: true, loginServer: 'crshop.azurecr.io' },
  },
]

/** Children that Azure Resource Manager lists under a resource, by the lower-case path of the list. */
export const children: Record<string, ArmObject[]> = {
  [`${userAssigned}/federatedIdentityCredentials`.toLowerCase()]: [
    {
      id: `${userAssigned}/federatedIdentityCredentials/checkout`,
      name: 'checkout',
      properties: {
        issuer: 'https://westeurope.oic.prod-aks.azure.com/t/i/',
        subject: 'system:serviceaccount:checkout:checkout-api',
        audiences: ['api://AzureADTokenExchange'],
      },
    },
    {
      id: `${userAssigned}/federatedIdentityCredentials/github`,
      name: 'github',
      properties: {
        issuer: 'https://token.actions.githubusercontent.com',
        subject: 'repo:acme/shop:environment:prod',
        audiences: ['api://AzureADTokenExchange'],
      },
    },
  ],
  [`${PLAT}/providers/Microsoft.ContainerRegistry/registries/crshop/tokens`.toLowerCase()]: [
    {
      id: `${PLAT}/providers/Microsoft.ContainerRegistry/registries/crshop/tokens/puller`,
      name: 'puller',
      properties: {
        creationDate: '2024-01-01T00:00:00Z',
        status: 'enabled',
        credentials: {
          passwords: [
            {
              name: 'password1',
              creationTime: '2024-01-02T00:00:00Z',
              expiry: '2025-01-02T00:00:00Z',
              value: ARM_CANARIES[1],
            },
            { name: 'password2', creationTime: '2024-01-03T00:00:00Z' },
          ],
          certificates: [],
        },
      },
    },
  ],
}

const CREATED = 1_700_000_000
const item = (host: string, list: string, name: string, more: Record<string, unknown> = {}) => ({
  id: `https://${host}/${list}/${name}`,
  attributes: { enabled: true, created: CREATED, updated: CREATED + 10, recoveryLevel: 'Recoverable' },
  ...more,
})
/** By host and list. */
export const vaultItems: Record<string, Record<string, unknown>[]> = {
  [`${VAULT}/secrets`]: [
    item(VAULT, 'secrets', 'db-password', {
      contentType: ARM_CANARIES[0],
      tags: { owner: 'ada@acme.example', 'cost-center': 'planted-tag' },
    }),
    item(VAULT, 'secrets', 'api-key', {
      attributes: { enabled: true, created: CREATED, exp: CREATED + 86_400 },
    }),
    item(VAULT, 'secrets', 'tls', { managed: true }),
  ],
  [`${VAULT}/certificates`]: [
    item(VAULT, 'certificates', 'tls', {
      x5t: 'AbC',
      tags: { Team: 'Platform' },
      attributes: { enabled: true, created: CREATED, exp: CREATED + 9 },
    }),
  ],
  [`${POLICY_VAULT}/secrets`]: [item(POLICY_VAULT, 'secrets', 'legacy')],
  [`${POLICY_VAULT}/certificates`]: [],
}
