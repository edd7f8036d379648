// What each stream of Azure Resource Manager reads, the types it reports and what it cannot tell, as data.
import type { Joins } from '@/core/join'
import { CLIENT_ID, KEY_VAULT_SECRET, OBJECT_ID, OIDC_ISSUER, OIDC_SUBJECT, RESOURCE_ID } from './keys'

export const armStreamTexts = {
  'management-groups': 'Which subscription lies in which management group.',
  'azure-role-definitions': 'Roles of Azure, and what they permit.',
  'azure-role-assignments':
    'Roles of Azure that programs hold, directly or through a group, with scope and condition, and which of their writes, deletes and actions were used.',
  'azure-eligible-roles': 'Roles of Azure that programs may take for a time.',
  'azure-deny-assignments': 'What is denied in Azure whatever roles permit.',
  'resources-with-identity': 'Resources of any type that run as a managed identity.',
  'managed-identities': 'Whose tokens user-assigned identities accept, and who answers for them.',
  'cluster-issuers': 'Issuers of AKS clusters.',
  'key-vault-policies': 'Access policies of key vaults, and which vaults go by roles.',
  'key-vault-objects':
    'Secrets and certificates in key vaults: names, dates and who answers for them, where the settings ask for it.',
  'storage-keys': 'Keys of storage accounts, by their dates.',
  'registry-credentials': 'Administrators and tokens of container registries, by their dates.',
} as const

export const armTypes = {
  'azure.tenant': 'Tenant',
  'azure.role-definition': 'Azure role',
  'azure.assigned-role': 'Azure role at a scope',
  'azure.eligible-role': 'Azure role that can be taken for a time',
  'azure.deny-assignment': 'Deny assignment',
  'azure.management-groups': 'Management group and what lies in it',
  'azure.key-vault': 'Key vault',
  'azure.key-vault-access-policy': 'Access policy of a key vault',
  'azure.virtual-machine': 'Virtual machine',
  'azure.scale-set': 'Virtual machine scale set',
  'azure.aks-cluster': 'AKS cluster',
  'azure.web-app': 'Web or function app',
  'azure.container-app': 'Container app',
  'azure.container-job': 'Container app job',
  'azure.container-group': 'Container group',
  'azure.logic-app': 'Logic app',
  'azure.automation-account': 'Automation account',
  'azure.data-factory': 'Data factory',
  'azure.arc-machine': 'Arc-enabled machine',
  'azure.resource': 'Azure resource',
  'azure.aks-issuer': 'Issuer of an AKS cluster',
  'azure.key-vault-secret': 'Secret in a key vault',
  'azure.key-vault-certificate': 'Certificate in a key vault',
  'azure.storage-key': 'Key of a storage account',
  'azure.registry-admin': 'Administrator of a container registry',
  'azure.registry-password': 'Password of a registry token',
} as const

export const armJoins: Joins = {
  offers: [
    { type: RESOURCE_ID, kind: 'identity' },
    { type: RESOURCE_ID, kind: 'issuer' },
    { type: KEY_VAULT_SECRET, kind: 'secret' },
    { type: OBJECT_ID, kind: 'identity' },
    { type: CLIENT_ID, kind: 'identity' },
  ],
  expects: [
    { type: OIDC_SUBJECT, kind: 'identity' },
    { type: OIDC_ISSUER, kind: 'issuer' },
  ],
}

export const armGaps = [
  'Lists of Azure leave out without a word what may not be read. What is gone is therefore only said where the subscriptions there are and the rights held in each are known.',
  'Azure Resource Graph is an index that lags behind by minutes, and does not tell when a resource was made.',
  'Roles that people hold, and roles people may take for a time, are not read.',
  'Until when a role that is held now holds is not told: role assignments have no end, and schedules of active assignments are not read.',
  'What of a role was used is told by the Activity Log: writes, deletes and actions through Azure Resource Manager, of the days that the settings say. It tells nothing of what was read or done to data, nor of roles held above a subscription, under a condition or for a time. Rights that are only checked with another call, or by a service at its own address, are not in it.',
  'Own roles that can be assigned in a resource group only are not listed: what they permit stays unknown where they are held.',
  'Access policies of key vaults do not say whether they are about a program, a person or a group.',
  'What identities of policy assignments, and of resources that Azure Resource Graph does not hold, are used by is not read.',
  'Cryptographic keys in key vaults are not read. When a secret was read is in the diagnostic log of its vault only.',
  'Of storage accounts, shared access signatures cannot be listed: Azure keeps no record of them.',
  'Keys of other services, such as Cosmos DB, Service Bus, Event Hubs and Azure AI, have no list without their values, and are not read.',
] as const
