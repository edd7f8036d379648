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

/** Asked only where the settings want it. */
export const LAST_ACCESSED = [
  {
    name: 'iam:GenerateServiceLastAccessedDetails',
    gives:
      'A report on when a role or user last tried each service, and some actions; without it what of its rights it uses is unknown.',
    optional: true,
  },
  {
    name: 'iam:GetServiceLastAccessedDetails',
    gives: 'That report. AWS gives it to whoever asked for it.',
    optional: true,
  },
] as const satisfies readonly Permission[]

/** Asked only where the settings want anything that is kept region by region. */
export const REGIONS = [
  {
    name: 'account:ListRegions',
    gives: 'Which regions to look at for clusters and for what runs; without it none is looked at.',
    optional: true,
  },
] as const satisfies readonly Permission[]

/** Asked only where the settings want clusters. The answers hold no token and no key: what they say of certificates is not read. */
export const CLUSTERS = [
  { name: 'eks:ListClusters', gives: 'The EKS clusters of each region.', optional: true },
  {
    name: 'eks:DescribeCluster',
    gives:
      'By which issuer others know service accounts of a cluster, and whether it lets AWS identities in by entries or by its ConfigMap.',
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
  {
    name: 'eks:ListAccessEntries',
    gives: 'Which roles and users of AWS a cluster lets in.',
    optional: true,
  },
  {
    name: 'eks:DescribeAccessEntry',
    gives: 'As which user and in which groups of the cluster.',
    optional: true,
  },
  {
    name: 'eks:ListAssociatedAccessPolicies',
    gives: 'What they may do there by policies of EKS, which no role of the cluster shows.',
    optional: true,
  },
] as const satisfies readonly Permission[]

/** Asked only where the settings want what runs. Of environment variables in the answers only the names are decoded. */
export const WORKLOADS = [
  {
    name: 'lambda:ListFunctions',
    gives: 'The Lambda functions of each region, their roles and the names of their variables.',
    optional: true,
  },
  {
    name: 'ec2:DescribeInstances',
    gives: 'The EC2 instances of each region that have an instance profile.',
    optional: true,
  },
  {
    name: 'ecs:ListClusters',
    gives: 'The ECS clusters of each region, to look for services in.',
    optional: true,
  },
  { name: 'ecs:ListServices', gives: 'The ECS services of each cluster.', optional: true },
  { name: 'ecs:DescribeServices', gives: 'By which task definition each service runs.', optional: true },
  {
    name: 'ecs:DescribeTaskDefinition',
    gives: 'As which role the tasks of a service run, and the names of their variables.',
    optional: true,
  },
  { name: 'codebuild:ListProjects', gives: 'The CodeBuild projects of each region.', optional: true },
  {
    name: 'codebuild:BatchGetProjects',
    gives: 'As which role the builds of a project run, and the names of their variables.',
    optional: true,
  },
] as const satisfies readonly Permission[]

/** What caps the account. Only the first is answered in every account of an organization. */
const ORGANIZATION = [
  {
    name: 'organizations:DescribeOrganization',
    gives:
      'Whether the account is in an organization, and in which; without it what caps the account is unknown.',
    optional: true,
  },
  {
    name: 'organizations:ListRoots',
    gives:
      'Whether service and resource control policies are in use. AWS answers the management account and accounts it delegates to.',
    optional: true,
  },
  {
    name: 'organizations:ListParents',
    gives: 'Which units of the organization the account is in. Answered as the one before.',
    optional: true,
  },
  {
    name: 'organizations:ListPoliciesForTarget',
    gives: 'Which of these policies cap the account, level by level. Answered as the one before.',
    optional: true,
  },
  {
    name: 'organizations:DescribePolicy',
    gives: 'What these policies let through. Answered as the one before.',
    optional: true,
  },
] as const satisfies readonly Permission[]

export const PERMISSIONS = [
  ...IAM,
  ...LAST_ACCESSED,
  ...ORGANIZATION,
  ...REGIONS,
  ...CLUSTERS,
  ...WORKLOADS,
] as const satisfies readonly Permission[]

export type IamPermissionName = (typeof IAM)[number]['name']
export type LastAccessedPermissionName = (typeof LAST_ACCESSED)[number]['name']
export type ClusterPermissionName = (typeof CLUSTERS)[number]['name']
export type OrganizationPermissionName = (typeof ORGANIZATION)[number]['name']
export type WorkloadPermissionName = (typeof WORKLOADS)[number]['name']
