// The names by which things of a tenant are known to others, and by which they mean others.
import type { Key } from '@/core/join'

export const OBJECT_ID = 'azure.object-id'
export const CLIENT_ID = 'azure.client-id'
export const RESOURCE_ID = 'azure.resource-id'
export const KEY_VAULT_SECRET = 'azure.key-vault-secret'
export const OIDC_SUBJECT = 'oidc.subject'
export const OIDC_ISSUER = 'oidc.issuer'

/** Of a service principal or an application object: its id in the directory. */
export const objectIdKey = (id: string): Key => ({ type: OBJECT_ID, value: id.toLowerCase() })
/** The application (client) id, which is the same in every tenant. */
export const clientIdKey = (appId: string): Key => ({ type: CLIENT_ID, value: appId.toLowerCase() })
/** The id of a resource of Azure Resource Manager; upper and lower case mean the same there. */
export const resourceId = (id: string): string => id.toLowerCase().replace(/\/+$/, '')
export const resourceIdKey = (id: string): Key => ({ type: RESOURCE_ID, value: resourceId(id) })
/** The host of a vault as others write it: `https://kv-pay.vault.azure.net/` → `kv-pay.vault.azure.net`. */
export const vaultHost = (uri: string): string =>
  uri
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[:/].*$/, '')
export const keyVaultSecret = (uri: string, name: string): string => `${vaultHost(uri)}/${name.toLowerCase()}`

export const entraAuthority = (tenantId: string): string => `entra:${tenantId.toLowerCase()}`
export const azureAuthority = (tenantId: string): string => `azure:${tenantId.toLowerCase()}`

/** An issuer as it is named across systems: without `https://` and without a slash at its end. */
export const issuerName = (issuer: string): string => issuer.replace(/^https?:\/\//, '').replace(/\/+$/, '')
export const oidcSubject = (issuer: string, subject: string): string => `${issuerName(issuer)}|${subject}`
export const oidcAuthority = (issuer: string): string => `oidc:${issuerName(issuer)}`
