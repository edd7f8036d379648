// What policies of resources and the trust of roles add, from the IAM user guide.
import {
  ACCOUNT,
  allow,
  asRole,
  asUser,
  bound,
  deny,
  iam,
  OTHER,
  policy,
  R,
  resourcePolicy,
  role,
  to,
  U,
  user,
  world,
  type CanCase,
} from './aws-world'

const OBJECT = 'arn:aws:s3:::bucket/key'
const get = { action: 's3:GetObject', resource: OBJECT }
const ALL = policy(allow('*'))
const KEY = `arn:aws:kms:eu-north-1:${ACCOUNT}:key/1`

const bucket = (...statements: Parameters<typeof resourcePolicy>[1][]) => ({
  rulings: [...world([]).rulings, resourcePolicy('arn:aws:s3:::bucket', ...statements)],
})
const reads = allow('s3:GetObject', 'arn:aws:s3:::bucket/*')
const target = (
  ...trusts: Parameters<typeof role>[2] extends infer M
    ? M extends { trusts?: infer T }
      ? T extends readonly (infer One)[]
        ? One[]
        : never
      : never
    : never
) => role('target', [], { trusts })
const assume = { action: 'sts:AssumeRole', resource: iam('role/target') }
const row = (
  principalType: 'identity' | 'account' | 'anyone' | 'service',
  principal: string,
  more: object = {},
) => ({
  id: `${principalType}${principal}`,
  principalType,
  principal,
  effect: 'allow' as const,
  actions: ['sts:AssumeRole'],
  ...more,
})
const ASSUMES = policy(allow('sts:AssumeRole'))

