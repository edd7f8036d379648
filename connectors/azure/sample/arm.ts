// What Azure Resource Manager, Azure Resource Graph and a key vault answer in the made-up tenant.
import {
  ASSIGNMENTS,
  CLUSTERS,
  DEFINITIONS,
  DESCENDANTS,
  ELIGIBLE,
  FEDERATED,
  IDENTITIES,
  OWN_PERMISSIONS,
  STORAGE,
  SUBSCRIPTIONS as LIST,
  TENANTS,
  VAULT_CERTIFICATES,
  VAULT_SECRETS,
  VAULTS,
  WITH_IDENTITY,
} from '../arm-calls'
import type { Connection } from '../connection'
import { vaultHost } from '../keys'
import { SIGN_IN } from '../sign-in'
import { activitySample } from './activity'
import type { SampleAnswer } from './answer'
import { PERSON, PRINCIPALS, RESOURCES, SUBSCRIPTIONS, TENANT, VAULT_URI } from './ids'

const connection: Connection = {
  tenantId: TENANT,
  cloud: 'public',
  subscriptions: [],
  keyVaultObjects: true,
  previewApis: true,
  activityDays: 30,
  limits: { vaultItemsMax: 1000 },
}
const list = (value: readonly unknown[]) => ({ value })
const rows = (data: readonly unknown[]) => ({ totalRecords: data.length, data, resultTruncated: 'false' })
/** Key vaults count in seconds. */
const seconds = (at: string): number => Date.parse(at) / 1000

const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'
/** As Microsoft documents the role: it may do anything but give rights. */
const NOT_CONTRIBUTOR = [
  'Microsoft.Authorization/*/Delete',
  'Microsoft.Authorization/*/Write',
  'Microsoft.Authorization/elevateAccess/Action',
  'Microsoft.Blueprint/blueprintAssignments/write',
  'Microsoft.Blueprint/blueprintAssignments/delete',
  'Microsoft.Compute/galleries/share/action',
  'Microsoft.Purview/consents/write',
  'Microsoft.Purview/consents/delete',
  'Microsoft.Resources/deploymentStacks/manageDenySetting/action',
  'Microsoft.Subscription/cancel/action',
  'Microsoft.Subscription/enable/action',
]
type Given = { actions?: string[]; notActions?: string[]; dataActions?: string[] }
const definition = (
  guid: string,
  roleName: string,
  { actions = [], notActions = [], dataActions = [] }: Given,
) => ({
  id: `/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
  properties: {
    roleName,
    type: 'BuiltInRole',
    permissions: [{ actions, notActions, dataActions, notDataActions: [] }],
    assignableScopes: ['/'],
  },
})

let count = 0
const assignment = (
  principalId: string,
  role: string,
  scope: string,
  principalType = 'ServicePrincipal',
) => ({
  id: `${scope}/providers/Microsoft.Authorization/roleAssignments/5a3e1c00-0000-4000-9000-${String(++count).padStart(12, '0')}`,
  properties: {
    principalId,
    principalType,
    scope,
    roleDefinitionId: `/subscriptions/${SUBSCRIPTIONS.payments}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
  },
})
const payments = `/subscriptions/${SUBSCRIPTIONS.payments}`
const platform = `/subscriptions/${SUBSCRIPTIONS.platform}`
const authorization = (scope: string, name: string) => ({
  path: `${scope}/providers/Microsoft.Authorization/${name}`,
})
const GROUP = 'mg-halden'
const group = (scope: string): string => scope.split('/providers/')[0] ?? scope

const roles: SampleAnswer[] = [
  {
    call: DEFINITIONS,
    params: authorization(`/providers/Microsoft.Management/managementGroups/${TENANT}`, 'roleDefinitions'),
    answer: list([
      definition(CONTRIBUTOR, 'Contributor', { actions: ['*'], notActions: NOT_CONTRIBUTOR }),
      definition(OWNER, 'Owner', { actions: ['*'] }),
      definition(SECRETS_USER, 'Key Vault Secrets User', {
        dataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'],
      }),
    ]),
  },
  {
    call: ASSIGNMENTS,
    params: authorization(payments, 'roleAssignments'),
    answer: list([
      assignment(PRINCIPALS.payments.object, SECRETS_USER, RESOURCES.vault),
      assignment(PRINCIPALS.deployer.object, CONTRIBUTOR, payments),
      assignment(PRINCIPALS.monitoring.object, CONTRIBUTOR, group(RESOURCES.storage)),
      assignment(PERSON.object, OWNER, payments, 'User'),
    ]),
  },
  {
    call: ASSIGNMENTS,
    params: authorization(platform, 'roleAssignments'),
    answer: list([
      // A build machine that may do everything in the subscription it runs in.
      assignment(PRINCIPALS.buildVm.object, CONTRIBUTOR, platform),
      // Left over from an application that is gone.
      assignment('5a3e1c00-0000-4000-8000-0000000000ff', CONTRIBUTOR, group(RESOURCES.buildVm)),
    ]),
  },
  {
    call: ELIGIBLE,
    refusal: { why: 'not-offered', code: 'licence', detail: 'The tenant has no licence for this.' },
  },
]

