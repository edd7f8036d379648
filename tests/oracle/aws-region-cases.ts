// Regions that a caller chooses, worked out by hand from the documentation of AWS.
import type { AccessAnswer, PrivilegeLevel, Question, Realm, Step } from '@/core/access'
import { denyExcept, when } from './aws-documents'
import {
  ACCOUNT,
  allow,
  asRole,
  bound,
  deny,
  FULL,
  iam,
  ORGANIZATION,
  policy,
  role,
  scp,
  trust,
  world,
  type Raw,
} from './aws-world'

export type ChoiceCase = {
  because: string
  realm: Realm
  /** `way target`, and the answer of the step; no where there must be none. */
  step?: [string, Step['answer'] | 'no']
  level?: [PrivilegeLevel, PrivilegeLevel]
  can?: [Question, AccessAnswer['answer']]
  says?: RegExp
}

/** The example of AWS, with the services that answer in one region left out. */
const GLOBAL = ['cloudfront:*', 'iam:*', 'route53:*', 'support:*', 'organizations:*']
const outside = (...regions: string[]) => when('StringNotEquals', 'aws:RequestedRegion', regions)
const within = (...regions: string[]) => when('StringEquals', 'aws:RequestedRegion', regions)
const only = (...regions: string[]): Raw => denyExcept(GLOBAL, '*', outside(...regions))
const EUROPE = scp(1, allow('*'), only('eu-north-1', 'eu-west-1'))
const capped = (...rulings: Realm['rulings']): Partial<Realm> => ({
  rulings: [ORGANIZATION, FULL, ...rulings],
})
const worker = role('worker', [], { trusts: [trust('service', 'lambda.amazonaws.com')] })
const PASS = allow('iam:PassRole', iam('role/worker'))
const FUNCTIONS = ['lambda:CreateFunction', 'lambda:InvokeFunction']
const functions = (region: string) => `arn:aws:lambda:${region}:${ACCOUNT}:function:*`
const maker = (more: Partial<Realm>, ...statements: Raw[]): Realm =>
  world([role('app', [policy(PASS, ...statements)]), worker], more)
const CREATES = 'lambda-create-invoke AROAWORKER'
const runner = (region: string): Realm['runners'][number] => {
  const arn = `arn:aws:lambda:${region}:${ACCOUNT}:function:orders`
  return { id: arn, type: 'aws.lambda-function', name: 'orders', aliases: [arn], uses: ['AROAWORKER'] }
}

const TASK_ROLE = role('worker', [], { trusts: [trust('service', 'ecs-tasks.amazonaws.com')] })
const SERVICE = `arn:aws:ecs:eu-west-1:${ACCOUNT}:service/batch/mail`
const service: Realm['runners'][number] = {
  ...runner('eu-west-1'),
  id: SERVICE,
  type: 'aws.ecs-service',
  aliases: [SERVICE],
}
const updater = (runners: Realm['runners'], ...statements: Raw[]): Realm =>
  world([role('app', [policy(PASS, allow('ecs:RegisterTaskDefinition'), ...statements)]), TASK_ROLE], {
    runners,
  })
const UPDATES = 'ecs-update-service AROAWORKER'

export const SERVICE_CASES: ChoiceCase[] = [
  {
    because: 'a service that is there runs another task with a role that may be passed',
    realm: updater([service], allow('ecs:UpdateService')),
    step: [UPDATES, 'yes'],
  },
  {
    because: 'leave to change a service that is not there is none',
    realm: updater([service], allow('ecs:UpdateService', `arn:aws:ecs:*:${ACCOUNT}:service/batch/other`)),
    step: [UPDATES, 'no'],
  },
  {
    because: 'where no services were collected there may be some',
    realm: updater([], allow('ecs:UpdateService')),
    step: [UPDATES, 'depends'],
    says: /Which services of ECS there are/,
  },
  {
    because: 'without a task definition of its own it changes nothing of the role',
    realm: world([role('app', [policy(PASS, allow('ecs:UpdateService'))]), TASK_ROLE], {
      runners: [service],
    }),
    step: [UPDATES, 'no'],
  },
]

