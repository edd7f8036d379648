// Ids of the made-up tenant, so that what one service says of a thing fits what another says of it.

const id = (tail: string): string => `5a3e1c00-0000-4000-8000-${tail.padStart(12, '0')}`

export const TENANT = id('1')
export const SUBSCRIPTIONS = { payments: id('a1'), platform: id('a2') }

/** Service principals and applications: object ids of both, and the client id they share. */
export const PRINCIPALS = {
  /** Own application of the web shop, with a client secret that has ended and one that has not. */
  storefront: { object: id('101'), application: id('102'), client: id('103') },
  /** Own application that deploys from GitHub, without any secret. */
  deployer: { object: id('111'), application: id('112'), client: id('113') },
  /** A vendor's application, consented to in this tenant. */
  monitoring: { object: id('121'), client: id('123') },
  /** A service of Microsoft itself. */
  graph: { object: id('131'), client: '00000003-0000-0000-c000-000000000000' },
  /** User-assigned identity of `billing/invoice-export` in the sample cluster. */
  payments: { object: id('141'), client: id('143') },
  /** System-assigned identity of a virtual machine. */
  buildVm: { object: id('151'), client: id('153') },
  /** User-assigned identity of the cluster's nodes. */
  kubelet: { object: id('161'), client: id('163') },
} as const
export const VENDOR_TENANT = id('f1')
export const PERSON = { object: id('201'), name: 'Sofia Berg', upn: 'sofia.berg@halden.example' }

const group = (subscription: string, name: string): string =>
  `/subscriptions/${subscription}/resourceGroups/${name}`
export const RESOURCES = {
  payments: `${group(SUBSCRIPTIONS.payments, 'rg-billing')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-invoice-export`,
  kubelet: `${group(SUBSCRIPTIONS.platform, 'rg-platform')}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-kubelet`,
  buildVm: `${group(SUBSCRIPTIONS.platform, 'rg-platform')}/providers/Microsoft.Compute/virtualMachines/vm-build`,
  vault: `${group(SUBSCRIPTIONS.payments, 'rg-billing')}/providers/Microsoft.KeyVault/vaults/kv-halden-billing`,
  storage: `${group(SUBSCRIPTIONS.payments, 'rg-billing')}/providers/Microsoft.Storage/storageAccounts/sthaldenreceipts`,
}
export const VAULT_URI = 'https://kv-halden-billing.vault.azure.net/'
