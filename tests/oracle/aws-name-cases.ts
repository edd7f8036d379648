// Who is an administrator where its own name, kind or account would have to be known, and where there is very much.
import {
  allow,
  attached,
  boundary,
  deny,
  group,
  inline,
  NEW_ROLE,
  NEW_USER,
  type Case,
} from './aws-documents'

const EVERYTHING = attached(allow('*'))
const TANGLED = Array.from({ length: 60 }, (_, n) => `arn:aws:iam::*:role/*${n}*x*${n * 7}*y*${n * 3}*`)

export const NAME_CASES: readonly Case[] = [
  // Names, accounts and kinds nobody knows here.
  {
    because: 'only a user could raise itself by it',
    held: [attached(allow('iam:PutUserPolicy'))],
    answer: 'depends',
    says: /whether it is a user or a role/,
  },
  {
    because: 'only a role could raise itself by it',
    held: [inline(allow('iam:AttachRolePolicy'))],
    answer: 'depends',
    says: /whether it is a user or a role/,
  },
  {
    because: 'only itself, by a variable',
    held: [
      attached(allow(['iam:PutUserPolicy', 'iam:AttachUserPolicy'], 'arn:aws:iam::*:user/${aws:username}')),
    ],
    answer: 'depends',
  },
  {
    because: 'a variable on a bucket has no bearing',
    held: [attached(allow('*', 'arn:aws:s3:::home/${aws:username}/*'))],
    answer: 'no',
  },
  {
    because: 'a deny by a variable is only possible',
    held: [EVERYTHING, inline(deny('iam:*', '${aws:PrincipalTag/team}'))],
    answer: 'depends',
  },
  {
    because: 'only in one account, and which it is in is not known',
    held: [attached(allow(NEW_ROLE, 'arn:aws:iam::123456789012:role/*'))],
    answer: 'depends',
    says: /account/,
  },
  {
    because: 'denied in one account only',
    held: [EVERYTHING, inline(deny('iam:*', 'arn:aws:iam::123456789012:*'))],
    answer: 'depends',
    says: /account/,
  },
  {
    because: 'denied on roles of one account, and users are left in all',
    held: [EVERYTHING, inline(deny('iam:*', 'arn:aws:iam::123456789012:role/*'))],
    answer: 'yes',
  },
  {
    because: 'an account given in part',
    held: [attached(allow(NEW_ROLE, 'arn:aws:iam::1234*:role/*'))],
    answer: 'depends',
  },
  {
    because: 'another partition',
    held: [attached(allow(NEW_ROLE, 'arn:aws-us-gov:iam::*:role/*'))],
    answer: 'depends',
  },
  { because: 'every partition', held: [attached(allow(NEW_ROLE, 'arn:aws*:iam::*:role/*'))], answer: 'yes' },
  {
    because: 'it can rewrite policies, perhaps its own',
    held: [attached(allow('iam:CreatePolicyVersion'))],
    answer: 'depends',
    says: /managed policies/,
  },
  {
    because: 'it can bring back an older policy, perhaps its own',
    held: [attached(allow('iam:SetDefaultPolicyVersion', 'arn:aws:iam::*:policy/app/*'))],
    answer: 'depends',
    says: /managed policies/,
  },

  // Raising itself under denies and boundaries.
  {
    because: 'denied to make anything new, it can take the deny off itself',
    held: [EVERYTHING, inline(deny('iam:Create*'))],
    answer: 'yes',
  },
  {
    because: 'denied to make anything new or to take anything off',
    held: [
      EVERYTHING,
      inline(deny(['iam:Create*', 'iam:Detach*', 'iam:Delete*', 'iam:SetDefault*', 'iam:*GroupPolicy'])),
    ],
    answer: 'no',
  },
  {
    because: 'denied by a group that it can leave',
    held: [EVERYTHING, group(deny('iam:Create*'))],
    answer: 'yes',
  },
  {
    because: 'denied by a group that it may not leave but can empty',
    held: [EVERYTHING, group(deny(['iam:Create*', 'iam:SetDefault*', 'iam:RemoveUserFromGroup']))],
    answer: 'yes',
  },
  {
    because: 'denied by a group that it may neither leave nor empty',
    held: [
      EVERYTHING,
      group(deny(['iam:Create*', 'iam:SetDefault*', 'iam:RemoveUserFromGroup', 'iam:*GroupPolicy'])),
    ],
    answer: 'no',
  },
  {
    because: 'a member is a user, so it can raise itself as one',
    held: [group(allow('iam:PutUserPolicy'))],
    answer: 'yes',
  },
  { because: 'a member is no role', held: [group(allow('iam:PutRolePolicy'))], answer: 'no' },
  {
    because: 'a user could make a group, give it everything and join it',
    held: [attached(allow(['iam:*Group', 'iam:*GroupPolicy']))],
    answer: 'depends',
    says: /user or a role/,
  },
  {
    because: 'a member can do so for certain',
    held: [group(allow(['iam:CreateGroup', 'iam:AddUserToGroup', 'iam:PutGroupPolicy']))],
    answer: 'yes',
  },
  {
    because: 'it can give groups permissions, perhaps its own',
    held: [attached(allow('iam:PutGroupPolicy'))],
    answer: 'depends',
    says: /whether it is in one of them/,
  },
  {
    because: 'its own boundary stays over what it gives itself',
    held: [
      attached(allow(['iam:PutUserPolicy', 'iam:PutRolePolicy'])),
      boundary(allow(['iam:Put*', 's3:*'])),
    ],
    answer: 'no',
  },
  {
    because: 'its own boundary leaves a new role, once it has given itself the rest',
    held: [attached(allow(['iam:PutUserPolicy', 'iam:PutRolePolicy'])), boundary(allow('iam:*'))],
    answer: 'yes',
  },
  {
    because: 'becoming the new role is denied, and there is no other way',
    held: [
      attached(allow(['iam:CreateRole', 'iam:PutRolePolicy'])),
      inline(deny('sts:AssumeRole'), deny(['iam:PutRolePolicy'], 'arn:aws:iam::*:role/holder')),
    ],
    answer: 'depends',
    says: /named roles, users|user or a role/,
  },
  {
    because: 'roles may be made only under one name, and that name is denied',
    held: [
      attached(allow(NEW_ROLE, 'arn:aws:iam::*:role/app-??')),
      inline(deny('iam:*', 'arn:aws:iam::*:role/app-*')),
    ],
    answer: 'no',
  },
  {
    because: 'names of two letters are denied, and names of three are left',
    held: [
      attached(allow(NEW_ROLE, 'arn:aws:iam::*:role/app-*')),
      inline(deny('iam:*', 'arn:aws:iam::*:role/app-??')),
    ],
    answer: 'yes',
  },
  {
    because: 'the only common name begins with one text and ends with another',
    held: [
      attached(
        allow('iam:CreateRole', 'arn:aws:iam::*:role/app-*'),
        allow('iam:PutRolePolicy', 'arn:aws:iam::*:role/*-ci'),
      ),
    ],
    answer: 'yes',
  },
  {
    because: 'a resource that ends in a slash names no role',
    held: [attached(allow(NEW_ROLE, 'arn:aws:iam::*:role/app/'))],
    answer: 'no',
  },
  {
    because: 'a user that may be made, but keys only for others',
    held: [
      attached(
        allow(['iam:CreateUser', 'iam:PutUserPolicy'], 'arn:aws:iam::*:user/svc/*'),
        allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/people/*'),
      ),
    ],
    answer: 'depends',
  },

  // Size.
  {
    because: 'one way among ten thousand statements',
    held: [
      attached(
        ...Array.from({ length: 10_000 }, (_, n) => allow(`s3:Get${n}`, `arn:aws:s3:::bucket-${n}/*`)),
        allow(NEW_USER),
      ),
    ],
    answer: 'yes',
  },
  {
    because: 'no way among ten thousand statements',
    held: [
      attached(
        ...Array.from({ length: 10_000 }, (_, n) => allow('iam:GetRole', `arn:aws:iam::*:role/app-${n}`)),
      ),
    ],
    answer: 'no',
  },
  {
    because: 'ten thousand denies of single names leave all others',
    held: [
      EVERYTHING,
      inline(...Array.from({ length: 10_000 }, (_, n) => deny('iam:*', `arn:aws:iam::*:role/app-${n}`))),
    ],
    answer: 'yes',
  },
  {
    because: 'patterns too tangled to be followed',
    held: [
      attached(
        allow('iam:CreateRole', TANGLED.slice(0, 30)),
        allow('iam:PutRolePolicy', TANGLED.slice(30)),
        deny('sts:AssumeRole', TANGLED),
      ),
    ],
    answer: 'depends',
  },
  {
    because: 'more accounts than can be told apart',
    held: [
      attached(
        allow(
          NEW_ROLE,
          Array.from({ length: 200 }, (_, n) => `arn:aws:iam::${100_000_000_000 + n}:role/*`),
        ),
      ),
    ],
    answer: 'depends',
    says: /too large/,
  },
  {
    because: 'a pattern made to be slow',
    held: [attached(allow(`${'*a'.repeat(500)}`, `arn:aws:iam::*:role/${'*a'.repeat(300)}`))],
    answer: 'no',
  },
]
