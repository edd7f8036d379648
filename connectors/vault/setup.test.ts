// The papers a person applies: a line for everything that is asked, none that gives a value, and settings that are checked.
import { describe, expect, test } from 'vitest'
import { openClient } from './client'
import { replayServer, type Asked } from './fixtures/replay-server'
import { settingsShape } from '@/governance/connections/settings-shape'
import { eventsOf, OPENBAO, settingsFor, VAULT, WHOLE } from './fixtures/recorded-world'
import { vaultManifest } from './manifest'
import { VaultSettings } from './settings'
import { policyLines } from './setup'

type Line = { path: string; capabilities: string[] }
const MOUNTS = [
  'auth/approle=approle',
  'auth/kubernetes=kubernetes',
  'auth/k8s-west=kubernetes',
  'auth/jwt-github=jwt',
  'auth/userpass=userpass',
  'auth/aws=aws',
  'auth/cert=cert',
  'auth/azure=azure',
  'auth/gcp=gcp',
  'auth/staff=ldap',
  'kv=kv-v2',
  'secret=kv-v2',
  'legacy-kv=kv-v1',
  'older-kv=kv',
  'database=database',
  'aws=aws',
  'pki=pki',
  'ssh=ssh',
  'cluster=kubernetes',
  'mq=rabbitmq',
]
const EVERYTHING = { ...WHOLE, clusters: [], mounts: MOUNTS }

