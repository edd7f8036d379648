// A made-up tenant as Microsoft Graph holds it. Values that must never come out are planted in it: hints of secrets, raw data
// of keys, and a secret that somebody wrote into a note.
export const TENANT = '5f0e6c1a-2b3c-4d5e-8f90-a1b2c3d4e5f6'
export const VENDOR = '0d2c4b6a-8e97-4a51-b3c2-d1e0f9a8b7c6'
export const MICROSOFT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'
const DEFAULT_ACCESS = '00000000-0000-0000-0000-000000000000'

/** Must be found nowhere but here. */
export const CANARIES = ['xQ7', 'MIIDraw-certificate-data', 'sk-planted0000000000000000000']

const guid = (kind: string, n: number): string => `${kind}-0000-4000-8000-${String(n).padStart(12, '0')}`
export const appId = (n: number): string => guid('c1000000', n)
export const objectId = (n: number): string => guid('a1000000', n)
export const principalId = (n: number): string => guid('b1000000', n)
const keyId = (n: number): string => guid('d1000000', n)

export type GraphObject = Record<string, unknown> & { id: string }
type Dates = { start?: string; end?: string | null }
export const secret = (
  n: number,
  displayName: string | null,
  { start = '2025-03-01T09:00:00Z', end = '2027-03-01T09:00:00Z' }: Dates = {},
) => ({
  customKeyIdentifier: null,
  displayName,
  endDateTime: end,
  hint: CANARIES[0],
  keyId: keyId(n),
  secretText: null,
  startDateTime: start,
})
const certificate = (
  n: number,
  displayName: string | null,
  usage = 'Verify',
  type = 'AsymmetricX509Cert',
) => ({
  customKeyIdentifier: 'B64E0A1C2D3F405162738495A6B7C8D9EAFB0C1D',
  displayName,
  endDateTime: '2026-12-24T00:00:00.1234567Z',
  key: CANARIES[1],
  keyId: keyId(n),
  startDateTime: '2024-12-24T00:00:00Z',
  type,
  usage,
})

const application = (n: number, displayName: string, more: Record<string, unknown> = {}): GraphObject => ({
  id: objectId(n),
  appId: appId(n),
  displayName,
  createdDateTime: `2023-0${(n % 9) + 1}-11T08:30:00Z`,
  description: null,
  notes: null,
  tags: [],
  serviceManagementReference: null,
  disabledByMicrosoftStatus: null,
  signInAudience: 'AzureADMyOrg',
  passwordCredentials: [],
  keyCredentials: [],
  requiredResourceAccess: [],
  ...more,
})
const principal = (n: number, displayName: string, more: Record<string, unknown> = {}): GraphObject => ({
  id: principalId(n),
  appId: appId(n),
  displayName,
  appDisplayName: displayName,
  servicePrincipalType: 'Application',
  accountEnabled: true,
  appOwnerOrganizationId: TENANT,
  alternativeNames: [],
  createdDateTime: `2023-0${(n % 9) + 1}-11T08:30:05Z`,
  description: null,
  notes: null,
  tags: [],
  signInAudience: 'AzureADMyOrg',
  disabledByMicrosoftStatus: null,
  notificationEmailAddresses: [],
  verifiedPublisher: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
  passwordCredentials: [],
  keyCredentials: [],
  appRoles: [],
  oauth2PermissionScopes: [],
  ...more,
})
const managed = { servicePrincipalType: 'ManagedIdentity', appOwnerOrganizationId: null }
const role = (n: number, value: string, allowedMemberTypes: string[] = ['Application']) => ({
  id: guid('e1000000', n),
  value,
  displayName: `Permission ${value}`,
  description: 'for programs',
  isEnabled: true,
  allowedMemberTypes,
})

const RESOURCE_GROUP = '/subscriptions/11111111-1111-4111-8111-111111111111/resourcegroups/rg-pay'

