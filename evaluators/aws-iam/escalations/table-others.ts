// Escalations by IAM on others: users and roles that it can become, as they are or with more rights. Data.
import { defined, type Definition } from './definition'
import { gives, LIMIT } from './table-own'

const KEYS = 'How many access keys the user has is not told: two are the most'
const users: Definition[] = [
  defined(
    {
      id: 'iam-create-key',
      title: 'Access key of another user',
      gives: 'It becomes the user.',
      only: 'The user has fewer than two access keys.',
      from: ['iam-002'],
    },
    ['iam:CreateAccessKey'],
    { way: 'become', of: 'user', actions: ['iam:CreateAccessKey'], open: KEYS },
  ),
  defined(
    {
      id: 'iam-replace-key',
      title: 'Access key of another user in place of one',
      gives: 'It becomes the user.',
      from: ['iam-003'],
    },
    ['iam:CreateAccessKey', 'iam:DeleteAccessKey'],
    { way: 'become', of: 'user', actions: ['iam:CreateAccessKey', 'iam:DeleteAccessKey'] },
  ),
  defined(
    {
      id: 'iam-create-password',
      title: 'Console password of another user',
      gives: 'It becomes the user, in the console.',
      only: 'The user has none yet.',
      from: ['iam-004'],
    },
    ['iam:CreateLoginProfile'],
    {
      way: 'become',
      of: 'user',
      actions: ['iam:CreateLoginProfile'],
      open: 'Whether the user has a console password already is not told',
    },
  ),
  defined(
    {
      id: 'iam-change-password',
      title: 'Another console password for a user',
      gives: 'It becomes the user, in the console.',
      only: 'The user has one already.',
      from: ['iam-006'],
    },
    ['iam:UpdateLoginProfile'],
    {
      way: 'become',
      of: 'user',
      actions: ['iam:UpdateLoginProfile'],
      open: 'Whether the user has a console password is not told',
    },
  ),
  defined(
    {
      id: 'iam-set-password',
      title: 'Console password of a user, whether there is one or not',
      gives: 'It becomes the user, in the console.',
      from: ['iam-004', 'iam-006'],
    },
    ['iam:CreateLoginProfile', 'iam:UpdateLoginProfile'],
    { way: 'become', of: 'user', actions: ['iam:CreateLoginProfile', 'iam:UpdateLoginProfile'] },
  ),
  defined(
    {
      id: 'iam-service-credential',
      title: 'Credential of another user for single services',
      gives: 'It acts as the user towards CodeCommit, Keyspaces or Bedrock.',
      from: ['IAM API reference, CreateServiceSpecificCredential'],
    },
    ['iam:CreateServiceSpecificCredential'],
    {
      way: 'become',
      of: 'user',
      actions: ['iam:CreateServiceSpecificCredential'],
      partly: true,
      open: 'What the user may do in the services that take such credentials is not judged',
    },
  ),
  defined(
    {
      id: 'iam-attach-user-policy-key',
      title: 'Managed policy and key of another user',
      gives: gives('The user'),
      only: LIMIT,
      from: ['iam-015'],
    },
    ['iam:AttachUserPolicy', 'iam:CreateAccessKey'],
    {
      way: 'raise-other',
      of: 'user',
      action: 'iam:AttachUserPolicy',
      policyArn: true,
      enter: ['iam:CreateAccessKey'],
    },
  ),
  defined(
    {
      id: 'iam-put-user-policy-key',
      title: 'Inline policy and key of another user',
      gives: gives('The user'),
      from: ['iam-018'],
    },
    ['iam:PutUserPolicy', 'iam:CreateAccessKey'],
    { way: 'raise-other', of: 'user', action: 'iam:PutUserPolicy', enter: ['iam:CreateAccessKey'] },
  ),
]

const TRUST = 'iam:UpdateAssumeRolePolicy'
const TRUSTING = 'The role lets it in already.'
type Raise = { id: string; title: string; action: string; from: string; attach?: true }
const raise = ({ id, title, action, from, attach }: Raise, enter: 'trust' | 'update'): Definition =>
  defined(
    {
      id,
      title,
      gives: gives('The role, which it becomes,'),
      only:
        [...(enter === 'trust' ? [TRUSTING] : []), ...(attach ? [LIMIT] : [])].join(' ') ||
        'The role is none that AWS protects.',
      from: [from],
    },
    [action, enter === 'trust' ? 'sts:AssumeRole' : TRUST],
    {
      way: 'raise-other',
      of: 'role',
      action,
      ...(attach && { policyArn: true }),
      enter: enter === 'trust' ? 'trust' : [TRUST],
    },
  )
const roles: Definition[] = [
  defined(
    {
      id: 'iam-rewrite-trust',
      title: 'Another trust policy for a role',
      gives: 'It becomes the role.',
      from: ['iam-012', 'sts-004'],
    },
    [TRUST],
    { way: 'become', of: 'role', actions: [TRUST] },
  ),
  raise(
    {
      id: 'iam-attach-role-assume',
      title: 'Managed policy for a role that lets it in',
      action: 'iam:AttachRolePolicy',
      from: 'iam-014',
      attach: true,
    },
    'trust',
  ),
  raise(
    {
      id: 'iam-put-role-assume',
      title: 'Inline policy for a role that lets it in',
      action: 'iam:PutRolePolicy',
      from: 'iam-017',
    },
    'trust',
  ),
  raise(
    {
      id: 'iam-attach-role-trust',
      title: 'Managed policy and trust policy for a role',
      action: 'iam:AttachRolePolicy',
      from: 'iam-019',
      attach: true,
    },
    'update',
  ),
  raise(
    {
      id: 'iam-put-role-trust',
      title: 'Inline policy and trust policy for a role',
      action: 'iam:PutRolePolicy',
      from: 'iam-021',
    },
    'update',
  ),
  defined(
    {
      id: 'iam-rewrite-policy-assume',
      title: 'New version of a policy of a role that lets it in',
      gives: gives('The role, which it becomes,'),
      only: TRUSTING,
      from: ['iam-016'],
    },
    ['iam:CreatePolicyVersion', 'sts:AssumeRole'],
    { way: 'rewrite-other', action: 'iam:CreatePolicyVersion', enter: 'trust' },
  ),
  defined(
    {
      id: 'iam-rewrite-policy-trust',
      title: 'New version of a policy, and trust policy, of a role',
      gives: gives('The role, which it becomes,'),
      from: ['iam-020'],
    },
    ['iam:CreatePolicyVersion', TRUST],
    { way: 'rewrite-other', action: 'iam:CreatePolicyVersion', enter: [TRUST] },
  ),
]

export const OTHERS: readonly Definition[] = [...users, ...roles]
