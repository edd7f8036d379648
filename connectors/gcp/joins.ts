// Names that things of Google Cloud bear for others, and names by which it means things of others.
import type { Joins } from '@/core/join'

const OWN = [
  { type: 'gcp.service-account-email', kind: 'identity' },
  { type: 'gcp.unique-id', kind: 'identity' },
  // Service accounts of clusters bear it as well: the principal that a binding names is one of them.
  { type: 'gcp.workload-identity', kind: 'identity' },
  { type: 'gcp.key-id', kind: 'credential' },
  { type: 'gcp.role', kind: 'entitlement' },
  { type: 'gcp.secret', kind: 'secret' },
] as const

export const joins: Joins = {
  offers: OWN,
  expects: [
    ...OWN,
    { type: 'kubernetes.uid', kind: 'identity' },
    { type: 'oidc.subject', kind: 'identity' },
    { type: 'oidc.issuer', kind: 'issuer' },
    { type: 'spiffe.id', kind: 'identity' },
    { type: 'aws.role-name', kind: 'identity' },
    { type: 'aws.account', kind: 'identity' },
    { type: 'aws.arn', kind: 'identity' },
    { type: 'azure.object-id', kind: 'identity' },
  ],
}
