// What Microsoft Graph answers in the made-up tenant: applications of a company that has been in Azure for some years.
import { PERSON, PRINCIPALS as IDS, RESOURCES, TENANT, VENDOR_TENANT } from '../sample/ids'
import type { SampleAnswer } from '../sample/answer'
import * as calls from './calls'

const id = (tail: string): string => `5a3e1c00-0000-4000-8000-${tail.padStart(12, '0')}`
const MORE = {
  /** Sends reports by mail since long ago; nobody owns it, and its secret does not end. */
  mailer: { object: id('171'), application: id('172'), client: id('173') },
  /** Agents for invoices, and one of them. */
  blueprint: { object: id('181'), application: id('182'), client: id('183') },
  agent: { object: id('184') },
  /** Somebody registered it and never went on. */
  proof: { application: id('192'), client: id('193') },
}
const MICROSOFT = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'
const key = (n: number): string => id(`e${n}`)
const list = (value: readonly unknown[]) => ({ value })
const person = (tail: string, displayName: string, userPrincipalName: string) => ({
  '@odata.type': '#microsoft.graph.user',
  id: tail.length > 10 ? tail : id(tail),
  displayName,
  userPrincipalName,
})
const MINA = person(PERSON.object, PERSON.name, PERSON.upn)
const TOMASZ = person('202', 'Tomasz Nowak', 'tomasz.nowak@halden.example')

const secret = (n: number, displayName: string, startDateTime: string, endDateTime: string) => ({
  keyId: key(n),
  displayName,
  startDateTime,
  endDateTime,
})
const certificate = (n: number, displayName: string, startDateTime: string, endDateTime: string) => ({
  ...secret(n, displayName, startDateTime, endDateTime),
  type: 'AsymmetricX509Cert',
  usage: 'Verify',
})
type Own = { application: string; client: string }
const application = (one: Own, displayName: string, createdDateTime: string, more: object = {}) => ({
  id: one.application,
  appId: one.client,
  displayName,
  createdDateTime,
  ...more,
})
type Principal = { object: string; client?: string }
const principal = (one: Principal, displayName: string, createdDateTime: string, more: object = {}) => ({
  id: one.object,
  appId: one.client,
  displayName,
  createdDateTime,
  servicePrincipalType: 'Application',
  accountEnabled: true,
  appOwnerOrganizationId: TENANT,
  ...more,
})
const managed = (one: Principal, displayName: string, createdDateTime: string, resource: string) =>
  principal(one, displayName, createdDateTime, {
    servicePrincipalType: 'ManagedIdentity',
    appOwnerOrganizationId: undefined,
    alternativeNames: ['isExplicit=True', resource],
  })

const applications = [
  application(IDS.storefront, 'Storefront', '2022-03-14T09:00:00Z', {
    description: 'Signs customers in and mails order confirmations',
    serviceManagementReference: 'storefront',
    passwordCredentials: [
      secret(1, 'storefront 2024', '2024-09-20T09:00:00Z', '2026-09-20T09:00:00Z'),
      secret(2, 'storefront 2026', '2026-09-18T09:00:00Z', '2027-03-18T09:00:00Z'),
    ],
  }),
  application(IDS.deployer, 'GitHub deployer', '2025-02-03T10:00:00Z', {
    tags: ['team:developer-experience'],
  }),
  application(MORE.mailer, 'Report mailer', '2020-06-02T12:00:00Z', {
    passwordCredentials: [secret(3, 'do not delete', '2020-06-02T12:00:00Z', '2299-12-31T00:00:00Z')],
    keyCredentials: [certificate(4, 'CN=report-mailer', '2025-11-20T00:00:00Z', '2026-11-20T00:00:00Z')],
  }),
  application(MORE.blueprint, 'Invoice agents', '2026-06-10T08:00:00Z', {
    '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
    passwordCredentials: [secret(5, 'pilot', '2026-06-10T08:00:00Z', '2026-12-10T08:00:00Z')],
  }),
  application(MORE.proof, 'Proof of concept', '2024-01-30T15:00:00Z', { notes: 'ines.lund@halden.example' }),
]

const permission = (n: number, value: string) => ({
  id: id(`b${n}`),
  value,
  displayName: value,
  isEnabled: true,
  allowedMemberTypes: ['Application'],
})
const principals = [
  principal(IDS.storefront, 'Storefront', '2022-03-14T09:00:05Z'),
  principal(IDS.deployer, 'GitHub deployer', '2025-02-03T10:00:05Z', { tags: ['team:developer-experience'] }),
  principal(MORE.mailer, 'Report mailer', '2020-06-02T12:00:05Z'),
  principal(MORE.blueprint, 'Invoice agents', '2026-06-10T08:00:05Z', {
    '@odata.type': '#microsoft.graph.agentIdentityBlueprintPrincipal',
  }),
  principal(IDS.monitoring, 'Lanterna Monitoring', '2024-10-30T12:00:00Z', {
    appOwnerOrganizationId: VENDOR_TENANT,
    verifiedPublisher: { displayName: 'Lanterna AB' },
    signInAudience: 'AzureADMultipleOrgs',
  }),
  principal(IDS.graph, 'Microsoft Graph', '2019-05-06T07:00:00Z', {
    appOwnerOrganizationId: MICROSOFT,
    appRoles: [
      permission(1, 'Directory.Read.All'),
      permission(2, 'Mail.Send'),
      permission(3, 'Application.ReadWrite.All'),
    ],
  }),
  managed(IDS.payments, 'id-invoice-export', '2024-01-16T09:00:00Z', RESOURCES.payments),
  managed(IDS.kubelet, 'id-kubelet', '2024-01-10T09:00:00Z', RESOURCES.kubelet),
  managed(IDS.buildVm, 'vm-build', '2023-04-12T09:00:00Z', RESOURCES.buildVm),
  principal(MORE.agent, 'Invoice agents', '2026-06-12T08:00:00Z', {
    servicePrincipalType: 'ServiceIdentity',
  }),
]

