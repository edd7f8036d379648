// The papers a person applies: exactly what the calls need, nothing that gives a value, and settings that are checked.
import { describe, expect, test } from 'vitest'
import { KEY_GIVING_READS, QUERY_ACTION } from './arm-calls'
import { fitsPath, needsOf } from './call'
import { CALLS } from './calls'
import { appRoles, KEY_VAULT_READER } from './grants-needed'
import { azureManifest } from './manifest'
import { AzureSettings } from './settings'

const documents = (settings: Partial<AzureSettings> = {}) => azureManifest.setup(settings)
type Role = { Actions: string[]; NotActions: string[]; DataActions: string[]; AssignableScopes: string[] }
const roleOf = (settings: Partial<AzureSettings> = {}) => JSON.parse(documents(settings)[0]!.text) as Role
const needed = (...apis: string[]) =>
  [
    ...new Set(
      Object.entries(CALLS).flatMap(([name, row]) => (apis.includes(row.api) ? [needsOf(name, row)] : [])),
    ),
  ].filter(Boolean)
const fits = (pattern: string, action: string): boolean =>
  new RegExp(`^${pattern.replace(/[.]/g, '\\.').replace(/\*/g, '.*')}$`, 'i').test(action)
const WHOLE = { keyVaultObjects: true, previewApis: true }

describe('the role for Azure', () => {
  test('gives the actions of the calls and nothing else', () => {
    expect(roleOf().Actions.toSorted()).toEqual(
      [...needed('arm', 'authorization', 'query'), QUERY_ACTION].toSorted(),
    )
  })
  test('only reads, and not what gives a key', () => {
    const { Actions, NotActions, DataActions } = roleOf()
    expect(Actions.filter((action) => !action.endsWith('/read'))).toEqual([])
    expect(NotActions).toEqual(KEY_GIVING_READS)
    // Roles with data actions cannot be assigned at a management group.
    expect(DataActions).toEqual([])
  })
  test('reads the Activity Log by the action that lists its events, unless the settings leave it out', () => {
    const action = 'Microsoft.Insights/eventtypes/values/read'
    expect(roleOf().Actions).toContain(action)
    expect(roleOf({ activityDays: 30 }).Actions).toContain(action)
    for (const { text } of documents({ activityDays: 0 })) expect(text).not.toContain(action)
  })
  test('is assigned at the root management group', () => {
    const tenantId = '5f0e6c1a-2b3c-4d5e-8f90-a1b2c3d4e5f6'
    expect(roleOf({ tenantId }).AssignableScopes).toEqual([
      `/providers/Microsoft.Management/managementGroups/${tenantId}`,
    ])
  })
})

describe('key vaults', () => {
  test('are read with a built-in role that covers the calls, and only where asked for', () => {
    for (const action of needed('vault'))
      expect(KEY_VAULT_READER.dataActions.some((pattern) => fits(pattern, action))).toBe(true)
    expect(
      KEY_VAULT_READER.dataActions.some((pattern) =>
        fits(pattern, 'Microsoft.KeyVault/vaults/secrets/getSecret/action'),
      ),
    ).toBe(false)
    const text = (settings: Partial<AzureSettings>) =>
      documents(settings)
        .map((one) => one.text)
        .join('\n')
    expect(text({ keyVaultObjects: true })).toContain('Key Vault Reader')
    expect(text({ keyVaultObjects: false })).not.toContain('Key Vault Reader')
  })
})

describe('app roles of Microsoft Graph', () => {
  test('are those of the calls, and only read', () => {
    const names = appRoles(WHOLE).map(({ name }) => name)
    expect(names.toSorted()).toEqual(needed('graph', 'graph-beta').toSorted())
    expect(names.filter((name) => !/\.Read\./.test(name))).toEqual([])
  })
  test('leave out what only previews need, where those are left out', () => {
    const names = appRoles({ previewApis: false }).map(({ name }) => name)
    expect(names).toContain('Application.Read.All')
    expect(names).not.toContain('AuditLog.Read.All')
  })
  test('stand in the commands and the Terraform module, each with what is lost without it', () => {
    const [, commands, terraform] = documents(WHOLE)
    for (const { name, gives } of appRoles(WHOLE)) {
      expect(commands!.text).toContain(`grant ${name}\n`)
      expect(commands!.text).toContain(gives[0])
      expect(terraform!.text).toContain(`"${name}"`)
    }
  })
})

