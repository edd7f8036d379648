// Who was asked about before makes no difference: what holds for all who hold the same is kept for those alone for whom it does.
import { expect, test } from 'vitest'
import type { Principal, Realm } from '@/core/access'
import { aws } from '@/evaluators/aws-iam/platform'
import {
  ACCOUNT,
  allow,
  arn,
  attached,
  byService,
  deny,
  document,
  NO_ORGANIZATION,
  organization,
  realm,
  role,
  runs,
} from './aws-escalation-realm'

const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:job`
const CHANGES = attached('changes', allow(['lambda:UpdateFunctionCode', 'lambda:InvokeFunction']))
const STOPS = attached('stops', allow('ec2:StopInstances'))
const ENDS = attached('ends', allow('ec2:TerminateInstances'))
const job = role('job', [], [byService('lambda.amazonaws.com')])
const keepsOut = (name: string) => ({
  ...NO_ORGANIZATION,
  id: 'of the function',
  type: 'aws.resource-policy',
  document: {
    resource: FUNCTION,
    policy: document({ ...deny('lambda:*', FUNCTION), Principal: { AWS: arn('role', name) } }),
  },
})
const told = (all: Realm, id: string, before?: string) => {
  const access = aws.within(all)
  if (before !== undefined) for (const ask of [access.privileges, access.steps]) ask(before)
  return [access.privileges(id), access.steps(id)]
}
const linked = role('aws-service-role/x.amazonaws.com/linked', [STOPS])
const ruled = organization('999999999999', document(allow('lambda:*')))

const CASES: [why: string, one: Principal, other: Principal, more: Partial<Realm>][] = [
  [
    'the policy of a function keeps out one of two who hold the same',
    role('ops', [CHANGES]),
    role('app', [CHANGES]),
    {
      runners: [runs('aws.lambda-function', FUNCTION, 'AROA-job')],
      rulings: [NO_ORGANIZATION, keepsOut('ops')],
    },
  ],
  [
    'the organization caps all but what a service made for itself',
    linked,
    role('app', [STOPS]),
    { rulings: ruled },
  ],
  ['two hold the same, in another order', role('ops', [STOPS, ENDS]), role('app', [ENDS, STOPS]), {}],
]
test.each(CASES)('%s', (_, one, other, more) => {
  const all = realm([one, other, job], more)
  expect(told(all, other.id, one.id)).toEqual(told(all, other.id))
  expect(told(all, one.id, other.id)).toEqual(told(all, one.id))
})

test('and they are told different things', () => {
  for (const [, one, other, more] of CASES) {
    const all = realm([one, other, job], more)
    expect(told(all, one.id)).not.toEqual(told(all, other.id))
  }
})
