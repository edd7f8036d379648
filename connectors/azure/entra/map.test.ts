// Objects in the forms Microsoft Graph gives them, and what each form means.
import { describe, expect, test } from 'vitest'
import { absent, known, unknown } from '@/core/fact'
import { Observation } from '@/core/observation'
import { classify } from './classify'
import { credentialsOf, thumbprintOf } from './map-credential'
import { federatedTrust } from './map-federated'
import { ownerHint, principalHints } from './map-hints'
import { principalIdentity, unusedApplication } from './map-identity'
import { directoryRole, roleGrant } from './map-roles'
import { resourceBehind } from './resource-names'
import {
  Application,
  DirectoryObject,
  FederatedCredential,
  RoleAssignment,
  RoleDefinition,
  ServicePrincipal,
} from './shapes'
import { usedAt, usedAtIfTold, type Use } from './use'

const TENANT = '11111111-1111-4111-8111-111111111111'
const use: Use = { credentials: known(new Map(), 'c'), principals: known(new Map(), 'p') }
const principal = (fields: Record<string, unknown>) =>
  ServicePrincipal.parse({ id: 'SP-1', appId: 'APP-1', displayName: 'x', ...fields })
const application = (fields: Record<string, unknown> = {}) =>
  Application.parse({ id: 'OBJ-1', appId: 'APP-1', displayName: 'x', ...fields })

describe('a service principal', () => {
  const as = (fields: Record<string, unknown>) => {
    const { type, class: of, vendor } = classify(principal(fields), TENANT)
    return `${type} ${of} ${vendor.state === 'known' ? vendor.value : vendor.state}`
  }
  test.each([
    [
      { servicePrincipalType: 'Application', appOwnerOrganizationId: TENANT },
      'azure.application machine absent',
    ],
    [
      {
        servicePrincipalType: 'Application',
        appOwnerOrganizationId: TENANT,
        '@odata.type': '#microsoft.graph.agentIdentityBlueprintPrincipal',
      },
      'azure.agent-blueprint machine absent',
    ],
    [
      { servicePrincipalType: 'Application', appOwnerOrganizationId: 'F8CDEF31-A31E-4B4A-93E4-5F571E91255A' },
      'azure.service-principal provider Microsoft',
    ],
    [
      { servicePrincipalType: 'Application', appOwnerOrganizationId: '72f988bf-86f1-41af-91ab-2d7cd011db47' },
      'azure.service-principal machine Microsoft',
    ],
    [
      {
        servicePrincipalType: 'Application',
        appOwnerOrganizationId: 'other',
        verifiedPublisher: { displayName: 'Northwind' },
      },
      'azure.service-principal machine Northwind',
    ],
    [
      {
        servicePrincipalType: 'Application',
        appOwnerOrganizationId: 'other',
        verifiedPublisher: { displayName: null },
      },
      'azure.service-principal machine tenant other',
    ],
    [{ servicePrincipalType: 'Application' }, 'azure.service-principal machine unknown'],
    [{ servicePrincipalType: 'ManagedIdentity' }, 'azure.managed-identity machine absent'],
    [{ servicePrincipalType: 'Legacy' }, 'azure.legacy-principal machine absent'],
    [{ servicePrincipalType: 'SocialIdp' }, 'azure.service-principal provider Microsoft'],
    [{ servicePrincipalType: 'Somethingnew' }, 'azure.service-principal unclear unknown'],
  ])('%j', (fields, expected) => expect(as(fields)).toBe(expected))
  test('Microsoft reads its own tenant as its own', () =>
    expect(
      classify(
        principal({ appOwnerOrganizationId: 'f8cdef31-a31e-4b4a-93e4-5f571e91255a' }),
        'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
      ).class,
    ).toBe('machine'))
})

