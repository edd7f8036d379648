// Issuers of tokens that many trust: whom each serves, which of its claims say whose a token is, and how its subjects read. Data.

/** Whom tokens without any further condition belong to. */
export type Serves = 'everyone' | 'organisation' | 'cluster'
/**
 * How a claim reads: fields divided by literal text, from the widest to the narrowest. `owner` is whatever its holder
 * registers, `place` a repository, project or workspace within it, `name` what its owner names inside that.
 */
export type Field = 'owner' | 'group' | 'place' | 'context' | 'namespace' | 'account' | 'number' | 'domain'
export type Claim = {
  /** Literal texts and fields, in order. */
  reads?: readonly (string | { field: Field; ends: string })[]
  /** Names can be given up and taken by others, numbers not. */
  byName?: boolean
  /** Whoever asks for the token decides on it, or it is the same for strangers. */
  chosen?: boolean
  /** Exactly one value means no more than this. */
  exact?: 'one' | 'repository' | 'organisation'
}
export type Issuer = {
  id: string
  /** For a sentence: "GitHub". */
  name: string
  serves: Serves
  /** Who can register what stands for an owner: "GitHub user". */
  owners: string
  owner: string
  place: string
  claims: Readonly<Record<string, Claim>>
  /** Where it is documented. */
  source: string
}

const field = (name: Field, ends: string) => ({ field: name, ends })
const CHOSEN: Claim = { chosen: true }
const chosen = (...names: string[]) => Object.fromEntries(names.map((name) => [name, CHOSEN]))

const GITHUB: Issuer = {
  id: 'github',
  name: 'GitHub',
  serves: 'everyone',
  owners: 'GitHub user who registers an account or organisation',
  owner: 'organisation',
  place: 'repository',
  claims: {
    sub: {
      reads: ['repo:', field('owner', '/'), field('place', ':'), field('context', '')],
      byName: true,
    },
    repository: { reads: [field('owner', '/'), field('place', '')], byName: true, exact: 'repository' },
    repository_id: { reads: [field('number', '')], exact: 'repository' },
    repository_owner: { reads: [field('owner', '')], byName: true, exact: 'organisation' },
    repository_owner_id: { reads: [field('number', '')], exact: 'organisation' },
    enterprise: { reads: [field('owner', '')], byName: true, exact: 'organisation' },
    enterprise_id: { reads: [field('number', '')], exact: 'organisation' },
    job_workflow_ref: {
      reads: [field('owner', '/'), field('place', '/'), field('context', '')],
      byName: true,
    },
    workflow_ref: { reads: [field('owner', '/'), field('place', '/'), field('context', '')], byName: true },
    ...chosen(
      'aud',
      'ref',
      'ref_type',
      'ref_protected',
      'environment',
      'environment_node_id',
      'actor',
      'actor_id',
    ),
    ...chosen('event_name', 'head_ref', 'base_ref', 'sha', 'workflow', 'workflow_sha', 'job_workflow_sha'),
    ...chosen('run_id', 'run_number', 'run_attempt', 'runner_environment', 'repository_visibility', 'iss'),
  },
  source: 'docs.github.com, "OpenID Connect reference"',
}

const GITLAB: Issuer = {
  id: 'gitlab',
  name: 'GitLab.com',
  serves: 'everyone',
  owners: 'GitLab user who registers a user name or group',
  owner: 'group',
  place: 'project',
  claims: {
    sub: {
      reads: ['project_path:', field('owner', '/'), field('place', ':'), field('context', '')],
      byName: true,
    },
    project_path: { reads: [field('owner', '/'), field('place', '')], byName: true, exact: 'repository' },
    project_id: { reads: [field('number', '')], exact: 'repository' },
    namespace_path: { reads: [field('owner', '')], byName: true, exact: 'organisation' },
    namespace_id: { reads: [field('number', '')], exact: 'organisation' },
    ci_config_ref_uri: {
      reads: ['gitlab.com/', field('owner', '/'), field('place', '//'), field('context', '')],
      byName: true,
    },
    ...chosen('aud', 'ref', 'ref_type', 'ref_path', 'ref_protected', 'environment', 'environment_protected'),
    ...chosen('deployment_tier', 'environment_action', 'pipeline_source', 'runner_environment', 'sha', 'iss'),
    ...chosen('user_login', 'user_email', 'user_id', 'user_access_level', 'project_visibility'),
  },
  source: 'docs.gitlab.com, "OpenID Connect (OIDC) authentication using ID tokens"',
}

