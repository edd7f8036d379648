// Questions about many targets at a time, where targets are told apart by more than their names.
import { expect, test } from 'vitest'
import { allow, asRole, deny, iam, policy, R, role, user, world } from '@/tests/oracle/aws-world'
import { when } from '@/tests/oracle/aws-documents'
import { AwsAccess } from './aws-access'
import { on } from './many'
import { mayAll } from './escalations/asks'

const red = { tags: { team: 'red' } }
const may = (access: AwsAccess, id: string, action: string) =>
  on(access, access.subject(id)!, [{ action }], access.targets('role'))
    .flatMap(({ targets, answer }) => targets.map(({ arn }) => `${arn.split('/').at(-1)} ${answer.value}`))
    .sort()

test('a condition on tags of the target is judged for each', () => {
  const same = policy(
    allow('iam:PassRole', '*', when('StringEquals', 'iam:ResourceTag/team', '${aws:PrincipalTag/team}')),
  )
  const access = new AwsAccess(
    world([
      role('app', [same], red),
      role('one', [], red),
      role('two', [], { tags: { team: 'blue' } }),
      role('none'),
    ]),
  )
  expect(may(access, R, 'iam:PassRole')).toEqual(['app yes', 'one yes'])
})

test('what a variable stands for differs by who asks, with the same documents', () => {
  const own = policy(allow('iam:PassRole', iam('role/${aws:username}-*')))
  const access = new AwsAccess(world([user('ann', [own]), user('bob', [own]), role('ann-x'), role('bob-x')]))
  expect(may(access, 'AIDAANN', 'iam:PassRole')).toEqual(['ann-x yes'])
  expect(may(access, 'AIDABOB', 'iam:PassRole')).toEqual(['bob-x yes'])
})

test('all needs are about the same target', () => {
  const held = policy(allow('iam:PassRole', iam('role/a*')), allow('iam:GetRole', iam('role/*b')))
  const access = new AwsAccess(world([role('app', [held]), role('ab'), role('a'), role('b')]))
  const needs = [{ action: 'iam:PassRole' }, { action: 'iam:GetRole' }]
  const found = on(access, access.subject(R)!, needs, access.targets('role'))
  expect(found.flatMap(({ targets }) => targets.map(({ id }) => id))).toEqual(['AROAAB'])
})

test('two documents of one id that are not the same are told apart', () => {
  const [wide, narrow] = [policy(allow('*')), policy(allow('s3:*'))]
  const access = new AwsAccess(
    world([role('app', [{ ...wide, id: 'x' }]), role('b', [{ ...narrow, id: 'x' }])]),
  )
  expect(may(access, 'AROAB', 'iam:PassRole')).toEqual([])
  expect(may(access, R, 'iam:PassRole')).toHaveLength(2)
})

test('answers about sets asked about long ago are forgotten, and come out the same again', () => {
  const roles = Array.from({ length: 600 }, (_, at) =>
    role(`r${at}`, [policy(allow('iam:PassRole', iam(`role/r${at}`)))]),
  )
  const access = new AwsAccess(world(roles))
  const [first] = roles
  const before = may(access, first!.id, 'iam:PassRole')
  const { answers } = access.subject(first!.id)!.holding
  expect(answers.size).toBeGreaterThan(0)
  for (const { id } of roles.slice(1)) may(access, id, 'iam:PassRole')
  expect(answers.size).toBe(0)
  expect(may(access, first!.id, 'iam:PassRole')).toEqual(before)
})

test('somewhere: any resource will do, one that is free of a deny', () => {
  const create = { action: 'lambda:CreateFunction', at: 'function' } as const
  const answer = (...held: Parameters<typeof asRole>[0]) => {
    const access = new AwsAccess(asRole(held))
    return mayAll(access, access.subject(R)!, [create]).value
  }
  expect(answer(policy(allow('lambda:*', 'arn:aws:lambda:eu-north-1:*:function:team-*')))).toBe('yes')
  expect(answer(policy(allow('lambda:*'), deny('lambda:*', 'arn:aws:lambda:*:*:function:prod-*')))).toBe(
    'yes',
  )
  expect(answer(policy(allow('lambda:*', 'arn:aws:lambda:*:999900001111:function:*')))).toBe('no')
  expect(answer(policy(allow('lambda:*', '*'), deny('lambda:Create*')))).toBe('no')
  const outside = when('StringNotEquals', 'aws:RequestedRegion', 'eu-west-1')
  expect(answer(policy(allow('lambda:*'), deny('*', '*', outside)))).toBe('yes')
  expect(answer(policy(allow('lambda:*', '*', when('StringEquals', 'aws:SourceVpc', 'vpc-1'))))).toBe(
    'depends',
  )
})
