// What answers about principals of AWS rest on: nothing is told otherwise of whoever rests on what has not changed.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Held, Principal, Realm, TrustStatement } from '@/core/access'
import { aws } from '@/evaluators/aws-iam/platform'
import {
  ACCOUNT,
  allow,
  arn,
  attached,
  boundary,
  deny,
  document,
  NO_ORGANIZATION,
  ofGroup,
  organization,
  profile,
  provider,
  realm,
  role,
  runs,
  trust,
  unread,
  user,
} from './aws-escalation-realm'
import { CHANGES, changed, compared } from './rests-on'

const OTHER = '444455556666'
const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:job`
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.example`
const ROLES = ['app', 'ops', 'job', 'aws-service-role/x.amazonaws.com/linked']
const ACTIONS = [
  ...['*', 'iam:*', 's3:GetObject', 's3:*', 'sts:AssumeRole', 'iam:PassRole', 'lambda:*', 'ec2:*', 'eks:*'],
  ...['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:CreatePolicyVersion', 'iam:UpdateAssumeRolePolicy'],
  ...['iam:AddUserToGroup', 'iam:DeleteRolePermissionsBoundary', 'iam:PutUserPolicy', 'iam:CreateAccessKey'],
  ...[
    'iam:AddClientIDToOpenIDConnectProvider',
    'iam:CreateOpenIDConnectProvider',
    'ssm:*',
    'cloudformation:*',
  ],
]
const RESOURCES = ['*', '*', arn('role', '*'), arn('role', 'app'), arn('user', 'ann'), arn('policy', 'p*')]
const TAGGED = [
  { StringEquals: { 'aws:PrincipalTag/team': 'a' } },
  { StringEquals: { 'aws:ResourceTag/team': 'a' } },
  { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  { StringEquals: { 'aws:RequestedRegion': 'eu-south-2' } },
  { ArnLike: { 'aws:PrincipalArn': arn('role', 'a*') } },
]
const statement = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 4 }),
    fc.constantFrom(...RESOURCES),
    fc.option(fc.constantFrom(...TAGGED), { freq: 3, nil: undefined }),
    fc.nat(5),
  )
  .map(([of, on, when, kind]) => (kind === 0 ? deny(of, on, when) : allow(of, on, when)))
const statements = fc.array(statement, { minLength: 1, maxLength: 2 })

const names = ['p0', 'p1', 'p2', 'p3']
const policies = fc.tuple(...names.map(() => statements))
type Policies = [ReturnType<typeof allow>[], ...ReturnType<typeof allow>[][]]
const chosen = fc.tuple(
  fc.uniqueArray(fc.nat(3), { maxLength: 2 }),
  fc.option(fc.nat(3), { freq: 5, nil: undefined }),
  fc.option(fc.nat(3), { freq: 2, nil: undefined }),
  fc.boolean(),
)
const heldOf = (of: Policies, isUser: boolean) =>
  chosen.map(([own, group, bound, isRead]): Held[] => [
    ...own.map((at) => attached(names[at] ?? '', ...(of[at] ?? []))),
    ...(isUser && group !== undefined
      ? [ofGroup(`g${group % 2}`, names[group] ?? '', ...(of[group] ?? []))]
      : []),
    ...(bound === 0 || bound === 1 ? [boundary(names[bound] ?? '', ...(of[bound] ?? []))] : []),
    ...(!isRead && group === 3 ? [unread('hidden')] : []),
  ])

const TRUSTED: Omit<TrustStatement, 'id'>[] = [
  ...['lambda.amazonaws.com', 'ec2.amazonaws.com'].map((principal) =>
    trust({ principalType: 'service', principal }),
  ),
  ...[ACCOUNT, ACCOUNT, OTHER].map((principal) => trust({ principalType: 'account', principal })),
  ...ROLES.slice(0, 3).map((name) => trust({ principalType: 'identity', principal: arn('role', name) })),
  trust({ principalType: 'identity', principal: arn('user', 'ann') }),
  trust({
    principalType: 'anyone',
    principal: '*',
    conditions: { StringEquals: { 'aws:PrincipalTag/team': 'a' } },
  }),
  trust({ principalType: 'federated', principal: PROVIDER, actions: ['sts:AssumeRoleWithWebIdentity'] }),
  trust({ principalType: 'account', principal: ACCOUNT, actions: ['sts:AssumeRole', 'sts:TagSession'] }),
]
const trusts = (of: string) =>
  fc
    .uniqueArray(fc.nat(TRUSTED.length - 1), { maxLength: 3 })
    .map((all) => all.map((at): TrustStatement => ({ ...TRUSTED[at]!, id: `${of} trust ${at}` })))
