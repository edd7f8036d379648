// Settings and setup documents: what is let in, what is never shown, and that a person is asked for no more than is used.
import { describe, expect, test } from 'vitest'
import { settingsShape } from '@/governance/connections/settings-shape'
import { CALLS, IAM_PERMISSIONS, PERMISSIONS } from './calls'
import { gcpManifest } from './manifest'
import { GcpSettings, readKeyFile } from './settings'

const AUDIENCE =
  '//iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/rollcall/providers/cluster'
const KEY = {
  type: 'service_account',
  client_email: 'rollcall@shop.iam.gserviceaccount.com',
  private_key_id: 'abc',
  private_key: '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n',
  token_uri: 'https://evil.example/token',
}
const parse = (more: object) =>
  GcpSettings.safeParse({ resources: ['organizations/1'], login: { method: 'ambient' }, ...more })
const federation = (more: object) => parse({ login: { method: 'federation', audience: AUDIENCE, ...more } })

describe('settings', () => {
  test.each([
    [
      'organisations, folders and projects',
      { resources: ['organizations/1', 'folders/2', 'projects/shop-one', 'projects/example.com:shop'] },
    ],
    ['the metadata server', { login: { method: 'metadata' } }],
    [
      'a token in a file',
      { login: { method: 'federation', audience: AUDIENCE, tokenPath: '/var/run/token' } },
    ],
    [
      'a token at an address',
      {
        login: {
          method: 'federation',
          audience: AUDIENCE,
          tokenUrl: 'https://token.internal/x',
          tokenField: 'access_token',
        },
      },
    ],
    [
      'a token of the metadata server of the machine',
      {
        login: {
          method: 'federation',
          audience: AUDIENCE,
          tokenUrl: 'http://169.254.169.254/metadata/identity',
        },
      },
    ],
    ['a key file', { login: { method: 'key', keyFile: JSON.stringify(KEY) } }],
    [
      'somebody to act as',
      { impersonate: 'rollcall@shop.iam.gserviceaccount.com', quotaProject: 'shop-security' },
    ],
  ])('let in %s', (_, more) => expect(parse(more).error).toBeUndefined())
  test.each([
    ['nothing to read', { resources: [] }, 'resources'],
    ['what is named twice', { resources: ['projects/a1', 'projects/a1'] }, 'resources.1'],
    ['a path that climbs', { resources: ['projects/../x'] }, 'resources.0'],
    ['a way of its own', { login: { method: 'executable', command: 'id' } }, 'login.method'],
    ['a person to act as', { impersonate: 'ann@acme.example' }, 'impersonate'],
    ['an endpoint', { endpoint: 'https://evil.example' }, ''],
  ])('keep out %s', (_, more, path) => expect(parse(more).error?.issues[0]?.path.join('.')).toBe(path))
  test.each([
    ['a provider elsewhere', { audience: 'https://evil.example', tokenPath: '/t' }, 'login.audience'],
    ['no token', {}, 'login.tokenPath'],
    ['two tokens', { tokenPath: '/t', tokenUrl: 'https://t.example' }, 'login.tokenPath'],
    ['a relative path', { tokenPath: 'token' }, 'login.tokenPath'],
    ['an open line', { tokenUrl: 'http://token.example/x' }, 'login.tokenUrl'],
    [
      'a name that only looks like the metadata server',
      { tokenUrl: 'http://169.254.169.254@evil.example/' },
      'login.tokenUrl',
    ],
  ])('keep out federation with %s', (_, more, path) =>
    expect(federation(more).error?.issues[0]?.path.join('.')).toBe(path),
  )
  test('take three parts of a key file, and follow no address in it', () => {
    expect(readKeyFile(JSON.stringify(KEY))).toEqual({
      type: KEY.type,
      client_email: KEY.client_email,
      private_key_id: KEY.private_key_id,
      private_key: KEY.private_key,
    })
    for (const text of ['', 'x', '[]', JSON.stringify({ ...KEY, type: 'external_account' })])
      expect(readKeyFile(text)).toBeUndefined()
  })
  test('keep the key file secret, and nothing else', () => {
    const fields = settingsShape(GcpSettings)
    expect(fields.filter(({ secret }) => secret).map(({ path }) => path)).toEqual(['login.keyFile'])
    expect(fields.find(({ path }) => path === 'login.method')?.choices).toEqual([
      'ambient',
      'metadata',
      'federation',
      'key',
    ])
    const wrong = GcpSettings.safeParse({
      resources: ['projects/a1'],
      login: { method: 'key', keyFile: 'canary' },
    })
    expect(JSON.stringify(wrong.error?.issues)).not.toContain('canary')
  })
})