describe('the Terraform module', () => {
  test.each([
    ['workload-identity', 'azuread_application_federated_identity_credential'],
    ['managed-identity', 'variable "principal"'],
    ['certificate', 'azuread_application_certificate'],
  ])('for %s makes what it needs', (method, expected) => {
    const text = documents({ login: { method } as AzureSettings['login'] })[2]!.text
    expect(text).toContain(expected)
    for (const action of roleOf().Actions) expect(text).toContain(`"${action}"`)
    for (const action of KEY_GIVING_READS) expect(text).toContain(`"${action}"`)
    expect((text.match(/[{[]/g) ?? []).length).toBe((text.match(/[}\]]/g) ?? []).length)
  })
  test('never holds a secret', () => {
    const login = {
      method: 'client-secret',
      clientId: 'c',
      clientSecret: 'planted',
    } as AzureSettings['login']
    expect(JSON.stringify(documents({ login }))).not.toContain('planted')
    expect(documents({ login })[2]!.text).not.toContain('azuread_application_password')
  })
})

describe('a row of the table of calls', () => {
  test('never is about a value', () => {
    for (const [name, { path }] of Object.entries(CALLS)) {
      // The events of the Activity Log are called values.
      expect(`${name} ${path}`).not.toMatch(/listkeys|listcredentials|getsecret\b|\/value(?!s\b)|regenerate/i)
      expect(path).not.toMatch(/^\/secrets\/\{/)
    }
  })
  test.each([
    ['/a/{id}/b', '/a/1/b', true],
    ['/a/{id}/b', '/A/1/B', true],
    ['/a/{id}/b', '/a/1/2/b', false],
    ['/a/{id}/b', '/a/../b', false],
    ['/a/{id}', '/a/%2e%2e', false],
    ['{scope}/p/list', '/subscriptions/1/resourceGroups/g/p/list', true],
    ['{scope}/p/list', '/p/list', true],
    ['{scope}/p/list', '/p/list/keys', false],
    ['/a', '/a?x=1', false],
    ['/a.b', '/aXb', false],
  ])('%s lets %s: %s', (path, asked, expected) => {
    expect(fitsPath({ api: 'arm', path, gives: '' }, asked)).toBe(expected)
  })
})

describe('settings', () => {
  const TENANT = '5F0E6C1A-2B3C-4D5E-8F90-A1B2C3D4E5F6'
  test('need a tenant and a way to sign in, and take ids in any case', () => {
    const settings = AzureSettings.parse({ tenantId: TENANT, login: { method: 'managed-identity' } })
    expect(settings).toMatchObject({
      tenantId: TENANT.toLowerCase(),
      cloud: 'public',
      keyVaultObjects: false,
    })
  })
  test.each([
    [{ tenantId: 'contoso.onmicrosoft.com' }, 'tenantId'],
    [{ cloud: 'germany' }, 'cloud'],
    [{ login: { method: 'client-secret', clientId: TENANT } }, 'login.clientSecret'],
    [
      { login: { method: 'certificate', clientId: TENANT, certificatePath: 'x.pem' } },
      'login.certificatePath',
    ],
    [{ subscriptions: ['Payments'] }, 'subscriptions.0'],
    [{ activityDays: 90 }, 'activityDays'],
    [{ activityDays: 0.5 }, 'activityDays'],
    [{ colour: 'red' }, ''],
  ])('%j are refused', (more, field) => {
    const given = { tenantId: TENANT, login: { method: 'managed-identity' }, ...more }
    expect(AzureSettings.safeParse(given).error?.issues[0]?.path.join('.')).toBe(field)
  })
})
