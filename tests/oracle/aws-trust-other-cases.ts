// Weak spots of trust in clusters, accounts, services and anyone, and trust that only looks weak: worked out by hand.
import { AUD, type Case, EKS, SPIRE, asking, bare, eks, github, tokens } from './aws-trust-policies'
import { ACCOUNT, arn, role, trust } from './aws-escalation-realm'

export const OF_OTHERS: Case[] = [
  {
    name: 'F11 no subject',
    trusts: [tokens(EKS, asking(EKS, 'StringEquals', AUD))],
    found: ['F11 high yes'],
    says: /no subject/,
  },
  {
    name: 'F11 any service account',
    trusts: [eks('StringLike', 'system:serviceaccount:*')],
    found: ['F11 high yes'],
  },
  {
    name: 'F11 same name in any namespace',
    trusts: [eks('StringLike', 'system:serviceaccount:*:app')],
    found: ['F11 high yes'],
    says: /named "app"/,
  },
  {
    name: 'F11 any of a namespace',
    trusts: [eks('StringLike', 'system:serviceaccount:shop:*')],
    found: ['F11 medium yes'],
  },
  {
    name: 'F11 lookalikes in a namespace',
    trusts: [eks('StringLike', 'system:serviceaccount:shop:app*')],
    found: ['F11 medium yes'],
    says: /may make service accounts/,
  },
  {
    name: 'F11 lookalikes where few may make any',
    trusts: [eks('StringLike', 'system:serviceaccount:kube-system:efs-csi-*')],
    found: ['F11 low yes'],
  },
  { name: 'one service account', trusts: [eks('StringEquals', 'system:serviceaccount:shop:app')], found: [] },
  {
    name: 'one service account, by a pattern without a star',
    trusts: [eks('StringLike', 'system:serviceaccount:shop:app')],
    found: [],
  },
  {
    name: 'F12 provider that is gone',
    trusts: [github('StringEquals', {})],
    found: ['F12 low yes'],
    things: [],
  },
  {
    name: 'F13 EKS Pod Identity without an association',
    trusts: [trust({ principalType: 'service', principal: 'pods.eks.amazonaws.com' })],
    found: ['F13 low yes'],
  },
  {
    name: 'EKS Pod Identity with one',
    trusts: [
      trust({ principalType: 'service', principal: 'pods.eks.amazonaws.com' }),
      trust({
        principalType: 'federated',
        principal: `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/c|system:serviceaccount:shop:app`,
      }),
    ],
    found: [],
  },
  {
    name: 'F14 another account without an external id',
    trusts: [trust({ principalType: 'account', principal: '999988887777' })],
    found: ['F14 medium yes'],
  },
  {
    name: 'another account with one',
    trusts: [
      trust({
        principalType: 'account',
        principal: '999988887777',
        conditions: { StringEquals: { 'sts:ExternalId': 'x' } },
      }),
    ],
    found: [],
  },
  {
    name: 'F14 an external id that need not be there',
    trusts: [
      trust({
        principalType: 'account',
        principal: '999988887777',
        conditions: { StringEqualsIfExists: { 'sts:ExternalId': 'x' } },
      }),
    ],
    found: ['F14 medium yes'],
  },
  {
    name: 'another account of one’s own organization',
    trusts: [
      trust({
        principalType: 'account',
        principal: '999988887777',
        conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } },
      }),
    ],
    found: [],
  },
  { name: 'its own account', trusts: [trust({ principalType: 'account', principal: ACCOUNT })], found: [] },
  {
    name: 'F14 an account that is collected too',
    trusts: [trust({ principalType: 'account', principal: '999988887777' })],
    found: ['F14 low yes'],
    elsewhere: [{ ...role('x'), id: 'y', aliases: ['arn:aws:iam::999988887777:role/x'] }],
  },
  {
    name: 'F15 anyone',
    trusts: [trust({ principalType: 'anyone', principal: '*' })],
    found: ['F15 critical yes'],
  },
  {
    name: 'F15 anyone of some organization',
    trusts: [
      trust({
        principalType: 'anyone',
        principal: '*',
        conditions: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } },
      }),
    ],
    found: ['F15 critical yes'],
  },
  {
    name: 'anyone of one organization',
    trusts: [
      trust({
        principalType: 'anyone',
        principal: '*',
        conditions: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } },
      }),
    ],
    found: [],
  },
  {
    name: 'F15 anyone with an external id',
    trusts: [
      trust({
        principalType: 'anyone',
        principal: '*',
        conditions: { StringEquals: { 'sts:ExternalId': 'x' } },
      }),
    ],
    found: ['F15 high yes'],
    says: /sts:externalid/,
  },
  {
    name: 'F15 anyone from an address',
    trusts: [
      trust({
        principalType: 'anyone',
        principal: '*',
        conditions: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      }),
    ],
    found: ['F15 medium yes'],
  },
  {
    name: 'anyone who is one role',
    trusts: [
      trust({
        principalType: 'anyone',
        principal: '*',
        conditions: { StringEquals: { 'aws:PrincipalArn': arn('role', 'x') } },
      }),
    ],
    found: [],
  },
  {
    name: 'F15 anyone, by a condition nobody knows',
    trusts: [
      trust({
        principalType: 'anyone',
        principal: '*',
        conditions: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
      }),
    ],
    found: ['F15 high depends'],
  },
  {
    name: 'F15 everybody but one',
    trusts: [
      trust({
        principalType: 'anyone',
        principal: '*',
        conditions: { NotPrincipal: { AWS: arn('role', 'x') } },
      }),
    ],
    found: ['F15 critical yes'],
  },
  {
    name: 'F15 anyone, and a deny of strangers',
    trusts: [
      trust({ principalType: 'anyone', principal: '*' }),
      trust({
        principalType: 'anyone',
        principal: '*',
        effect: 'deny',
        actions: ['sts:*'],
        conditions: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abc' } },
      }),
    ],
    found: [],
  },
  {
    name: 'F16 a service for whomever it acts',
    trusts: [trust({ principalType: 'service', principal: 'cloudtrail.amazonaws.com' })],
    found: ['F16 low yes'],
  },
  {
    name: 'a service for this account',
    trusts: [
      trust({
        principalType: 'service',
        principal: 'cloudtrail.amazonaws.com',
        conditions: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      }),
    ],
    found: [],
  },
  {
    name: 'a service for one resource',
    trusts: [
      trust({
        principalType: 'service',
        principal: 'states.amazonaws.com',
        conditions: { ArnLike: { 'aws:SourceArn': `arn:aws:states:*:${ACCOUNT}:*` } },
      }),
    ],
    found: [],
  },
  {
    name: 'a service that acts for nobody else',
    trusts: [trust({ principalType: 'service', principal: 'ec2.amazonaws.com' })],
    found: [],
  },
  {
    name: 'F17 deleted principal',
    trusts: [trust({ principalType: 'unresolvable', principal: 'AROAX2ZKT7LQEXAMPLE42' })],
    found: ['F17 low yes'],
  },
  {
    name: 'a role that is named',
    trusts: [trust({ principalType: 'identity', principal: arn('role', 'x') })],
    found: [],
  },
  { name: 'SAML', trusts: [bare(arn('saml-provider', 'corp'))], found: [] },
  {
    name: 'F29 whole trust domain',
    trusts: [tokens(SPIRE, asking(SPIRE, 'StringLike', { ...AUD, sub: 'spiffe://prod/*' }))],
    found: ['F29 high yes'],
    says: /trust domain/,
  },
  {
    name: 'one workload',
    trusts: [tokens(SPIRE, asking(SPIRE, 'StringEquals', { ...AUD, sub: 'spiffe://prod/ns/a/sa/b' }))],
    found: [],
  },
  {
    name: 'an issuer that nobody knows, and no subject',
    trusts: [tokens(SPIRE, asking(SPIRE, 'StringEquals', AUD))],
    found: ['F01 medium depends'],
  },
]
