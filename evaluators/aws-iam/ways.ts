// The ways by which a holder can come to hold every permission in its account, each as a question with three answers.
import { agree, all, any, depends, not, type Answer } from '../three-valued'
import type { Access, Resource } from './can'

/** Every action that a way needs: a statement about none of them has no bearing. */
export const BEARING = [
  'iam:CreateRole',
  'iam:AttachRolePolicy',
  'iam:PutRolePolicy',
  'iam:DetachRolePolicy',
  'iam:DeleteRolePolicy',
  'iam:DeleteRolePermissionsBoundary',
  'sts:AssumeRole',
  'iam:CreateUser',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:AttachUserPolicy',
  'iam:PutUserPolicy',
  'iam:DetachUserPolicy',
  'iam:DeleteUserPolicy',
  'iam:DeleteUserPermissionsBoundary',
  'iam:CreateGroup',
  'iam:AddUserToGroup',
  'iam:RemoveUserFromGroup',
  'iam:AttachGroupPolicy',
  'iam:PutGroupPolicy',
  'iam:DetachGroupPolicy',
  'iam:DeleteGroupPolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
] as const
/** Every way needs one of these: whoever is allowed none of them has no way. */
export const RAISING: readonly string[] = [
  ...['iam:AttachRolePolicy', 'iam:PutRolePolicy', 'iam:AttachUserPolicy', 'iam:PutUserPolicy'],
  ...[
    'iam:AttachGroupPolicy',
    'iam:PutGroupPolicy',
    'iam:CreatePolicyVersion',
    'iam:SetDefaultPolicyVersion',
  ],
]
type Bearing = (typeof BEARING)[number]

/** What is held, and everything it can be about in one account. */
export type Account = {
  access: Access<Bearing>
  roles: readonly Resource[]
  users: readonly Resource[]
  groups: readonly Resource[]
  policies: readonly Resource[]
  /** The holder, where it is known. */
  self?:
    | {
        kind: Holder['kind']
        own: Resource
        policies: readonly Resource[]
        groups: readonly (readonly Resource[])[]
      }
    | undefined
}

/** Who holds it all: its ARN, the policies of the account that are attached to it, and each of its groups by what its ARN may be. */
export type Holder = {
  kind: 'user' | 'role'
  arn: string
  partition: string
  account: string
  policies: readonly string[]
  groups: readonly (readonly string[])[]
}

/** Ways 1 and 2. */
function* throughCreatedWays({ access, roles, users }: Account): Generator<Answer> {
  for (const role of roles)
    yield all([
      access.can('iam:CreateRole', role),
      any([access.can('iam:AttachRolePolicy', role), access.can('iam:PutRolePolicy', role)]),
      not(access.denied('sts:AssumeRole', role)),
    ])
  for (const user of users)
    yield all([
      access.can('iam:CreateUser', user),
      any([access.can('iam:AttachUserPolicy', user), access.can('iam:PutUserPolicy', user)]),
      any([access.can('iam:CreateAccessKey', user), access.can('iam:CreateLoginProfile', user)]),
    ])
}
export const throughCreated = (account: Account): Answer => any(throughCreatedWays(account))

const NAMED = 'It is not known here which of the named roles, users or groups are its own.'

/** Way 3. Which role or user the holder is, is not known: only what holds for all of them is certain. */
export function throughItself(account: Account, onceRaised: Answer): Answer {
  const { access, roles, users, groups, self } = account
  const isBound = access.held.limits.length > 0
  const isMember = access.held.own.some(({ fromGroup }) => fromGroup)
  const joined = any(
    groups.map((group) =>
      all([
        access.can('iam:CreateGroup', group),
        access.can('iam:AddUserToGroup', group),
        fills(access, group),
      ]),
    ),
  )
  const as = (kind: 'Role' | 'User', own: Resource, raise: Answer[], free: Answer[]): Answer => {
    const may = (action: Bearing) => access.can(action, own)
    const taken = all([
      may(`iam:Detach${kind}Policy`),
      may(`iam:Delete${kind}Policy`),
      ...(isBound ? [may(`iam:Delete${kind}PermissionsBoundary`)] : []),
      ...free,
    ])
    return all([
      any([may(`iam:Attach${kind}Policy`), may(`iam:Put${kind}Policy`), ...raise]),
      any([onceRaised, taken]),
    ])
  }
  const free = isMember ? [freeOfGroups(access, groups)] : []
  if (self) return self.kind === 'user' ? as('User', self.own, [joined], free) : as('Role', self.own, [], [])
  const asUser = agree(
    users.map((user) => as('User', user, [joined], free)),
    NAMED,
  )
  if (isMember) return asUser
  return agree(
    [
      agree(
        roles.map((role) => as('Role', role, [], [])),
        NAMED,
      ),
      asUser,
    ],
    'It is not known here whether it is a user or a role, and only one of them could give itself everything.',
  )
}

/** Whether a member can take off what its groups bring: by leaving them, or by emptying them. */
function freeOfGroups(access: Access<Bearing>, groups: readonly Resource[]): Answer {
  const leaves = groups.map((group) => access.can('iam:RemoveUserFromGroup', group))
  const empties = groups.map((group) =>
    all([access.can('iam:DetachGroupPolicy', group), access.can('iam:DeleteGroupPolicy', group)]),
  )
  return any([agree(leaves, NAMED), agree(empties, NAMED)])
}

const fills = (access: Access<Bearing>, group: Resource): Answer =>
  any([access.can('iam:AttachGroupPolicy', group), access.can('iam:PutGroupPolicy', group)])

const OLDER =
  'It can put an older version of a policy that it holds in effect; what those say is not known here.'

/** Rewriting a managed policy raises its holder only where it holds one that can be rewritten. */
export function throughPolicies({ access, policies, self }: Account, onceRaised: Answer): Answer {
  const may = (action: Bearing, among: readonly Resource[]) =>
    any(among.map((policy) => access.can(action, policy)))
  if (self)
    return all([
      any([
        may('iam:CreatePolicyVersion', self.policies),
        all([may('iam:SetDefaultPolicyVersion', self.policies), depends(OLDER)]),
      ]),
      onceRaised,
    ])
  return all([
    any([may('iam:CreatePolicyVersion', policies), may('iam:SetDefaultPolicyVersion', policies)]),
    depends('It can change managed policies; whether it holds one of them is not known here.'),
  ])
}

const PATH = 'It is not known here under which path its group is.'

/** Filling a group raises its members only. */
export function throughGroups({ access, groups, self }: Account, onceRaised: Answer): Answer {
  if (self)
    return all([
      any(
        self.groups.map((arns) =>
          agree(
            arns.map((group) => fills(access, group)),
            PATH,
          ),
        ),
      ),
      onceRaised,
    ])
  return all([
    any(groups.map((group) => fills(access, group))),
    depends('It can give groups permissions; whether it is in one of them is not known here.'),
  ])
}
