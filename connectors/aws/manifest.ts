// What the AWS connector is, as data: pages, the setup policy and the README are made from it. Loads no SDK.
import { defineManifest } from '@/core/connector'
import { joins } from './map-joins'
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
    'instance-profiles': 'Instance profiles and the roles they run as.',
    'access-keys': 'Access keys of users and when they were last used.',
    'console-logins': 'Console passwords of users.',
    'credential-report': 'Password and access keys of the root user.',
    'service-credentials': 'Credentials for single services, such as Bedrock API keys.',
    'ssh-keys': 'SSH public keys of users.',
    'signing-certificates': 'X.509 signing certificates of users.',
    'server-certificates': 'TLS certificates kept in IAM.',
    issuers: 'OpenID Connect and SAML providers that roles accept.',
    clusters: 'EKS clusters, and which of their service accounts get which role by EKS Pod Identity.',
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
    'aws.instance-profile': 'Instance profile',
    'aws.oidc-provider': 'OpenID Connect provider',
    'aws.saml-provider': 'SAML provider',
    'aws.eks-cluster': 'EKS cluster',
  },
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
    'AWS records no last use of SSH keys, signing certificates and service-specific credentials.',
    'The credential report is up to four hours old. Console passwords and signing certificates made since then appear at the next sync.',
    'Service control policies, resource policies and session policies are not read: what a role may do is judged by its own policies and boundary.',
    'A user that was never used and a user last used before AWS began to record it in 2014 and 2015 look the same.',
    'One connection reads one account. Accounts of an organization each need their own.',
    'Whom access entries of EKS let into a cluster, and as which user and groups, is not read: the cluster knows these by name only.',
    'A region that refuses to be asked for clusters, or that is turned off, is not looked at.',
  ],
  joins,
  intervalMinutes: 360,
  setup,
})
