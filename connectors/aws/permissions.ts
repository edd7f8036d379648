// Every call this connector can make. The client's table is typed by this list, so a call that is not here cannot be made.
import type { Permission } from '@/core/connector'

const IAM = [
  { name: 'sts:GetCallerIdentity', gives: 'Which account is being read. AWS allows this call to everybody.' },
  {
    name: 'iam:GetAccountAuthorizationDetails',
    gives:
      'Tags, last use, attached and inline policies, groups and boundaries of every role and user, and the policies themselves.',
  },
  { name: 'iam:ListRoles', gives: 'Longest session and description of every role.' },
  { name: 'iam:ListUsers', gives: 'The list of users that keys and passwords are looked up for.' },
  { name: 'iam:ListAccessKeys', gives: 'The access keys of every user: id, status and age.' },
  { name: 'iam:GetAccessKeyLastUsed', gives: 'When, where and for what each access key was last used.' },
  {
    name: 'iam:GenerateCredentialReport',
    gives: 'A credential report that is not older than four hours.',
  },
  {
    name: 'iam:GetCredentialReport',
    gives: 'The root user and its keys, last use of users, and whether a user is a person or a machine.',
  },
  {
    name: 'iam:GetPolicy',
    gives: 'Which version of a policy made by AWS is in effect; without it what it allows stays unknown.',
  },
  { name: 'iam:GetPolicyVersion', gives: 'What a policy made by AWS allows.' },
  { name: 'iam:GetLoginProfile', gives: 'Since when a user has a console password.' },
  { name: 'iam:ListInstanceProfiles', gives: 'Which instance profiles run as which roles.' },
  {
    name: 'iam:ListServiceSpecificCredentials',
    gives: 'Long-lived credentials for single services, such as Bedrock API keys and CodeCommit passwords.',
  },
  { name: 'iam:ListSSHPublicKeys', gives: 'SSH keys for CodeCommit.' },
  { name: 'iam:ListSigningCertificates', gives: 'X.509 signing certificates of users.' },
  { name: 'iam:ListServerCertificates', gives: 'TLS certificates kept in IAM and their end dates.' },
  { name: 'iam:ListOpenIDConnectProviders', gives: 'Outside issuers of tokens that roles accept.' },
  { name: 'iam:GetOpenIDConnectProvider', gives: 'Audiences and age of each such issuer.' },
  { name: 'iam:ListSAMLProviders', gives: 'SAML identity providers and their end dates.' },
  {
    name: 'iam:ListAccountAliases',
    gives: 'The name of the account; without it the number is shown.',
    optional: true,
  },
] as const satisfies readonly Permission[]

/** Asked only where the settings want clusters. The answers hold no token and no key: what they say of certificates is not read. */
export const CLUSTERS = [
  {
    name: 'account:ListRegions',
    gives: 'Which regions to look for clusters in; without it no cluster is looked for.',
    optional: true,
  },
  { name: 'eks:ListClusters', gives: 'The EKS clusters of each region.', optional: true },
  {
    name: 'eks:DescribeCluster',
    gives: 'By which issuer others know service accounts of a cluster.',
    optional: true,
  },
  {
    name: 'eks:ListPodIdentityAssociations',
    gives: 'Which service accounts of a cluster get a role by EKS Pod Identity.',
    optional: true,
  },
  {
    name: 'eks:DescribePodIdentityAssociation',
    gives: 'Which role each of them gets.',
    optional: true,
  },
] as const satisfies readonly Permission[]

export const PERMISSIONS = [...IAM, ...CLUSTERS] as const satisfies readonly Permission[]

export type ClusterPermissionName = (typeof CLUSTERS)[number]['name']
export type PermissionName = (typeof PERMISSIONS)[number]['name']
