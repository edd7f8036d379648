// Known ways of coming to more rights in Google Cloud: data, one definition each. Ids after the catalogue of Rhino Security Labs
// ("GCP-IAM-Privilege-Escalation") and pathfinding.cloud, as named in the sources; what each does is told in our own words.
import type { Escalation } from '@/core/access'
import { canonical } from './permissions'

/** Any one of these permissions. */
export type Need = readonly string[]
export type Definition = Escalation & {
  /** Judged on the service account that is the target. */
  account: readonly Need[]
  /** Judged on the project that the target is in. */
  place: readonly Need[]
  to:
    | 'account'
    /** An account that another one may act as: the needs are on the one between. */
    | 'chain'
    /** The accounts by which a service of Google acts in the project. */
    | 'agent'
    /** A policy of a project, a folder or the organisation. */
    | 'policy'
    /** A role of its own making that it holds itself. */
    | 'own-role'
    /** Accounts that trust a pool of the project. */
    | 'pool'
    | 'more'
    | 'secret'
  /** Only where something of this type runs in the project; `uses`: only as whom that runs. */
  runner?: { type: string; uses: boolean }
  /** Attached from a project to its own accounts, unless an organisation policy lets others in. */
  attaches?: true
  /** Decides, and is not known here. */
  open?: string
  agents?: (number: string) => readonly string[]
}

const DOCS = 'cloud.google.com/iam/docs'
const RHINO = 'Rhino GCP-IAM-Privilege-Escalation'
const on = (verb: string): Need => [`iam.serviceAccounts.${verb}`]
const ACT_AS = on('actAs')

type Drawn = Omit<Definition, 'needs' | 'account' | 'place'> & {
  account?: readonly Need[]
  place?: readonly Need[]
}
const spelled = (needs: readonly Need[]): string[] => needs.map((need) => need.join(' or '))
const define = ({ account = [], place = [], ...rest }: Drawn): Definition => ({
  ...rest,
  needs: [...spelled(account), ...spelled(place)],
  account: account.map(longNames),
  place: place.map(longNames),
})
const longNames = (need: Need): Need => need.map((name) => canonical(name) ?? name)

const impersonations = [
  define({
    id: 'G01',
    title: 'Access token of a service account',
    account: [on('getAccessToken')],
    to: 'account',
    gives: 'It can have access tokens of the service account made.',
    source: `${DOCS}/service-account-permissions; ${RHINO} 4; pathfinding.cloud gcp-iam-001`,
  }),
  define({
    id: 'G02',
    title: 'New key for a service account',
    account: [['iam.serviceAccountKeys.create']],
    to: 'account',
    only: 'No organisation policy forbids new keys (iam.disableServiceAccountKeyCreation, not read here).',
    gives: 'It can make a key for the service account that lasts.',
    source: `${DOCS}/keys-create-delete; ${RHINO} 5`,
  }),
  define({
    id: 'G03',
    title: 'Signature of a service account',
    account: [on('signBlob')],
    to: 'account',
    gives: 'It can sign as the service account, and so log in as it.',
    source: `${DOCS}/service-account-permissions; ${RHINO} 7`,
  }),
  define({
    id: 'G04',
    title: 'Signed token of a service account',
    account: [on('signJwt')],
    to: 'account',
    gives: 'It can sign tokens as the service account, and so log in as it.',
    source: `${DOCS}/service-account-permissions; ${RHINO} 8`,
  }),
  define({
    id: 'G05',
    title: 'Delegation through a second service account',
    account: [on('implicitDelegation')],
    to: 'chain',
    only: 'The service account between may make access tokens of the one at the end.',
    gives: 'It can have access tokens of a service account made through another one that may make them.',
    source: `${DOCS}/create-short-lived-credentials-delegated; ${RHINO} 6`,
  }),
  define({
    id: 'G06',
    title: 'Identity token of a service account',
    account: [on('getOpenIdToken')],
    to: 'account',
    open: 'An identity token opens only what takes such tokens (Cloud Run, other clouds), which is not known here.',
    gives: 'It can have identity tokens of the service account made.',
    source: `${DOCS}/service-account-permissions`,
  }),
  define({
    id: 'G07',
    title: 'Policy of a service account',
    account: [on('setIamPolicy')],
    to: 'account',
    gives: 'It can let itself become the service account.',
    source: `${DOCS}/manage-access-service-accounts; ${RHINO}`,
  }),
]

