// The Azure Resource Manager side of the connector, in one place for the rest of it.
import type { Stream } from '@/core/connector'
import { eligibleRoles, roleAssignments } from './collect-assignments'
import { clusterIssuers } from './collect-clusters'
import { managementGroups } from './collect-management-groups'
import { managedIdentities } from './collect-identities'
import { registryCredentials, storageKeys } from './collect-keys'
import { resources } from './collect-resources'
import { denyAssignments, roleDefinitions } from './collect-roles'
import { vaultObjects, vaultPolicies } from './collect-vaults'
import type { armStreamTexts } from './stream-texts'

export const armStreams: Record<keyof typeof armStreamTexts, Stream> = {
  'management-groups': managementGroups,
  'azure-role-definitions': roleDefinitions,
  'azure-role-assignments': roleAssignments,
  'azure-eligible-roles': eligibleRoles,
  'azure-deny-assignments': denyAssignments,
  'resources-with-identity': resources,
  'managed-identities': managedIdentities,
  'cluster-issuers': clusterIssuers,
  'key-vault-policies': vaultPolicies,
  'key-vault-objects': vaultObjects,
  'storage-keys': storageKeys,
  'registry-credentials': registryCredentials,
}
