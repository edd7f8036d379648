// Who is let in, worked out by hand, and the steps that follow from it.
import { expect, test } from 'vitest'
import { aws } from '@/evaluators/aws-iam/platform'
import { ADMIT_CASES } from './aws-admit-cases'
import { ACCOUNT, allow, ALONE, iam, OTHER, policy, role, trust, user, world } from './aws-world'

test.each(ADMIT_CASES)('$answer: $because', ({ realm, who, caller, answer, says, missing }) => {
  const told = aws.within(realm).admits(who, caller)
  expect(told).toMatchObject({ answer })
  if (says) expect(told.because.join('\n')).toMatch(says)
  if (missing) expect((told.missing ?? []).join('\n')).toMatch(missing)
})

const stepsOf = (realm: ReturnType<typeof world>, id: string) =>
  aws
    .within(realm)
    .steps(id)
    .steps.filter(({ by }) => by === 'trust')
    .map(({ to, answer }) => [to.kind === 'principal' ? to.id : to.kind, answer])

test('a step leads to each role that lets in, for those who may ask', () => {
  const realm = world([
    user('ann', [policy(allow('sts:AssumeRole', iam('role/team-*')))]),
    user('bob'),
    role('team-a', [], { trusts: [trust('account', ACCOUNT)] }),
    role('team-b', [], {
      trusts: [trust('account', ACCOUNT, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })],
    }),
    role('other', [], { trusts: [trust('account', ACCOUNT)] }),
    role('named', [], { trusts: [trust('identity', iam('user/bob'))] }),
    role('anyone', [], { trusts: [trust('anyone', '*')] }),
    role('closed', [], { trusts: [trust('service', 'ec2.amazonaws.com')] }),
  ])
  expect(stepsOf(realm, 'AIDAANN').sort()).toEqual([
    ['AROAANYONE', 'yes'],
    ['AROATEAM-A', 'yes'],
    ['AROATEAM-B', 'depends'],
  ])
  expect(stepsOf(realm, 'AIDABOB').sort()).toEqual([
    ['AROAANYONE', 'yes'],
    ['AROANAMED', 'yes'],
  ])
})

test('a step leads to roles of other accounts, where both sides allow', () => {
  const vendor = role('vendor', [], { account: OTHER, trusts: [trust('account', ACCOUNT)] })
  const realm = world([user('ann', [policy(allow('sts:AssumeRole'))]), user('bob')], { elsewhere: [vendor] })
  expect(stepsOf(realm, 'AIDAANN')).toEqual([['AROAVENDOR', 'yes']])
  expect(stepsOf(realm, 'AIDABOB')).toEqual([])
  const access = aws.within(realm)
  const [step] = access.steps('AIDAANN').steps
  expect(step?.missing?.join()).toMatch(/What caps the account/)
  // Whether it can is another question: the ceiling could take it away.
  const ask = { action: 'sts:AssumeRole', resource: vendor.aliases[0] ?? '' }
  expect(access.can('AIDAANN', ask)).toMatchObject({ answer: 'depends', missing: step?.missing })
})

test('ceilings that were not read are named with every step, and take none away', () => {
  const target = role('a', [], { trusts: [trust('account', ACCOUNT)] })
  const realm = world([user('ann', [policy(allow('sts:*'))]), target], { rulings: [] })
  const [step] = aws
    .within(realm)
    .steps('AIDAANN')
    .steps.filter(({ by }) => by === 'trust')
  expect(step?.answer).toBe('yes')
  expect(step?.missing?.join()).toMatch(/service control policy/)
})

test('a role that gets another is told how long its session lasts', () => {
  const realm = world([role('app'), role('target', [], { trusts: [trust('identity', iam('role/app'))] })])
  expect(
    aws
      .within(realm)
      .steps('AROAAPP')
      .steps.find(({ by }) => by === 'trust')
      ?.because.join(),
  ).toMatch(/lasts an hour/)
})

test('a sort of control policy that is not turned on takes nothing away, and is not called unread', () => {
  const off = ['SERVICE', 'RESOURCE'].map((sort) => ({
    ...ALONE,
    id: sort,
    type: 'aws.control-policy-type',
    document: { policyType: `${sort}_CONTROL_POLICY`, status: 'disabled' },
  }))
  const asked = { action: 'sts:GetFederationToken', resource: '*' }
  const answered = (rulings: typeof off) =>
    aws.within(world([user('ann', [policy(allow('sts:*'))])], { rulings })).can('AIDAANN', asked).answer
  expect([answered([]), answered(off)]).toEqual(['depends', 'yes'])
})