/** How the tenant is when nothing is the matter. Numbers tie an application to its service principal. */
export const applications: GraphObject[] = [
  application(1, 'Checkout', {
    description: 'Takes payments',
    serviceManagementReference: 'CMDB-4711',
    tags: ['team:payments'],
    passwordCredentials: [
      secret(1, 'ci 2024', { end: '2025-03-01T09:00:00Z' }),
      secret(2, null, { end: '2299-12-31T00:00:00Z' }),
    ],
    keyCredentials: [certificate(3, 'CN=checkout')],
  }),
  application(2, 'Deployer', { notes: 'dx@acme.example' }),
  application(3, 'Cluster writer'),
  application(4, 'Pipelines of any branch'),
  application(5, 'Draft nobody uses', { passwordCredentials: [secret(4, 'draft')] }),
  application(6, 'Support agents', {
    '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
    passwordCredentials: [secret(5, 'blueprint')],
  }),
  application(7, 'Wiki sign-on', { tags: ['WindowsAzureActiveDirectoryIntegratedApp'] }),
]
export const principals: GraphObject[] = [
  principal(1, 'Checkout', {
    tags: ['team:payments'],
    passwordCredentials: [secret(6, 'set on the principal')],
    notes: `the old one was ${CANARIES[2]}`,
  }),
  principal(2, 'Deployer', { accountEnabled: false }),
  principal(3, 'Cluster writer'),
  principal(4, 'Pipelines of any branch'),
  principal(6, 'Support agents', { '@odata.type': '#microsoft.graph.agentIdentityBlueprintPrincipal' }),
  principal(7, 'Wiki sign-on', {
    notificationEmailAddresses: ['wiki-team@acme.example'],
    passwordCredentials: [secret(7, 'CN=Wiki')],
    keyCredentials: [
      certificate(7, 'CN=Wiki', 'Sign', 'X509CertAndPassword'),
      certificate(8, 'CN=Wiki', 'Verify'),
    ],
  }),
  principal(8, 'Left over', { disabledByMicrosoftStatus: 'DisabledDueToViolationOfServicesAgreement' }),
  principal(20, 'Northwind Monitoring', {
    appOwnerOrganizationId: VENDOR,
    verifiedPublisher: {
      displayName: 'Northwind Traders',
      verifiedPublisherId: '12345',
      addedDateTime: null,
    },
    signInAudience: 'AzureADMultipleOrgs',
  }),
  principal(21, 'Somebody Else', { appOwnerOrganizationId: VENDOR, createdDateTime: undefined }),
  principal(22, 'Nobody says whose', { appOwnerOrganizationId: null }),
  principal(30, 'Microsoft Graph', {
    appId: '00000003-0000-0000-c000-000000000000',
    appOwnerOrganizationId: MICROSOFT,
    appRoles: [role(1, 'Directory.ReadWrite.All'), role(2, 'Mail.Read'), role(3, 'People.Only', ['User'])],
  }),
  principal(31, 'Orders API', { appRoles: [role(4, 'Orders.Write', ['User', 'Application'])] }),
  principal(40, 'id-pay', {
    ...managed,
    alternativeNames: [
      'isExplicit=True',
      `${RESOURCE_GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-pay`,
    ],
    keyCredentials: [certificate(9, 'CN=managed')],
  }),
  principal(41, 'vm-build', {
    ...managed,
    alternativeNames: [
      'isExplicit=False',
      `${RESOURCE_GROUP}/providers/Microsoft.Compute/virtualMachines/vm-build`,
    ],
  }),
  principal(42, 'Old importer', {
    servicePrincipalType: 'Legacy',
    appOwnerOrganizationId: null,
    passwordCredentials: [secret(10, 'before registrations')],
  }),
  principal(50, 'Refund agent', { servicePrincipalType: 'ServiceIdentity', appId: null }),
]
export const agents: GraphObject[] = [
  {
    '@odata.type': '#microsoft.graph.agentIdentity',
    id: principalId(50),
    displayName: 'Refund agent',
    accountEnabled: true,
    agentIdentityBlueprintId: appId(6),
    createdByAppId: appId(6),
    createdDateTime: '2026-04-02T11:12:13.4567891Z',
    disabledByMicrosoftStatus: null,
    servicePrincipalType: 'ServiceIdentity',
    tags: [],
  },
]

