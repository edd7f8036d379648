// What holds of every thing of a type in Kubernetes, whichever it is.
import type { OfType } from '@/core/connector'

/**
 * https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets: a token in a Secret is for where the
 * TokenRequest API cannot be used; since 1.24 none is made by itself.
 */
const BOUND = 'bound tokens of the TokenRequest API, which end by themselves'

export const ofType: Readonly<Record<string, OfType>> = {
  'kubernetes.service-account': {
    own: true,
    trustless: true,
    closed: true,
    // Its own are tokens. That somebody had a certificate signed in its name is told where that is seen.
    credentialsIn: ['secrets', 'workloads'],
    // Each namespace has one: https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts
    defaults: ['*/default'],
    place: ['^([^/]+)/'],
  },
  'kubernetes.node': { own: true, trustless: true },
  'kubernetes.user': { trustless: true },
  'kubernetes.group': { trustless: true },
  'kubernetes.spiffe-id': { trustless: true },
  'kubernetes.legacy-token': { supersededBy: BOUND, alternative: BOUND, toldBy: ['secrets'] },
  'kubernetes.external-secret': {
    copyOf: ['vault.path', 'aws.secret', 'aws.parameter', 'azure.key-vault-secret', 'gcp.secret'],
  },
}
