// Settings: what a kubeconfig may hold, and what is refused before anything is asked.
import { describe, expect, test } from 'vitest'
import { readKubeconfig } from './kubeconfig'
import { addressOf, entriesFor, KubernetesSettings } from './settings'

type User = Record<string, unknown>
const kubeconfig = (user: User = { token: 'x'.repeat(20) }, cluster: Record<string, unknown> = {}): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'prod',
    clusters: [{ name: 'c', cluster: { server: 'https://10.0.0.1:6443', ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [
      { name: 'prod', context: { cluster: 'c', user: 'u' } },
      { name: 'stage', context: { cluster: 'c', user: 'u' } },
    ],
  })
const YAML = `apiVersion: v1
kind: Config
current-context: prod
clusters:
- name: c
  cluster: { server: "https://10.0.0.1:6443" }
users:
- name: u
  user: { token: abcdefghijklmnopqrst }
contexts:
- name: prod
  context: { cluster: c, user: u }
`
const issuesOf = (settings: unknown) =>
  KubernetesSettings.safeParse(settings).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  ) ?? []

describe('settings', () => {
  test('may stay empty: the cluster Rollcall runs in', () => {
    expect(KubernetesSettings.parse({})).toEqual({ secretsMetadata: false, follow: true, allowExec: false })
  })
  test.each([
    ['a kubeconfig', { kubeconfig: kubeconfig() }],
    ['a kubeconfig in YAML', { kubeconfig: YAML }],
    ['contexts of it', { kubeconfig: kubeconfig(), contexts: ['prod', 'stage'] }],
    [
      'an exec plugin that is allowed',
      { kubeconfig: kubeconfig({ exec: { command: 'aws' } }), allowExec: true },
    ],
    ['a server and a token', { server: 'https://10.0.0.1:6443', token: 'x'.repeat(20) }],
    ['a proxy on this machine', { server: 'http://127.0.0.1:8001', token: 'x'.repeat(20) }],
    ['other addresses', { alsoKnownAs: ['10.0.0.1', 'prod=https://kubernetes.example:6443'] }],
    ['trust domains', { trustDomains: ['prod.example', 'prod=cluster.local'] }],
    ['namespaces', { namespaces: ['payments'] }],
  ])('take %s', (_, settings) => expect(issuesOf(settings)).toEqual([]))
  test.each([
    [{ kubeconfig: 'a: [' }, /^kubeconfig: line \d+: this is not YAML/],
    [{ kubeconfig: 'just text' }, /^kubeconfig: .*not a kubeconfig/],
    [{ kubeconfig: 'a: &x 1\nb: *x\n' }, /^kubeconfig: Anchors/],
    [{ kubeconfig: kubeconfig({ tokenFile: '/etc/passwd' }) }, /names a file \(tokenFile\)/],
    [{ kubeconfig: kubeconfig({ 'client-key': '/etc/ssl/key' }) }, /names a file \(client-key\)/],
    [{ kubeconfig: kubeconfig({}, { 'certificate-authority': '/etc/ca' }) }, /names a file/],
    [{ kubeconfig: kubeconfig({ 'auth-provider': { name: 'gcp' } }) }, /auth-provider/],
    [{ kubeconfig: kubeconfig({}, { server: 'http://10.0.0.1' }) }, /must begin with https/],
    [{ kubeconfig: kubeconfig({ exec: { command: 'aws' } }) }, /^allowExec: /],
    [{ kubeconfig: kubeconfig(), contexts: ['nowhere'] }, /^contexts: The kubeconfig has no context nowhere/],
    [{ kubeconfig: kubeconfig(), token: 'x'.repeat(20) }, /^server: .*not both/],
    [{ contexts: ['prod'] }, /^contexts: /],
    [{ server: 'https://10.0.0.1' }, /^token: /],
    [{ token: 'x'.repeat(20) }, /^server: /],
    [{ server: 'http://10.0.0.1', token: 'x'.repeat(20) }, /^server: .*https/],
    [{ server: 'file:///etc/passwd', token: 'x'.repeat(20) }, /^server: /],
    [{ certificateAuthority: 'no pem' }, /^certificateAuthority: /],
    [{ alsoKnownAs: ['not an address'] }, /^alsoKnownAs/],
    [{ issuers: ['http://issuer.example'] }, /^issuers/],
    [{ workloadPools: ['acme'] }, /^workloadPools/],
    [{ trustDomains: ['spiffe://prod.example'] }, /^trustDomains/],
    [{ namespaces: ['Payments'] }, /^namespaces/],
    [{ colour: 'red' }, /colour/],
  ])('%j is refused', (settings, says) => expect(issuesOf(settings).join('\n')).toMatch(says))
  test('a refusal quotes nothing of a kubeconfig but names', () => {
    const secret = 'canary-token-value'
    for (const text of [
      `token: ${secret}: x: [`,
      kubeconfig({ token: secret, tokenFile: secret }),
      JSON.stringify({ contexts: secret }),
    ])
      expect(issuesOf({ kubeconfig: text }).join()).not.toContain(secret)
  })
})

test('a context names its own entries, and an entry without one is for all', () => {
  const entries = ['a=x:1', 'b=y:2', 'z:3']
  expect([entriesFor(entries, 'a'), entriesFor(entries, 'c')]).toEqual([['x:1', 'z:3'], ['z:3']])
  expect(entriesFor(['arn:aws:eks:eu-west-1:1:cluster/p=x:1'], 'arn:aws:eks:eu-west-1:1:cluster/p')).toEqual([
    'x:1',
  ])
})
test.each([
  ['https://10.0.0.1', '10.0.0.1:443'],
  ['10.0.0.1:6443', '10.0.0.1:6443'],
  ['https://KUBE.example/', 'kube.example:443'],
  ['https://rancher.example/k8s/clusters/c-1', 'rancher.example:443/k8s/clusters/c-1'],
  ['http://127.0.0.1:8001', '127.0.0.1:8001'],
  ['https://[fd00::1]:6443', '[fd00::1]:6443'],
  ['::', undefined],
])('the address of %s is %s', (text, address) => expect(addressOf(text)).toBe(address))

test('a kubeconfig tells its contexts, their servers and whether they run a command', () => {
  expect(readKubeconfig(kubeconfig({ exec: { command: 'aws' } }))).toMatchObject({
    current: 'prod',
    contexts: [
      { name: 'prod', server: 'https://10.0.0.1:6443', usesExec: true },
      { name: 'stage', usesExec: true },
    ],
  })
})
