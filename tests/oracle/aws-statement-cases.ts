// Who is an administrator by plain allows, denies, exceptions and boundaries.
import {
  allow,
  allowExcept,
  attached,
  boundary,
  deny,
  denyExcept,
  group,
  inline,
  NEW_ROLE,
  NEW_USER,
  ROLES,
  unreadable,
  USERS,
  type Case,
} from './aws-documents'

const EVERYTHING = attached(allow('*'))

export const STATEMENT_CASES: readonly Case[] = [
  // Allows.
  {
    because: 'every action on every resource',
    held: [EVERYTHING],
    answer: 'yes',
    says: /^Attached \(attached\), statement 1 allows every action on every resource\./,
  },
  { because: 'lists of one are the same as texts', held: [attached(allow(['*'], ['*']))], answer: 'yes' },
  {
    because: 'a document may hold one statement without a list',
    held: [{ name: 'One', effect: 'allow', via: 'inline', document: { Statement: allow('*') } }],
    answer: 'yes',
  },
  { because: '*:* is every action', held: [attached(allow('*:*'))], answer: 'yes' },
  {
    because: 'a group gives what it holds',
    held: [group(allow('*'))],
    answer: 'yes',
    says: /Team \(group\)/,
  },
  { because: 'iam:* alone can give itself anything', held: [attached(allow('iam:*'))], answer: 'yes' },
  {
    because: 'actions are compared without regard to case',
    held: [attached(allow('IAM:createROLE')), inline(allow('iAm:attachrolepolicy'))],
    answer: 'yes',
  },
  {
    because: 'wildcards stand anywhere in an action',
    held: [attached(allow(['i?m:C*Role', 'iam:*RolePolicy']))],
    answer: 'yes',
  },
  {
    because: 'permissions are joined over documents',
    held: [attached(allow('iam:CreateRole')), inline(allow('iam:PutRolePolicy'))],
    answer: 'yes',
    says: /statement 1 allows iam:CreateRole[^]*Inline \(inline\), statement 1 allows iam:PutRolePolicy/,
  },
  {
    because: 'all roles are enough to make a new one',
    held: [attached(allow('iam:*', ROLES))],
    answer: 'yes',
  },
  {
    because: 'all users are enough to make a new one',
    held: [attached(allow('iam:*', USERS))],
    answer: 'yes',
  },
  {
    because: 'a role of a certain name can still be made and be given everything',
    held: [attached(allow(NEW_ROLE, 'arn:aws:iam::*:role/app-*'))],
    answer: 'yes',
  },
  { because: 'a new user with a key of its own', held: [attached(allow(NEW_USER))], answer: 'yes' },
  {
    because: 'a password opens a new user as well as a key does',
    held: [attached(allow(['iam:CreateUser', 'iam:PutUserPolicy', 'iam:CreateLoginProfile'], USERS))],
    answer: 'yes',
  },
  {
    because: 'it can raise itself whether it is a user or a role',
    held: [attached(allow(['iam:PutUserPolicy', 'iam:AttachRolePolicy']))],
    answer: 'yes',
  },

  // Less than an administrator.
  { because: 'nothing held', held: [], answer: 'no', says: /No statement/ },
  { because: 'a document without statements gives nothing', held: [attached()], answer: 'no' },
  { because: 'every action of another service', held: [attached(allow('s3:*'))], answer: 'no' },
  {
    because: 'a prefix that resembles iam is another service',
    held: [attached(allow('iam-roles:*'))],
    answer: 'no',
  },
  {
    because: 'reading iam changes nothing',
    held: [attached(allow(['iam:Get*', 'iam:List*']))],
    answer: 'no',
  },
  {
    because: 'a role that nobody may give anything',
    held: [attached(allow('iam:CreateRole'))],
    answer: 'no',
  },
  {
    because: 'a user that nobody can sign in as',
    held: [attached(allow(['iam:CreateUser', 'iam:AddUserToGroup']))],
    answer: 'no',
  },
  { because: 'everything on one bucket', held: [attached(allow('*', 'arn:aws:s3:::logs/*'))], answer: 'no' },
  {
    because: 'policies the provider manages cannot be rewritten',
    held: [attached(allow('iam:*', 'arn:aws:iam::aws:policy/*'))],
    answer: 'no',
  },
  {
    because: 'one may create app roles and give only ops roles something',
    held: [
      attached(
        allow('iam:CreateRole', 'arn:aws:iam::*:role/app-*'),
        allow('iam:AttachRolePolicy', 'arn:aws:iam::*:role/ops-*'),
      ),
    ],
    answer: 'depends',
    says: /user or a role/,
  },
  {
    because: 'resources are compared with regard to case',
    held: [attached(allow('iam:*', 'arn:aws:iam::*:ROLE/*'))],
    answer: 'no',
  },

  // Exceptions.
  {
    because: 'everything except iam cannot change permissions',
    held: [attached(allowExcept('iam:*'))],
    answer: 'no',
  },
  {
    because: 'everything except iam, organizations and account, with reading',
    held: [
      attached(
        allowExcept(['iam:*', 'organizations:*', 'account:*']),
        allow(['iam:CreateServiceLinkedRole', 'iam:ListRoles']),
      ),
    ],
    answer: 'no',
  },
  {
    because: 'what one exception leaves out, the other gives',
    held: [attached(allowExcept('iam:*')), inline(allowExcept('s3:*'))],
    answer: 'yes',
  },
  {
    because: 'both exceptions leave out iam',
    held: [attached(allowExcept(['iam:*', 's3:*'])), inline(allowExcept(['iam:*', 'ec2:*']))],
    answer: 'no',
  },
  {
    because: 'what the exception leaves out is allowed beside it',
    held: [attached(allowExcept('iam:*'), allow('iam:*'))],
    answer: 'yes',
  },
  { because: 'everything except reading', held: [attached(allowExcept('s3:Get*'))], answer: 'yes' },
  { because: 'an exception of everything allows nothing', held: [attached(allowExcept('*'))], answer: 'no' },
  {
    because: 'every resource except one bucket',
    held: [attached({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::logs' })],
    answer: 'yes',
  },
  {
    because: 'every resource except those of iam',
    held: [attached({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:iam::*' })],
    answer: 'no',
  },

  // Denies.
  {
    because: 'a deny of everything',
    held: [EVERYTHING, inline(deny('*'))],
    answer: 'no',
    says: /Inline \(inline\), statement 1 denies every action/,
  },
  {
    because: 'a deny of everything but reading',
    held: [EVERYTHING, inline(denyExcept(['s3:Get*', 's3:List*']))],
    answer: 'no',
  },
  {
    because: 'a deny of iam',
    held: [EVERYTHING, inline(deny('iam:*'))],
    answer: 'no',
    says: /denies iam:\*/,
  },
  { because: 'a deny that another document brings', held: [EVERYTHING, group(deny('IAM:*'))], answer: 'no' },
  {
    because: 'denies that together take every way',
    held: [EVERYTHING, inline(deny('iam:*Role*')), group(deny('iam:*User*')), attached(deny('iam:*Policy*'))],
    answer: 'no',
  },
  {
    because: 'one deny of another service takes nothing that matters',
    held: [EVERYTHING, inline(deny('s3:DeleteBucket'))],
    answer: 'yes',
  },
  {
    because: 'a deny of one action of iam leaves other ways',
    held: [EVERYTHING, inline(deny('iam:CreateRole'))],
    answer: 'yes',
  },
  {
    because: 'a deny of everything except iam leaves iam',
    held: [EVERYTHING, inline(denyExcept('iam:*'))],
    answer: 'yes',
  },
  {
    because: 'a deny on protected roles leaves all other names',
    held: [EVERYTHING, inline(deny('iam:*', 'arn:aws:iam::*:role/protected-*'))],
    answer: 'yes',
  },
  {
    because: 'a deny on a bucket has no bearing',
    held: [EVERYTHING, inline(deny('*', 'arn:aws:s3:::audit/*'))],
    answer: 'yes',
  },
  {
    because: 'a deny on all resources but a bucket',
    held: [EVERYTHING, inline({ Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::audit/*' })],
    answer: 'no',
  },
  {
    because: 'a deny on all but one kind of role name leaves that name',
    held: [EVERYTHING, inline({ Effect: 'Deny', Action: 'iam:*', NotResource: 'arn:aws:iam::*:role/app-*' })],
    answer: 'yes',
  },

  // Boundaries.
  {
    because: 'a boundary of everything caps nothing',
    held: [EVERYTHING, boundary(allow('*'))],
    answer: 'yes',
  },
  {
    because: 'a boundary without iam',
    held: [EVERYTHING, boundary(allow(['s3:*', 'ec2:*']))],
    answer: 'no',
    says: /Boundary \(boundary\) caps it/,
  },
  {
    because: 'a boundary that only denies allows nothing',
    held: [EVERYTHING, boundary(deny('s3:DeleteBucket'))],
    answer: 'no',
  },
  { because: 'a boundary alone gives nothing', held: [boundary(allow('*'))], answer: 'no' },
  {
    because: 'a boundary that denies iam',
    held: [EVERYTHING, boundary(allow('*'), deny('iam:*'))],
    answer: 'no',
  },
  {
    because: 'both boundary and permission have to allow',
    held: [attached(allow('iam:CreateRole')), boundary(allow('iam:AttachRolePolicy'))],
    answer: 'no',
  },
  {
    because: 'a new role is not under the boundary of its maker',
    held: [attached(allow(NEW_ROLE)), boundary(allow(NEW_ROLE))],
    answer: 'yes',
  },
  {
    because: 'an unreadable boundary may cap anything',
    held: [EVERYTHING, unreadable('limit')],
    answer: 'depends',
    says: /Hidden \(boundary\) could not be read/,
  },
  {
    because: 'an unreadable boundary gives nothing',
    held: [attached(allow('s3:*')), unreadable('limit')],
    answer: 'no',
  },
]
