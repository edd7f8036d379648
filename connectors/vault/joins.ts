// Names that things of a server bear for others, and names by which it means things of others.
import type { Joins } from '@/core/join'

const OWN = [
  { type: 'vault.auth-role', kind: 'identity' },
  { type: 'vault.path', kind: 'secret' },
  { type: 'vault.issuing-path', kind: 'issuer' },
  { type: 'vault.issuing-path', kind: 'credential' },
] as const

export const joins: Joins = {
  offers: OWN,
  expects: [
    ...OWN,
    { type: 'kubernetes.subject', kind: 'identity' },
    { type: 'kubernetes.uid', kind: 'identity' },
    { type: 'oidc.subject', kind: 'identity' },
    { type: 'oidc.issuer', kind: 'issuer' },
    { type: 'spiffe.id', kind: 'identity' },
    { type: 'aws.arn', kind: 'identity' },
    { type: 'aws.role-name', kind: 'identity' },
    { type: 'aws.account', kind: 'identity' },
    { type: 'aws.access-key-id', kind: 'credential' },
    { type: 'azure.object-id', kind: 'identity' },
    { type: 'gcp.service-account-email', kind: 'identity' },
  ],
}
