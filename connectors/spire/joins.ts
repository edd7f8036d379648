// Names by which others mean the identities of a trust domain, and names by which its entries mean things of others.
import type { Joins, Key, Link } from '@/core/join'
import { domainUri } from './names'

export const SPIFFE_ID = 'spiffe.id'
export const TRUST_DOMAIN = 'spiffe.trust-domain'
const ACCOUNT = 'kubernetes.service-account'
const INSTANCE = 'aws.instance-id'

export const joins: Joins = {
  offers: [
    { type: SPIFFE_ID, kind: 'identity' },
    { type: 'oidc.subject', kind: 'identity' },
    { type: TRUST_DOMAIN, kind: 'issuer' },
    { type: 'oidc.issuer', kind: 'issuer' },
  ],
  expects: [
    { type: ACCOUNT, kind: 'identity' },
    { type: INSTANCE, kind: 'identity' },
    { type: TRUST_DOMAIN, kind: 'issuer' },
  ],
}

export const domainAuthority = (domain: string): string => `spiffe:${domain}`
export const issuerAuthority = (issuer: string): string => `oidc:${issuer}`

/** @param issuer of JWT-SVIDs, without `https://`, where it is known */
export const identityKeys = (uri: string, issuer: string | undefined): Key[] => [
  { type: SPIFFE_ID, value: uri },
  ...(issuer === undefined ? [] : [{ type: 'oidc.subject', value: `${issuer}|${uri}` }]),
]
export const domainKeys = (domain: string, issuer?: string): Key[] => [
  { type: TRUST_DOMAIN, value: domainUri(domain) },
  ...(issuer === undefined ? [] : [{ type: 'oidc.issuer', value: issuer }]),
]

/** A foreign trust domain, by its name. */
export const domainLink = (domain: string): Link => ({
  relation: 'declared',
  means: 'relied-on',
  kind: 'issuer',
  to: TRUST_DOMAIN,
  match: 'exact',
  value: domainUri(domain),
  authority: domainAuthority(domain),
  reason: 'The server holds the authorities of this trust domain.',
})

/** Selectors of one kind: their values behind the kind. */
const valuesOf = (selectors: readonly string[], kind: string): string[] =>
  selectors.flatMap((one) => (one.startsWith(kind) ? [one.slice(kind.length)] : []))

/**
 * The service accounts whose pods fit: selectors name namespace and name, and not the cluster. A pod has one of each, so that
 * two of a kind fit nobody.
 */
export function accountLinks(selectors: readonly string[]): Link[] {
  const [namespace, ...others] = valuesOf(selectors, 'k8s:ns:')
  const [name, ...more] = valuesOf(selectors, 'k8s:sa:')
  if ((namespace === undefined && name === undefined) || others.length || more.length) return []
  const further = selectors.length > [namespace, name].filter((one) => one !== undefined).length
  const whose = [
    name === undefined ? 'any service account' : `the service account ${name}`,
    namespace === undefined ? 'in any namespace' : `in the namespace ${namespace}`,
  ].join(' ')
  return [
    {
      relation: 'permitted',
      means: 'becomes-this',
      to: ACCOUNT,
      match: 'pattern',
      value: `*|${namespace ?? '*'}/${name ?? '*'}`,
      reason:
        `Its entry is for pods of ${whose}; which cluster that is in, selectors do not say.${further ? ' Further selectors apply.' : ''}`.slice(
          0,
          1000,
        ),
    },
  ]
}

/** `/spire/agent/aws_iid/<account>/<region>/<instance>`: the node that the agent runs on. */
export function instanceLinks(path: string): Link[] {
  const instance = /^\/spire\/agent\/aws_iid\/\d{12}\/[a-z0-9-]+\/(i-[0-9a-f]+)$/.exec(path)?.[1]
  if (instance === undefined) return []
  return [
    {
      relation: 'permitted',
      means: 'becomes-this',
      to: INSTANCE,
      match: 'exact',
      value: instance,
      reason: 'The agent was attested by the identity document of this instance.',
    },
  ]
}