const TERRAFORM: Issuer = {
  id: 'terraform',
  name: 'HCP Terraform',
  serves: 'everyone',
  owners: 'HCP Terraform user who makes an organisation',
  owner: 'organisation',
  place: 'workspace',
  claims: {
    sub: {
      reads: [
        'organization:',
        field('owner', ':'),
        'project:',
        field('group', ':'),
        'workspace:',
        field('place', ':'),
        field('context', ''),
      ],
      byName: true,
    },
    terraform_organization_id: { exact: 'organisation' },
    terraform_organization_name: { reads: [field('owner', '')], byName: true, exact: 'organisation' },
    terraform_project_id: { exact: 'organisation' },
    terraform_workspace_id: { exact: 'repository' },
    terraform_full_workspace: { byName: true, exact: 'repository' },
    ...chosen('aud', 'iss', 'terraform_run_phase', 'terraform_workspace_name', 'terraform_project_name'),
  },
  source: 'developer.hashicorp.com/terraform, "Workload identity tokens"',
}

const BUILDKITE: Issuer = {
  id: 'buildkite',
  name: 'Buildkite',
  serves: 'everyone',
  owners: 'Buildkite user who makes an organisation',
  owner: 'organisation',
  place: 'pipeline',
  claims: {
    sub: {
      reads: ['organization:', field('owner', ':'), 'pipeline:', field('place', ':'), field('context', '')],
      byName: true,
    },
    organization_slug: { reads: [field('owner', '')], byName: true, exact: 'organisation' },
    organization_id: { exact: 'organisation' },
    pipeline_id: { exact: 'repository' },
    ...chosen('aud', 'iss', 'pipeline_slug', 'build_branch', 'build_number', 'step_key', 'agent_id'),
  },
  source: 'buildkite.com/docs, "OpenID Connect (OIDC) with Buildkite"',
}

const VERCEL: Issuer = {
  id: 'vercel',
  name: 'Vercel',
  serves: 'everyone',
  owners: 'Vercel user who makes a team',
  owner: 'team',
  place: 'project',
  claims: {
    sub: {
      reads: ['owner:', field('owner', ':'), 'project:', field('place', ':'), field('context', '')],
      byName: true,
    },
    owner_id: { exact: 'organisation' },
    project_id: { exact: 'repository' },
    ...chosen('iss', 'environment'),
  },
  source: 'vercel.com/docs, "OpenID Connect (OIDC) federation reference"',
}

const GOOGLE: Issuer = {
  id: 'google',
  name: 'Google',
  serves: 'everyone',
  owners: 'holder of a Google account or service account',
  owner: 'account',
  place: 'account',
  claims: {
    sub: { reads: [field('number', '')], exact: 'one' },
    // AWS reads this key from `azp`, which is the number of the service account or client.
    aud: { reads: [field('number', '')], exact: 'one' },
    azp: { reads: [field('number', '')], exact: 'one' },
    email: { byName: true, exact: 'one' },
    hd: { byName: true, exact: 'organisation' },
    ...chosen('oaud', 'iss'),
  },
  source: 'cloud.google.com, "Get an ID token"; IAM user guide, "Available keys for AWS OIDC federation"',
}

/** What AWS hands to users of identity pools, of whatever account. */
const COGNITO: Issuer = {
  id: 'cognito',
  name: 'Amazon Cognito',
  serves: 'everyone',
  owners: 'AWS customer who makes an identity pool',
  owner: 'identity pool',
  place: 'identity pool',
  claims: {
    aud: { exact: 'organisation' },
    sub: { exact: 'one' },
    ...chosen('amr', 'iss'),
  },
  source: 'IAM user guide, "Using Amazon Cognito for mobile apps"',
}

/** Logins of consumers: the number of an application is all that tells one from another. */
const consumers = (id: string, name: string, user: string): Issuer => ({
  id,
  name,
  serves: 'everyone',
  owners: `${name} developer`,
  owner: 'application',
  place: 'application',
  claims: { app_id: { exact: 'organisation' }, [user]: { exact: 'one' } },
  source: 'IAM user guide, "Available keys for AWS OIDC federation"',
})

const BITBUCKET: Issuer = {
  id: 'bitbucket',
  name: 'Bitbucket',
  serves: 'organisation',
  owners: 'member of the workspace',
  owner: 'workspace',
  place: 'repository',
  claims: {
    // `{repository}:{step}`, or `{repository}:{environment}:{step}`: the number of a step is new each time.
    sub: { reads: [field('place', ':'), field('context', '')] },
    repositoryUuid: { exact: 'repository' },
    workspaceUuid: { exact: 'organisation' },
    ...chosen('iss', 'aud', 'branchName', 'stepUuid', 'pipelineUuid', 'deploymentEnvironmentUuid'),
  },
  source: 'support.atlassian.com, "Use Bitbucket Pipelines OpenID Connect to access third party services"',
}