describe('application and service principal', () => {
  const own = { servicePrincipalType: 'Application', appOwnerOrganizationId: TENANT, accountEnabled: true }
  const row = (registration: Parameters<typeof principalIdentity>[0]['registration'], more = {}) =>
    principalIdentity({
      principal: principal({ ...own, ...more }),
      tenant: TENANT,
      registration,
      use,
      cloud: 'public',
    })

  test('are one identity, with both objects and all of their names', () => {
    const one = row(known(application({ createdDateTime: '2024-01-02T03:04:05.6789012Z' }), 'a'))
    expect(Observation.parse(one)).toMatchObject({
      nativeId: 'sp-1',
      aliases: ['app-1'],
      keys: [{ value: 'sp-1' }, { value: 'obj-1' }, { value: 'app-1' }],
      createdAt: { value: '2024-01-02T03:04:05.678Z' },
      facets: { value: [{ nativeId: 'obj-1' }, { nativeId: 'sp-1', enabled: true }] },
    })
    expect(one.joiningUnseen).toBeUndefined()
  })
  test('of which the registration could not be read keep what it told before', () => {
    const refusal = unknown('throttled', 'a')
    const one = row(refusal)
    expect(one).toMatchObject({ nativeId: 'sp-1', aliases: ['app-1'], facets: refusal, joiningUnseen: true })
    expect([one.createdAt, one.description]).toEqual([refusal, refusal])
  })
  test('without a service principal go by the id that it will bear as an alias', () => {
    const unused = unusedApplication(application(), { facets: absent('p', 'none'), use, cloud: 'public' })
    expect(row(known(application(), 'a')).aliases).toContain(unused.nativeId)
    expect(unused.enabled.state).toBe('absent')
  })
  test.each([
    [{ accountEnabled: false }, false],
    [{ disabledByMicrosoftStatus: 'NotDisabled' }, true],
    [{ disabledByMicrosoftStatus: 'DisabledDueToViolationOfServicesAgreement' }, false],
  ])('%j', (more, expected) => expect(row(absent('a'), more).enabled).toMatchObject({ value: expected }))
})

describe('a managed identity', () => {
  const ID =
    '/subscriptions/S/resourceGroups/Rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/Pay'
  test.each([
    [['isExplicit=True', ID], { id: ID.toLowerCase(), name: 'Pay', userAssigned: true }],
    [
      [
        'isExplicit=True',
        '/subscriptions/s/resourcegroups/rg/providers/Microsoft.Compute/virtualMachines/vm/',
      ],
      {
        id: '/subscriptions/s/resourcegroups/rg/providers/microsoft.compute/virtualmachines/vm',
        name: 'vm',
        userAssigned: false,
      },
    ],
    [['isExplicit=False'], undefined],
  ])('%j', (names, expected) => expect(resourceBehind(names)).toEqual(expected))
  test('has no credential of its own, unless somebody managed to add a secret', () => {
    const of = (more: Record<string, unknown>) =>
      principalIdentity({
        principal: principal({ servicePrincipalType: 'ManagedIdentity', ...more }),
        tenant: TENANT,
        registration: absent('a'),
        use,
        cloud: 'public',
      }).neverHasCredentials
    expect(of({})).toBe(true)
    expect(of({ passwordCredentials: [{ keyId: 'k' }] })).toBeUndefined()
  })
  test('that the report does not name may be used all the same', () => {
    const dates = known(new Map([['app-1', '2026-01-01T00:00:00Z']]), 'p')
    expect(usedAt(dates, 'app-2').state).toBe('absent')
    expect(usedAtIfTold(dates, 'app-2')).toMatchObject({ state: 'unknown', why: 'not-offered' })
    expect(usedAtIfTold(dates, 'app-1')).toMatchObject({ value: '2026-01-01T00:00:00Z' })
  })
})

