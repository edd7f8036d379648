// Directory roles that lead further, by their template ids, with what of it they permit ("Microsoft Entra built-in roles").

export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'
export const PRIVILEGED_ROLE_ADMINISTRATOR = 'e8611ab8-c189-46e8-94e1-60213ab1f814'

export type KnownRole = {
  name: string
  permits: readonly string[]
  /** Nothing else is permitted that writes: what is not in the list is not permitted. */
  whole?: true
}

const CREDENTIALS = [
  'microsoft.directory/applications/credentials/update',
  'microsoft.directory/servicePrincipals/credentials/update',
]
const OWNERS = [
  'microsoft.directory/applications/owners/update',
  'microsoft.directory/servicePrincipals/owners/update',
]
const ROLES = ['microsoft.directory/roleAssignments/allProperties/allTasks']
const PASSWORDS = ['microsoft.directory/users/password/update']
const GROUPS = ['microsoft.directory/groups/members/update']

export const DIRECTORY_ROLES: ReadonlyMap<string, KnownRole> = new Map<string, KnownRole>([
  [GLOBAL_ADMINISTRATOR, { name: 'Global Administrator', permits: [...CREDENTIALS, ...OWNERS, ...ROLES] }],
  [PRIVILEGED_ROLE_ADMINISTRATOR, { name: 'Privileged Role Administrator', permits: ROLES }],
  [
    '7be44c8a-adaf-4e2a-84d6-ab2649e08a13',
    { name: 'Privileged Authentication Administrator', permits: PASSWORDS },
  ],
  [
    '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
    { name: 'Application Administrator', permits: [...CREDENTIALS, ...OWNERS] },
  ],
  [
    '158c047a-c907-4556-b7ef-446551a6b5f7',
    { name: 'Cloud Application Administrator', permits: [...CREDENTIALS, ...OWNERS] },
  ],
  ['8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2', { name: 'Hybrid Identity Administrator', permits: OWNERS }],
  [
    '4ba39ca4-527c-499a-b93d-d9b492c50246',
    { name: 'Partner Tier1 Support', permits: [CREDENTIALS[0] ?? '', OWNERS[0] ?? '', ...GROUPS] },
  ],
  [
    'e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8',
    {
      name: 'Partner Tier2 Support',
      permits: [CREDENTIALS[0] ?? '', OWNERS[0] ?? '', ...ROLES, ...PASSWORDS, ...GROUPS],
    },
  ],
  // Once it could manage applications; what it permits today is one reading action.
  [
    'd29b2b05-8046-44ba-8758-1e26182fcf32',
    {
      name: 'Directory Synchronization Accounts',
      permits: ['microsoft.directory/onPremisesSynchronization/standard/read'],
      whole: true,
    },
  ],
  [
    'fe930be7-5e62-47db-91af-98c3a49a38b1',
    { name: 'User Administrator', permits: [...PASSWORDS, ...GROUPS] },
  ],
  ['fdd7a751-b60b-444a-984c-02652fe8fa1c', { name: 'Groups Administrator', permits: GROUPS }],
  ['9360feb5-f418-4baa-8175-e2a00bac4301', { name: 'Directory Writers', permits: GROUPS }],
  ['88d8e3e3-8f55-4a1e-953a-9b9898b8876b', { name: 'Directory Readers', permits: [], whole: true }],
  ['f2ef992c-3afb-46b9-b7cf-a126ee74c451', { name: 'Global Reader', permits: [], whole: true }],
  ['5d6b6bb7-de71-4623-b4af-96380a352509', { name: 'Security Reader', permits: [], whole: true }],
  ['4a5d8f65-41da-4de4-8968-e035b65339cf', { name: 'Reports Reader', permits: [], whole: true }],
])
/** Roles that only read. */
export const READERS = new Set([
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
  '5d6b6bb7-de71-4623-b4af-96380a352509',
  '4a5d8f65-41da-4de4-8968-e035b65339cf',
  'd29b2b05-8046-44ba-8758-1e26182fcf32',
])