const federated = (name: string, issuer: string, subject: string) => ({
  id: `${RESOURCES.payments}/federatedIdentityCredentials/${name}`,
  name,
  properties: { issuer, subject, audiences: ['api://AzureADTokenExchange'] },
})
const resources: SampleAnswer[] = [
  {
    call: WITH_IDENTITY,
    answer: rows([
      {
        id: RESOURCES.buildVm,
        name: 'vm-build',
        type: 'microsoft.compute/virtualmachines',
        tags: { owner: 'dx-oncall@halden.example' },
        principalId: PRINCIPALS.buildVm.object,
        userAssigned: null,
      },
      {
        id: `${group(RESOURCES.kubelet)}/providers/Microsoft.Compute/virtualMachineScaleSets/aks-nodes`,
        name: 'aks-nodes',
        type: 'microsoft.compute/virtualmachinescalesets',
        tags: null,
        principalId: null,
        userAssigned: { [RESOURCES.kubelet]: { principalId: PRINCIPALS.kubelet.object } },
      },
    ]),
  },
  {
    call: IDENTITIES,
    answer: rows([
      {
        id: RESOURCES.payments,
        name: 'id-invoice-export',
        tags: { team: 'billing' },
        principalId: PRINCIPALS.payments.object,
        clientId: PRINCIPALS.payments.client,
      },
      {
        id: RESOURCES.kubelet,
        name: 'id-kubelet',
        tags: null,
        principalId: PRINCIPALS.kubelet.object,
        clientId: PRINCIPALS.kubelet.client,
      },
    ]),
  },
  {
    call: FEDERATED,
    params: { path: `${RESOURCES.payments}/federatedIdentityCredentials` },
    answer: list([
      federated(
        'invoice-export',
        'https://oidc.eks.eu-north-1.amazonaws.com/id/4F1A7C2E9B3D4E60',
        'system:serviceaccount:billing:invoice-export',
      ),
    ]),
  },
  {
    call: CLUSTERS,
    answer: rows([
      {
        id: `${group(RESOURCES.kubelet)}/providers/Microsoft.ContainerService/managedClusters/aks-platform`,
        name: 'aks-platform',
        issuer: 'https://northeurope.oic.prod-aks.azure.com/5a3e1c00/7f2d/',
      },
    ]),
  },
]

const item = (kind: string, name: string, attributes: object) => ({
  id: `${VAULT_URI}${kind}/${name}`,
  attributes: { enabled: true, ...attributes },
})
const host = vaultHost(VAULT_URI)
const stores: SampleAnswer[] = [
  {
    call: VAULTS,
    answer: rows([
      { id: RESOURCES.vault, name: 'kv-halden-billing', vaultUri: VAULT_URI, rbac: true, accessPolicies: [] },
    ]),
  },
  {
    call: VAULT_SECRETS,
    params: { host },
    answer: list([
      {
        ...item('secrets', 'invoice-db', { created: seconds('2023-05-04T08:00:00Z') }),
        tags: { team: 'Billing' },
      },
      item('secrets', 'mail-relay', {
        created: seconds('2026-08-01T08:00:00Z'),
        exp: seconds('2027-08-01T08:00:00Z'),
      }),
    ]),
  },
  {
    call: VAULT_CERTIFICATES,
    params: { host },
    answer: list([
      item('certificates', 'invoices-tls', {
        created: seconds('2026-06-01T08:00:00Z'),
        exp: seconds('2027-06-01T08:00:00Z'),
      }),
    ]),
  },
  {
    call: STORAGE,
    answer: rows([
      {
        id: RESOURCES.storage,
        name: 'sthaldenreceipts',
        sharedKey: null,
        key1: '2022-02-03T04:05:06Z',
        key2: '2026-03-04T05:06:07Z',
      },
    ]),
  },
]

export const armSample: readonly SampleAnswer[] = [
  { call: SIGN_IN, answer: connection },
  { call: TENANTS, answer: list([{ tenantId: TENANT, displayName: 'Halden Logistics' }]) },
  {
    call: DESCENDANTS,
    answer: list(
      [
        ...Object.values(SUBSCRIPTIONS).map((name) => ({ name, type: '/subscriptions', parent: GROUP })),
        { name: GROUP, type: 'Microsoft.Management/managementGroups', parent: TENANT },
      ].map(({ name, type, parent }) => ({
        name,
        type,
        properties: { parent: { id: `/providers/Microsoft.Management/managementGroups/${parent}` } },
      })),
    ),
  },
  {
    call: LIST,
    answer: list(
      Object.values(SUBSCRIPTIONS).map((subscriptionId) => ({
        subscriptionId,
        tenantId: TENANT,
        state: 'Enabled',
      })),
    ),
  },
  { call: OWN_PERMISSIONS, answer: list([{ actions: ['*/read'], notActions: [] }]) },
  ...roles,
  ...activitySample,
  ...resources,
  ...stores,
]
