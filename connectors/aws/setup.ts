// The documents a person applies so that Rollcall may read exactly what it asks for, and never a value.
import type { SetupDocument } from '@/core/connector'
import { CLUSTERS, LAST_ACCESSED, PERMISSIONS, REGIONS, WORKLOADS } from './permissions'
import type { AwsSettings } from './settings'

/** Denied outright, so that the promise holds even when somebody attaches more to the role. */
const NEVER = [
  'iam:CreateAccessKey',
  'iam:CreateServiceSpecificCredential',
  'iam:ResetServiceSpecificCredential',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
  'ssm:GetParameterHistory',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'kms:Decrypt',
  'lambda:GetFunction',
  'lambda:GetFunctionConfiguration',
  'ec2:DescribeInstanceAttribute',
  'ec2:DescribeLaunchTemplateVersions',
  'ec2:GetConsoleOutput',
  'ec2:GetLaunchTemplateData',
  'ec2:GetPasswordData',
  'eks-auth:AssumeRoleForPodIdentity',
  'sts:GetFederationToken',
  'sts:GetWebIdentityToken',
]
const pretty = (value: unknown): string => JSON.stringify(value, null, 2)

/** What the settings do not ask for is not permitted either. */
const actionsFor = ({ clusters, workloads, lastAccessedMax }: Partial<AwsSettings>): string[] => {
  const left: readonly string[] = [
    ...(lastAccessedMax === 0 ? LAST_ACCESSED : []),
    ...(clusters === false ? CLUSTERS : []),
    ...(workloads === false ? WORKLOADS : []),
    ...(clusters === false && workloads === false ? REGIONS : []),
  ].map(({ name }) => name)
  return PERMISSIONS.map(({ name }) => name).filter((name) => !left.includes(name))
}

const permissionsPolicy = (settings: Partial<AwsSettings>): string =>
  pretty({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'RollcallInventory', Effect: 'Allow', Action: actionsFor(settings), Resource: '*' },
      { Sid: 'NeverReadAValue', Effect: 'Deny', Action: NEVER, Resource: '*' },
    ],
  })

const trustPolicy = (externalId: string | undefined): string =>
  pretty({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::<account of Rollcall>:role/<role of Rollcall>' },
        Action: 'sts:AssumeRole',
        ...(externalId !== undefined && { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
      },
    ],
  })

const commands = (role: string): string =>
  [
    `aws iam create-role --role-name ${role} --max-session-duration 3600 \\`,
    '  --assume-role-policy-document file://trust-policy.json',
    `aws iam put-role-policy --role-name ${role} --policy-name ${role} \\`,
    '  --policy-document file://permissions-policy.json',
  ].join('\n')

export function setup(settings: Partial<AwsSettings>): SetupDocument[] {
  const policy: SetupDocument = {
    title: 'Permissions policy (permissions-policy.json)',
    language: 'json',
    text: permissionsPolicy(settings),
  }
  if (settings.roleArn === undefined && settings.externalId === undefined) return [policy]
  const role = settings.roleArn?.split('/').at(-1) ?? 'rollcall-inventory'
  return [
    policy,
    {
      title: 'Trust policy of the role (trust-policy.json)',
      language: 'json',
      text: trustPolicy(settings.externalId),
    },
    { title: 'Commands, run in the account to read', language: 'shell', text: commands(role) },
  ]
}
