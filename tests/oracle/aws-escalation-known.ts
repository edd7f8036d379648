// The ways that the training range iam-vulnerable sets up, each as a small realm in our own words, and what has to come of it.
import type { Principal, Realm, Runner } from '@/core/access'
import {
  allow,
  attached,
  arn,
  boundary,
  byAccount,
  byIdentity,
  byService,
  deny,
  inline,
  madeByAws,
  ofGroup,
  profile,
  realm,
  role,
  user,
} from './aws-escalation-realm'

export type Expected = { by: string; to: string; answer: 'yes' | 'depends' }
export type World = {
  name: string
  why: string
  realm: Realm
  who: string
  /** Steps that have to be there. */
  steps?: Expected[]
  /** Definitions of which no step may be there; `*`: of none but trust. */
  not?: string[]
  says?: RegExp
}
export const ME = 'AIDA-me'
export const ADMIN = [allow('*')]
const STRONG = role(
  'strong',
  [madeByAws('AdministratorAccess', ...ADMIN)],
  [
    byService('ec2.amazonaws.com'),
    byService('lambda.amazonaws.com'),
    byService('glue.amazonaws.com'),
    byService('cloudformation.amazonaws.com'),
    byService('datapipeline.amazonaws.com'),
    byService('codebuild.amazonaws.com'),
    byService('sagemaker.amazonaws.com'),
  ],
)
const me = (...actions: string[]): Principal => user('me', [attached('mine', allow(actions))])
const yes = (by: string, to = 'administrator'): Expected => ({ by, to, answer: 'yes' })
const open = (by: string, to = 'more'): Expected => ({ by, to, answer: 'depends' })
type More = { others?: Principal[]; runners?: Runner[]; who?: string; says?: RegExp }
const world = (name: string, why: string, mine: Principal, steps: Expected[], more: More = {}): World => ({
  name,
  why,
  realm: realm([mine, ...(more.others ?? [])], { runners: more.runners ?? [] }),
  who: more.who ?? mine.id,
  steps,
  ...(more.says && { says: more.says }),
})
const TO_STRONG = 'AROA-strong'
const IN_PROFILE = { others: [STRONG], runners: [profile('p', TO_STRONG)] }
const OTHER = user('other')