const assigned = (n: number, appRole: number, principalId: string) => ({
  id: `halden-${n}`,
  appRoleId: id(`b${appRole}`),
  principalId,
  principalType: 'ServicePrincipal',
  resourceId: IDS.graph.object,
})
const APPLICATION_ADMINISTRATOR = '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'
const used = (n: number, lastSignInDateTime: string) => ({
  keyId: key(n),
  signInActivity: { lastSignInDateTime },
})
const signedIn = (appId: string, lastSignInDateTime: string) => ({
  appId,
  applicationAuthenticationClientSignInActivity: { lastSignInDateTime },
})

const federated = {
  id: id('f11'),
  name: 'main',
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:halden/infrastructure:ref:refs/heads/main',
  audiences: ['api://AzureADTokenExchange'],
}

export const entraSample: readonly SampleAnswer[] = [
  { call: calls.APPLICATIONS, answer: list(applications) },
  { call: calls.PRINCIPALS, answer: list(principals) },
  {
    call: calls.FEDERATED,
    params: { path: `/applications/${IDS.deployer.application}/federatedIdentityCredentials` },
    answer: list([federated]),
  },
  {
    call: calls.APPLICATION_OWNERS,
    params: { path: `/applications/${IDS.storefront.application}/owners` },
    answer: list([MINA]),
  },
  {
    call: calls.APPLICATION_OWNERS,
    params: { path: `/applications/${IDS.deployer.application}/owners` },
    answer: list([TOMASZ]),
  },
  {
    call: calls.APP_ROLES_GIVEN,
    params: { path: `/servicePrincipals/${IDS.graph.object}/appRoleAssignedTo` },
    answer: list([
      assigned(1, 2, IDS.storefront.object),
      assigned(2, 2, MORE.mailer.object),
      assigned(3, 1, IDS.monitoring.object),
      assigned(4, 3, IDS.deployer.object),
    ]),
  },
  {
    call: calls.DELEGATED,
    answer: list([
      {
        clientId: IDS.monitoring.object,
        consentType: 'AllPrincipals',
        resourceId: IDS.graph.object,
        scope: 'User.Read Reports.Read.All',
      },
    ]),
  },
  {
    call: calls.ROLES,
    answer: list([
      {
        id: APPLICATION_ADMINISTRATOR,
        templateId: APPLICATION_ADMINISTRATOR,
        displayName: 'Application Administrator',
        isBuiltIn: true,
        isEnabled: true,
      },
    ]),
  },
  {
    call: calls.ROLES_GIVEN,
    answer: list([
      {
        id: 'halden-role-1',
        principalId: IDS.deployer.object,
        roleDefinitionId: APPLICATION_ADMINISTRATOR,
        directoryScopeId: '/',
        principal: { '@odata.type': '#microsoft.graph.servicePrincipal', displayName: 'GitHub deployer' },
      },
    ]),
  },
  {
    call: calls.ROLES_ELIGIBLE,
    refusal: { why: 'not-offered', code: 'licence', detail: 'The tenant has no licence for this.' },
  },
  {
    call: calls.AGENTS,
    answer: list([
      {
        id: MORE.agent.object,
        displayName: 'Invoice reader',
        accountEnabled: true,
        agentIdentityBlueprintId: MORE.blueprint.client,
        createdByAppId: MORE.blueprint.client,
        createdDateTime: '2026-06-12T08:00:00Z',
      },
    ]),
  },
  {
    call: calls.AGENT_SPONSORS,
    answer: list([person('203', 'Ines Lund', 'ines.lund@halden.example')]),
  },
  {
    call: calls.CREDENTIAL_USE,
    answer: list([used(2, '2026-10-31T00:00:00Z'), used(5, '2026-10-30T00:00:00Z')]),
  },
  {
    call: calls.PRINCIPAL_USE,
    answer: list([
      signedIn(IDS.storefront.client, '2026-10-31T00:00:00Z'),
      signedIn(IDS.deployer.client, '2026-10-30T00:00:00Z'),
      signedIn(MORE.blueprint.client, '2026-10-30T00:00:00Z'),
      signedIn(IDS.monitoring.client, '2026-05-02T00:00:00Z'),
    ]),
  },
]