const policies = [
  define({
    id: 'G08',
    title: 'Policy of a project, folder or organisation',
    place: [
      [
        ...['resourcemanager.projects.setIamPolicy', 'resourcemanager.folders.setIamPolicy'],
        'resourcemanager.organizations.setIamPolicy',
      ],
    ],
    to: 'policy',
    only: 'No condition limits which roles it may grant.',
    gives: 'It can grant itself any role there and below.',
    source: `${DOCS}/granting-changing-revoking-access; ${RHINO}`,
  }),
  define({
    id: 'G09',
    title: 'Custom role that it holds itself',
    place: [['iam.roles.update']],
    to: 'own-role',
    only: 'It holds a custom role of the project or organisation whose roles it can change.',
    gives: 'It can put further permissions into a role that it holds.',
    source: `${DOCS}/creating-custom-roles; ${RHINO} 3`,
  }),
]

const machines = [
  define({
    id: 'G10',
    title: 'New virtual machine as a service account',
    account: [ACT_AS],
    place: [
      ...[
        ['compute.instances.create'],
        ['compute.disks.create'],
        ['compute.subnetworks.use', 'compute.subnetworks.useExternalIp'],
      ],
      ...[['compute.instances.setMetadata'], ['compute.instances.setServiceAccount']],
    ],
    to: 'account',
    attaches: true,
    gives: 'It can start a virtual machine that runs as the service account, with a start script of its own.',
    source: `cloud.google.com/compute/docs/access/create-enable-service-accounts-for-instances; ${RHINO} 11`,
  }),
  define({
    id: 'G11',
    title: 'New function as a service account',
    account: [ACT_AS],
    place: [
      ...[['cloudfunctions.functions.create'], ['cloudfunctions.functions.sourceCodeSet']],
      ['cloudfunctions.functions.call', 'cloudfunctions.functions.setIamPolicy'],
    ],
    to: 'account',
    attaches: true,
    gives: 'It can deploy a function that runs as the service account, and call it.',
    source: `cloud.google.com/functions/docs/reference/iam/roles; ${RHINO} 9`,
  }),
  define({
    id: 'G12',
    title: 'New code for a function',
    account: [ACT_AS],
    place: [['cloudfunctions.functions.update'], ['cloudfunctions.functions.sourceCodeSet']],
    to: 'account',
    runner: { type: 'gcp.function', uses: false },
    attaches: true,
    only: 'There is a function in the project.',
    gives: 'It can change the code of a function and let it run as the service account.',
    source: `cloud.google.com/functions/docs/reference/iam/roles; ${RHINO} 10`,
  }),
  define({
    id: 'G13',
    title: 'New Cloud Run service as a service account',
    account: [ACT_AS],
    place: [['run.services.create'], ['run.routes.invoke', 'run.services.setIamPolicy']],
    to: 'account',
    attaches: true,
    gives: 'It can deploy a service on Cloud Run that runs as the service account, and call it.',
    source: `cloud.google.com/run/docs/reference/iam/roles; ${RHINO} 12`,
  }),
  define({
    id: 'G14',
    title: 'Scheduled calls as a service account',
    account: [ACT_AS],
    place: [['cloudscheduler.jobs.create']],
    to: 'account',
    attaches: true,
    gives: 'It can have APIs called as the service account, at times it sets.',
    source: `cloud.google.com/scheduler/docs/http-target-auth; ${RHINO} 13`,
  }),
  define({
    id: 'G15',
    title: 'Build',
    place: [['cloudbuild.builds.create']],
    to: 'agent',
    agents: (number) => [
      `${number}@cloudbuild.gserviceaccount.com`,
      `${number}-compute@developer.gserviceaccount.com`,
    ],
    open: 'Which service account builds of the project run as unless they name one is not collected.',
    gives: 'It can run builds as the service account that builds of the project run as.',
    source: `cloud.google.com/build/docs/cloud-build-service-account; ${RHINO} 1`,
  }),
  define({
    id: 'G16',
    title: 'Deployment by the agent of Google APIs',
    place: [['deploymentmanager.deployments.create']],
    to: 'agent',
    agents: (number) => [`${number}@cloudservices.gserviceaccount.com`],
    gives: 'It can have resources made by the agent of Google APIs, with what that one holds.',
    source: `cloud.google.com/deployment-manager/docs/access-control; ${RHINO} 2`,
  }),
  define({
    id: 'G20',
    title: 'Metadata of a running machine',
    account: [ACT_AS],
    place: [
      [
        'compute.instances.setMetadata',
        'compute.projects.setCommonInstanceMetadata',
        'compute.instances.osAdminLogin',
      ],
    ],
    to: 'account',
    runner: { type: 'gcp.instance', uses: true },
    only: 'A machine of the project runs as the service account. To log in to it takes actAs on that account as well.',
    gives: 'It can get into a machine that runs as the service account.',
    source:
      'cloud.google.com/compute/docs/oslogin/set-up-oslogin; cloud.google.com/compute/docs/metadata/setting-custom-metadata',
  }),
  define({
    id: 'G21',
    title: 'Another service that runs code as a service account',
    account: [ACT_AS],
    place: [
      [
        ...[
          'dataflow.jobs.create',
          'dataproc.clusters.create',
          'composer.environments.create',
          'batch.jobs.create',
        ],
        ...[
          'workflows.workflows.create',
          'aiplatform.customJobs.create',
          'notebooks.instances.create',
          'run.jobs.create',
        ],
        'cloudbuild.builds.create',
      ],
    ],
    to: 'account',
    attaches: true,
    gives: 'It can start a job, a cluster or a workflow that runs as the service account.',
    source: `${DOCS}/service-accounts-actas`,
  }),
]