describe('setup documents', () => {
  const textOf = (settings: object, language: string) =>
    gcpManifest.setup(settings).find((one) => one.language === language)?.text ?? ''
  const permissionsIn = (text: string) => [...text.matchAll(/^- (\S+)$/gm)].map((match) => match[1])
  test('give exactly the permissions of the table', () => {
    expect(permissionsIn(textOf({}, 'yaml'))).toEqual(IAM_PERMISSIONS.map(({ name }) => name))
    const outside = PERMISSIONS.filter(({ name }) => !IAM_PERMISSIONS.some((one) => one.name === name))
    expect(outside.map(({ name }) => name)).toEqual([
      'sign-in',
      'cloudidentity.groups.lookup',
      'cloudidentity.memberships.list',
    ])
  })
  test('leave out for a project what no role of a project can hold', () => {
    const held = permissionsIn(textOf({ resources: ['projects/shop-one'] }, 'yaml'))
    expect(held.filter((name) => /organizations|folders|principalaccess/.test(name ?? ''))).toEqual([])
    expect(held).toContain('iam.serviceAccounts.list')
  })
  test('hold nothing that gives out or changes anything', () => {
    for (const { text } of gcpManifest.setup({}))
      expect(text).not.toMatch(
        /versions\.access|getAccessToken|signBlob|keys\.create|setIamPolicy|roles\/(owner|editor|viewer)/,
      )
  })
  test('sign in without a key, and only as itself', () => {
    const terraform = textOf({ resources: ['organizations/42', 'folders/7', 'projects/shop-one'] }, 'hcl')
    expect(terraform).toContain(
      'attribute_condition                = "assertion.sub == \'system:serviceaccount:rollcall:rollcall\'"',
    )
    for (const type of [
      'google_organization_iam_member',
      'google_folder_iam_member',
      'google_project_iam_member',
    ])
      expect(terraform).toContain(`resource "${type}"`)
    expect(terraform).not.toMatch(/google_service_account_key/)
    expect(terraform.match(/"iam\.serviceAccounts\.list"/g)).toHaveLength(3)
  })
  test('name what was entered, and never a key', () => {
    const shell = textOf(
      {
        resources: ['projects/shop-one'],
        quotaProject: 'shop-security',
        login: { method: 'key', keyFile: JSON.stringify(KEY) },
      },
      'shell',
    )
    expect(shell).toContain('gcloud iam roles create rollcallInventory --project=shop-one')
    expect(shell).toContain('rollcall@shop-security.iam.gserviceaccount.com')
    expect(
      JSON.stringify(gcpManifest.setup({ login: { method: 'key', keyFile: JSON.stringify(KEY) } })),
    ).not.toContain('canary')
  })
  test('let somebody act as the service account, and count calls where it was entered', () => {
    const shell = textOf(
      { impersonate: 'reader@shop-one.iam.gserviceaccount.com', quotaProject: 'shop-two' },
      'shell',
    )
    expect(shell).toContain('gcloud iam service-accounts add-iam-policy-binding reader@shop-one')
    expect(shell).toContain('add-iam-policy-binding shop-two --member="serviceAccount:reader@shop-one')
    expect(shell).not.toContain('service-accounts create')
    expect(textOf({}, 'shell')).not.toContain('serviceAccountTokenCreator')
  })
  test('say of each permission what it gives', () => {
    const yaml = textOf({}, 'yaml')
    for (const { name, gives, optional } of IAM_PERMISSIONS)
      expect(yaml).toContain(`# ${optional ? 'Optional. ' : ''}${gives}\n- ${name}`)
    expect(Object.keys(CALLS)).toHaveLength(PERMISSIONS.length)
  })
})