const federated = (
  n: number,
  issuer: string,
  subject: string | null,
  more: Record<string, unknown> = {},
): GraphObject => ({
  id: guid('f1000000', n),
  name: `federated-${n}`,
  issuer,
  subject,
  description: null,
  audiences: ['api://AzureADTokenExchange'],
  ...more,
})
const GITHUB = 'https://token.actions.githubusercontent.com'
/** By the object id of the application. The expression is shown by the preview alone. */
export const federatedCredentials: Record<string, GraphObject[]> = {
  [objectId(2)]: [
    federated(1, GITHUB, 'repo:acme/shop:environment:production'),
    federated(2, GITHUB, 'repo:acme@1001/shop@2002:ref:refs/heads/main'),
    federated(6, `https://login.microsoftonline.com/${TENANT}/v2.0`, principalId(40)),
  ],
  [objectId(3)]: [
    federated(3, 'https://oidc.prod-aks.azure.com/7f3a/', 'system:serviceaccount:payments:writer'),
    federated(4, 'https://spire.acme.example', 'spiffe://acme.example/ns/payments/sa/writer', {
      audiences: ['api://acme'],
    }),
  ],
  [objectId(4)]: [
    federated(5, GITHUB, null, {
      claimsMatchingExpression: {
        value: "claims['sub'] matches 'repo:acme/*:ref:refs/heads/*'",
        languageVersion: 1,
      },
    }),
  ],
}

const person = (n: number, name: string): GraphObject => ({
  '@odata.type': '#microsoft.graph.user',
  id: guid('01000000', n),
  displayName: name,
  userPrincipalName: `${name.toLowerCase().replace(' ', '.')}@acme.example`,
  mail: null,
})
const asOwner = (one: GraphObject): GraphObject => ({
  '@odata.type': '#microsoft.graph.servicePrincipal',
  id: one.id,
  displayName: one['displayName'],
})
/** By the object id of the application or service principal. */
export const owners: Record<string, GraphObject[]> = {
  [objectId(1)]: [person(1, 'Ada Byron'), person(2, 'Grace Hall')],
  [objectId(3)]: [asOwner(principals[1] as GraphObject)],
  [principalId(1)]: [person(1, 'Ada Byron')],
  [principalId(20)]: [person(2, 'Grace Hall')],
  [principalId(50)]: [person(2, 'Grace Hall')],
}
export const sponsors: Record<string, GraphObject[]> = { [principalId(50)]: [person(1, 'Ada Byron')] }

const assigned = (n: number, appRole: string, to: number, principalType = 'ServicePrincipal') => ({
  id: `assignment-${n}`,
  appRoleId: appRole,
  createdDateTime: '2024-05-06T07:08:09Z',
  principalDisplayName: 'x',
  principalId: principalType === 'User' ? guid('01000000', to) : principalId(to),
  principalType,
  resourceDisplayName: 'x',
})
/** By the object id of the API. */
export const appRoleAssignments: Record<string, GraphObject[]> = {
  [principalId(30)]: [
    { ...assigned(1, guid('e1000000', 1), 1), resourceId: principalId(30) },
    { ...assigned(2, guid('e1000000', 2), 20), resourceId: principalId(30) },
    { ...assigned(3, guid('e1000000', 2), 41), resourceId: principalId(30) },
  ],
  [principalId(31)]: [
    { ...assigned(4, guid('e1000000', 4), 40), resourceId: principalId(31) },
    { ...assigned(5, guid('e1000000', 4), 1, 'User'), resourceId: principalId(31) },
    { ...assigned(6, DEFAULT_ACCESS, 3), resourceId: principalId(31) },
  ],
}
const consent = (n: number, client: number, scope: string, user?: number): GraphObject => ({
  id: `consent-${n}`,
  clientId: principalId(client),
  consentType: user === undefined ? 'AllPrincipals' : 'Principal',
  principalId: user === undefined ? null : guid('01000000', user),
  resourceId: principalId(30),
  scope,
})
export const delegatedGrants: GraphObject[] = [
  consent(1, 20, ' openid Mail.Read '),
  consent(2, 21, 'Mail.Read', 1),
  consent(3, 21, 'Mail.Read Files.Read', 2),
  consent(4, 7, 'User.Read'),
]

