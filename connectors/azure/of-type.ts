// What holds of every thing of a type in Azure and Microsoft Entra, whichever it is.
import type { OfType } from '@/core/connector'

/** https://learn.microsoft.com/en-us/entra/identity-platform/security-best-practices-for-app-registration */
const FEDERATED = 'a managed identity, or a federated credential'
/** https://learn.microsoft.com/en-us/azure/storage/common/shared-key-authorization-prevent */
const ENTRA = 'sign-in by Microsoft Entra, with a managed identity and a role on it'
/**
 * Owners can add a credential and sign in with it.
 * https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/overview-assign-app-owners
 */
const OWNERS = ['owner of the application', 'owner of the service principal']
/** `Contributor at resource group rg-billing of subscription …`, `… at vaults/kv in subscription …` */
const PLACE = [
  ' at resource group (.+) of subscription ([^ ]+)$',
  ' at (.+) in subscription ([^ ]+)$',
  ' at subscription ([^ ]+)$',
]

export const ofType: Readonly<Record<string, OfType>> = {
  'azure.application': { closed: true, ownersBecome: OWNERS },
  'azure.agent-blueprint': { ownersBecome: OWNERS },
  'azure.service-principal': { ownersBecome: OWNERS },
  'azure.legacy-principal': { ownersBecome: OWNERS },
  'azure.managed-identity': { own: true, closed: true },
  'azure.client-secret': { alternative: FEDERATED },
  'azure.certificate-credential': { alternative: FEDERATED },
  'azure.symmetric-key': { alternative: FEDERATED },
  'azure.storage-key': { alternative: ENTRA },
  'azure.registry-admin': { alternative: ENTRA },
  'azure.registry-password': { alternative: ENTRA },
  'azure.assigned-role': { place: PLACE },
  'azure.eligible-role': { place: PLACE },
  'azure.key-vault-secret': { store: true },
  'azure.key-vault-certificate': { store: true },
}
