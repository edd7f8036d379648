// Each thing that answers about principals of AWS rest on is needed: left out, somebody is told what no longer holds.
import { expect, test } from 'vitest'
import type { Held, Principal, Realm, TrustStatement } from '@/core/access'
import { aws } from '@/evaluators/aws-iam/platform'
import {
  ACCOUNT,
  allow,
  arn,
  attached,
  boundary,
  byAccount,
  byIdentity,
  byService,
  deny,
  document,
  ofGroup,
  organization,
  profile,
  provider,
  realm,
  role,
  trust,
  user,
} from './aws-escalation-realm'
import { compared, without } from './rests-on'

const OTHER = '444455556666'
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.example`
const LAMBDA = byService('lambda.amazonaws.com')
const EC2 = byService('ec2.amazonaws.com')
const OWN_ACCOUNT = byAccount()
const ANYONE = trust({ principalType: 'anyone', principal: '*' })
const OPS = byIdentity(arn('role', 'ops'))
const BY_TOKEN = trust({ principalType: 'federated', principal: PROVIDER })
const FOREIGN = trust({ principalType: 'account', principal: OTHER })

const ops = (...held: Held[]): Principal => role('ops', held)
const target = (held: readonly Held[] = [], trusts: readonly TrustStatement[] = []): Principal =>
  role('target', held, trusts)
const tagged = (one: Principal, tags: Principal['tags']): Principal => ({ ...one, ...(tags && { tags }) })
const far = (...trusts: TrustStatement[]): Principal => ({
  ...role('far', [], trusts),
  aliases: [arn('role', 'far', OTHER)],
})

const PASSING = attached('pass', allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']))
const ASSUMING = attached('assume', allow('sts:AssumeRole'))
const RAISING = attached('raise', allow(['iam:PutRolePolicy', 'sts:AssumeRole']))
const ISSUING = attached('issue', allow('iam:UpdateOpenIDConnectProviderThumbprint'))
const BECOMING = attached('become', allow('iam:UpdateAssumeRolePolicy'))
const JOINING = attached('join', allow('iam:AddUserToGroup'))
const FREEING = attached('free', allow(['iam:DeleteRolePermissionsBoundary', 'sts:AssumeRole']))
const WITH_INSTANCES = attached('run', allow(['iam:PassRole', 'ec2:RunInstances']))
const BY_TAG = attached(
  'tags',
  allow('sts:AssumeRole', '*', { StringEquals: { 'iam:ResourceTag/team': 'a' } }),
)
const own = (statement: ReturnType<typeof allow>) => attached('own', statement)
const capped = (statement: ReturnType<typeof allow>) => boundary('cap', statement)
const members = (statement: ReturnType<typeof allow>) => user('bob', [ofGroup('dev', 'theirs', statement)])

type Case = [what: string, of: string, before: Realm, after: Realm]
const LEFT_OUT: Case[] = [
  [
    'documents',
    'AROA-ops',
    realm([ops(own(allow('s3:GetObject')))]),
    realm([ops(own(allow('s3:PutObject')))]),
  ],
  [
    'bindings',
    'AROA-ops',
    realm([ops(own(allow('s3:GetObject')))]),
    realm([ops({ ...own(allow('s3:GetObject')), via: 'inline' })]),
  ],
  ['own.trusts', 'AROA-target', realm([target([], [FOREIGN])]), realm([target()])],
  [
    'own.tags and frame.principals.tags',
    'AROA-ops',
    realm([ops(own(allow('*', '*', { StringEquals: { 'aws:PrincipalTag/team': 'a' } })))]),
    realm([
      tagged(ops(own(allow('*', '*', { StringEquals: { 'aws:PrincipalTag/team': 'a' } }))), { team: 'a' }),
    ]),
  ],
  ['frame.principals', 'AROA-ops', realm([ops(BECOMING), target()]), realm([ops(BECOMING)])],
  [
    'frame.principals.id',
    'AROA-ops',
    realm([ops(BECOMING), target()]),
    realm([ops(BECOMING), { ...target(), id: 'AROA-made-anew' }]),
  ],
  [
    'frame.principals.name',
    'AROA-ops',
    realm([ops(RAISING), target([], [OPS])]),
    realm([ops(RAISING), { ...target([], [OPS]), name: 'other' }]),
  ],
  [
    'frame.principals.aliases',
    'AROA-ops',
    realm([ops(PASSING), target([], [LAMBDA])]),
    realm([ops(PASSING), { ...target([], [LAMBDA]), aliases: [] }]),
  ],
  [
    'frame.principals.tags',
    'AROA-ops',
    realm([ops(BY_TAG), tagged(target([], [OWN_ACCOUNT]), { team: 'a' })]),
    realm([ops(BY_TAG), target([], [OWN_ACCOUNT])]),
  ],
  ['named', 'AROA-ops', realm([ops(), target([], [OPS])]), realm([ops(), target()])],
  ['free', 'AROA-ops', realm([ops(), target([], [ANYONE])]), realm([ops(), target()])],
  ['open', 'AROA-ops', realm([ops(ASSUMING), target([], [OWN_ACCOUNT])]), realm([ops(ASSUMING), target()])],
  ['services', 'AROA-ops', realm([ops(PASSING), target([], [LAMBDA])]), realm([ops(PASSING), target()])],
  [
    'issuers',
    'AROA-ops',
    realm([ops(ISSUING), target([], [BY_TOKEN])], { things: [provider(PROVIDER)] }),
    realm([ops(ISSUING), target()], { things: [provider(PROVIDER)] }),
  ],
  [
    'frame.elsewhere',
    'AROA-ops',
    realm([ops(ASSUMING)], { elsewhere: [far(OPS)] }),
    realm([ops(ASSUMING)], { elsewhere: [far()] }),
  ],
  [
    'frame.runners',
    'AROA-ops',
    realm([ops(WITH_INSTANCES), target([], [EC2])], {
      runners: [profile('p', 'AROA-target')],
    }),
    realm([ops(WITH_INSTANCES), target([], [EC2])], {
      runners: [profile('p', 'AROA-ops')],
    }),
  ],
  [
    'frame.rulings',
    'AROA-ops',
    realm([ops(own(allow('*')))]),
    realm([ops(own(allow('*')))], { rulings: organization(OTHER, document(allow('s3:*'))) }),
  ],
  [
    'frame.things',
    'AROA-target',
    realm([target([], [BY_TOKEN])]),
    realm([target([], [BY_TOKEN])], { things: [provider(PROVIDER)] }),
  ],
  [
    'frame.unseen',
    'AROA-ops',
    realm([ops(own(allow('s3:*')))]),
    realm([ops(own(allow('s3:*')))], { unseen: [{ part: 'grants', words: 'Grants were not read.' }] }),
  ],
  [
    'raised',
    'AROA-ops',
    realm([ops(RAISING), target([own(deny('s3:*'))], [OPS])]),
    realm([ops(RAISING), target([own(deny('iam:*'))], [OPS])]),
  ],
  [
    'groups',
    'AIDA-ann',
    realm([user('ann', [JOINING]), members(allow('s3:*'))]),
    realm([user('ann', [JOINING]), members(allow('*'))]),
  ],
  [
    'bounded',
    'AROA-ops',
    realm([ops(FREEING), target([own(allow('*')), capped(allow('s3:*'))], [OPS])]),
    realm([ops(FREEING), target([own(allow('s3:GetObject')), capped(allow('s3:*'))], [OPS])]),
  ],
]

test.each(LEFT_OUT)('%s', (what, of, before, after) => {
  const both = { before, after, kind: what }
  expect(compared(aws, both).kept).not.toContain(of)
  expect(compared(aws, both, without(...what.split(' and '))).stale).toContain(of)
})