describe('credentials', () => {
  const holder = { object: 'obj', identity: 'sp', source: 's', use }
  const keys = (more: Record<string, unknown>) =>
    credentialsOf(application({ keyCredentials: [{ keyId: 'K', ...more }] }), holder)[0]
  test.each([
    [{ type: 'AsymmetricX509Cert', usage: 'Verify' }, 'azure.certificate-credential certificate'],
    [{ type: 'AsymmetricX509Cert', usage: 'Sign' }, 'azure.signing-certificate certificate'],
    [{ type: 'Symmetric', usage: 'Verify' }, 'azure.symmetric-key static-key'],
    [{}, 'azure.certificate-credential certificate'],
  ])('%j', (more, expected) => expect(`${keys(more)?.type} ${keys(more)?.form}`).toBe(expected))
  test('by name, else by thumbprint, else by id', () => {
    expect(keys({ displayName: 'CN=a' })?.name).toBe('CN=a')
    expect(keys({ customKeyIdentifier: 'ab'.repeat(20) })?.name).toBe(`Certificate ${'AB'.repeat(20)}`)
    expect(keys({})?.name).toBe('Key k')
  })
  test.each([
    ['ab'.repeat(20)],
    [Buffer.from('ab'.repeat(20), 'hex').toString('base64')],
    [Buffer.from('ab'.repeat(20)).toString('base64')],
  ])('a thumbprint as %s', (text) => expect(thumbprintOf(text)).toBe('AB'.repeat(20)))
  test('no thumbprint in something else', () => expect(thumbprintOf('bmFtZQ==')).toBeUndefined())
  test('two objects may use one key id', () => {
    const rows = ['obj-1', 'obj-2'].flatMap((object) =>
      credentialsOf(application({ passwordCredentials: [{ keyId: 'K' }] }), { ...holder, object }),
    )
    expect(new Set(rows.map(({ nativeId }) => nativeId)).size).toBe(2)
  })
  test('the password of a signing key is no secret of its own', () => {
    const of = (usage: string) =>
      credentialsOf(
        application({ passwordCredentials: [{ keyId: 'k' }], keyCredentials: [{ keyId: 'K', usage }] }),
        holder,
      ).map(({ type }) => type)
    expect(of('Sign')).toEqual(['azure.signing-certificate'])
    expect(of('Verify')).toEqual(['azure.client-secret', 'azure.certificate-credential'])
  })
  test('without an end never end; with one, whenever it is', () => {
    const ends = (endDateTime: string | null) =>
      credentialsOf(application({ passwordCredentials: [{ keyId: 'k', endDateTime }] }), holder)[0]?.expiresAt
    expect(ends(null)).toMatchObject({ state: 'absent', note: 'it has no end date' })
    expect(ends('2299-12-31T00:00:00Z')).toMatchObject({ value: '2299-12-31T00:00:00.000Z' })
  })
  test('hints, texts and data of keys are not even decoded', () => {
    const held = application({
      passwordCredentials: [{ keyId: 'k', hint: 'abc', secretText: 'text' }],
      keyCredentials: [{ keyId: 'k', key: 'data' }],
    })
    expect(JSON.stringify(held)).not.toMatch(/hint|abc|secretText|"text"|"key"|data/)
  })
})

describe('a federated credential', () => {
  const links = (issuer: string, subject?: string, expression?: string) =>
    federatedTrust({ identity: 'i', object: 'o', id: '1', issuer, subject, expression, audiences: ['a'] })
      .links ?? []
  const told = (...args: Parameters<typeof links>) =>
    links(...args)
      .filter(({ means }) => means === 'becomes-this')
      .map(({ to, match, value, authority }) => `${to} ${match} ${value} ${authority ?? 'nobody'}`)
  const GITHUB = 'https://token.actions.githubusercontent.com'
  const HOST = 'token.actions.githubusercontent.com'
  test.each([
    [
      [GITHUB, 'repo:acme/shop:ref:refs/heads/main'],
      [`oidc.subject exact ${HOST}|repo:acme/shop:ref:refs/heads/main oidc:${HOST}`],
    ],
    [
      ['https://oidc.example/7f3a/', 'system:serviceaccount:n:a'],
      ['oidc.subject exact oidc.example/7f3a|system:serviceaccount:n:a oidc:oidc.example/7f3a'],
    ],
    [
      ['https://spire.example', 'spiffe://td.example/x'],
      [
        'oidc.subject exact spire.example|spiffe://td.example/x oidc:spire.example',
        'spiffe.id exact spiffe://td.example/x spiffe:td.example',
      ],
    ],
    [
      [`https://login.microsoftonline.com/${TENANT}/v2.0`, 'AAAA'],
      [`azure.object-id exact aaaa entra:${TENANT}`],
    ],
    [
      ['https://x.tokens.sts.global.api.aws', 'arn:aws:iam::123456789012:role/deploy'],
      ['aws.arn exact arn:aws:iam::123456789012:role/deploy aws:123456789012'],
    ],
    [[GITHUB, undefined, "claims['sub'] matches 'x'"], [`oidc.subject pattern ${HOST}|* nobody`]],
  ] as [Parameters<typeof links>, string[]][])('%j', (args, expected) =>
    expect(told(...args)).toEqual(expected),
  )
  const reason = (...args: Parameters<typeof links>) =>
    links(...args).find(({ means }) => means === 'becomes-this')?.reason
  test('says how GitHub names the repository', () => {
    expect(reason(GITHUB, 'repo:acme/shop:pull_request')).toContain('takes over that name')
    expect(reason(GITHUB, 'repo:acme@1/shop@2:pull_request')).toContain('never given out again')
    expect(reason(GITHUB, 'repo:acme/shop@2:pull_request')).toContain('takes over that name')
  })
  test('says where a slash matters', () => {
    expect(reason('https://a.example/', 's')).toContain('ends in a slash')
    expect(reason('https://a.example', 's')).not.toContain('slash')
  })
  test('whose subject has the form of a secret names nobody', () => {
    const [one] = [
      FederatedCredential.parse({ id: '1', issuer: 'https://a', subject: `ey${'JhbGciOiJIUzI1NiJ9'}` }),
    ]
    expect(told('https://a', one?.subject)).toEqual([])
  })
  test('keeps the issuer as it is written in its conditions', () =>
    expect(
      federatedTrust({
        identity: 'i',
        object: 'o',
        id: '1',
        issuer: 'https://a/',
        subject: 's',
        audiences: ['b', 'a'],
      }).conditions,
    ).toEqual({ issuer: 'https://a/', subject: 's', audiences: ['a', 'b'] }))
})

