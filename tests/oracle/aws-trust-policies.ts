// Builds trust policies of AWS for worlds worked out by hand.
import type { Principal, Realm, TrustStatement } from '@/core/access'
import { arn, provider, trust } from './aws-escalation-realm'

export const GITHUB = 'token.actions.githubusercontent.com'
export const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/4F1A'
export const GITLAB = 'gitlab.com'
export const TERRAFORM = 'app.terraform.io'
export const CIRCLE = 'oidc.circleci.com/org/11-22'
export const BITBUCKET = 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc'
export const SPIRE = 'spire.acme.example'
export const HOSTS = [GITHUB, EKS, GITLAB, TERRAFORM, CIRCLE, BITBUCKET, SPIRE]
export const THINGS = HOSTS.map((host) => provider(arn('oidc-provider', host)))

export type Conditions = Readonly<Record<string, unknown>>
export const tokens = (
  host: string,
  conditions?: Conditions,
  effect: 'allow' | 'deny' = 'allow',
): TrustStatement =>
  trust({
    principalType: 'federated',
    principal: arn('oidc-provider', host),
    actions: ['sts:AssumeRoleWithWebIdentity'],
    effect,
    ...(conditions && { conditions }),
  })
export const asking = (
  host: string,
  operator: string,
  claims: Readonly<Record<string, string | string[]>>,
): Conditions => ({
  [operator]: Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${host}:${claim}`, value])),
})
export const AUD = { aud: 'sts.amazonaws.com' }
export const github = (operator: string, claims: Readonly<Record<string, string | string[]>>) =>
  tokens(GITHUB, asking(GITHUB, operator, { ...AUD, ...claims }))
export const eks = (operator: string, sub: string) => tokens(EKS, asking(EKS, operator, { ...AUD, sub }))
export const bare = (principal: string, conditions?: Conditions) =>
  trust({
    principalType: 'federated',
    principal,
    actions: ['sts:AssumeRoleWithWebIdentity'],
    ...(conditions && { conditions }),
  })

/** `F03 critical yes`: in this order, and nothing else but what `beside` names. */
export type Case = {
  name: string
  trusts: TrustStatement[]
  found: string[]
  says?: RegExp
  elsewhere?: Principal[]
  things?: Realm['things']
}