export const REGION_CASES: ChoiceCase[] = [
  {
    because: 'a function is made in a region that the organization allows',
    realm: maker(capped(EUROPE), allow(FUNCTIONS)),
    step: [CREATES, 'yes'],
  },
  {
    because: 'two denies that leave each other no region leave none',
    realm: maker(capped(EUROPE, scp(2, allow('*'), only('us-east-1', 'us-west-2'))), allow(FUNCTIONS)),
    step: [CREATES, 'no'],
    can: [{ action: 'lambda:CreateFunction', resource: functions('*') }, 'no'],
  },
  {
    because: 'two denies that have one region in common leave that one',
    realm: maker(capped(EUROPE, scp(2, allow('*'), only('us-east-1', 'eu-west-1'))), allow(FUNCTIONS)),
    step: [CREATES, 'yes'],
  },
  {
    because: 'functions of a region that is denied are no way',
    realm: maker(capped(EUROPE), allow(FUNCTIONS, functions('us-east-1'))),
    step: [CREATES, 'no'],
  },
  {
    because: 'functions of a region that is allowed are one',
    realm: maker(capped(EUROPE), allow(FUNCTIONS, functions('eu-west-1'))),
    step: [CREATES, 'yes'],
  },
  {
    because: 'functions of regions given by a pattern, of which one is allowed',
    realm: maker(capped(EUROPE), allow(FUNCTIONS, functions('eu-*'))),
    step: [CREATES, 'yes'],
  },
  {
    because: 'what is made in one region cannot be called in another',
    realm: maker(
      {},
      allow(FUNCTIONS[0], '*', within('eu-west-1')),
      allow(FUNCTIONS[1], '*', within('eu-north-1')),
    ),
    step: [CREATES, 'no'],
    level: ['write', 'write'],
  },
  {
    because: 'what is made in one region is called there',
    realm: maker(
      {},
      allow(FUNCTIONS[0], '*', within('eu-west-1', 'eu-north-1')),
      allow(FUNCTIONS[1], '*', within('eu-north-1')),
    ),
    step: [CREATES, 'yes'],
  },
  {
    because: 'regions may be given by patterns on both sides',
    realm: maker(
      capped(EUROPE),
      allow(FUNCTIONS, '*', when('StringLike', 'aws:RequestedRegion', 'eu-*-1')),
      deny('lambda:*', '*', when('StringLike', 'aws:RequestedRegion', 'eu-north-*')),
    ),
    step: [CREATES, 'yes'],
  },
  {
    because: 'a region that an account has to turn on may be off',
    realm: maker({}, allow(FUNCTIONS, '*', within('me-central-1'))),
    step: [CREATES, 'depends'],
    says: /me-central-1 is turned on/,
  },
  {
    because: 'a region in which something runs is on',
    realm: maker({ runners: [runner('me-central-1')] }, allow(FUNCTIONS, '*', within('me-central-1'))),
    step: [CREATES, 'yes'],
  },
  {
    because: 'a region that AWS does not have in this partition is none',
    realm: maker({}, allow(FUNCTIONS, '*', within('cn-north-1', 'us-gov-west-1'))),
    step: [CREATES, 'no'],
  },
  {
    because: 'a function that is there is in its own region',
    realm: maker({ ...capped(EUROPE), runners: [runner('us-east-1')] }, allow('lambda:UpdateFunctionCode')),
    step: ['lambda-code', 'no'],
  },
  {
    because: 'and in one that is allowed it is a way',
    realm: maker({ ...capped(EUROPE), runners: [runner('eu-north-1')] }, allow('lambda:UpdateFunctionCode')),
    step: ['lambda-code', 'yes'],
  },
  {
    because: 'IAM answers in us-east-1 alone: a deny of everywhere else but Europe is one of IAM too',
    realm: world(
      [role('app', [policy(allow('iam:*'))])],
      capped(scp(1, allow('*'), deny('*', '*', outside('eu-west-1')))),
    ),
    step: ['iam-put-own-role-policy', 'no'],
    level: ['none', 'none'],
    can: [{ action: 'iam:CreateUser', resource: iam('user/x') }, 'no'],
  },
  {
    because: 'CloudFront answers in us-east-1 alone as well',
    realm: asRole(
      [policy(allow('cloudfront:*'))],
      capped(scp(1, allow('*'), deny('*', '*', outside('eu-west-1')))),
    ),
    level: ['none', 'none'],
  },
  {
    because: 'sessions are given out in every region',
    realm: world(
      [
        role('app', [policy(allow('sts:AssumeRole'))]),
        role('door', [], { trusts: [trust('account', ACCOUNT)] }),
      ],
      capped(EUROPE),
    ),
    step: ['trust AROADOOR', 'yes'],
    can: [{ action: 'sts:AssumeRole', resource: iam('role/door') }, 'depends'],
    says: /Allowed in regions: .*eu-/,
  },
  {
    because: 'which region counts while a service is told of a role is not documented',
    realm: maker(capped(scp(1, allow('*'), deny('*', '*', outside('eu-west-1')))), allow(FUNCTIONS)),
    step: [CREATES, 'depends'],
  },
  {
    because: 'objects that are read are in some bucket of a region that is allowed',
    realm: asRole([policy(allow('s3:GetObject'))], capped(EUROPE)),
    level: ['sensitive', 'sensitive'],
  },
  {
    because: 'queues of a region that is denied are none that it can read',
    realm: asRole([policy(allow('sqs:*', `arn:aws:sqs:us-east-1:${ACCOUNT}:*`))], capped(EUROPE)),
    level: ['none', 'none'],
  },
  {
    because: 'a boundary and an organization that leave each other no region',
    realm: asRole(
      [policy(allow('s3:GetObject')), bound(allow('*', '*', within('us-east-1')))],
      capped(EUROPE),
    ),
    level: ['none', 'none'],
  },
  {
    because: 'a question without a region is about all of them, and names those that allow it',
    realm: asRole([policy(allow('ec2:*'))], capped(EUROPE)),
    can: [{ action: 'ec2:DescribeInstances', resource: '*' }, 'depends'],
    says: /Allowed in regions: eu-west-1, eu-north-1/,
  },
  {
    because: 'a question with a region is about that one',
    realm: asRole([policy(allow('ec2:*'))], capped(EUROPE)),
    can: [
      {
        action: 'ec2:DescribeInstances',
        resource: '*',
        context: { 'aws:RequestedRegion': 'eu-west-1' },
      },
      'yes',
    ],
  },
  {
    because: 'a tag of its own says the region: what is not known of it stays open',
    realm: world([
      role('app', [policy(PASS, allow(FUNCTIONS, '*', within('${aws:PrincipalTag/region}')))], {
        tags: { region: 'eu-west-1' },
        trusts: [trust('account', ACCOUNT, undefined, { actions: ['sts:AssumeRole', 'sts:TagSession'] })],
      }),
      worker,
    ]),
    step: [CREATES, 'depends'],
  },
  {
    because: 'an operator that is not known decides nothing in any region',
    realm: maker({}, allow(FUNCTIONS, '*', when('StringLikely', 'aws:RequestedRegion', 'eu-west-1'))),
    step: [CREATES, 'depends'],
  },
]