export const RESOURCES: readonly CanCase[] = [
  {
    because: 'in its account a policy of the bucket is enough',
    realm: asUser([], bucket(to({ AWS: iam('user/ann') }, reads))),
    who: U,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'one that names a user passes its boundary',
    realm: asUser([bound(allow('ec2:*'))], bucket(to({ AWS: iam('user/ann') }, reads))),
    who: U,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'one that names a role does not',
    realm: asRole([bound(allow('ec2:*'))], bucket(to({ AWS: iam('role/app') }, reads))),
    who: R,
    ask: get,
    answer: 'no',
  },
  {
    because: 'one that names the account leaves it to what is held',
    realm: asUser([], bucket(to({ AWS: iam('root') }, reads))),
    who: U,
    ask: get,
    answer: 'no',
  },
  {
    because: 'one that denies wins over what is held',
    realm: asUser([ALL], bucket(to('*', deny('s3:*', '*')))),
    who: U,
    ask: get,
    answer: 'no',
  },
  {
    because: 'an exact user does not pass a deny',
    realm: asUser([policy(deny('s3:*'))], bucket(to({ AWS: iam('user/ann') }, reads))),
    who: U,
    ask: get,
    answer: 'no',
  },
  {
    because: 'NotPrincipal in a deny strikes those it does not name',
    realm: asUser(
      [ALL],
      bucket({ ...deny('s3:*'), NotPrincipal: { AWS: [iam('user/bob'), iam('root', OTHER)] } }),
    ),
    who: U,
    ask: get,
    answer: 'no',
  },
  {
    because: 'a queue of another account takes both sides, and the other was not read',
    realm: asRole([ALL]),
    who: R,
    ask: { action: 'sqs:SendMessage', resource: `arn:aws:sqs:eu-north-1:${OTHER}:q` },
    answer: 'depends',
    missing: new RegExp(`Account ${OTHER}`),
  },
  {
    because: 'without its own side no policy of the other account helps',
    realm: asRole([]),
    who: R,
    ask: { action: 'sqs:SendMessage', resource: `arn:aws:sqs:eu-north-1:${OTHER}:q` },
    answer: 'no',
  },
  {
    because: 'with both sides it may',
    realm: asRole([ALL], {
      rulings: [
        ...world([]).rulings,
        resourcePolicy(`arn:aws:sqs:eu-north-1:${OTHER}:q`, to({ AWS: ACCOUNT }, allow('sqs:SendMessage'))),
      ],
    }),
    who: R,
    ask: { action: 'sqs:SendMessage', resource: `arn:aws:sqs:eu-north-1:${OTHER}:q` },
    answer: 'yes',
  },
  {
    because: 'the policy of a key decides and was not read',
    realm: asRole([ALL]),
    who: R,
    ask: { action: 'kms:Decrypt', resource: KEY },
    answer: 'depends',
    missing: /policy of the key/,
  },
  {
    because: 'a key that hands over to its account leaves it to what is held',
    realm: asRole([ALL], {
      rulings: [...world([]).rulings, resourcePolicy(KEY, to({ AWS: iam('root') }, allow('kms:*')))],
    }),
    who: R,
    ask: { action: 'kms:Decrypt', resource: KEY },
    answer: 'yes',
  },
  {
    because: 'a key that does not, keeps even administrators out',
    realm: asRole([ALL], {
      rulings: [...world([]).rulings, resourcePolicy(KEY, to({ AWS: iam('role/other') }, allow('kms:*')))],
    }),
    who: R,
    ask: { action: 'kms:Decrypt', resource: KEY },
    answer: 'no',
  },
  {
    because: 'policies of resources that were not read could allow it',
    realm: asRole([], { unseen: [{ part: 'rulings', words: 'Policies of resources were not read' }] }),
    who: R,
    ask: get,
    answer: 'depends',
    missing: /Policies of resources/,
  },
]
export const ASSUMPTION: readonly CanCase[] = [
  {
    because: 'a trust that names it needs no permission in the same account',
    realm: world([role('app'), target(row('identity', iam('role/app')))]),
    who: R,
    ask: assume,
    answer: 'yes',
  },
  {
    because: 'but a deny of its own stops it',
    realm: world([role('app', [policy(deny('sts:*'))]), target(row('identity', iam('role/app')))]),
    who: R,
    ask: assume,
    answer: 'no',
  },
  {
    because: 'a trust in the account leaves it to what is held: nothing',
    realm: world([role('app'), target(row('account', ACCOUNT))]),
    who: R,
    ask: assume,
    answer: 'no',
  },
  {
    because: 'a trust in the account leaves it to what is held: enough',
    realm: world([role('app', [ASSUMES]), target(row('account', ACCOUNT))]),
    who: R,
    ask: assume,
    answer: 'yes',
  },
  {
    because: 'everything held does not help where the trust does not let it in',
    realm: world([role('app', [ALL]), target(row('service', 'ec2.amazonaws.com'))]),
    who: R,
    ask: assume,
    answer: 'no',
    says: /does not let it in/,
  },
  {
    because: 'a role is not in its own trust by itself',
    realm: world([role('app', [ALL], { trusts: [row('service', 'ec2.amazonaws.com')] })]),
    who: R,
    ask: { action: 'sts:AssumeRole', resource: iam('role/app') },
    answer: 'no',
  },
  {
    because: 'a boundary caps a role that a trust names',
    realm: world([role('app', [bound(allow('s3:*'))]), target(row('identity', iam('role/app')))]),
    who: R,
    ask: assume,
    answer: 'no',
  },
  {
    because: 'a boundary does not cap a user that a trust names',
    realm: world([user('ann', [bound(allow('s3:*'))]), target(row('identity', iam('user/ann')))]),
    who: U,
    ask: assume,
    answer: 'yes',
  },
  {
    because: 'a second factor that is not known',
    realm: world([
      user('ann', [ASSUMES]),
      target(row('account', ACCOUNT, { conditions: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })),
    ]),
    who: U,
    ask: assume,
    answer: 'depends',
  },
  {
    because: 'a deny in the trust',
    realm: world([
      user('ann', [ASSUMES]),
      target(row('account', ACCOUNT), row('identity', iam('user/ann'), { effect: 'deny' })),
    ]),
    who: U,
    ask: assume,
    answer: 'no',
  },
  {
    because: 'a role whose trust is not known',
    realm: world([user('ann', [ASSUMES])]),
    who: U,
    ask: assume,
    answer: 'depends',
    missing: /whom it trusts/,
  },
]