const GLOBAL_ADMIN = '62e90394-69f5-4237-9190-012177145e10'
const OWN_ROLE = guid('71000000', 1)
const GROUP = guid('91000000', 1)
const UNIT = guid('81000000', 1)
export const roleDefinitions: GraphObject[] = [
  {
    id: GLOBAL_ADMIN,
    templateId: GLOBAL_ADMIN,
    displayName: 'Global Administrator',
    isBuiltIn: true,
    isEnabled: true,
    rolePermissions: [{ allowedResourceActions: ['microsoft.directory/everything'], condition: null }],
  },
  {
    id: OWN_ROLE,
    templateId: OWN_ROLE,
    displayName: 'Credential rotator',
    isBuiltIn: false,
    isEnabled: true,
    rolePermissions: [
      { allowedResourceActions: ['microsoft.directory/applications/credentials/update'], condition: null },
    ],
  },
]
type Holder = { id: string; kind: string; name: string }
const program = (n: number): Holder => ({ id: principalId(n), kind: 'servicePrincipal', name: 'a program' })
const given = (n: number, to: Holder, roleDefinitionId: string, directoryScopeId = '/'): GraphObject => ({
  id: `role-${n}`,
  principalId: to.id,
  roleDefinitionId,
  directoryScopeId,
  appScopeId: null,
  principal: { '@odata.type': `#microsoft.graph.${to.kind}`, id: to.id, displayName: to.name },
})
const robots: Holder = { id: GROUP, kind: 'group', name: 'Robots' }
export const roleAssignments: GraphObject[] = [
  given(1, program(1), GLOBAL_ADMIN),
  given(2, { id: guid('01000000', 1), kind: 'user', name: 'Ada Byron' }, GLOBAL_ADMIN),
  given(3, program(2), OWN_ROLE, `/administrativeUnits/${UNIT}`),
  given(4, program(3), OWN_ROLE, `/${objectId(1)}`),
  given(5, robots, OWN_ROLE),
]
export const roleEligibilities: GraphObject[] = [
  { ...given(6, robots, GLOBAL_ADMIN), endDateTime: '2027-01-01T00:00:00Z', memberType: 'Direct' },
]
export const groupMembers: Record<string, GraphObject[]> = {
  [GROUP]: [{ id: principalId(40) }, { id: principalId(41) }],
}
export const administrativeUnits: GraphObject[] = [
  { id: UNIT, displayName: 'Shops', isMemberManagementRestricted: true, membershipType: null },
]

const at = (lastSignInDateTime: string | null) => ({ lastSignInDateTime, lastSignInRequestId: 'r' })
export const credentialActivities: GraphObject[] = [
  {
    id: 'x1',
    keyId: keyId(2),
    keyType: 'clientSecret',
    appId: appId(1),
    signInActivity: at('2026-11-20T00:00:00-8:00'),
  },
  {
    id: 'x2',
    keyId: keyId(3),
    keyType: 'certificate',
    appId: appId(1),
    signInActivity: at('2026-11-02T10:00:00Z'),
  },
  {
    id: 'x3',
    keyId: keyId(3),
    keyType: 'certificate',
    appId: appId(1),
    signInActivity: at('2026-11-21T10:00:00Z'),
  },
]
export const principalActivities: GraphObject[] = [
  {
    id: 'y1',
    appId: appId(1),
    applicationAuthenticationClientSignInActivity: at('2026-11-21T10:00:00Z'),
    delegatedClientSignInActivity: null,
    lastSignInActivity: at('2026-11-22T01:00:00Z'),
  },
  { id: 'y2', appId: appId(41), applicationAuthenticationClientSignInActivity: at('2026-11-19T10:00:00Z') },
  { id: 'y3', appId: appId(7), delegatedClientSignInActivity: at('2026-11-18T10:00:00Z') },
]
