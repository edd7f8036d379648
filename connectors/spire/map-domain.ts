// Trust domains: the own one as an issuer, and foreign ones as issuers with whoever they vouch for.
import { absent, known, unknown } from '@/core/fact'
import type { Of } from '@/core/observation'
import { BUNDLE, BUNDLES, ENTRIES } from './calls'
import { domainKeys, domainLink, SPIFFE_ID } from './joins'
import type { Named } from './map-entry'
import { domainUri } from './names'

export const ownIssuer = (domain: string, { issuer, unseen }: Named): Of<'issuer'> => ({
  kind: 'issuer',
  nativeId: domainUri(domain),
  aliases: [],
  keys: domainKeys(domain, issuer),
  ...(unseen && { joiningUnseen: true as const }),
  type: 'spire.issuer',
  name: domain,
  audiences: absent(BUNDLE, 'a workload can ask for a JWT-SVID for any audience'),
  createdAt: unknown('not-offered', BUNDLE, 'the server does not tell it'),
  expiresAt: absent(BUNDLE, 'its authorities follow one another'),
  defaultTtlSeconds: unknown('not-offered', ENTRIES, 'a setting of the server that it does not tell'),
})

export const foreignIssuer = (domain: string): Of<'issuer'> => ({
  kind: 'issuer',
  nativeId: domainUri(domain),
  aliases: [],
  links: [domainLink(domain)],
  type: 'spire.federated-issuer',
  name: domain,
  audiences: absent(BUNDLES, 'federation is for all audiences'),
  createdAt: unknown('not-offered', BUNDLES, 'the server does not tell since when'),
  expiresAt: absent(BUNDLES, 'federation holds until somebody ends it'),
})

/** Everyone whom the other domain vouches for: which workloads that are, only it knows. */
export const everyoneIn = (domain: string): Of<'identity'> => ({
  kind: 'identity',
  nativeId: `${domainUri(domain)}/*`,
  aliases: [],
  // Meant by whoever trusts the whole domain, and by nobody who trusts a part of it.
  keys: [{ type: SPIFFE_ID, value: `${domainUri(domain)}/*` }],
  type: 'spire.federated-domain',
  name: `${domainUri(domain)}/*`,
  class: 'machine',
  classReason: 'It stands for the workloads of another trust domain.',
  createdAt: unknown('not-offered', BUNDLES, 'the server does not tell since when'),
  enabled: known(true, BUNDLES),
  lastUsedAt: unknown('not-offered', BUNDLES, 'the server does not tell it'),
  description: absent(BUNDLES, 'the server keeps none'),
  maxSessionSeconds: absent(BUNDLES, 'it is a matter of the other domain'),
  tags: known({}, BUNDLES),
  vendor: unknown('not-offered', BUNDLES, 'whose trust domain it is, the server does not tell'),
  neverHasCredentials: true,
})
