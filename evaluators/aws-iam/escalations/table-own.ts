// Escalations by IAM on oneself: rights of its own, of its groups, of its policies, and what caps or denies them. Data.
import { defined, type Definition } from './definition'

export const LIMIT = 'No condition on iam:PolicyARN leaves out strong policies.'
const BOUND = 'It has a boundary, and what it holds is wider than that.'
export const gives = (whose: string) =>
  `${whose} can be given every right that no boundary or organization keeps away.`

const own: Definition[] = [
  defined(
    {
      id: 'iam-put-own-role-policy',
      title: 'Inline policy for its own role',
      gives: gives('Its role'),
      from: ['iam-005'],
    },
    ['iam:PutRolePolicy'],
    { way: 'raise-self', of: 'role', action: 'iam:PutRolePolicy' },
  ),
  defined(
    {
      id: 'iam-put-own-user-policy',
      title: 'Inline policy for itself',
      gives: gives('It'),
      from: ['iam-007'],
    },
    ['iam:PutUserPolicy'],
    { way: 'raise-self', of: 'user', action: 'iam:PutUserPolicy' },
  ),
  defined(
    {
      id: 'iam-attach-own-user-policy',
      title: 'Managed policy for itself',
      gives: gives('It'),
      only: LIMIT,
      from: ['iam-008'],
    },
    ['iam:AttachUserPolicy'],
    { way: 'raise-self', of: 'user', action: 'iam:AttachUserPolicy', policyArn: true },
  ),
  defined(
    {
      id: 'iam-attach-own-role-policy',
      title: 'Managed policy for its own role',
      gives: gives('Its role'),
      only: LIMIT,
      from: ['iam-009'],
    },
    ['iam:AttachRolePolicy'],
    { way: 'raise-self', of: 'role', action: 'iam:AttachRolePolicy', policyArn: true },
  ),
  defined(
    {
      id: 'iam-attach-own-group-policy',
      title: 'Managed policy for its group',
      gives: gives('Its group'),
      only: LIMIT,
      from: ['iam-010'],
    },
    ['iam:AttachGroupPolicy'],
    { way: 'raise-own-group', action: 'iam:AttachGroupPolicy', policyArn: true },
  ),
  defined(
    {
      id: 'iam-put-own-group-policy',
      title: 'Inline policy for its group',
      gives: gives('Its group'),
      from: ['iam-011'],
    },
    ['iam:PutGroupPolicy'],
    { way: 'raise-own-group', action: 'iam:PutGroupPolicy' },
  ),
  defined(
    {
      id: 'iam-join-group',
      title: 'Membership of another group',
      gives: 'It holds what the group holds.',
      only: 'It is a user, and the group holds what it does not.',
      from: ['iam-013'],
    },
    ['iam:AddUserToGroup'],
    { way: 'join-group', action: 'iam:AddUserToGroup' },
  ),
  defined(
    {
      id: 'iam-rewrite-own-policy',
      title: 'New version of a policy that it holds',
      gives: gives('It'),
      only: 'The policy is of the account: those made by AWS cannot be changed.',
      from: ['iam-001'],
    },
    ['iam:CreatePolicyVersion'],
    { way: 'rewrite-own', action: 'iam:CreatePolicyVersion', held: 'allow' },
  ),
  defined(
    {
      id: 'iam-older-own-policy',
      title: 'Older version of a policy that it holds',
      gives: 'It holds what the older version allows.',
      only: 'An older version is there and allows more.',
      from: ['Rhino AWS-IAM-Privilege-Escalation 2', 'cloudsplaining', 'prowler'],
    },
    ['iam:SetDefaultPolicyVersion'],
    {
      way: 'rewrite-own',
      action: 'iam:SetDefaultPolicyVersion',
      held: 'allow',
      open: 'What older versions of policies allow is not collected',
    },
  ),
]

const ceilings: Definition[] = [
  defined(
    {
      id: 'iam-rewrite-own-boundary',
      title: 'New version of the policy that is its boundary',
      gives: 'It has a wider boundary.',
      only: BOUND,
      from: ['IAM user guide, "Permissions boundaries for IAM entities"'],
    },
    ['iam:CreatePolicyVersion'],
    { way: 'rewrite-own', action: 'iam:CreatePolicyVersion', held: 'limit' },
  ),
  defined(
    {
      id: 'iam-delete-own-user-boundary',
      title: 'No boundary any more',
      gives: 'Its boundary is gone.',
      only: BOUND,
      from: ['iam-022'],
    },
    ['iam:DeleteUserPermissionsBoundary'],
    { way: 'shed-boundary', of: 'user', action: 'iam:DeleteUserPermissionsBoundary' },
  ),
  defined(
    {
      id: 'iam-delete-own-role-boundary',
      title: 'No boundary for its own role any more',
      gives: 'Its boundary is gone.',
      only: BOUND,
      from: ['iam-023'],
    },
    ['iam:DeleteRolePermissionsBoundary'],
    { way: 'shed-boundary', of: 'role', action: 'iam:DeleteRolePermissionsBoundary' },
  ),
  defined(
    {
      id: 'iam-delete-role-boundary',
      title: 'No boundary any more for a role that lets it in',
      gives: 'It becomes the role without its boundary.',
      only: 'The role has a boundary and holds more than that.',
      from: ['iam-023'],
    },
    ['iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole'],
    { way: 'shed-boundary', of: 'role', action: 'iam:DeleteRolePermissionsBoundary', enter: 'trust' },
  ),
  defined(
    {
      id: 'iam-put-own-user-boundary',
      title: 'Another boundary for itself',
      gives: 'It has a wider boundary.',
      only: `${BOUND} No condition on iam:PermissionsBoundary leaves out wide policies.`,
      from: ['iam-024'],
    },
    ['iam:PutUserPermissionsBoundary'],
    { way: 'shed-boundary', of: 'user', action: 'iam:PutUserPermissionsBoundary', swap: true },
  ),
  defined(
    {
      id: 'iam-put-own-role-boundary',
      title: 'Another boundary for its own role',
      gives: 'It has a wider boundary.',
      only: `${BOUND} No condition on iam:PermissionsBoundary leaves out wide policies.`,
      from: ['IAM user guide, "Permissions boundaries for IAM entities"'],
    },
    ['iam:PutRolePermissionsBoundary'],
    { way: 'shed-boundary', of: 'role', action: 'iam:PutRolePermissionsBoundary', swap: true },
  ),
]

type Shed = Extract<Definition, { way: 'shed-deny' }>
const shed = (id: string, of: Shed['of'], via: Shed['via'], action: string, from: string): Definition =>
  defined(
    {
      id,
      title: 'Denies of its own taken off',
      gives: 'What a policy denied it is allowed.',
      only: 'The policy denies what something else that it holds allows.',
      from: [from],
    },
    [action],
    { way: 'shed-deny', of, via, action },
  )
const denies: Definition[] = [
  shed('iam-detach-own-user-deny', 'user', 'attached', 'iam:DetachUserPolicy', 'iam-025'),
  shed('iam-detach-own-role-deny', 'role', 'attached', 'iam:DetachRolePolicy', 'iam-026'),
  shed('iam-delete-own-user-deny', 'user', 'inline', 'iam:DeleteUserPolicy', 'the inline twin of iam-025'),
  shed('iam-delete-own-role-deny', 'role', 'inline', 'iam:DeleteRolePolicy', 'the inline twin of iam-026'),
  shed('iam-leave-deny', 'group', 'group', 'iam:RemoveUserFromGroup', 'the twin of iam-025 for groups'),
]

export const OWN: readonly Definition[] = [...own, ...ceilings, ...denies]
