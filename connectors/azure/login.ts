// Signs in through the identity library, which keeps and renews tokens. Nothing but the client ever sees one.
import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
  type TokenCredential,
} from '@azure/identity'
import type { Hosts } from './clouds'
import { Trouble } from './explain'
import type { Route } from './http'
import { rerouting } from './reroute'
import type { AzureSettings } from './settings'

/** Where AKS puts the token of a workload. */
const TOKEN_PATH = '/var/run/secrets/azure/tokens/azure-identity-token'
/** The session repeats calls, and counts every attempt. */
export const NO_RETRIES = { retryOptions: { maxRetries: 0 } }

export function credentialOf(
  { tenantId, login }: AzureSettings,
  hosts: Hosts,
  route?: Route,
): TokenCredential {
  const options = {
    ...NO_RETRIES,
    authorityHost: hosts.login,
    ...(route && { additionalPolicies: [rerouting(route)] }),
  }
  if (login.method === 'workload-identity')
    return new WorkloadIdentityCredential({
      ...options,
      tenantId,
      clientId: login.clientId,
      tokenFilePath: login.tokenPath ?? TOKEN_PATH,
    })
  if (login.method === 'managed-identity')
    return new ManagedIdentityCredential({
      ...options,
      ...(login.clientId !== undefined && { clientId: login.clientId }),
    })
  if (login.method === 'certificate')
    return new ClientCertificateCredential(
      tenantId,
      login.clientId,
      { certificatePath: login.certificatePath },
      options,
    )
  return new ClientSecretCredential(tenantId, login.clientId, login.clientSecret, options)
}

/** The value for the header `Authorization`. */
export async function bearer(
  credential: TokenCredential,
  scope: string,
  abortSignal: AbortSignal,
): Promise<string> {
  const token = await credential.getToken(scope, { abortSignal })
  if (!token) throw new Trouble({ why: 'denied', code: 'sign-in', detail: 'Signing in gave no token.' })
  return `Bearer ${token.token}`
}