const CIRCLECI: Issuer = {
  id: 'circleci',
  name: 'CircleCI',
  serves: 'organisation',
  owners: 'member of the organisation',
  owner: 'organisation',
  place: 'project',
  claims: {
    sub: { reads: ['org/', field('owner', '/'), 'project/', field('place', '/'), field('context', '')] },
    'oidc.circleci.com/project-id': { exact: 'repository' },
    'oidc.circleci.com/context-ids': { exact: 'repository' },
    ...chosen('aud', 'iss', 'oidc.circleci.com/vcs-ref', 'oidc.circleci.com/vcs-origin'),
  },
  source: 'circleci.com/docs, "OpenID Connect tokens in jobs"',
}

const AZURE_DEVOPS: Issuer = {
  id: 'azure-devops',
  name: 'Azure DevOps',
  serves: 'organisation',
  owners: 'member of the organisation',
  owner: 'organisation',
  place: 'project',
  claims: {
    sub: { reads: ['sc://', field('owner', '/'), field('place', '/'), field('context', '')], byName: true },
    ...chosen('aud', 'iss'),
  },
  source: 'learn.microsoft.com, "Connect to Azure with an Azure Resource Manager service connection"',
}

const KUBERNETES: Issuer = {
  id: 'kubernetes',
  name: 'the cluster',
  serves: 'cluster',
  owners: 'one who may make namespaces in the cluster',
  owner: 'namespace',
  place: 'service account',
  claims: {
    sub: { reads: ['system:serviceaccount:', field('namespace', ':'), field('account', '')] },
    ...chosen('aud', 'iss'),
  },
  source:
    'kubernetes.io, "Configure Service Accounts for Pods"; EKS user guide, "IAM roles for service accounts"',
}

export const SPIRE: Issuer = {
  id: 'spire',
  name: 'the trust domain',
  serves: 'cluster',
  owners: 'one who may register workloads',
  owner: 'trust domain',
  place: 'workload',
  claims: {
    sub: { reads: ['spiffe://', field('domain', '/'), field('context', '')] },
    ...chosen('aud', 'iss'),
  },
  source: 'spiffe.io, "SPIFFE OIDC discovery provider"',
}

type Host = { fits: RegExp; issuer: Issuer }
/** By host and path, without the scheme. */
export const HOSTS: readonly Host[] = [
  { fits: /^token\.actions\.githubusercontent\.com(\/|$)/, issuer: GITHUB },
  // A GitHub Enterprise Server serves those of its installation.
  {
    fits: /\/_services\/token$/,
    issuer: { ...GITHUB, id: 'github-server', name: 'the GitHub server', serves: 'organisation' },
  },
  { fits: /^gitlab\.com$/, issuer: GITLAB },
  { fits: /^app\.terraform\.io$/, issuer: TERRAFORM },
  { fits: /^agent\.buildkite\.com$/, issuer: BUILDKITE },
  { fits: /^oidc\.vercel\.com$/, issuer: VERCEL },
  { fits: /^oidc\.vercel\.com\/[^/]+$/, issuer: { ...VERCEL, serves: 'organisation' } },
  { fits: /^accounts\.google\.com$/, issuer: GOOGLE },
  { fits: /^cognito-identity\.amazonaws\.com$/, issuer: COGNITO },
  { fits: /^www\.amazon\.com$/, issuer: consumers('amazon', 'Login with Amazon', 'user_id') },
  { fits: /^graph\.facebook\.com$/, issuer: consumers('facebook', 'Facebook', 'id') },
  {
    fits: /^api\.bitbucket\.org\/2\.0\/workspaces\/[^/]+\/pipelines-config\/identity\/oidc$/,
    issuer: BITBUCKET,
  },
  { fits: /^oidc\.circleci\.com\/org\/[^/]+$/, issuer: CIRCLECI },
  { fits: /^vstoken\.dev\.azure\.com\/[^/]+$/, issuer: AZURE_DEVOPS },
  { fits: /^oidc\.eks\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/id\/[^/]+$/, issuer: KUBERNETES },
  { fits: /\.oic\.prod-aks\.azure\.(com|us|cn)\//, issuer: KUBERNETES },
  { fits: /^container\.googleapis\.com\/v1\/projects\//, issuer: KUBERNETES },
]