describe('who answers', () => {
  const owner = (fields: Record<string, unknown>) =>
    ownerHint('i', DirectoryObject.parse({ id: 'o', ...fields }), { of: 'x', via: 'v' })
  test('people by their sign-in name', () =>
    expect(
      owner({
        '@odata.type': '#microsoft.graph.user',
        displayName: 'A',
        userPrincipalName: 'a@acme.example',
      }),
    ).toMatchObject({ names: 'person', value: 'a@acme.example' }))
  test('groups are teams, programs are neither', () => {
    expect(owner({ '@odata.type': '#microsoft.graph.group', displayName: 'A' })?.names).toBe('team')
    expect(owner({ '@odata.type': '#microsoft.graph.servicePrincipal', displayName: 'A' })?.names).toBe(
      'unclear',
    )
  })
  test('somebody of whom only the id is shown is no hint', () =>
    expect(owner({ '@odata.type': '#microsoft.graph.user', displayName: null })).toBeUndefined())
  const hints = (fields: Record<string, unknown>) =>
    principalHints(principal(fields)).map(({ names, value }) => `${names} ${value}`)
  test.each([
    [{ tags: ['team = Payments'] }, ['team Payments']],
    [
      { tags: ['owner:a@acme.example', 'WindowsAzureActiveDirectoryIntegratedApp'] },
      ['person a@acme.example'],
    ],
    [{ notes: 'ask somebody' }, []],
    [{ notes: ' ops@acme.example ' }, ['team ops@acme.example']],
    [{ notificationEmailAddresses: ['a@acme.example'] }, ['person a@acme.example']],
  ])('%j', (fields, expected) => expect(hints(fields)).toEqual(expected))
})

describe('a directory role', () => {
  const role = RoleDefinition.parse({
    id: 'R',
    displayName: 'Reader',
    isBuiltIn: false,
    rolePermissions: [{ allowedResourceActions: ['b', 'a'], condition: '$SubjectIsOwner' }],
  })
  const held = (fields: Record<string, unknown>, eligible = false) => ({
    assignment: RoleAssignment.parse({ id: '1', principalId: 'p', roleDefinitionId: 'R', ...fields }),
    role,
    eligible,
    principal: 'p',
  })
  test.each([
    ['/', 'Reader', { type: 'tenant' }],
    [
      '/administrativeUnits/AU-1',
      'Reader in one administrative unit',
      { type: 'administrative-unit', id: 'au-1' },
    ],
    ['/OBJ', 'Reader on one object', { type: 'object', id: 'obj' }],
  ])('at %s', (directoryScopeId, name, scope) => {
    const row = directoryRole(held({ directoryScopeId }))
    expect(row).toMatchObject({
      name,
      managedBy: 'customer',
      document: { value: { scope, eligible: false } },
    })
    expect(row.document).toMatchObject({
      value: { permissions: [{ actions: ['a', 'b'], condition: '$SubjectIsOwner' }] },
    })
  })
  test('that has to be activated first is another one, with its end', () => {
    const taken = held({ directoryScopeId: '/', endDateTime: '2027-01-01T00:00:00Z' }, true)
    expect(directoryRole(taken).nativeId).not.toBe(directoryRole(held({ directoryScopeId: '/' })).nativeId)
    expect(roleGrant(taken).viaName).toBe('eligible: has to be activated, until 2027-01-01T00:00:00.000Z')
  })
})