const tags = fc.option(fc.constantFrom<Record<string, string>[]>({}, { team: 'a' }, { team: 'b' }), {
  nil: undefined,
})

const principals = policies.chain((of) =>
  fc.tuple(
    ...ROLES.map((name) =>
      fc
        .tuple(heldOf(of as Policies, false), trusts(name), tags)
        .map(([held, trusted, tagged]): Principal => {
          const { tags: _, ...one } = role(name, held, trusted)
          return { ...one, ...(tagged && { tags: tagged }) }
        }),
    ),
    ...['ann', 'bob'].map((name) => heldOf(of as Policies, true).map((held) => user(name, held))),
  ),
)

const policyOf = (...of: unknown[]) => ({
  id: 'of the function',
  type: 'aws.resource-policy',
  name: 'function',
  language: 'aws-iam',
  aliases: [],
  document: { resource: FUNCTION, policy: { Version: '2012-10-17', Statement: of } },
})
const rulings = fc
  .tuple(fc.nat(3), statements, fc.boolean())
  .map(([kind, of, hasPolicy]) => [
    ...(kind === 0
      ? organization(OTHER, document(allow('*')), document(allow('*'), ...of))
      : kind === 1
        ? []
        : [NO_ORGANIZATION]),
    ...(hasPolicy ? [policyOf({ ...allow('lambda:*'), Principal: { AWS: arn('role', 'ops') } })] : []),
  ])
const runners = fc.subarray([
  profile('first', 'AROA-app'),
  profile('second', 'AROA-ops', 'AROA-job'),
  runs('aws.lambda-function', FUNCTION, 'AROA-job'),
  runs('aws.ec2-instance', `arn:aws:ec2:eu-south-2:${ACCOUNT}:instance/i-1`, 'AROA-app'),
])
const cluster = { ...provider(`arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/one`, 'aws.eks-cluster') }
const things = fc.subarray<Realm['things'][number]>([provider(PROVIDER), cluster])
const foreign = (name: string, trusted: readonly TrustStatement[]): Principal => ({
  ...role(name, [], trusted),
  id: `AROA-${name}`,
  aliases: [arn('role', name, OTHER)],
})
const elsewhere = trusts('far').map((all) => [foreign('far', all)])
const unseen = fc.subarray<Realm['unseen'][number]>(
  [
    { part: 'trusts', words: 'Trust was not read.' },
    { part: 'grants', words: 'Grants were not read.' },
    { part: 'runners', words: 'Functions were not read.' },
    { part: 'things', words: 'Providers were not read.' },
    { part: 'rulings', words: 'Policies of resources were not read.' },
  ],
  { maxLength: 1 },
)
const realms = fc
  .tuple(
    principals,
    rulings,
    runners,
    things,
    fc.option(elsewhere, { nil: [] }),
    fc.option(unseen, { freq: 2, nil: [] }),
  )
  .map(([all, ruled, running, stored, far, missing]) =>
    realm(all, { rulings: ruled, runners: running, things: stored, elsewhere: far, unseen: missing }),
  )

/** Each makes two accounts and asks about all of both. */
const RUNS = { numRuns: 10 }
const LONGEST_MS = 240_000
test.each(Object.keys(CHANGES))(
  '%s: whoever rests on none of it is told the same',
  (kind) => {
    fc.assert(
      fc.property(changed(realms, [kind]), (both) => {
        expect(compared(aws, both).stale).toEqual([])
      }),
      RUNS,
    )
  },
  LONGEST_MS,
)

test('what is rested on is plain data: nothing of it is lost where it is written down', () => {
  fc.assert(
    fc.property(realms, (all) => {
      const access = aws.within(all)
      const rests = all.principals.map(({ id }) => access.restsOn?.(id))
      expect(JSON.parse(JSON.stringify(rests))).toEqual(rests)
      expect(access.restsOn?.('nobody')).toBeUndefined()
    }),
    RUNS,
  )
})

test(
  'one document is asked for by those who hold it, and by few others',
  () => {
    let [kept, all] = [0, 0]
    fc.assert(
      fc.property(changed(realms, ['a document says something else']), (both) => {
        kept += compared(aws, both).kept.length
        all += both.after.principals.length
      }),
      { ...RUNS, seed: 5 },
    )
    expect(kept / all).toBeGreaterThan(0.3)
  },
  LONGEST_MS,
)
