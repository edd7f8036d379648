// What holds of every thing of a type in Vault and OpenBao, whichever it is.
import type { OfType } from '@/core/connector'

/** https://developer.hashicorp.com/vault/docs/auth: methods by which a platform vouches for what runs on it. */
const VOUCHED = 'the Kubernetes, JWT or cloud auth method, by which the platform vouches for what runs on it'
/** What is leased belongs to whoever asked for it, and a live token is an identity of its own. */
const signsInBy = (...credentialsIn: string[]): OfType => ({ own: true, closed: true, credentialsIn })

export const ofType: Readonly<Record<string, OfType>> = {
  'vault.approle-role': signsInBy('secret-ids'),
  'vault.kubernetes-role': signsInBy(),
  'vault.jwt-role': signsInBy(),
  'vault.cert-role': signsInBy(),
  'vault.userpass-user': signsInBy('userpass-users'),
  'vault.aws-role': signsInBy(),
  'vault.azure-role': signsInBy(),
  'vault.gcp-role': signsInBy(),
  'vault.token-role': signsInBy('tokens'),
  'vault.root': signsInBy('tokens'),
  'vault.entity': signsInBy(),
  'vault.secret-id': { alternative: VOUCHED, toldBy: ['secret-ids'] },
  'vault.token': { alternative: VOUCHED },
  // Programs sign in with it as well: which of the two it is, its user tells.
  'vault.userpass-password': {
    signsIn: true,
    toldBy: ['userpass-users'],
    alternative: 'the OIDC method for people, or for programs one by which their platform vouches for them',
  },
  // https://developer.hashicorp.com/vault/docs/secrets/databases#static-roles
  'vault.database-account': { alternative: 'a dynamic role, which makes an account for each lease' },
  'vault.kv-secret': { store: true },
}
