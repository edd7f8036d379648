// Some roles that Google makes, as far as they matter for coming to more rights: asked only where the role itself was not read.
// Source: cloud.google.com/iam/docs/roles-permissions (reference of basic and predefined roles).

export type WellKnown = {
  /** Permissions that it holds, in the form of roles. */
  has: readonly string[]
  /** Permissions that it is known not to hold. `all`: it holds nothing beside. */
  lacks: readonly string[] | 'all'
}

const ACCOUNTS = 'iam.serviceAccounts.'
const SIGNS = ['getAccessToken', 'getOpenIdToken', 'implicitDelegation', 'signBlob', 'signJwt'].map(
  (verb) => ACCOUNTS + verb,
)
const LOOKS = [
  'iam.serviceAccounts.get',
  'iam.serviceAccounts.list',
  'resourcemanager.projects.get',
  'resourcemanager.projects.list',
]
const KEYS = ['create', 'delete', 'disable', 'enable', 'get', 'list'].map(
  (verb) => `iam.serviceAccountKeys.${verb}`,
)
const RUNS = [
  ...[
    'compute.instances.create',
    'compute.disks.create',
    'compute.subnetworks.use',
    'compute.instances.setMetadata',
  ],
  ...[
    'compute.instances.setServiceAccount',
    'compute.projects.setCommonInstanceMetadata',
    'cloudbuild.builds.create',
  ],
  ...[
    'cloudfunctions.functions.create',
    'cloudfunctions.functions.update',
    'cloudfunctions.functions.sourceCodeSet',
  ],
  ...[
    'run.services.create',
    'run.services.update',
    'cloudscheduler.jobs.create',
    'deploymentmanager.deployments.create',
  ],
]
const POLICIES = [
  'resourcemanager.projects.setIamPolicy',
  'iam.serviceAccounts.setIamPolicy',
  'iam.roles.update',
]
const ABOVE = ['resourcemanager.folders.setIamPolicy', 'resourcemanager.organizations.setIamPolicy']

export const WELL_KNOWN: Readonly<Record<string, WellKnown>> = {
  // A basic role holds thousands: what is not in either list stays open.
  'roles/owner': { has: [`${ACCOUNTS}actAs`, ...KEYS, ...RUNS, ...POLICIES], lacks: [...SIGNS, ...ABOVE] },
  'roles/editor': { has: [`${ACCOUNTS}actAs`, ...KEYS, ...RUNS], lacks: [...SIGNS, ...POLICIES, ...ABOVE] },
  'roles/viewer': {
    has: LOOKS,
    lacks: [...SIGNS, `${ACCOUNTS}actAs`, 'iam.serviceAccountKeys.create', ...RUNS, ...POLICIES, ...ABOVE],
  },
  'roles/iam.serviceAccountTokenCreator': { has: [...SIGNS, ...LOOKS], lacks: 'all' },
  'roles/iam.serviceAccountOpenIdTokenCreator': { has: [`${ACCOUNTS}getOpenIdToken`], lacks: 'all' },
  'roles/iam.serviceAccountUser': { has: [`${ACCOUNTS}actAs`, ...LOOKS], lacks: 'all' },
  'roles/iam.workloadIdentityUser': {
    has: ['getAccessToken', 'getOpenIdToken', 'get', 'list'].map((verb) => ACCOUNTS + verb),
    lacks: 'all',
  },
  'roles/iam.serviceAccountKeyAdmin': { has: [...KEYS, ...LOOKS], lacks: 'all' },
  'roles/iam.serviceAccountAdmin': {
    has: [`${ACCOUNTS}setIamPolicy`, `${ACCOUNTS}create`, `${ACCOUNTS}delete`, ...LOOKS],
    lacks: [
      ...SIGNS,
      `${ACCOUNTS}actAs`,
      'iam.serviceAccountKeys.create',
      'resourcemanager.projects.setIamPolicy',
      ...ABOVE,
    ],
  },
  'roles/iam.securityAdmin': {
    has: ['resourcemanager.projects.setIamPolicy', `${ACCOUNTS}setIamPolicy`, ...ABOVE],
    lacks: [...SIGNS, `${ACCOUNTS}actAs`, 'iam.serviceAccountKeys.create', ...RUNS],
  },
  'roles/iam.roleAdmin': {
    has: ['iam.roles.create', 'iam.roles.update'],
    lacks: [...SIGNS, `${ACCOUNTS}actAs`],
  },
  'roles/iam.organizationRoleAdmin': {
    has: ['iam.roles.create', 'iam.roles.update'],
    lacks: [...SIGNS, `${ACCOUNTS}actAs`],
  },
  'roles/resourcemanager.projectIamAdmin': {
    has: ['resourcemanager.projects.setIamPolicy', 'resourcemanager.projects.getIamPolicy'],
    lacks: [...SIGNS, `${ACCOUNTS}actAs`, ...ABOVE],
  },
  'roles/resourcemanager.folderIamAdmin': {
    has: ['resourcemanager.folders.setIamPolicy', 'resourcemanager.folders.getIamPolicy'],
    lacks: [...SIGNS, `${ACCOUNTS}actAs`],
  },
  'roles/resourcemanager.folderAdmin': {
    has: ['resourcemanager.folders.setIamPolicy', 'resourcemanager.projects.setIamPolicy'],
    lacks: [...SIGNS, `${ACCOUNTS}actAs`, 'resourcemanager.organizations.setIamPolicy'],
  },
  'roles/resourcemanager.organizationAdmin': {
    has: ['resourcemanager.projects.setIamPolicy', ...ABOVE],
    lacks: [...SIGNS, `${ACCOUNTS}actAs`],
  },
  'roles/orgpolicy.policyAdmin': { has: ['orgpolicy.policy.set'], lacks: [...SIGNS, `${ACCOUNTS}actAs`] },
}
