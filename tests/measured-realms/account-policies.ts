// Policies as accounts of AWS have them: many that allow little, some that deploy, few that allow everything.
import type { Held } from '@/core/access'
import { oneOf, type Random } from '@/bench/queries/random'

export const ACCOUNT = '410258837719'
export const arn = (kind: string, name: string): string => `arn:aws:iam::${ACCOUNT}:${kind}/${name}`

type Statement = Readonly<Record<string, unknown>>
const TEAMS = [
  'orders',
  'billing',
  'search',
  'stock',
  'mail',
  'media',
  'risk',
  'web',
  'data',
  'edge',
] as const
const SERVICES = ['lambda', 'ec2', 'ecs-tasks', 'glue', 'states', 'codebuild', 'events', 'sagemaker'] as const
export const teamOf = (random: Random): string => oneOf(random, TEAMS)
export const serviceOf = (random: Random): string => `${oneOf(random, SERVICES)}.amazonaws.com`

const USES = [
  ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
  ['dynamodb:*Item', 'dynamodb:Query'],
  ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
  ['sns:Publish'],
  ['logs:*', 'cloudwatch:PutMetricData'],
  ['secretsmanager:GetSecretValue'],
  ['ssm:GetParameter*'],
  ['kms:Decrypt', 'kms:GenerateDataKey'],
  ['ecr:*'],
  ['ec2:Describe*', 'autoscaling:Describe*'],
  ['states:StartExecution'],
  ['lambda:InvokeFunction'],
  ['iam:Get*', 'iam:List*'],
] as const
const DEPLOYS = [
  ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction', 'lambda:UpdateFunction*'],
  ['iam:PassRole', 'ec2:RunInstances'],
  ['iam:PassRole', 'ecs:*'],
  ['iam:PassRole', 'cloudformation:*'],
  ['codebuild:StartBuild', 'codebuild:UpdateProject'],
  ['ssm:SendCommand', 'ssm:StartSession'],
  ['glue:*', 'iam:PassRole'],
] as const
const MANAGES = [
  ['iam:CreateAccessKey', 'iam:CreateUser'],
  ['iam:AttachRolePolicy', 'iam:PutRolePolicy'],
  ['iam:UpdateAssumeRolePolicy'],
  ['iam:*'],
] as const

const REGION = { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-north-1'] } }
const OWN_TEAM = { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }
const WITH_MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }

const allow = (Action: readonly string[], Resource: unknown, Condition?: unknown): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition !== undefined && { Condition }),
})

/** What is used of a service, by whoever runs there. */
export function use(random: Random): Statement {
  const actions = oneOf(random, USES)
  const [service = ''] = (actions[0] ?? '').split(':')
  const team = teamOf(random)
  const resource =
    random() < 0.35 ? '*' : [`arn:aws:${service}:*:*:${team}-*`, `arn:aws:${service}:::${team}-*`]
  const condition = random() < 0.08 ? REGION : random() < 0.05 ? OWN_TEAM : undefined
  return allow(actions, resource, condition)
}
const deploy = (random: Random): Statement =>
  allow(
    oneOf(random, DEPLOYS),
    random() < 0.3
      ? '*'
      : [arn('role', `${teamOf(random)}-*`), 'arn:aws:lambda:*:*:function:*', 'arn:aws:ec2:*:*:*/*'],
    random() < 0.15 ? { StringLike: { 'iam:PassedToService': '*.amazonaws.com' } } : undefined,
  )
const becomeOthers = (random: Random): Statement =>
  allow(['sts:AssumeRole'], random() < 0.15 ? '*' : arn('role', `${teamOf(random)}-*`))
const manage = (random: Random): Statement =>
  allow(
    oneOf(random, MANAGES),
    random() < 0.4 ? '*' : [arn('role', `${teamOf(random)}-*`), arn('user', `${teamOf(random)}-*`)],
    random() < 0.2 ? WITH_MFA : undefined,
  )
const outside = (): Statement => ({
  Effect: 'Deny',
  NotAction: ['iam:*', 'sts:*', 'support:*', 'route53:*'],
  Resource: '*',
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'eu-north-1'] } },
})
const allBut = (): Statement => ({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' })
const hands = (random: Random): Statement => ({
  Effect: 'Deny',
  Action: ['iam:PassRole', 'iam:Delete*'],
  Resource: arn('role', `${teamOf(random)}-*`),
})

const times = (count: number, make: () => Statement): Statement[] => Array.from({ length: count }, make)
function statementsOf(random: Random): Statement[] {
  const own = times(1 + Math.floor(random() * 4), () => use(random))
  const kind = random()
  if (kind < 0.01) return [allow(['*'], '*')]
  if (kind < 0.02) return [allBut()]
  if (kind < 0.04) return [...own, manage(random)]
  if (kind < 0.12) return [...own, deploy(random), ...(random() < 0.4 ? [hands(random)] : [])]
  if (kind < 0.2) return [...own, becomeOthers(random)]
  if (kind < 0.26) return [...own, outside()]
  return own
}

const held = (id: string, name: string, of: Pick<Held, 'effect' | 'via'>, statements: Statement[]): Held => ({
  id,
  name,
  language: 'aws-iam',
  ...of,
  document: { Version: '2012-10-17', Statement: statements },
})
export const managed = (random: Random, name: string): Held =>
  held(arn('policy', name), name, { effect: 'allow', via: 'attached' }, statementsOf(random))
export const inline = (random: Random, owner: string): Held =>
  held(`${owner}/inline/own`, 'own', { effect: 'allow', via: 'inline' }, statementsOf(random))
export const boundary = (random: Random, name: string): Held =>
  held(arn('policy', name), name, { effect: 'limit', via: 'boundary' }, [
    allow(
      ['s3:*', 'dynamodb:*', 'sqs:*', 'logs:*', 'lambda:*', 'sts:AssumeRole', 'iam:Get*', 'iam:PassRole'],
      '*',
    ),
    hands(random),
  ])
export const FOR_A_SERVICE = held(
  'arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy',
  'AutoScalingServiceRolePolicy',
  { effect: 'allow', via: 'attached' },
  [allow(['ec2:RunInstances', 'ec2:TerminateInstances', 'iam:PassRole', 'elasticloadbalancing:*'], '*')],
)
/** What the organisation puts over all of its accounts. */
export const CEILING = [
  { Version: '2012-10-17', Statement: [allow(['*'], '*')] },
  {
    Version: '2012-10-17',
    Statement: [
      allow(['*'], '*'),
      {
        Effect: 'Deny',
        Action: ['organizations:LeaveOrganization', 'cloudtrail:StopLogging'],
        Resource: '*',
      },
    ],
  },
] as const
