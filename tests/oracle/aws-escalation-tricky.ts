// Ways to more rights that are not there, or only under a condition, although they look it; and some that hide.
import { ADMIN, ME, type World } from './aws-escalation-known'
import {
  ACCOUNT,
  allow,
  arn,
  attached,
  byAccount,
  byIdentity,
  byService,
  deny,
  inline,
  madeByAws,
  ofGroup,
  profile,
  provider,
  realm,
  role,
  runs,
  trust,
  user,
} from './aws-escalation-realm'

const APP = role('app', [], [byService('lambda.amazonaws.com')])
const APP_ADMIN = role('app-admin', ADMIN_OF(), [byService('lambda.amazonaws.com')])
function ADMIN_OF() {
  return [madeByAws('AdministratorAccess', ...ADMIN)]
}
const FUNCTION = ['lambda:CreateFunction', 'lambda:InvokeFunction']
const lambda = (passes: ReturnType<typeof allow>) => user('me', [inline(passes, allow(FUNCTION))])

export const TRICKY: readonly World[] = [
  {
    name: 'scope app is not app-admin',
    why: 'a name that begins the same is another role',
    realm: realm([lambda(allow('iam:PassRole', arn('role', 'app'))), APP, APP_ADMIN]),
    who: ME,
    steps: [{ by: 'lambda-create-invoke', to: 'AROA-app', answer: 'yes' }],
    not: ['lambda-create-invoke AROA-app-admin'],
  },
  {
    name: 'scope app* is app-admin too',
    why: 'the star covers it',
    realm: realm([lambda(allow('iam:PassRole', arn('role', 'app*'))), APP, APP_ADMIN]),
    who: ME,
    steps: [{ by: 'lambda-create-invoke', to: 'AROA-app-admin', answer: 'yes' }],
  },
  {
    name: 'role that trusts another service',
    why: 'functions cannot assume it, however it is passed',
    realm: realm([lambda(allow('iam:PassRole')), role('db', ADMIN_OF(), [byService('rds.amazonaws.com')])]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'harmless role',
    why: 'a step to a principal that can do nothing still is one, and no more',
    realm: realm([lambda(allow('iam:PassRole')), APP]),
    who: ME,
    steps: [{ by: 'lambda-create-invoke', to: 'AROA-app', answer: 'yes' }],
    not: ['lambda-create-invoke administrator', 'lambda-create-invoke more'],
  },
  {
    name: 'passed to another service only',
    why: 'iam:PassedToService has to be Lambda',
    realm: realm([
      lambda(allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } })),
      APP,
    ]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'passed to this service only',
    why: 'iam:PassedToService is Lambda',
    realm: realm([
      lambda(allow('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } })),
      APP,
    ]),
    who: ME,
    steps: [{ by: 'lambda-create-invoke', to: 'AROA-app', answer: 'yes' }],
  },
  {
    name: 'deny by tag of the role',
    why: 'the role that is tagged cannot be passed, the other can',
    realm: realm([
      user('me', [
        inline(
          allow(['iam:PassRole', ...FUNCTION]),
          deny('iam:PassRole', '*', { StringEquals: { 'aws:ResourceTag/tier': 'high' } }),
        ),
      ]),
      APP,
      { ...APP_ADMIN, tags: { tier: 'high' } },
    ]),
    who: ME,
    steps: [{ by: 'lambda-create-invoke', to: 'AROA-app', answer: 'yes' }],
    not: ['lambda-create-invoke AROA-app-admin'],
  },
  {
    name: 'create one function, call another',
    why: 'no function can be both made and called',
    realm: realm([
      user('me', [
        inline(
          allow('iam:PassRole'),
          allow('lambda:CreateFunction', `arn:aws:lambda:*:${ACCOUNT}:function:a-*`),
          allow('lambda:InvokeFunction', `arn:aws:lambda:*:${ACCOUNT}:function:b-*`),
        ),
      ]),
      APP,
    ]),
    who: ME,
    not: ['lambda-create-invoke'],
  },
  {
    name: 'functions of another account',
    why: 'it may make none here',
    realm: realm([
      user('me', [
        inline(allow('iam:PassRole'), allow(FUNCTION, 'arn:aws:lambda:*:999999999999:function:*')),
      ]),
      APP,
    ]),
    who: ME,
    not: ['lambda-create-invoke'],
  },
  {
    name: 'instance without its network',
    why: 'an instance needs a network interface, a volume and an image as well',
    realm: realm(
      [
        user('me', [
          inline(allow('iam:PassRole'), allow('ec2:RunInstances', `arn:aws:ec2:*:${ACCOUNT}:instance/*`)),
        ]),
        role('box', [], [byService('ec2.amazonaws.com')]),
      ],
      { runners: [profile('p', 'AROA-box')] },
    ),
    who: ME,
    not: ['ec2-run'],
  },
  {
    name: 'role in no instance profile',
    why: 'nothing hands it to an instance, and it cannot make what would',
    realm: realm(
      [
        user('me', [inline(allow(['iam:PassRole', 'ec2:RunInstances']))]),
        role('box', [], [byService('ec2.amazonaws.com')]),
        role('loose', ADMIN_OF(), [byService('ec2.amazonaws.com')]),
      ],
      { runners: [profile('p', 'AROA-box')] },
    ),
    who: ME,
    steps: [{ by: 'ec2-run', to: 'AROA-box', answer: 'yes' }],
    not: ['ec2-run AROA-loose'],
  },
  {
    name: 'instance profile of its own making',
    why: 'it can put the role into a new one',
    realm: realm(
      [
        user('me', [
          inline(
            allow([
              'iam:PassRole',
              'ec2:RunInstances',
              'iam:CreateInstanceProfile',
              'iam:AddRoleToInstanceProfile',
            ]),
          ),
        ]),
        role('loose', ADMIN_OF(), [byService('ec2.amazonaws.com')]),
      ],
      { runners: [profile('p')] },
    ),
    who: ME,
    steps: [{ by: 'ec2-run', to: 'AROA-loose', answer: 'yes' }],
  },
  {
    name: 'role that AWS protects',
    why: 'IAM refuses to change roles of services',
    realm: realm([
      user('me', [inline(allow(['iam:UpdateAssumeRolePolicy', 'iam:PutRolePolicy']))]),
      role('aws-service-role/x.amazonaws.com/AWSServiceRoleForX', [], [byService('x.amazonaws.com')]),
    ]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'role raised that does not let it in',
    why: 'AttachRolePolicy and AssumeRole need a trust',
    realm: realm([
      user('me', [inline(allow(['iam:AttachRolePolicy', 'sts:AssumeRole']))]),
      role('closed', [], [byService('ec2.amazonaws.com')]),
    ]),
    who: ME,
    not: ['iam-attach-role-assume'],
  },
  {
    name: 'role raised that lets it in',
    why: 'the trust is in the account',
    realm: realm([
      user('me', [inline(allow(['iam:AttachRolePolicy', 'sts:AssumeRole']))]),
      role('open', [], [byAccount()]),
    ]),
    who: ME,
    steps: [{ by: 'iam-attach-role-assume', to: 'administrator', answer: 'yes' }],
  },
  {
    name: 'needs on two different roles',
    why: 'one role can be raised, another’s trust changed, and none both',
    realm: realm([
      user('me', [
        inline(
          allow('iam:PutRolePolicy', arn('role', 'a')),
          allow('iam:UpdateAssumeRolePolicy', arn('role', 'b')),
        ),
      ]),
      role('a', [], [byService('ec2.amazonaws.com')]),
      role('b', [], [byService('ec2.amazonaws.com')]),
    ]),
    who: ME,
    steps: [{ by: 'iam-rewrite-trust', to: 'AROA-b', answer: 'yes' }],
    not: ['iam-put-role-trust', 'iam-rewrite-trust AROA-a'],
  },
  {
    name: 'policy of a role that lets it in',
    why: 'the policy is attached to the role, which trusts it',
    realm: realm([
      user('me', [
        inline(allow('iam:CreatePolicyVersion', arn('policy', 'theirs')), allow('sts:AssumeRole')),
      ]),
      role('open', [attached('theirs', allow('s3:*'))], [byIdentity(arn('user', 'me'))]),
    ]),
    who: ME,
    steps: [{ by: 'iam-rewrite-policy-assume', to: 'administrator', answer: 'yes' }],
  },
  {
    name: 'policy of a role that does not let it in',
    why: 'the role gets more, and it is not the role',
    realm: realm([
      user('me', [
        inline(allow('iam:CreatePolicyVersion', arn('policy', 'theirs')), allow('sts:AssumeRole')),
      ]),
      role('closed', [attached('theirs', allow('s3:*'))], [byService('ec2.amazonaws.com')]),
    ]),
    who: ME,
    not: ['iam-rewrite-policy-assume'],
  },
  {
    name: 'group that it is not in',
    why: 'its own group has another name',
    realm: realm([
      user('me', [ofGroup('devs', 'shared', allow('iam:PutGroupPolicy', arn('group', 'admins')))]),
      user('boss', [ofGroup('admins', 'all', ...ADMIN)]),
    ]),
    who: ME,
    not: ['iam-put-own-group-policy'],
  },
  {
    name: 'group with no more than it has',
    why: 'joining brings nothing new',
    realm: realm([
      user('me', [attached('same', allow('iam:AddUserToGroup'))]),
      user('peer', [ofGroup('peers', 'same', allow('iam:AddUserToGroup'))]),
    ]),
    who: ME,
    not: ['iam-join-group'],
  },
  {
    name: 'trust of the service only for another account',
    why: 'the service acts for a resource of this account, which the trust does not let in',
    realm: realm([
      lambda(allow('iam:PassRole')),
      role(
        'theirs',
        [],
        [byService('lambda.amazonaws.com', { StringEquals: { 'aws:SourceAccount': '999999999999' } })],
      ),
    ]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'trust of the service only for this account',
    why: 'the service acts for a resource of this account',
    realm: realm([
      lambda(allow('iam:PassRole')),
      role(
        'ours',
        [],
        [byService('lambda.amazonaws.com', { StringEquals: { 'aws:SourceAccount': ACCOUNT } })],
      ),
    ]),
    who: ME,
    steps: [{ by: 'lambda-create-invoke', to: 'AROA-ours', answer: 'yes' }],
  },
  {
    name: 'functions that are collected',
    why: 'the one that it may change is told, the other is not',
    realm: realm(
      [user('me', [inline(allow('lambda:UpdateFunctionCode', `arn:aws:lambda:*:${ACCOUNT}:function:a-*`))])],
      {
        runners: [
          runs('aws.lambda-function', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:a-one`),
          runs('aws.lambda-function', `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:b-two`),
        ],
      },
    ),
    who: ME,
    steps: [{ by: 'lambda-code', to: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:a-one`, answer: 'yes' }],
    not: ['lambda-code more', `lambda-code arn:aws:lambda:eu-west-1:${ACCOUNT}:function:b-two`],
  },
  {
    name: 'command without its document',
    why: 'a command needs the document as well as the instance',
    realm: realm([user('me', [inline(allow('ssm:SendCommand', `arn:aws:ec2:*:${ACCOUNT}:instance/*`))])]),
    who: ME,
    not: ['*'],
  },
  {
    name: 'provider of SAML taken over',
    why: 'who signs for the provider is every role that trusts it',
    realm: realm(
      [
        user('me', [inline(allow('iam:UpdateSAMLProvider'))]),
        role('sso', ADMIN_OF(), [
          trust({
            principalType: 'federated',
            principal: arn('saml-provider', 'corp'),
            actions: ['sts:AssumeRoleWithSAML'],
            conditions: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
          }),
        ]),
      ],
      { things: [provider(arn('saml-provider', 'corp'), 'aws.saml-provider')] },
    ),
    who: ME,
    steps: [{ by: 'iam-saml-provider', to: 'AROA-sso', answer: 'yes' }],
  },
  {
    name: 'cluster by an access entry',
    why: 'whether the cluster takes access entries is not told',
    realm: realm([user('me', [inline(allow(['eks:CreateAccessEntry', 'eks:AssociateAccessPolicy']))])], {
      things: [provider(`arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/c`, 'aws.eks-cluster')],
    }),
    who: ME,
    steps: [{ by: 'eks-access-entry', to: `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/c`, answer: 'depends' }],
  },
  {
    name: 'two excepted sets together',
    why: 'everything but IAM, and everything but S3, is everything',
    realm: realm([
      user('me', [
        attached(
          'a',
          { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
          { Effect: 'Allow', NotAction: 's3:*', Resource: '*' },
        ),
      ]),
    ]),
    who: ME,
    steps: [{ by: 'iam-put-own-user-policy', to: 'administrator', answer: 'yes' }],
  },
  {
    name: 'deny of a part',
    why: 'the deny is for another role only',
    realm: realm([
      user('me', [
        inline(allow(['iam:PassRole', ...FUNCTION]), deny('iam:PassRole', arn('role', 'app-admin'))),
      ]),
      APP,
      APP_ADMIN,
    ]),
    who: ME,
    steps: [{ by: 'lambda-create-invoke', to: 'AROA-app', answer: 'yes' }],
    not: ['lambda-create-invoke AROA-app-admin'],
  },
  {
    name: 'identity center where there is no organization',
    why: 'permission sets need one',
    realm: realm([user('me', [inline(allow('sso:*'))])]),
    who: ME,
    not: ['*'],
  },
]
