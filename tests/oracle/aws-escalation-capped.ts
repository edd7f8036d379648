// Ways to more rights under boundaries, denies, conditions and the policies of an organization.
import { ADMIN, ME, type World } from './aws-escalation-known'
import {
  ACCOUNT,
  allow,
  arn,
  attached,
  boundary,
  byAccount,
  byService,
  deny,
  document,
  inline,
  madeByAws,
  organization,
  realm,
  role,
  unread,
  user,
} from './aws-escalation-realm'

const OTHER = user('other')
const ALL = document(allow('*'))

export const CAPPED: readonly World[] = [
  {
    name: 'boundary in the way',
    why: 'the boundary does not let PutUserPolicy through',
    realm: realm([user('me', [inline(allow('iam:*')), boundary('cap', allow('s3:*'))])]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'boundary that keeps it down after',
    why: 'it can give itself everything, and the boundary still caps that',
    realm: realm([
      user('me', [inline(allow('iam:PutUserPolicy')), boundary('cap', allow(['iam:PutUserPolicy', 's3:*']))]),
    ]),
    who: ME,
    steps: [{ by: 'iam-put-own-user-policy', to: 'more', answer: 'yes' }],
    not: ['iam-put-own-user-policy administrator'],
  },
  {
    name: 'boundary taken off',
    why: 'what it holds is everything, and the boundary lets its own deletion through',
    realm: realm([
      user('me', [
        attached('all', ...ADMIN),
        boundary('cap', allow(['s3:*', 'iam:DeleteUserPermissionsBoundary'])),
      ]),
    ]),
    who: ME,
    steps: [{ by: 'iam-delete-own-user-boundary', to: 'administrator', answer: 'yes' }],
  },
  {
    name: 'boundary as wide as what it holds',
    why: 'taking it off brings nothing',
    realm: realm([
      user('me', [
        attached('few', allow(['s3:GetObject', 'iam:DeleteUserPermissionsBoundary'])),
        boundary('cap', allow(['s3:*', 'iam:DeleteUserPermissionsBoundary'])),
      ]),
    ]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'no boundary to take off',
    why: 'it has none',
    realm: realm([user('me', [attached('few', allow('iam:DeleteUserPermissionsBoundary'))])]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'boundary swapped for one of a list',
    why: 'the condition leaves only one boundary, which is not everything',
    realm: realm([
      user('me', [
        attached(
          'some',
          allow(['s3:*', 'ec2:*']),
          allow('iam:PutUserPermissionsBoundary', '*', {
            StringEquals: { 'iam:PermissionsBoundary': arn('policy', 'cap') },
          }),
        ),
        boundary('cap', allow(['s3:*', 'iam:PutUserPermissionsBoundary'])),
      ]),
    ]),
    who: ME,
    not: ['iam-put-own-user-boundary'],
  },
  {
    name: 'its boundary rewritten',
    why: 'the boundary is a policy of the account that it may change',
    realm: realm([
      user('me', [attached('all', ...ADMIN), boundary('cap', allow(['s3:*', 'iam:CreatePolicyVersion']))]),
    ]),
    who: ME,
    steps: [{ by: 'iam-rewrite-own-boundary', to: 'administrator', answer: 'yes' }],
  },
  {
    name: 'deny detached',
    why: 'the policy that denies is attached to it, and does not deny its own detaching',
    realm: realm([
      user('me', [
        attached('work', allow(['s3:*', 'iam:DetachUserPolicy'])),
        attached('guard', deny('s3:*')),
      ]),
    ]),
    who: ME,
    steps: [{ by: 'iam-detach-own-user-deny', to: 'more', answer: 'yes' }],
  },
  {
    name: 'deny that guards itself',
    why: 'it denies being detached too',
    realm: realm([
      user('me', [
        attached('work', allow(['s3:*', 'iam:DetachUserPolicy'])),
        attached('guard', deny(['s3:*', 'iam:DetachUserPolicy'])),
      ]),
    ]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'deny of nothing it has',
    why: 'taking it off brings nothing',
    realm: realm([
      user('me', [
        attached('work', allow(['s3:*', 'iam:DetachUserPolicy'])),
        attached('guard', deny('ec2:*')),
      ]),
    ]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'only ReadOnlyAccess may be attached',
    why: 'which policy may be attached is limited',
    realm: realm([
      user('me', [
        inline(
          allow('iam:AttachUserPolicy', '*', {
            ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
          }),
        ),
      ]),
    ]),
    who: ME,
    steps: [{ by: 'iam-attach-own-user-policy', to: 'more', answer: 'depends' }],
    not: ['iam-attach-own-user-policy administrator'],
    says: /limited/,
  },
  {
    name: 'any policy of AWS may be attached',
    why: 'AdministratorAccess is one',
    realm: realm([
      user('me', [
        inline(
          allow('iam:AttachUserPolicy', '*', { ArnLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/*' } }),
        ),
      ]),
    ]),
    who: ME,
    steps: [{ by: 'iam-attach-own-user-policy', to: 'administrator', answer: 'yes' }],
  },
  {
    name: 'second factor demanded',
    why: 'whether the request brings one is not known',
    realm: realm([
      user('me', [
        inline(allow('iam:PutUserPolicy', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
      ]),
    ]),
    who: ME,
    steps: [{ by: 'iam-put-own-user-policy', to: 'administrator', answer: 'depends' }],
  },
  {
    name: 'only where its boundary is on the target',
    why: 'the key tells the boundary of the user that is changed, and it has none',
    realm: realm([
      user('me', [
        inline(
          allow('iam:PutUserPolicy', '*', {
            StringEquals: { 'iam:PermissionsBoundary': arn('policy', 'cap') },
          }),
        ),
      ]),
    ]),
    who: ME,
    not: ['iam-put-own-user-policy'],
  },
  {
    name: 'user of another name',
    why: 'it may change another user, not itself',
    realm: realm([user('me', [inline(allow('iam:PutUserPolicy', arn('user', 'other')))]), OTHER]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'itself by a variable',
    why: '${aws:username} is its own name',
    realm: realm([user('me', [inline(allow('iam:PutUserPolicy', arn('user', '${aws:username}')))]), OTHER]),
    who: ME,
    steps: [{ by: 'iam-put-own-user-policy', to: 'administrator', answer: 'yes' }],
  },
  {
    name: 'its own key by a variable',
    why: 'a key of its own makes it nobody else',
    realm: realm([
      user('me', [
        inline(allow(['iam:CreateAccessKey', 'iam:DeleteAccessKey'], arn('user', '${aws:username}'))),
      ]),
      OTHER,
    ]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'role asked for a user’s way',
    why: 'a role cannot give itself a policy of users',
    realm: realm([role('me', [inline(allow('iam:PutUserPolicy'))])]),
    who: 'AROA-me',
    not: ['iam-put-own-user-policy'],
  },
  {
    name: 'organization denies it',
    why: 'a deny of the organization wins',
    realm: realm([user('me', [inline(allow('iam:*'))]), OTHER], {
      rulings: organization('999999999999', document(allow('*'), deny('iam:*'))),
    }),
    who: ME,
    not: ['*'],
  },
  {
    name: 'organization spares it by a pattern',
    why: 'its name fits the exemption',
    realm: realm([user('ops-me', [inline(allow('iam:PutUserPolicy'))])], {
      rulings: organization(
        '999999999999',
        document(
          allow('*'),
          deny('iam:*', '*', { ArnNotLike: { 'aws:PrincipalArn': arn('user', 'ops-*') } }),
        ),
      ),
    }),
    who: 'AIDA-ops-me',
    steps: [{ by: 'iam-put-own-user-policy', to: 'administrator', answer: 'yes' }],
  },
  {
    name: 'organization spares only a lookalike',
    why: 'ops-* does not cover opsx-me, and without a dash nothing does',
    realm: realm([user('opsx-me', [inline(allow('iam:PutUserPolicy'))])], {
      rulings: organization(
        '999999999999',
        document(
          allow('*'),
          deny('iam:*', '*', { ArnNotLike: { 'aws:PrincipalArn': arn('user', 'ops-*') } }),
        ),
      ),
    }),
    who: 'AIDA-opsx-me',
    not: ['*'],
  },
  {
    name: 'management account is not capped',
    why: 'service control policies do not apply to it',
    realm: realm([user('me', [inline(allow('iam:PutUserPolicy'))])], {
      rulings: organization(ACCOUNT, document(allow('*'), deny('iam:*'))),
    }),
    who: ME,
    steps: [{ by: 'iam-put-own-user-policy', to: 'administrator', answer: 'yes' }],
  },
  {
    name: 'organization that was not read',
    why: 'it could take it away: that is named with the step',
    realm: realm([user('me', [inline(allow('iam:PutUserPolicy'))])], { rulings: [] }),
    who: ME,
    steps: [{ by: 'iam-put-own-user-policy', to: 'administrator', answer: 'yes' }],
    says: /service control policy/,
  },
  {
    name: 'organization lets everything through',
    why: 'FullAWSAccess on every level caps nothing',
    realm: realm([user('me', [inline(allow('iam:PutUserPolicy'))])], {
      rulings: organization('999999999999', ALL, ALL),
    }),
    who: ME,
    steps: [{ by: 'iam-put-own-user-policy', to: 'administrator', answer: 'yes' }],
  },
  {
    name: 'policy that could not be read',
    why: 'it may allow anything: that is said once, and nothing is a plain yes',
    realm: realm([user('me', [unread('lost')]), OTHER]),
    who: ME,
    steps: [{ by: 'unread-policy', to: 'more', answer: 'depends' }],
    not: ['iam-create-key', 'iam-put-own-user-policy'],
  },
  {
    name: 'policy that could not be read beside one that was',
    why: 'it may deny what the other allows',
    realm: realm([user('me', [unread('lost'), inline(allow('iam:PutUserPolicy'))])]),
    who: ME,
    steps: [{ by: 'iam-put-own-user-policy', to: 'more', answer: 'depends' }],
  },
  {
    name: 'role raised under its own boundary',
    why: 'the boundary of the role caps what it is given',
    realm: realm([
      user('me', [inline(allow(['iam:PutRolePolicy', 'sts:AssumeRole']))]),
      role('open', [boundary('cap', allow('s3:*'))], [byAccount()]),
    ]),
    who: ME,
    steps: [{ by: 'iam-put-role-assume', to: 'more', answer: 'yes' }],
    not: ['iam-put-role-assume administrator'],
  },
  {
    name: 'trust rewritten, assuming denied',
    why: 'whatever the trust says, its own deny wins',
    realm: realm([
      user('me', [inline(allow('iam:UpdateAssumeRolePolicy'), deny('sts:AssumeRole'))]),
      role('strong', [madeByAws('AdministratorAccess', ...ADMIN)], [byService('ec2.amazonaws.com')]),
    ]),
    who: ME,
    not: ['*'],
  },
]