const others = [
  define({
    id: 'G17',
    title: 'Guard rails of the organisation',
    place: [['orgpolicy.policy.set']],
    to: 'more',
    open: 'Which guard rails there are is not collected.',
    gives: 'It can switch off rules of the organisation, such as the ban on new keys.',
    source: `cloud.google.com/resource-manager/docs/organization-policy/overview; ${RHINO} 14`,
  }),
  define({
    id: 'G18',
    title: 'HMAC key for a service account',
    place: [['storage.hmacKeys.create']],
    to: 'account',
    open: 'Such a key opens Cloud Storage alone: how far it reaches depends on what the account holds there.',
    gives: 'It can make a key by which Cloud Storage takes it for the service account.',
    source: `cloud.google.com/storage/docs/authentication/managing-hmackeys; ${RHINO} 15`,
  }),
  define({
    id: 'G19',
    title: 'API keys',
    place: [
      [
        'apikeys.keys.create',
        'apikeys.keys.getKeyString',
        'serviceusage.apiKeys.create',
        'serviceusage.apiKeys.list',
      ],
    ],
    to: 'more',
    open: 'What API keys of the project open is not collected.',
    gives: 'It can make API keys or read them.',
    source: `cloud.google.com/api-keys/docs/access-control; ${RHINO} 16 and 17`,
  }),
  define({
    id: 'G22',
    title: 'Issuer of a trusted pool',
    place: [
      [
        'iam.googleapis.com/workloadIdentityPoolProviders.create',
        'iam.googleapis.com/workloadIdentityPoolProviders.update',
      ],
    ],
    to: 'pool',
    only: 'The service account lets members of a pool of that project become it.',
    gives: 'It can let an issuer of its own into a pool that the service account trusts.',
    source: `${DOCS}/workload-identity-federation`,
  }),
  define({
    id: 'G23',
    title: 'Stored secret',
    place: [['secretmanager.versions.access']],
    to: 'secret',
    gives: 'It can read the stored secret.',
    source: 'cloud.google.com/secret-manager/docs/access-control',
  }),
]

export const DEFINITIONS: readonly Definition[] = [
  ...impersonations,
  ...policies,
  ...machines,
  ...others,
].sort((a, b) => (a.id < b.id ? -1 : 1))
export const ESCALATIONS: readonly Escalation[] = DEFINITIONS.map(
  ({ id, title, needs, only, gives, source }) => ({
    id,
    title,
    needs,
    ...(only !== undefined && { only }),
    gives,
    source,
  }),
)
/** Every permission that a definition asks for. */
export const RELEVANT: ReadonlySet<string> = new Set(
  DEFINITIONS.flatMap(({ account, place }) => [...account, ...place].flat()),
)
