// Who is let in by the trust of a role, each answer taken from the IAM and EKS user guides.
import { allow, iam, OTHER, policy, role, trust, user, world, ACCOUNT, type AdmitCase } from './aws-world'
import type { TrustStatement } from '@/core/access'

const GITHUB = 'token.actions.githubusercontent.com'
const PROVIDER = iam(`oidc-provider/${GITHUB}`)
const T = 'AROATARGET'
const to = (...trusts: TrustStatement[]) =>
  world([role('target', [], { trusts }), role('app'), user('ann', [policy(allow('sts:AssumeRole'))])])
const github = (conditions?: Record<string, unknown>) => to(trust('federated', PROVIDER, conditions))
const token = (claims: Record<string, string | string[]>, issuer = `https://${GITHUB}`) =>
  ({ kind: 'token', issuer, claims }) as const
const MAIN = { sub: 'repo:acme/shop:ref:refs/heads/main', aud: 'sts.amazonaws.com' }
const sub = (operator: string, value: unknown) => ({ [operator]: { [`${GITHUB}:sub`]: value } })
const principal = (id: string, arn: string, account = OTHER) =>
  ({ kind: 'principal', id, aliases: [arn], realm: account }) as const
const vendor = principal('AROAVENDOR', iam('role/vendor', OTHER))

const CLUSTER = `arn:aws:eks:eu-north-1:${ACCOUNT}:cluster/blue`
const pod = trust('federated', `${CLUSTER}|system:serviceaccount:shop:web`, undefined, {
  actions: ['sts:AssumeRole', 'sts:TagSession'],
})
const eks = (conditions?: Record<string, unknown>) =>
  trust('service', 'pods.eks.amazonaws.com', conditions, { actions: ['sts:AssumeRole', 'sts:TagSession'] })
const EKS_ISSUER = 'oidc.eks.eu-north-1.amazonaws.com/id/ABC'
const irsa = iam(`oidc-provider/${EKS_ISSUER}`)

