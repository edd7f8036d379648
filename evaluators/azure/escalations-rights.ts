// Ways through rights themselves: who may give roles, widen roles, assign policies, read keys and secrets.
import type { ArmEscalation } from './escalations'

const RBAC = 'learn.microsoft.com: Azure permissions for Management and governance (Microsoft.Authorization)'
const VAULTS = 'learn.microsoft.com: Provide access to Key Vault with Azure RBAC'
const keys = (name: string, needs: string, what: string): ArmEscalation => ({
  id: `Z29-${name}`,
  title: `Read the keys of ${what}`,
  needs: [needs],
  gives: `It can read keys of ${what}, which open the data whatever roles say.`,
  source: `learn.microsoft.com: Azure permissions (${needs.split('/')[0]})`,
  on: { at: 'scope' },
})

export const RIGHTS_ESCALATIONS: readonly ArmEscalation[] = [
  {
    id: 'Z20',
    title: 'Assign roles',
    needs: ['Microsoft.Authorization/roleAssignments/write'],
    only: 'No condition of the assignment keeps it from giving itself a role.',
    gives: 'It can give itself roles there.',
    source: RBAC,
    on: { at: 'scope' },
  },
  {
    id: 'Z21',
    title: 'Widen an own role',
    needs: ['Microsoft.Authorization/roleDefinitions/write'],
    only: 'It holds a custom role, and may write roles at every scope where that can be assigned.',
    gives: 'It can rewrite a role that it holds, so that it permits everything.',
    source: RBAC,
    on: { at: 'own-role' },
  },
  keys('storage', 'Microsoft.Storage/storageAccounts/listKeys/action', 'storage accounts'),
  keys('cosmos', 'Microsoft.DocumentDB/databaseAccounts/listKeys/action', 'Cosmos DB accounts'),
  keys('service-bus', 'Microsoft.ServiceBus/namespaces/authorizationRules/listKeys/action', 'Service Bus'),
  keys('event-hubs', 'Microsoft.EventHub/namespaces/authorizationRules/listKeys/action', 'Event Hubs'),
  keys('registry', 'Microsoft.ContainerRegistry/registries/listCredentials/action', 'container registries'),
  {
    id: 'Z30-policies',
    title: 'Give itself an access policy of a key vault',
    needs: ['Microsoft.KeyVault/vaults/accessPolicies/write'],
    only: 'The vault decides by access policies. Where it decides by roles this gives nothing.',
    gives: 'It can give itself the right to read secrets by an access policy.',
    source: VAULTS,
    on: { at: 'policy-vault' },
  },
  {
    id: 'Z30-vault',
    title: 'Write a key vault that goes by access policies',
    needs: ['Microsoft.KeyVault/vaults/write'],
    only: 'The vault decides by access policies. Where it decides by roles this gives nothing.',
    gives: 'It can write access policies as a part of the vault, and read secrets by them.',
    source: VAULTS,
    on: { at: 'policy-vault' },
  },
  {
    id: 'Z31',
    title: 'Read secrets of a key vault',
    needs: ['data:Microsoft.KeyVault/vaults/secrets/getSecret/action'],
    gives: 'It can read the secret.',
    source: VAULTS,
    on: { at: 'secret' },
  },
  {
    id: 'Z32',
    title: 'Assign a policy that deploys',
    needs: [
      'Microsoft.Authorization/policyAssignments/write',
      'Microsoft.Authorization/policyDefinitions/write',
    ],
    gives: 'It can have a policy deploy resources with the identity of the policy assignment.',
    source: 'learn.microsoft.com: Remediate non-compliant resources with Azure Policy',
    on: { at: 'scope' },
    open: 'Identities of policy assignments, and what they hold, are not collected.',
  },
]
