// Workload identity pools: each provider as an issuer, and the rule by which it lets tokens in.
import type { Stream } from '@/core/connector'
import { absent, known, unknown } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import { lookAt } from './look'
import { providerLinks, withoutScheme } from './map-federation'
import { PROVIDERS, type ReadPool } from './pools'
import type { Provider } from './shapes'
import { lastPart } from './values'

const KINDS = ['issuer', 'entitlement'] as const
const NO_DATE = 'the API has no date of it'

/** Without a list a token has to be issued for the provider itself, under one of two names. */
function audiencesOf({ oidc, name }: Provider): Of<'issuer'>['audiences'] {
  if (!oidc) return absent(PROVIDERS, 'it takes no tokens with an audience')
  const own = [`https://iam.googleapis.com/${name}`, `//iam.googleapis.com/${name}`]
  return known(oidc.allowedAudiences.length ? oidc.allowedAudiences : own, PROVIDERS)
}

const sortOf = ({ oidc, aws, saml, x509 }: Provider): string =>
  oidc
    ? withoutScheme(oidc.issuerUri)
    : aws
      ? `AWS account ${aws.accountId}`
      : saml
        ? 'SAML'
        : x509
          ? 'X.509'
          : 'unknown'

function issuerRow(pool: ReadPool, provider: Provider): Of<'issuer'> {
  const links = providerLinks(provider)
  const off = pool.disabled || provider.disabled ? ', disabled' : ''
  return {
    kind: 'issuer',
    nativeId: provider.name,
    aliases: [`//iam.googleapis.com/${provider.name}`],
    ...(links.length && { links }),
    type: 'gcp.workload-identity-provider',
    name: `${pool.id}/${lastPart(provider.name)} (${sortOf(provider)}${off})`,
    audiences: audiencesOf(provider),
    createdAt: unknown('not-offered', PROVIDERS, NO_DATE),
    expiresAt: absent(PROVIDERS, 'providers have no end date'),
    defaultTtlSeconds: unknown('not-offered', PROVIDERS, 'who vouches for the token says how long it lives'),
  }
}

/** What a token has to be like. It gives nothing by itself: who comes in so holds what is bound to the pool. */
function ruleRow(pool: ReadPool, provider: Provider): Of<'entitlement'> {
  const { oidc, aws, attributeMapping, attributeCondition } = provider
  return {
    kind: 'entitlement',
    nativeId: `${provider.name}/rule`,
    aliases: [],
    type: 'gcp.workload-identity-rule',
    name: `${pool.id}/${lastPart(provider.name)}`,
    language: 'gcp-workload-identity',
    managedBy: 'customer',
    document: known(
      {
        pool: pool.name,
        ...(pool.mode && { mode: pool.mode }),
        ...(oidc && { issuer: oidc.issuerUri, allowedAudiences: oidc.allowedAudiences }),
        ...(aws && { awsAccount: aws.accountId }),
        attributeMapping,
        ...(attributeCondition !== '' && { attributeCondition }),
        disabled: pool.disabled === true || provider.disabled === true,
      },
      PROVIDERS,
    ),
    gives: 'nothing',
  }
}

export const workloadIdentityPools: Stream = {
  kinds: KINDS,
  async *collect(at): AsyncGenerator<Observation> {
    const look = await lookAt(at)
    const { all, refusals } = await look.pools()
    for (const refusal of refusals) look.lacking(KINDS, refusal)
    for (const pool of all)
      for (const provider of pool.providers) {
        yield issuerRow(pool, provider)
        yield ruleRow(pool, provider)
      }
  },
}
