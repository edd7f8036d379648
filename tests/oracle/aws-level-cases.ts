// How much somebody may do by what they hold. The first two lists follow public test sets, rebuilt from what they describe:
// pathfinding-labs "test-effective-permissions-evaluation" (15 administrators, 24 not) and iam-vulnerable "tool-testing".
import type { Held } from '@/core/access'
import { allowExcept, denyExcept, when } from './aws-documents'
import {
  allow,
  asRole,
  asUser,
  bound,
  deny,
  FULL,
  hidden,
  iam,
  inGroup,
  managed,
  ORGANIZATION,
  policy,
  R,
  scp,
  U,
  type LevelCase,
} from './aws-world'

const ADMIN = () => policy(allow('*'))
const MANY = () =>
  policy(allow(['ec2:*', 's3:*', 'iam:*', 'lambda:*', 'sts:*', 'kms:*', 'organizations:*', 'ssm:*', 'ecs:*']))
const NOTHING = () => bound(deny('*'))
const ONE = () => bound(allow('ec2:DescribeInstances'))
const NOT_ALL = () => bound(allowExcept('*'))
const SPLIT = () => [policy(allow('iam:*')), policy(allowExcept('iam:*'))]

/** For users and for roles alike. */
const YES: Readonly<Record<string, () => Held[]>> = {
  'a managed policy of AWS': () => [{ ...ADMIN(), id: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
  'a managed policy of the account': () => [managed('admin', allow('*'))],
  'an inline policy': () => [{ ...ADMIN(), via: 'inline' }],
  'iam:* and everything but iam:*': SPLIT,
  's3:* and everything but s3:*': () => [policy(allow('s3:*')), policy(allowExcept('s3:*'))],
  'many services': () => [MANY()],
}
const YES_USERS: typeof YES = {
  'a group with a policy of AWS': () => [
    { ...inGroup(allow('*')), id: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  ],
  'a group with a policy of the account': () => [{ ...managed('admin', allow('*')), via: 'group admins' }],
  'a group with an inline policy': () => [inGroup(allow('*'))],
}
const NO: typeof YES = {
  'a deny of everything': () => [ADMIN(), policy(deny('*'))],
  'a deny of everything, by an exception of an action that is none': () => [
    ADMIN(),
    policy(denyExcept('none:Nothing')),
  ],
  'a deny of everything but one action': () => [ADMIN(), policy(denyExcept('ec2:DescribeInstances'))],
  'denies of iam:* and of everything but iam:*': () => [
    ADMIN(),
    policy(deny('iam:*')),
    policy(denyExcept('iam:*')),
  ],
  'denies service by service': () => [
    ADMIN(),
    ...['ec2:*', 's3:*', 'iam:*', 'sts:*', 'lambda:*'].map((one) => policy(deny(one))),
  ],
  'split allows and a deny of everything': () => [...SPLIT(), policy(deny('*'))],
  'a boundary that allows nothing': () => [ADMIN(), NOTHING()],
  'a boundary of one action': () => [ADMIN(), ONE()],
  'a boundary of NotAction *': () => [ADMIN(), NOT_ALL()],
  'split allows and a boundary that allows nothing': () => [...SPLIT(), NOTHING()],
  'split allows and a boundary of one action': () => [...SPLIT(), ONE()],
  'a boundary that has nothing in common': () => [
    policy(allow(['s3:*', 'ec2:*'])),
    bound(allow(['iam:*', 'lambda:*'])),
  ],
}

type Expected = 'administrator' | 'not'
export const LAB_CASES: readonly {
  because: string
  realm: LevelCase['realm']
  who: string
  expected: Expected
}[] = [
  ...Object.entries({ ...YES, ...YES_USERS }).map(([because, held]) => ({
    because: `user: ${because}`,
    realm: asUser(held()),
    who: U,
    expected: 'administrator' as const,
  })),
  ...Object.entries(YES).map(([because, held]) => ({
    because: `role: ${because}`,
    realm: asRole(held()),
    who: R,
    expected: 'administrator' as const,
  })),
  ...Object.entries(NO).flatMap(([because, held]) => [
    { because: `user: ${because}`, realm: asUser(held()), who: U, expected: 'not' as const },
    { because: `role: ${because}`, realm: asRole(held()), who: R, expected: 'not' as const },
  ]),
]

const VERSION = allow('iam:CreatePolicyVersion')
const issued = (operator: string) =>
  managed('own', { ...VERSION, ...when(operator, 'aws:TokenIssueTime', '2020-01-01T00:00:01Z') })
export const LEVEL_CASES: readonly LevelCase[] = [
  {
    because:
      'fn1: PassRole and RunInstances from two policies change things, and are a step for others to tell',
    realm: asRole([policy(allow('iam:PassRole')), policy(allow('ec2:RunInstances'))]),
    who: R,
    certain: 'write',
    possible: 'write',
  },
  {
    because: 'fn2: it can rewrite the policy that it holds, by a pattern of its name',
    realm: asRole([managed('fn2-own', allow('iam:CreatePolicyVersion', 'arn:aws:iam::*:policy/fn2-*'))]),
    who: R,
    certain: 'administrator',
    possible: 'administrator',
  },
  {
    because: 'fn3: a session of a role is always issued after 2020',
    realm: asRole([issued('DateGreaterThan')]),
    who: R,
    certain: 'administrator',
    possible: 'administrator',
  },
  {
    because: 'fn3 for a user: only with a session',
    realm: asUser([issued('DateGreaterThan')]),
    who: U,
    certain: 'none',
    possible: 'administrator',
  },
  {
    because: 'fn4: everything but iam Update, Create, Attach leaves PutRolePolicy on itself',
    realm: asRole([policy(allowExcept(['iam:Update*', 'iam:Create*', 'iam:Attach*']))]),
    who: R,
    certain: 'administrator',
    possible: 'administrator',
  },
  {
    because: 'fp1: allowed and denied in one policy',
    realm: asRole([managed('own', VERSION, deny('iam:CreatePolicyVersion'))]),
    who: R,
    certain: 'none',
    possible: 'none',
  },
  {
    because: 'fp2: allowed and denied in two',
    realm: asRole([ADMIN(), policy(deny('*'))]),
    who: R,
    certain: 'none',
    possible: 'none',
  },
  {
    because: 'fp3: only denied',
    realm: asRole([policy(deny('iam:*'))]),
    who: R,
    certain: 'none',
    possible: 'none',
  },
  {
    because: 'fp4: policies of AWS cannot be rewritten',
    realm: asRole([managed('fp4-own', allow('iam:CreatePolicyVersion', 'arn:aws:iam::aws:policy/fp4-*'))]),
    who: R,
    certain: 'write',
    possible: 'write',
  },
  {
    because: 'fp5: no session was issued before 2020',
    realm: asRole([issued('DateLessThan')]),
    who: R,
    certain: 'none',
    possible: 'none',
  },
  {
    because: 'it can rewrite policies, but holds none of them',
    realm: asRole([policy(VERSION)]),
    who: R,
    certain: 'write',
    possible: 'write',
  },
  {
    because: 'it can give its own group everything',
    realm: asUser([inGroup(allow('iam:PutGroupPolicy', iam('group/*')))]),
    who: U,
    certain: 'administrator',
    possible: 'administrator',
  },
  {
    because: 'another group than its own',
    realm: asUser([inGroup(allow('iam:PutGroupPolicy', iam('group/other')))]),
    who: U,
    certain: 'write',
    possible: 'write',
  },
  {
    because: 'it can give itself everything, by its own name',
    realm: asUser([policy(allow('iam:PutUserPolicy', iam('user/${aws:username}')))]),
    who: U,
    certain: 'administrator',
    possible: 'administrator',
  },
  {
    because: 'giving everything to another user is a step, not its own right',
    realm: asUser([policy(allow('iam:PutUserPolicy', iam('user/bob')))]),
    who: U,
    certain: 'write',
    possible: 'write',
  },
  {
    because: 'an exception of the guardrail for its own ARN',
    realm: asRole([
      ADMIN(),
      policy(deny('*', '*', when('ArnNotEquals', 'aws:PrincipalArn', iam('role/app')))),
    ]),
    who: R,
    certain: 'administrator',
    possible: 'administrator',
  },
  {
    because: 'no exception for it',
    realm: asRole([
      ADMIN(),
      policy(deny('*', '*', when('ArnNotEquals', 'aws:PrincipalArn', iam('role/other')))),
    ]),
    who: R,
    certain: 'none',
    possible: 'none',
  },
  {
    because: 'a condition that is not known',
    realm: asRole([policy(allow('*', '*', when('IpAddress', 'aws:SourceIp', '10.0.0.0/8')))]),
    who: R,
    certain: 'none',
    possible: 'administrator',
  },
  {
    because: 'a policy that cannot be read could deny everything, and allow it',
    realm: asRole([policy(allow('s3:GetObject')), hidden()]),
    who: R,
    certain: 'none',
    possible: 'administrator',
  },
  {
    because: 'a ceiling that was not read lowers nothing and is named',
    realm: asRole([ADMIN()], { rulings: [] }),
    who: R,
    certain: 'administrator',
    possible: 'administrator',
    missing: /service control policy/,
  },
  {
    because: 'a ceiling that was read does',
    realm: asRole([ADMIN()], { rulings: [ORGANIZATION, FULL, scp(1, allow('s3:Get*'))] }),
    who: R,
    certain: 'sensitive',
    possible: 'sensitive',
  },
  {
    because: 'grants that were not seen could be anything',
    realm: asRole([policy(allow('s3:GetObject'))], {
      unseen: [{ part: 'grants', words: 'Groups were not read' }],
    }),
    who: R,
    certain: 'none',
    possible: 'administrator',
    missing: /Groups/,
  },
  {
    because: 'reading objects',
    realm: asRole([policy(allow('s3:Get*'))]),
    who: R,
    certain: 'sensitive',
    possible: 'sensitive',
    says: /s3:GetObject/,
  },
  {
    because: 'reading secrets',
    realm: asRole([
      policy(allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:*:*:secret:app-*')),
    ]),
    who: R,
    certain: 'sensitive',
    possible: 'sensitive',
  },
  {
    because: 'reading secrets is denied where it is allowed',
    realm: asRole([
      policy(allow(['secretsmanager:GetSecretValue', 'ec2:Describe*']), deny('secretsmanager:*')),
    ]),
    who: R,
    certain: 'read',
    possible: 'read',
  },
  {
    because: 'denied for some secrets only',
    realm: asRole([
      policy(
        allow('secretsmanager:GetSecretValue'),
        deny('secretsmanager:*', 'arn:aws:secretsmanager:*:*:secret:prod-*'),
      ),
    ]),
    who: R,
    certain: 'sensitive',
    possible: 'sensitive',
  },
  {
    because: 'writing',
    realm: asRole([policy(allow('sqs:SendMessage'))]),
    who: R,
    certain: 'write',
    possible: 'write',
  },
  {
    because: 'tagging is writing',
    realm: asRole([policy(allow('ec2:CreateTags'))]),
    who: R,
    certain: 'write',
    possible: 'write',
  },
  {
    because: 'looking',
    realm: asRole([policy(allow('ec2:Describe*'))]),
    who: R,
    certain: 'read',
    possible: 'read',
  },
  {
    because: 'getting sessions is told as steps',
    realm: asRole([policy(allow('sts:AssumeRole'))]),
    who: R,
    certain: 'read',
    possible: 'read',
  },
  { because: 'nothing', realm: asRole([]), who: R, certain: 'none', possible: 'none' },
  {
    because: 'an action that is none gives nothing',
    realm: asRole([policy(allow('s3:EatObject'))]),
    who: R,
    certain: 'none',
    possible: 'none',
  },
  {
    because: 'a single resource for an action that has none gives nothing',
    realm: asRole([policy(allow('ec2:DescribeInstances', iam('role/app')))]),
    who: R,
    certain: 'none',
    possible: 'none',
  },
]
