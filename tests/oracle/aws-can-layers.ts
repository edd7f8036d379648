// What boundaries and the policies of an organization cap, from the IAM user guide.
import { allowExcept, when } from './aws-documents'
import {
  ACCOUNT,
  allow,
  asRole,
  bound,
  deny,
  FULL,
  hidden,
  iam,
  ORGANIZATION,
  policy,
  R,
  rcp,
  scp,
  to,
  type CanCase,
} from './aws-world'

const OBJECT = 'arn:aws:s3:::bucket/key'
const get = { action: 's3:GetObject', resource: OBJECT }
const ALL = policy(allow('*'))
export const LAYERS: readonly CanCase[] = [
  {
    because: 'a boundary caps',
    realm: asRole([ALL, bound(allow('ec2:*'))]),
    who: R,
    ask: get,
    answer: 'no',
    says: /Boundary.*caps it/,
  },
  {
    because: 'a boundary gives nothing by itself',
    realm: asRole([bound(allow('s3:*'))]),
    who: R,
    ask: get,
    answer: 'no',
  },
  {
    because: 'a boundary that only denies allows nothing',
    realm: asRole([ALL, bound(deny('iam:*'))]),
    who: R,
    ask: get,
    answer: 'no',
  },
  {
    because: 'a boundary of NotAction * allows nothing',
    realm: asRole([ALL, bound(allowExcept('*'))]),
    who: R,
    ask: get,
    answer: 'no',
  },
  {
    because: 'inside the boundary',
    realm: asRole([ALL, bound(allow('s3:*'))]),
    who: R,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'a boundary that cannot be read leaves it open',
    realm: asRole([ALL, hidden('limit')]),
    who: R,
    ask: get,
    answer: 'depends',
  },
  {
    because: 'ceilings that were not read leave a yes open',
    realm: asRole([ALL], { rulings: [] }),
    who: R,
    ask: get,
    answer: 'depends',
    missing: /service control policy of its organization takes this away was not read/,
  },
  {
    because: 'ceilings that were not read change no no',
    realm: asRole([policy(allow('ec2:*'))], { rulings: [] }),
    who: R,
    ask: get,
    answer: 'no',
  },
  {
    because: 'every level allows',
    realm: asRole([ALL], { rulings: [ORGANIZATION, FULL, scp(1, allow('*'))] }),
    who: R,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'one level does not allow',
    realm: asRole([ALL], { rulings: [ORGANIZATION, FULL, scp(1, allow('ec2:*')), scp(2, allow('*'))] }),
    who: R,
    ask: get,
    answer: 'no',
    says: /level 1 does not allow/,
  },
  {
    because: 'policies of one level add up',
    realm: asRole([ALL], { rulings: [ORGANIZATION, FULL, scp(1, allow('ec2:*')), scp(1, allow('s3:*'))] }),
    who: R,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'a deny on any level denies',
    realm: asRole([ALL], { rulings: [ORGANIZATION, FULL, scp(1, allow('*'), deny('s3:*'))] }),
    who: R,
    ask: get,
    answer: 'no',
  },
  {
    because: 'a level that is left out was not read',
    realm: asRole([ALL], { rulings: [ORGANIZATION, FULL, scp(2, allow('*'))] }),
    who: R,
    ask: get,
    answer: 'depends',
    missing: /level 1/,
  },
  {
    because: 'service control policies do not cap the management account',
    realm: asRole([ALL], {
      rulings: [{ ...ORGANIZATION, document: { id: 'o-acme', management: ACCOUNT } }, scp(0, allow('ec2:*'))],
    }),
    who: R,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'nor roles that are linked to services',
    realm: asRole(
      [ALL],
      { rulings: [ORGANIZATION, scp(0, allow('ec2:*'))] },
      { path: 'aws-service-role/x.amazonaws.com/' },
    ),
    who: R,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'a ceiling that spares a role by its ARN',
    realm: asRole([ALL], {
      rulings: [
        ORGANIZATION,
        FULL,
        scp(1, allow('*'), deny('s3:*', '*', when('ArnNotLike', 'aws:PrincipalArn', iam('role/app')))),
      ],
    }),
    who: R,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'a ceiling on resources denies those from outside the organization only',
    realm: asRole([ALL], {
      rulings: [
        ORGANIZATION,
        FULL,
        rcp(0, to('*', allow('*'))),
        rcp(0, to('*', deny('s3:*', '*', when('StringNotEquals', 'aws:PrincipalOrgID', 'o-acme')))),
      ],
    }),
    who: R,
    ask: get,
    answer: 'yes',
  },
  {
    because: 'and denies all where it says so',
    realm: asRole([ALL], {
      rulings: [ORGANIZATION, FULL, rcp(0, to('*', allow('*')), to('*', deny('s3:*')))],
    }),
    who: R,
    ask: get,
    answer: 'no',
  },
  {
    because: 'a grant that was not seen could allow it',
    realm: asRole([], { unseen: [{ part: 'grants', words: 'Groups were not read' }] }),
    who: R,
    ask: get,
    answer: 'depends',
    missing: /Groups were not read/,
  },
  {
    because: 'a deny that was seen stands whatever was not',
    realm: asRole([ALL, policy(deny('s3:*'))], {
      unseen: [{ part: 'grants', words: 'Groups were not read' }],
    }),
    who: R,
    ask: get,
    answer: 'no',
  },
]
