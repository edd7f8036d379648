// Issuers of tokens that roles accept, and instance profiles.
import type { Stream } from '@/core/connector'
import { absent, answer, mapFact, type Fact } from '@/core/fact'
import type { Of } from '@/core/observation'
import { dateOf } from './map-identity'
import { arnKey, issuerLink } from './map-joins'
import { following, pageOf } from './page'
import { InstanceProfile, OidcProvider, OidcProviders, SamlProviders, type SamlProvider } from './shapes'

const OIDC = 'iam:ListOpenIDConnectProviders'
const OIDC_DETAIL = 'iam:GetOpenIDConnectProvider'
const SAML = 'iam:ListSAMLProviders'
const PROFILES = 'iam:ListInstanceProfiles'
const ProfilePage = pageOf('InstanceProfiles', InstanceProfile)

function oidcIssuer(arn: string, provider: Fact<OidcProvider>): Of<'issuer'> {
  // The ARN ends in the URL without its scheme, so that the issuer has its name even when the detail is refused.
  const url = arn.slice(arn.indexOf(':oidc-provider/') + ':oidc-provider/'.length)
  return {
    kind: 'issuer',
    nativeId: arn,
    aliases: [url],
    keys: [arnKey(arn)],
    links: [issuerLink(url)],
    type: 'aws.oidc-provider',
    name: url,
    audiences: mapFact(provider, (known) => [...known.ClientIDList].sort()),
    createdAt:
      provider.state === 'known' ? dateOf(provider.value.CreateDate, OIDC_DETAIL, 'CreateDate') : provider,
    expiresAt: absent(OIDC, 'it has no end date'),
  }
}

const samlIssuer = (provider: SamlProvider): Of<'issuer'> => ({
  kind: 'issuer',
  nativeId: provider.Arn,
  aliases: [],
  keys: [arnKey(provider.Arn)],
  type: 'aws.saml-provider',
  name: provider.Arn.split('/').at(-1) || provider.Arn,
  audiences: absent(SAML, 'SAML providers are not limited to audiences here'),
  createdAt: dateOf(provider.CreateDate, SAML, 'CreateDate'),
  expiresAt: answer(provider.ValidUntil, SAML),
})

export const issuers: Stream = {
  kinds: ['issuer'],
  async *collect({ session }) {
    const { OpenIDConnectProviderList } = await session.call(OIDC, {}, OidcProviders)
    for (const { Arn } of OpenIDConnectProviderList) {
      const params = { OpenIDConnectProviderArn: Arn }
      const provider = await session.ask(OIDC_DETAIL, params, OidcProvider, { absentOn: ['NoSuchEntity'] })
      if (provider.state !== 'absent') yield oidcIssuer(Arn, provider)
    }
    const { SAMLProviderList } = await session.call(SAML, {}, SamlProviders)
    yield* SAMLProviderList.map(samlIssuer)
  },
}

export const instanceProfiles: Stream = {
  kinds: ['workload'],
  async *collect({ session }) {
    const pages = session.pages(PROFILES, { MaxItems: 1000 }, ProfilePage, { next: following })
    for await (const page of pages)
      for (const profile of page.items)
        yield {
          kind: 'workload',
          nativeId: profile.InstanceProfileId,
          aliases: [profile.Arn],
          type: 'aws.instance-profile',
          name: profile.InstanceProfileName,
          uses: profile.Roles.map((role) => role.RoleId).sort(),
          createdAt: dateOf(profile.CreateDate, PROFILES, 'CreateDate'),
        }
  },
}