export const KNOWN: readonly World[] = [
  world(
    '1 new version of its own policy',
    'the policy is attached to it and of the account',
    me('iam:CreatePolicyVersion'),
    [yes('iam-rewrite-own-policy')],
  ),
  world(
    '2 older version of its own policy',
    'what older versions say is not collected',
    me('iam:SetDefaultPolicyVersion'),
    [open('iam-older-own-policy')],
  ),
  world(
    '3 instance with a profile',
    'the profile hands on the role that it may pass',
    me('iam:PassRole', 'ec2:RunInstances'),
    [yes('ec2-run', TO_STRONG)],
    IN_PROFILE,
  ),
  world(
    '4 key of another user',
    'two keys are the most, and how many there are is not told',
    me('iam:CreateAccessKey'),
    [open('iam-create-key', 'AIDA-other')],
    { others: [OTHER], says: /access keys/ },
  ),
  world(
    '4 key of another user in place of an old one',
    'a key can be deleted first',
    me('iam:CreateAccessKey', 'iam:DeleteAccessKey'),
    [yes('iam-replace-key', 'AIDA-other')],
    { others: [OTHER] },
  ),
  world(
    '5 password of another user',
    'whether there is one already is not told',
    me('iam:CreateLoginProfile'),
    [open('iam-create-password', 'AIDA-other')],
    { others: [OTHER] },
  ),
  world(
    '6 another password',
    'whether there is one is not told',
    me('iam:UpdateLoginProfile'),
    [open('iam-change-password', 'AIDA-other')],
    { others: [OTHER] },
  ),
  world(
    '5 and 6 together',
    'one of both works whether there is a password or not',
    me('iam:CreateLoginProfile', 'iam:UpdateLoginProfile'),
    [yes('iam-set-password', 'AIDA-other')],
    { others: [OTHER] },
  ),
  world('7 managed policy for itself', 'nothing limits which', me('iam:AttachUserPolicy'), [
    yes('iam-attach-own-user-policy'),
  ]),
  world(
    '8 managed policy for its group',
    'it is in the group',
    user('me', [ofGroup('devs', 'shared', allow('iam:AttachGroupPolicy'))]),
    [yes('iam-attach-own-group-policy')],
  ),
  world(
    '9 managed policy for its role',
    'its own role, by name',
    role('me', [inline(allow('iam:AttachRolePolicy', arn('role', 'me')))]),
    [yes('iam-attach-own-role-policy')],
  ),
  world(
    '10 inline policy for itself',
    'on itself',
    user('me', [inline(allow('iam:PutUserPolicy', arn('user', 'me')))]),
    [yes('iam-put-own-user-policy')],
  ),
  world(
    '11 inline policy for its group',
    'the group by name',
    user('me', [ofGroup('devs', 'shared', allow('iam:PutGroupPolicy', arn('group', '*')))]),
    [yes('iam-put-own-group-policy')],
  ),
  world('12 inline policy for its role', 'on all roles', role('me', [inline(allow('iam:PutRolePolicy'))]), [
    yes('iam-put-own-role-policy'),
  ]),
  world(
    '13 membership of a strong group',
    'the group holds everything',
    me('iam:AddUserToGroup'),
    [yes('iam-join-group')],
    { others: [user('boss', [ofGroup('admins', 'all', ...ADMIN)])] },
  ),
  world(
    '14 trust of a role',
    'a trust that names it needs no permission to assume',
    me('iam:UpdateAssumeRolePolicy'),
    [yes('iam-rewrite-trust', TO_STRONG)],
    { others: [STRONG] },
  ),
  world(
    '15 function, called',
    'the role trusts functions',
    me('iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'),
    [yes('lambda-create-invoke', TO_STRONG)],
    { others: [STRONG] },
  ),
  world(
    '16 function, started by events',
    'the role trusts functions',
    me('iam:PassRole', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'),
    [yes('lambda-create-event', TO_STRONG)],
    { others: [STRONG] },
  ),
  world(
    '17 code of a function',
    'functions are not collected',
    me('lambda:UpdateFunctionCode'),
    [open('lambda-code')],
    { says: /Which functions there are is not collected/ },
  ),
  world(
    '18 development endpoint',
    'the role trusts Glue',
    me('iam:PassRole', 'glue:CreateDevEndpoint'),
    [yes('glue-endpoint-create', TO_STRONG)],
    { others: [STRONG] },
  ),
  world('19 key for a development endpoint', 'endpoints are not collected', me('glue:UpdateDevEndpoint'), [
    open('glue-endpoint-update'),
  ]),
  world(
    '20 stack with a role',
    'the role trusts CloudFormation',
    me('iam:PassRole', 'cloudformation:CreateStack'),
    [yes('cloudformation-create', TO_STRONG)],
    { others: [STRONG] },
  ),
  world(
    '21 pipeline with a role',
    'the role trusts Data Pipeline',
    me(
      'iam:PassRole',
      'datapipeline:CreatePipeline',
      'datapipeline:PutPipelineDefinition',
      'datapipeline:ActivatePipeline',
    ),
    [yes('datapipeline-create', TO_STRONG)],
    { others: [STRONG] },
  ),
  world('another template for a stack', 'stacks are not collected', me('cloudformation:UpdateStack'), [
    open('cloudformation-update'),
  ]),
  world(
    'build project with a role',
    'the role trusts CodeBuild',
    me('iam:PassRole', 'codebuild:CreateProject', 'codebuild:StartBuild'),
    [yes('codebuild-create', TO_STRONG)],
    { others: [STRONG] },
  ),
  world(
    'session by a key',
    'which instances there are is not collected, but which roles they can bear',
    me('ec2-instance-connect:SendSSHPublicKey', 'ec2:DescribeInstances'),
    [open('ec2-instance-connect', TO_STRONG)],
    IN_PROFILE,
  ),
  world(
    'notebook with a role',
    'the role trusts SageMaker',
    me('iam:PassRole', 'sagemaker:CreateNotebookInstance'),
    [yes('sagemaker-notebook-create', TO_STRONG)],
    { others: [STRONG] },
  ),
  world(
    'session in a notebook',
    'notebooks are not collected',
    me('sagemaker:CreatePresignedNotebookInstanceUrl'),
    [open('sagemaker-notebook-open')],
  ),
  world(
    'processing job',
    'the role trusts SageMaker',
    me('iam:PassRole', 'sagemaker:CreateProcessingJob'),
    [yes('sagemaker-processing', TO_STRONG)],
    { others: [STRONG] },
  ),
  world(
    'training job',
    'the role trusts SageMaker',
    me('iam:PassRole', 'sagemaker:CreateTrainingJob'),
    [yes('sagemaker-training', TO_STRONG)],
    { others: [STRONG] },
  ),
  world(
    'command on an instance',
    'which instances there are is not collected',
    me('ssm:SendCommand'),
    [open('ssm-command', TO_STRONG)],
    IN_PROFILE,
  ),
  world(
    'session on an instance',
    'which instances there are is not collected',
    me('ssm:StartSession'),
    [open('ssm-session', TO_STRONG)],
    IN_PROFILE,
  ),
  world('assumes a role', 'the role trusts the account', me('sts:AssumeRole'), [yes('trust', 'AROA-open')], {
    others: [role('open', [], [byAccount()])],
  }),
  world(
    'roles in a row',
    'each trusts the one before',
    role('first', [inline(allow('sts:AssumeRole'))]),
    [yes('trust', 'AROA-second')],
    { others: [role('second', [], [byIdentity(arn('role', 'first'))])] },
  ),

  world(
    'fn1 split over policies',
    'what is needed is in two policies',
    user('me', [attached('one', allow('iam:PassRole')), attached('two', allow('ec2:RunInstances'))]),
    [yes('ec2-run', TO_STRONG)],
    IN_PROFILE,
  ),
  world(
    'fn2 scope that it is in',
    'the policy it holds fits the pattern',
    user('me', [attached('fn2-mine', allow('iam:CreatePolicyVersion', arn('policy', 'fn2-*')))]),
    [yes('iam-rewrite-own-policy')],
  ),
  world(
    'fn3 condition that is always true',
    'whatever asks has been made since 2020',
    role('me', [
      inline(
        allow('iam:PutRolePolicy', '*', {
          DateGreaterThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:01Z' },
        }),
      ),
    ]),
    [yes('iam-put-own-role-policy')],
  ),
  world(
    'fn4 everything but S3',
    'NotAction leaves IAM in',
    user('me', [attached('most', { Effect: 'Allow', NotAction: 's3:*', Resource: '*' })]),
    [yes('iam-put-own-user-policy')],
  ),
  {
    name: 'fp1 allowed and denied in one policy',
    why: 'a deny wins',
    realm: realm([
      user('me', [attached('mine', allow('iam:CreateAccessKey'), deny('iam:CreateAccessKey'))]),
      OTHER,
    ]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'fp2 allowed and denied in two policies',
    why: 'a deny wins wherever it is',
    realm: realm([user('me', [attached('a', allow('iam:*')), attached('b', deny('iam:*'))]), OTHER]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'fp3 only denied',
    why: 'nothing allows anything',
    realm: realm([user('me', [attached('a', deny('iam:*'))]), OTHER]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'fp4 policies of AWS',
    why: 'nobody but AWS can change them',
    realm: realm([
      user('me', [
        madeByAws('ReadOnlyAccess', allow('s3:Get*')),
        inline(allow('iam:CreatePolicyVersion', 'arn:aws:iam::aws:policy/*')),
      ]),
    ]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'fp5 condition that is always false',
    why: 'nothing that asks now was made before 2020',
    realm: realm([
      role('me', [
        inline(
          allow('iam:PutRolePolicy', '*', { DateLessThan: { 'aws:TokenIssueTime': '2020-01-01T00:00:01Z' } }),
        ),
      ]),
    ]),
    who: 'AROA-me',
    not: ['*'],
  },
  world(
    'boundary that lets all through',
    'a boundary of everything caps nothing',
    user('me', [inline(allow('iam:PutUserPolicy')), boundary('all', ...ADMIN)]),
    [yes('iam-put-own-user-policy')],
  ),
]
