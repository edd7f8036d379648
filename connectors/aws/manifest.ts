// What the AWS connector is, as data: pages, the setup policy and the README are made from it. Loads no SDK.
import { defineManifest } from '@/core/connector'
import { joins } from './map-joins'
import { ofType } from './of-type'
import { PERMISSIONS } from './permissions'
import { AwsSettings } from './settings'
import { setup } from './setup'

export const awsManifest = defineManifest<AwsSettings>({
  id: 'aws',
  title: 'AWS',
  summary:
    'Roles, users, access keys and other credentials, what they may do and who may become them, in one account.',
  settings: AwsSettings,
  permissions: PERMISSIONS,
  streams: {
    principals: 'Roles, users and the root user with their policies, trust and owner tags.',
    'last-accessed': 'When roles and users last tried each service, allowed or not.',
    'instance-profiles': 'Instance profiles and the roles they run as.',
    'access-keys': 'Access keys of users and when they were last used.',
    'console-logins': 'Console passwords of users.',
    'credential-report': 'Password and access keys of the root user.',
    'service-credentials': 'Credentials for single services, such as Bedrock API keys.',
    'ssh-keys': 'SSH public keys of users.',
    'signing-certificates': 'X.509 signing certificates of users.',
    'server-certificates': 'TLS certificates kept in IAM.',
    issuers: 'OpenID Connect and SAML providers that roles accept.',
    organization: 'The organization the account is in.',
    'service-control-policies':
      'Service control policies on every level from the root of the organization to the account.',
    'resource-control-policies': 'Resource control policies on the same levels.',
    clusters:
      'EKS clusters, which of their service accounts get which role by EKS Pod Identity, and whom of AWS they let in.',
    functions: 'Lambda functions and the roles they run as.',
    instances: 'EC2 instances with an instance profile, and the roles it gives them.',
    'ecs-services': 'ECS services and the roles of their tasks.',
    'build-projects': 'CodeBuild projects and the roles of their builds.',
  },
  types: {
    'aws.account': 'AWS account',
    'aws.iam-role': 'IAM role',
    'aws.iam-user': 'IAM user',
    'aws.root-user': 'Root user',
    'aws.built-in': 'Built in',
    'aws.access-key': 'Access key',
    'aws.console-password': 'Console password',
    'aws.service-credential': 'Service-specific credential',
    'aws.ssh-key': 'SSH public key',
    'aws.signing-certificate': 'Signing certificate',
    'aws.server-certificate': 'Server certificate',
    'aws.managed-policy': 'Managed policy',
    'aws.inline-policy': 'Inline policy',
    'aws.organization': 'Organization',
    'aws.control-policy-type': 'Use of control policies',
    'aws.service-control-policy': 'Service control policy',
    'aws.resource-control-policy': 'Resource control policy',
    'aws.instance-profile': 'Instance profile',
    'aws.oidc-provider': 'OpenID Connect provider',
    'aws.saml-provider': 'SAML provider',
    'aws.eks-cluster': 'EKS cluster',
    'aws.eks-access-entry': 'EKS access entry',
    'aws.eks-authentication': 'EKS authentication mode',
    'aws.lambda-function': 'Lambda function',
    'aws.ec2-instance': 'EC2 instance',
    'aws.ecs-service': 'ECS service',
    'aws.codebuild-project': 'CodeBuild project',
  },
  ofType,
  imports: [
    {
      id: 'aws-authorization-details',
      title: 'Account authorization details (JSON)',
      command: 'aws iam get-account-authorization-details --output json > authorization-details.json',
      endings: ['.json'],
    },
    {
      id: 'aws-credential-report',
      title: 'Credential report (CSV)',
      command:
        'aws iam generate-credential-report && aws iam get-credential-report --query Content --output text | base64 -d > credential-report.csv',
      endings: ['.csv'],
      otherIds: true,
    },
  ],
  gaps: [
    'The last use of a role looks back 400 days: older use shows as none.',
    'What of its rights a role or user used is told by AWS for 400 days, about four hours late: by service, and for some actions that manage things one by one. Refused attempts count as use.',
    'AWS records no last use of SSH keys, signing certificates and service-specific credentials.',
    'The credential report is up to four hours old. Console passwords and signing certificates made since then appear at the next sync.',
    'Resource policies and session policies are not read.',
    'Control policies of the organization are told to its management account and to accounts it delegates to. Read from another account they are unknown.',
    'A user that was never used and a user last used before AWS began to record it in 2014 and 2015 look the same.',
    'One connection reads one account. Accounts of an organization each need their own.',
    'Whom the ConfigMap aws-auth of an EKS cluster lets in is not read: where the cluster still heeds it, access entries are not all.',
    'A region that refuses to be asked, or that is turned off, is not looked at: what was seen in it before stays.',
    'ECS tasks that no service keeps running, such as scheduled ones, and roles that something gets only while it is called are not seen.',
  ],
  joins,
  intervalMinutes: 360,
  setup,
})