/** Whether a line permits a request, as the stricter of the servers decides it: a list is asked of the path with a slash. */
function permits({ path, capabilities }: Line, { method, path: asked }: Asked): boolean {
  const capability = method === 'LIST' ? 'list' : method === 'POST' ? 'update' : 'read'
  if (!capabilities.includes(capability)) return false
  const plain = asked.replace(/^\/v1\//, '')
  const targets = capability === 'list' ? [`${plain}/`] : [plain]
  if (!/[+*]/.test(path)) return [...targets, plain].includes(path)
  const glob = path.endsWith('*')
  const pattern = (glob ? path.slice(0, -1) : path)
    .replace(/[.?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('+', '[^/]+')
  return targets.some((target) => new RegExp(`^${pattern}${glob ? '' : '$'}`).test(target))
}

async function askedOf(recorded: typeof VAULT, more: Parameters<typeof settingsFor>[1]): Promise<Asked[]> {
  const server = await replayServer(recorded)
  const client = openClient(settingsFor(server.url, more))
  await eventsOf(client)
  await client.close?.()
  await server.close()
  return server.asked.filter(({ path }) => path !== '/v1/sys/health')
}

describe('the policy', () => {
  test.each([
    ['Vault', VAULT, EVERYTHING],
    ['OpenBao', OPENBAO, EVERYTHING],
    ['Vault, without what is optional', VAULT, { mounts: MOUNTS }],
  ])(
    'permits everything that is asked of %s, and is used to the last line',
    async (name, recorded, settings) => {
      const lines = policyLines(settings)
      const asked = await askedOf(recorded, settings)
      const refused = asked.filter((one) => !lines.some((line) => permits(line, one)))
      expect(refused.map(({ method, path }) => `${method} ${path}`)).toEqual([])
      if (name === 'OpenBao') return
      const unused = lines.filter((line) => !asked.some((one) => permits(line, one)))
      // Old servers want the slash at the end of some lists and newer ones do without.
      const twin = ({ path }: Line) => lines.some((line) => line.path === `${path}/`)
      expect(unused.filter((line) => !twin(line)).map(({ path }) => path)).toEqual([])
    },
  )
  test('has no line that gives a value, a credential, a token or a sign-in', () => {
    const VALUES = [
      'kv/data/a',
      'secret/data/a/b',
      'legacy-kv/a',
      'legacy-kv/metadata/a',
      'older-kv/metadata/a',
      'database/creds/x',
      'database/static-creds/x',
      'database/config/x',
      'aws/creds/x',
      'aws/sts/x',
      'pki/issue/x',
      'pki/sign/x',
      'ssh/sign/x',
      'ssh/creds/x',
      'cluster/creds/x',
      'mq/creds/x',
      'auth/approle/login',
      'auth/kubernetes/login',
      'auth/approle/role/x/role-id',
      'auth/approle/role/x/secret-id',
      'auth/token/create',
      'auth/token/create/x',
      'auth/token/revoke-accessor',
      'sys/leases/revoke/x',
      'sys/policies/acl/x',
      'auth/userpass/users/x/password',
      'identity/oidc/token/x',
    ]
    const lines = policyLines(EVERYTHING)
    const wrong = VALUES.flatMap((path) =>
      [{ method: 'GET' }, { method: 'POST' }].flatMap(({ method }) => {
        // A policy is read as text; nothing here writes one.
        if (path.startsWith('sys/policies') && method === 'GET') return []
        const asked = { method, path: `/v1/${path}`, ns: '', body: '', token: undefined }
        return lines.filter((line) => permits(line, asked)).map((line) => `${path} by ${line.path}`)
      }),
    )
    expect(wrong).toEqual([])
  })
  test('has no wildcard over mounts', () => {
    for (const settings of [{}, EVERYTHING])
      expect(policyLines(settings).filter(({ path }) => /^[+*]|^auth\/[+*]/.test(path))).toEqual([])
  })
  test('leaves KV alone until its version is known', () => {
    expect(policyLines({}).filter(({ path }) => path.includes('metadata'))).toEqual([])
    expect(
      policyLines({ mounts: MOUNTS })
        .map(({ path }) => path)
        .filter((path) => path.includes('metadata')),
    ).toEqual(['kv/metadata/*', 'secret/metadata/*'])
    const [policy] = vaultManifest.setup({})
    expect(policy?.text).toMatch(/^# +path "<mount>\/metadata\/\*"/m)
  })
  test('asks for more only where the settings do', () => {
    const paths = (settings: Parameters<typeof policyLines>[0]) =>
      policyLines(settings).map(({ path }) => path)
    expect(paths({}).filter((path) => /accessors|leases|namespaces/.test(path))).toEqual([])
    expect(paths({ tokens: true })).toContain('auth/token/accessors/')
    expect(paths({ leases: true })).toContain('sys/leases/lookup/*')
    expect(paths({ namespaces: ['*'] })).toContain('sys/namespaces')
  })
  test('comes with how to sign in by it', () => {
    const commands = (login: VaultSettings['login']) =>
      vaultManifest.setup({ login }).find(({ language }) => language === 'shell')?.text
    expect(commands({ method: 'kubernetes', role: 'inventory', mount: 'k8s' })).toContain(
      'auth/k8s/role/inventory',
    )
    expect(commands({ method: 'approle', roleId: 'r', secretId: 'canary' })).not.toContain('canary')
    expect(commands({ method: 'token', token: 'canary' })).toContain('-period=24h')
    expect(
      JSON.stringify(vaultManifest.setup({ login: { method: 'token', token: 'canary' } })),
    ).not.toContain('canary')
  })
})

describe('settings', () => {
  const LOGIN = { method: 'token', token: 't' }
  const parse = (more: Record<string, unknown>) =>
    VaultSettings.safeParse({ address: 'https://v.example:8200', login: LOGIN, ...more })
  test('need an address and a way to sign in', () => {
    expect(parse({}).success).toBe(true)
    expect(VaultSettings.safeParse({ login: LOGIN }).error?.issues[0]?.path).toEqual(['address'])
    expect(parse({ login: undefined }).error?.issues[0]?.path[0]).toBe('login')
  })
  test.each([
    [{ address: 'vault.example' }, 'address'],
    [{ address: 'file:///etc/passwd' }, 'address'],
    [{ address: 'http://vault.example:8200' }, 'address'],
    [{ login: { method: 'password' } }, 'login.method'],
    [{ login: { method: 'approle', roleId: 'r' } }, 'login.secretId'],
    [{ login: { method: 'kubernetes', role: 'r', mount: 'auth/../x y' } }, 'login.mount'],
    [{ login: { method: 'jwt', role: 'r', tokenPath: 'relative' } }, 'login.tokenPath'],
    [{ login: { method: 'jwt', role: 'r' } }, 'login.tokenPath'],
    [{ login: { method: 'jwt', role: 'r', jwt: 'no token' } }, 'login.jwt'],
    [{ login: { method: 'token', token: 'two words' } }, 'login.token'],
    [{ address: 'https://me:pass@vault.example' }, 'address'],
    [{ namespaces: ['a//b'] }, 'namespaces.0'],
    [{ alsoKnownAs: ['https://x'] }, 'alsoKnownAs.0'],
    [{ clusters: ['auth/kubernetes'] }, 'clusters.0'],
    [{ mounts: ['kv'] }, 'mounts.0'],
    [{ kvPathsMax: 0 }, 'kvPathsMax'],
    [{ tokenAccessorsMax: 1.5 }, 'tokenAccessorsMax'],
    [{ caPem: 'no certificate' }, 'caPem'],
    [{ colour: 'red' }, ''],
  ])('%j is refused', (more, field) => expect(parse(more).error?.issues[0]?.path.join('.')).toBe(field))
  test('over http only to this machine, or where a person says so', () => {
    for (const address of ['http://localhost:8200', 'http://127.0.0.1:8200'])
      expect(parse({ address }).success).toBe(true)
    expect(parse({ address: 'http://vault.example:8200', allowInsecure: true }).success).toBe(true)
  })
  test('leave out what another way to sign in had', () => {
    expect(parse({ login: { method: 'token', token: 't', secretId: 'old' } }).data?.login).toEqual(LOGIN)
  })
})

test('the form shows every setting, and never a secret', () => {
  const fields = settingsShape(VaultSettings)
  const named = (pick: (field: (typeof fields)[number]) => unknown) =>
    fields
      .filter(pick)
      .map(({ path }) => path)
      .sort()
  expect(named(({ secret }) => secret)).toEqual(['login.jwt', 'login.secretId', 'login.token'])
  expect(named(({ address }) => address)).toEqual(['address'])
  expect(named(({ type }) => type === 'list')).toEqual(['alsoKnownAs', 'clusters', 'mounts', 'namespaces'])
  expect(fields.find(({ path }) => path === 'login.method')?.choices).toEqual([
    'token',
    'approle',
    'kubernetes',
    'jwt',
  ])
  expect(fields.filter(({ title, path }) => title === path).map(({ path }) => path)).toEqual([])
})
