// Weak spots of trust in issuers that serve everybody, and trust that only looks weak: worked out by hand.
import {
  AUD,
  BITBUCKET,
  CIRCLE,
  type Case,
  GITHUB,
  GITLAB,
  TERRAFORM,
  THINGS,
  asking,
  bare,
  github,
  tokens,
  EKS,
} from './aws-trust-policies'

const ONE_BRANCH = asking(GITHUB, 'StringEquals', { sub: 'repo:acme@1/app@2:ref:refs/heads/main' })

export const OF_EVERYBODY: Case[] = [
  {
    name: 'F01 nothing but the audience',
    trusts: [github('StringEquals', {})],
    found: ['F01 critical yes', 'F02 medium yes'],
    says: /everyone whom GitHub serves/,
  },
  {
    name: 'F01 nothing at all',
    trusts: [tokens(GITHUB)],
    // Strangers come in: that they need no audience either adds nothing.
    found: ['F01 critical yes', 'F02 medium yes'],
  },
  {
    name: 'F01 a subject of any repository',
    trusts: [github('StringLike', { sub: 'repo:*' })],
    found: ['F01 critical yes', 'F02 medium yes'],
  },
  {
    name: 'F01 the same repository of anybody',
    trusts: [github('StringLike', { sub: 'repo:*/app:*' })],
    found: ['F01 critical yes'],
  },
  {
    name: 'F01 GitLab',
    trusts: [tokens(GITLAB, asking(GITLAB, 'StringEquals', { aud: 'https://gitlab.com' }))],
    found: ['F01 critical yes', 'F02 medium yes'],
  },
  {
    name: 'F01 Terraform, any organization',
    trusts: [
      tokens(
        TERRAFORM,
        asking(TERRAFORM, 'StringLike', {
          aud: 'aws.workload.identity',
          sub: 'organization:*:workspace:prod:*',
        }),
      ),
    ],
    found: ['F01 critical yes'],
  },
  {
    name: 'F01 any identity pool',
    trusts: [bare('cognito-identity.amazonaws.com')],
    found: ['F01 critical yes', 'F02 medium yes'],
    things: THINGS,
  },
  {
    name: 'one identity pool',
    trusts: [
      bare('cognito-identity.amazonaws.com', {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:11-22' },
      }),
    ],
    found: ['F04 medium yes'],
  },
  {
    name: 'F01 any Google account',
    trusts: [bare('accounts.google.com')],
    found: ['F01 critical yes', 'F02 medium yes'],
  },
  {
    name: 'one Google service account by its number',
    trusts: [bare('accounts.google.com', { StringEquals: { 'accounts.google.com:sub': '1122' } })],
    found: [],
  },
  {
    name: 'F01 open, unless the request comes from an address',
    trusts: [
      tokens(GITHUB, {
        ...asking(GITHUB, 'StringEquals', AUD),
        IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
      }),
    ],
    found: ['F01 critical depends'],
  },
  {
    name: 'F01 open, but a deny keeps strangers out',
    trusts: [
      github('StringEquals', {}),
      tokens(GITHUB, asking(GITHUB, 'StringNotLike', { sub: 'repo:acme/*' }), 'deny'),
    ],
    found: [],
  },
  {
    name: 'F03 lookalikes',
    trusts: [github('StringLike', { sub: 'repo:acme*' })],
    found: ['F03 critical yes'],
    says: /any GitHub user who registers .*"acme"/,
  },
  {
    name: 'F03 lookalikes on GitLab',
    trusts: [tokens(GITLAB, asking(GITLAB, 'StringLike', { ...AUD, sub: 'project_path:acme*' }))],
    found: ['F03 critical yes'],
    says: /GitLab user/,
  },
  {
    name: 'F03 lookalikes, but the number of the owner is asked for too',
    trusts: [github('StringLike', { sub: 'repo:acme*', repository_owner_id: '42' })],
    found: ['F04 medium yes'],
  },
  {
    name: 'F04 whole organization',
    trusts: [github('StringLike', { sub: 'repo:acme/*' })],
    found: ['F04 medium yes', 'F10 low yes'],
  },
  {
    name: 'F04 any branch',
    trusts: [github('StringLike', { sub: 'repo:acme/app:*' })],
    found: ['F04 low yes', 'F10 low yes'],
    says: /any branch/,
  },
  {
    name: 'F04 any branch, by numbers',
    trusts: [github('StringLike', { sub: 'repo:acme@1/app@2:*' })],
    found: ['F04 low yes'],
  },
  {
    name: 'F04 pull requests',
    trusts: [github('StringEquals', { sub: 'repo:acme/app:pull_request' })],
    found: ['F04 low yes', 'F10 low yes'],
  },
  {
    name: 'F04 whole organization in Terraform',
    trusts: [
      tokens(
        TERRAFORM,
        asking(TERRAFORM, 'StringLike', { aud: 'aws.workload.identity', sub: 'organization:acme:*' }),
      ),
    ],
    found: ['F04 medium yes', 'F10 low yes'],
  },
  { name: 'F04 whole workspace of Bitbucket', trusts: [tokens(BITBUCKET)], found: ['F04 medium yes'] },
  {
    name: 'F04 whole organization of CircleCI',
    trusts: [tokens(CIRCLE, asking(CIRCLE, 'StringEquals', { aud: '11-22' }))],
    found: ['F04 medium yes'],
  },
  {
    name: 'one project of CircleCI, any user',
    trusts: [tokens(CIRCLE, asking(CIRCLE, 'StringLike', { aud: '11-22', sub: 'org/11-22/project/33/*' }))],
    found: ['F04 low yes'],
  },
  {
    name: 'F05 a star that is none',
    trusts: [github('StringEquals', { sub: 'repo:acme/*' })],
    found: ['F05 low yes'],
    says: /no token fits/,
  },
  {
    name: 'F06 a claim that nobody makes',
    trusts: [
      tokens(GITHUB, {
        ...asking(GITHUB, 'StringEquals', AUD),
        ...asking(GITHUB, 'ForAllValues:StringLike', { subject: 'repo:acme/*' }),
      }),
    ],
    found: ['F06 critical yes'],
    says: /ForAllValues/,
  },
  {
    name: 'F06 a claim that is always there',
    trusts: [
      tokens(GITHUB, {
        ...asking(GITHUB, 'StringEquals', AUD),
        ...asking(GITHUB, 'ForAllValues:StringLike', { sub: 'repo:acme/app:*' }),
      }),
    ],
    found: ['F06 medium yes'],
  },
  {
    name: 'F07 only who must not',
    trusts: [
      tokens(GITHUB, {
        ...asking(GITHUB, 'StringEquals', AUD),
        ...asking(GITHUB, 'StringNotLike', { sub: 'repo:evil/*' }),
      }),
    ],
    found: ['F07 critical yes'],
  },
  {
    name: 'F08 no audience, of a provider that takes several',
    trusts: [tokens(GITHUB, ONE_BRANCH)],
    things: [{ ...THINGS[0]!, audiences: ['sts.amazonaws.com', 'acme'] }],
    found: ['F08 medium yes'],
    says: /takes 2 \(sts\.amazonaws\.com, acme\)/,
  },
  {
    name: 'no audience, of a provider that takes one: AWS asks for that',
    trusts: [
      tokens(GITHUB, ONE_BRANCH),
      tokens(GITHUB, asking(GITHUB, 'StringLike', { sub: 'repo:acme@1/app@2:*' })),
    ],
    things: [{ ...THINGS[0]!, audiences: ['sts.amazonaws.com'] }],
    found: ['F04 low yes'],
  },
  {
    name: 'no audience, and one service account, whatever the provider takes',
    trusts: [tokens(EKS, asking(EKS, 'StringEquals', { sub: 'system:serviceaccount:shop:api' }))],
    found: [],
  },
  {
    name: 'F08 no audience, many service accounts, and it is not told what the provider takes',
    trusts: [tokens(EKS, asking(EKS, 'StringLike', { sub: 'system:serviceaccount:shop:*' }))],
    found: ['F11 medium yes', 'F08 low depends'],
    says: /How many audiences/,
  },
  {
    name: 'F09 a branch of anybody',
    trusts: [github('StringEquals', { ref: 'refs/heads/main' })],
    found: ['F09 critical yes'],
    says: /ref alone/,
  },
  {
    name: 'F09 a person, an environment',
    trusts: [github('StringEquals', { actor: 'octocat', environment: 'prod' })],
    found: ['F09 critical yes'],
  },
  {
    name: 'safe without a subject: a repository by its number',
    trusts: [github('StringEquals', { repository_id: '77', ref: 'refs/heads/main' })],
    found: ['F04 low yes'],
  },
  {
    name: 'safe without a subject: one workflow',
    trusts: [github('StringEquals', { job_workflow_ref: 'acme/ci/.github/workflows/x.yml@refs/heads/main' })],
    found: ['F10 low yes'],
  },
  {
    name: 'F10 one branch by name',
    trusts: [github('StringEquals', { sub: 'repo:acme/app:ref:refs/heads/main' })],
    found: ['F10 low yes'],
  },
  {
    name: 'one branch by number',
    trusts: [github('StringEquals', { sub: 'repo:acme@1/app@2:ref:refs/heads/main' })],
    found: [],
  },
  {
    name: 'one branch by name, and the number of the repository',
    trusts: [github('StringEquals', { sub: 'repo:acme/app:ref:refs/heads/main', repository_id: '2' })],
    found: [],
  },
  {
    name: 'a subject that anybody can have made',
    trusts: [github('StringEquals', { sub: 'environment:production' })],
    found: ['F01 critical yes'],
  },
]