export const ADMIT_CASES: readonly AdmitCase[] = [
  {
    because: 'without a condition every token of the issuer gets in',
    realm: github(),
    who: T,
    caller: token({ sub: 'repo:evil/x:pull_request' }),
    answer: 'yes',
  },
  {
    because: 'the subject fits',
    realm: github(sub('StringEquals', MAIN.sub)),
    who: T,
    caller: token(MAIN),
    answer: 'yes',
  },
  {
    because: 'the subject does not fit',
    realm: github(sub('StringEquals', MAIN.sub)),
    who: T,
    caller: token({ ...MAIN, sub: 'repo:evil/x:ref:refs/heads/main' }),
    answer: 'no',
  },
  {
    because: 'a pattern without a slash lets a neighbour in',
    realm: github(sub('StringLike', 'repo:acme*')),
    who: T,
    caller: token({ sub: 'repo:acme-evil/x:ref:refs/heads/main' }),
    answer: 'yes',
  },
  {
    because: 'a pattern with a slash does not',
    realm: github(sub('StringLike', 'repo:acme/*')),
    who: T,
    caller: token({ sub: 'repo:acme-evil/x:ref:refs/heads/main' }),
    answer: 'no',
  },
  {
    because: 'StringEquals with a star lets nobody in',
    realm: github(sub('StringEquals', 'repo:acme/*')),
    who: T,
    caller: token(MAIN),
    answer: 'no',
  },
  {
    because: 'a claim that is not told leaves it open',
    realm: github(sub('StringLike', 'repo:acme/*')),
    who: T,
    caller: token({ aud: 'sts.amazonaws.com' }),
    answer: 'depends',
    says: /:sub/,
  },
  {
    because: 'ForAllValues lets in a token without the claim',
    realm: github({ 'ForAllValues:StringEquals': { [`${GITHUB}:repository`]: 'acme/shop' } }),
    who: T,
    caller: token({ ...MAIN, repository: [] }),
    answer: 'yes',
    says: /ForAllValues is true/,
  },
  {
    because: 'a repository by its own claim',
    realm: github({ StringEquals: { [`${GITHUB}:repository`]: 'acme/shop' } }),
    who: T,
    caller: token({ ...MAIN, repository: 'evil/x' }),
    answer: 'no',
  },
  {
    because: 'only excluding somebody lets everybody else in',
    realm: github(sub('StringNotLike', 'repo:evil/*')),
    who: T,
    caller: token({ sub: 'repo:other/x' }),
    answer: 'yes',
  },
  {
    because: 'audience and subject both have to fit',
    realm: github({
      StringEquals: { [`${GITHUB}:aud`]: 'other' },
      StringLike: { [`${GITHUB}:sub`]: 'repo:acme/*' },
    }),
    who: T,
    caller: token(MAIN),
    answer: 'no',
  },
  {
    because: 'another issuer',
    realm: github(),
    who: T,
    caller: token(MAIN, 'https://gitlab.com'),
    answer: 'no',
  },
  {
    because: 'the host of an issuer has no case',
    realm: github(),
    who: T,
    caller: token(MAIN, 'https://TOKEN.actions.githubusercontent.com/'),
    answer: 'yes',
  },
  {
    because: 'a deny of one branch',
    realm: to(
      trust('federated', PROVIDER),
      trust('federated', PROVIDER, sub('StringLike', '*:pull_request'), { effect: 'deny' }),
    ),
    who: T,
    caller: token({ sub: 'repo:acme/shop:pull_request' }),
    answer: 'no',
  },
  {
    because: 'a deny that may apply leaves it open',
    realm: to(
      trust('federated', PROVIDER),
      trust('federated', PROVIDER, sub('StringLike', '*:pull_request'), { effect: 'deny' }),
    ),
    who: T,
    caller: token({ aud: 'sts.amazonaws.com' }),
    answer: 'depends',
  },
  {
    because: 'the token of a service account',
    realm: to(
      trust('federated', irsa, { StringEquals: { [`${EKS_ISSUER}:sub`]: 'system:serviceaccount:shop:web' } }),
    ),
    who: T,
    caller: token({ sub: 'system:serviceaccount:shop:web' }, `https://${EKS_ISSUER}`),
    answer: 'yes',
  },
  {
    because: 'a pattern over namespaces',
    realm: to(
      trust('federated', irsa, { StringLike: { [`${EKS_ISSUER}:sub`]: 'system:serviceaccount:*:web' } }),
    ),
    who: T,
    caller: token({ sub: 'system:serviceaccount:evil:web' }, `https://${EKS_ISSUER}`),
    answer: 'yes',
  },
  {
    because: 'for Google, without knowing azp the audience is not known',
    realm: to(
      trust('federated', 'accounts.google.com', {
        StringEquals: { 'accounts.google.com:aud': 'client-1' },
      }),
    ),
    who: T,
    caller: token({ aud: 'client-1' }, 'https://accounts.google.com'),
    answer: 'depends',
  },
  {
    because: 'for Google the audience is the claim azp',
    realm: to(
      trust('federated', 'accounts.google.com', { StringEquals: { 'accounts.google.com:aud': 'client-1' } }),
    ),
    who: T,
    caller: token({ azp: 'client-1', aud: 'else' }, 'https://accounts.google.com'),
    answer: 'yes',
  },
  {
    because: 'a pod of the association',
    realm: to(eks(), pod),
    who: T,
    caller: token({ sub: 'system:serviceaccount:shop:web' }, CLUSTER),
    answer: 'yes',
  },
  {
    because: 'another pod',
    realm: to(eks(), pod),
    who: T,
    caller: token({ sub: 'system:serviceaccount:shop:api' }, CLUSTER),
    answer: 'no',
  },
  {
    because: 'a pod of an issuer that may be that cluster',
    realm: to(eks(), pod),
    who: T,
    caller: token({ sub: 'system:serviceaccount:shop:web' }, `https://${EKS_ISSUER}`),
    answer: 'depends',
    says: /issuer of the token/,
  },
  {
    because: 'a pod whose namespace the trust does not want',
    realm: to(eks({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'data' } }), pod),
    who: T,
    caller: token({ sub: 'system:serviceaccount:shop:web' }, CLUSTER),
    answer: 'no',
  },
  {
    because: 'a deny of EKS by an address that is not known may keep the pod out',
    realm: to(
      eks(),
      trust(
        'service',
        'pods.eks.amazonaws.com',
        { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
        { effect: 'deny' },
      ),
      pod,
    ),
    who: T,
    caller: token({ sub: 'system:serviceaccount:shop:web' }, CLUSTER),
    answer: 'depends',
  },
  {
    because: 'without an association EKS lets no pod in',
    realm: to(eks()),
    who: T,
    caller: token({ sub: 'system:serviceaccount:shop:web' }, CLUSTER),
    answer: 'no',
  },
  {
    because: 'by SAML',
    realm: to(
      trust(
        'federated',
        iam('saml-provider/okta'),
        { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        { actions: ['sts:AssumeRoleWithSAML'] },
      ),
    ),
    who: T,
    caller: token({ aud: 'https://signin.aws.amazon.com/saml' }, iam('saml-provider/okta')),
    answer: 'yes',
  },
  {
    because: 'a trust for SAML is none for other tokens',
    realm: to(trust('federated', PROVIDER, undefined, { actions: ['sts:AssumeRoleWithSAML'] })),
    who: T,
    caller: token(MAIN),
    answer: 'no',
  },
  {
    because: 'a service',
    realm: to(trust('service', 'lambda.amazonaws.com')),
    who: T,
    caller: { kind: 'service', name: 'lambda.amazonaws.com' },
    answer: 'yes',
  },
  {
    because: 'another service',
    realm: to(trust('service', 'lambda.amazonaws.com')),
    who: T,
    caller: { kind: 'service', name: 'ec2.amazonaws.com' },
    answer: 'no',
  },
  {
    because: 'a service, for some account',
    realm: to(trust('service', 'lambda.amazonaws.com', { StringEquals: { 'aws:SourceAccount': ACCOUNT } })),
    who: T,
    caller: { kind: 'service', name: 'lambda.amazonaws.com' },
    answer: 'depends',
  },
  {
    because: 'a role of another account that is named',
    realm: to(trust('identity', iam('role/vendor', OTHER))),
    who: T,
    caller: vendor,
    answer: 'yes',
  },
  {
    because: 'a role of another account that is trusted',
    realm: to(trust('account', OTHER)),
    who: T,
    caller: vendor,
    answer: 'depends',
    missing: /is not judged here/,
  },
  {
    because: 'with an external id that only the vendor knows',
    realm: to(trust('account', OTHER, { StringEquals: { 'sts:ExternalId': 'x' } })),
    who: T,
    caller: vendor,
    answer: 'depends',
    says: /ExternalId/i,
  },
  {
    because: 'an account that is not trusted',
    realm: to(trust('account', '999900001111')),
    who: T,
    caller: vendor,
    answer: 'no',
  },
  { because: 'anyone at all', realm: to(trust('anyone', '*')), who: T, caller: vendor, answer: 'yes' },
  {
    because: 'anyone of an organization that is not known',
    realm: to(trust('anyone', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-acme' } })),
    who: T,
    caller: vendor,
    answer: 'depends',
  },
  {
    because: 'anyone with this ARN',
    realm: to(trust('anyone', '*', { ArnEquals: { 'aws:PrincipalArn': iam('role/vendor', OTHER) } })),
    who: T,
    caller: vendor,
    answer: 'yes',
  },
  {
    because: 'anyone with another ARN',
    realm: to(trust('anyone', '*', { ArnEquals: { 'aws:PrincipalArn': iam('role/other', OTHER) } })),
    who: T,
    caller: vendor,
    answer: 'no',
  },
  {
    because: 'anyone except its account',
    realm: to(trust('anyone', '*', { NotPrincipal: { AWS: iam('root', '999900001111') } })),
    who: T,
    caller: vendor,
    answer: 'yes',
  },
  {
    because: 'a deleted principal is nobody',
    realm: to(trust('unresolvable', 'AROAVENDOR')),
    who: T,
    caller: vendor,
    answer: 'no',
  },
  {
    because: 'one session of a role, by a name that its holder chooses',
    realm: to(trust('identity', `arn:aws:sts::${OTHER}:assumed-role/vendor/ci`)),
    who: T,
    caller: vendor,
    answer: 'depends',
    says: /one session/,
  },
  {
    because: 'in the same account a trust in the account takes a permission: it is held',
    realm: to(trust('account', ACCOUNT)),
    who: T,
    caller: principal('AIDAANN', iam('user/ann'), ACCOUNT),
    answer: 'yes',
  },
  {
    because: 'in the same account a trust in the account takes a permission: it is not held',
    realm: to(trust('account', ACCOUNT)),
    who: T,
    caller: principal('AROAAPP', iam('role/app'), ACCOUNT),
    answer: 'no',
  },
  {
    because: 'in the same account a trust that names it takes none',
    realm: to(trust('identity', iam('role/app'))),
    who: T,
    caller: principal('AROAAPP', iam('role/app'), ACCOUNT),
    answer: 'yes',
  },
  { because: 'nobody becomes a user', realm: to(), who: 'AIDAANN', caller: vendor, answer: 'no' },
  {
    because: 'trust that was not seen whole',
    realm: { ...to(), unseen: [{ part: 'trusts', words: 'Trust was not read' }] },
    who: T,
    caller: vendor,
    answer: 'depends',
    missing: /Trust was not read/,
  },
  { because: 'a role that is not known', realm: to(), who: 'AROAGONE', caller: vendor, answer: 'depends' },
]
