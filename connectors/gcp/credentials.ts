// Signs in as the settings say. The library of the vendor gets the tokens; it is loaded with the first call only.
import { callbackify } from 'node:util'
import type { AuthClient, ExternalAccountClientOptions } from 'google-auth-library'
import { SignInFailed, Trouble } from './explain'
import { readKeyFile, type GcpSettings, type Login } from './settings'

/** The one that every API here takes. What may be read is for IAM to decide, by the role of whoever signs in. */
const SCOPES = ['https://www.googleapis.com/auth/cloud-platform']
const LIFETIME_SECONDS = 3600

/** Where tokens are given out. Another place is for tests only. */
export type Places = {
  tokens: string
  impersonation: string
  /** Where a claim signed by a key is exchanged. Left out: where the library knows. */
  keys?: string
}
export const GOOGLE: Places = {
  tokens: 'https://sts.googleapis.com/v1/token',
  impersonation: 'https://iamcredentials.googleapis.com',
}

type Federation = Extract<Login, { method: 'federation' }>
/** Only a file or an address: what could be run has no place here. */
function externalAccount(login: Federation, places: Places): ExternalAccountClientOptions {
  const { audience, tokenPath, tokenUrl, tokenField } = login
  const format =
    tokenField === undefined
      ? { type: 'text' as const }
      : { type: 'json' as const, subject_token_field_name: tokenField }
  return {
    type: 'external_account',
    audience,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: places.tokens,
    credential_source:
      tokenPath !== undefined ? { file: tokenPath, format } : { url: tokenUrl ?? '', format },
    scopes: SCOPES,
  } as ExternalAccountClientOptions
}

async function signerOf(login: Login, places: Places): Promise<AuthClient> {
  const { Compute, ExternalAccountClient, GoogleAuth, JWT } = await import('google-auth-library')
  if (login.method === 'metadata') return new Compute({ scopes: SCOPES })
  if (login.method === 'ambient') return await new GoogleAuth({ scopes: SCOPES }).getClient()
  if (login.method === 'federation') {
    const client = ExternalAccountClient.fromJSON(externalAccount(login, places))
    if (client) return client
  }
  const key = login.method === 'key' ? readKeyFile(login.keyFile) : undefined
  if (!key) throw new Trouble({ why: 'denied', detail: 'The key file cannot be read. Enter it again.' })
  const signer = new JWT({
    email: key.client_email,
    key: key.private_key,
    keyId: key.private_key_id,
    scopes: SCOPES,
  })
  const { keys } = places
  // The library has no setting for the address.
  if (keys !== undefined)
    signer.transporter.interceptors.request.add({
      resolved: async (asked) => Object.assign(asked, { url: new URL(keys) }),
    })
  return signer
}

async function clientOf({ login, impersonate }: GcpSettings, places: Places): Promise<AuthClient> {
  const signer = await signerOf(login, places)
  if (impersonate === undefined) return signer
  const { Impersonated } = await import('google-auth-library')
  return new Impersonated({
    sourceClient: signer,
    targetPrincipal: impersonate,
    targetScopes: SCOPES,
    lifetime: LIFETIME_SECONDS,
    endpoint: places.impersonation,
  })
}

export class Credentials {
  private client: Promise<AuthClient> | undefined

  constructor(
    private readonly settings: GcpSettings,
    private readonly places: Places = GOOGLE,
  ) {}

  /** A token that is still valid: the library keeps it and gets a new one in time. */
  token(): Promise<string> {
    const get = callbackify(async () => {
      this.client ??= clientOf(this.settings, this.places)
      const client = await this.client
      const { token } = await client.getAccessToken()
      return token ?? ''
    })
    return new Promise((resolve, reject) => {
      get((error, token) => {
        if (!error) return resolve(token)
        // The next attempt begins anew: what failed may be kept in the client.
        this.client = undefined
        reject(error instanceof Trouble ? error : new SignInFailed(error))
      })
    })
  }
}
