// Rules of admission and of the mesh as a whole: what each refusal costs, what is not installed, and that nothing of it is
// anything that somebody holds.
import { describe, expect, test } from 'vitest'
import { fitsPattern } from '@/core/join'
import type { Collected } from '@/core/collect'
import type { Of } from '@/core/observation'
import { UpstreamError, type Transport } from '@/core/upstream'
import { replay } from '@/tests/conformance'
import kubernetes from './collect'
import { file } from './fixtures/file'
import { MADE_UP, PLANTED } from './fixtures/made-up'
import { eventsOf, ISSUER, NAME, UID, WORLD } from './fixtures/recorded-world'
import { GROUPS, ISTIO, KUBECONFIG, LIST } from './permissions'

type Replace = (permission: string, answer: () => Promise<unknown>) => unknown
function cluster(replace: Replace): Transport {
  const world = replay(WORLD)
  return {
    send: async (permission, params, signal) =>
      replace(permission, () => world.send(permission, params, signal)),
    explain: (error) => world.explain(error),
  }
}
const without = (refused: string) =>
  eventsOf(
    cluster((permission, answer) => {
      if (permission === refused) throw new UpstreamError('denied', permission, 'refused by the test')
      return answer()
    }),
  )
const observed = (events: readonly Collected[]) =>
  events.flatMap((event) => (event.type === 'observations' ? event.observations : []))
const rules = (events: readonly Collected[]) =>
  observed(events).filter((one): one is Of<'entitlement'> => one.kind === 'entitlement' && !!one.gives)
const accounts = (events: readonly Collected[]) =>
  observed(events).filter(
    (one): one is Of<'identity'> => one.kind === 'identity' && one.type === 'kubernetes.service-account',
  )
const names = (events: readonly Collected[], type: string) =>
  rules(events)
    .flatMap((one) => (one.type === type ? [one.name] : []))
    .sort()
const state = (events: readonly Collected[], stream: string) =>
  events.flatMap((event) =>
    event.type === 'coverage' && event.stream === stream ? [event.kinds.entitlement?.state] : [],
  )[0]

const TYPES = {
  [LIST.admissionPolicies]: 'kubernetes.admission-policy',
  [LIST.admissionBindings]: 'kubernetes.admission-binding',
  [LIST.validatingWebhooks]: 'kubernetes.validating-webhooks',
  [LIST.mutatingWebhooks]: 'kubernetes.mutating-webhooks',
  [LIST.authorizationPolicies]: 'kubernetes.authorization-policy',
  [LIST.peerAuthentications]: 'kubernetes.peer-authentication',
}
const whole = await eventsOf(replay(WORLD))

describe('seen whole', () => {
  test('there is one for each namespace, policy and configuration, and nobody holds any', () => {
    const all = rules(whole)
    expect(names(whole, 'kubernetes.pod-security')).toContain('shop')
    for (const { permission, items } of MADE_UP)
      expect(names(whole, TYPES[permission] ?? '')).toHaveLength(items.length)
    const held = new Set(observed(whole).flatMap((one) => (one.kind === 'grant' ? [one.entitlement] : [])))
    expect(all.filter(({ nativeId }) => held.has(nativeId))).toEqual([])
    expect(new Set(all.map(({ language }) => language))).toEqual(
      new Set([
        'kubernetes-admission',
        'kubernetes-spiffe-id',
        'kubernetes-namespace',
        'kubernetes-server',
        'istio-authorization',
        'istio-authentication',
      ]),
    )
  })
  test('only what a label says is a level; without one that is said', () => {
    const levels = rules(whole).filter(({ type }) => type === 'kubernetes.pod-security')
    const told = levels.flatMap(({ name, document }) =>
      document.state === 'known' ? [[name, document.value]] : [],
    )
    expect(told).toEqual([['shop', { enforce: 'baseline' }]])
    expect(levels.length).toBeGreaterThan(5)
  })
  test('no path, certificate or value of a header comes out', () => {
    expect(JSON.stringify(WORLD)).toContain(PLANTED)
    expect(JSON.stringify(whole)).not.toContain(PLANTED)
  })
  test('a policy names the accounts of the pods it selects and those that may call them', () => {
    const policy = rules(whole).find(({ name }) => name === 'payments/ledger-callers')!
    const links = policy.links ?? []
    expect(links.map(({ value, relation }) => [value, relation])).toEqual([
      [`${UID}|payments/ledger`, 'declared'],
      [`${UID}|monitoring/prometheus`, 'permitted'],
      [`${UID}|payments/payments-api`, 'permitted'],
      [`${UID}|payments/settlement-batch`, 'permitted'],
    ])
    const keys = accounts(whole).flatMap((one) => one.keys ?? [])
    for (const { to, value } of links)
      expect(keys.some((key) => key.type === to && fitsPattern(value, key.value))).toBe(true)
  })
  test('service accounts bear their name in the mesh', () => {
    const bearing = accounts(whole).filter(({ keys = [] }) => keys.some(({ type }) => type === 'spiffe.id'))
    expect(bearing).toHaveLength(accounts(whole).length)
    const ledger = accounts(whole).find(({ name }) => name === 'payments/ledger')
    expect(ledger?.keys).toContainEqual({
      type: 'spiffe.id',
      value: 'spiffe://cluster.local/ns/payments/sa/ledger',
    })
  })
})

describe('a refused list', () => {
  test.each(Object.entries(TYPES))('%s costs its own rows alone', async (permission, type) => {
    const events = await without(permission)
    const isMesh = permission.endsWith(ISTIO)
    const mine = isMesh ? 'mesh-policies' : 'admission'
    const other = isMesh ? 'admission' : 'mesh-policies'
    expect([state(events, mine), state(events, other), state(events, 'pod-security')]).toEqual([
      'partial',
      'complete',
      'complete',
    ])
    expect(names(events, type)).toEqual([])
    for (const rest of Object.values(TYPES).filter((one) => one !== type))
      expect(names(events, rest)).toEqual(names(whole, rest))
  })
  test('of namespaces costs the levels', async () => {
    const events = await without(LIST.namespaces)
    expect([state(events, 'pod-security'), state(events, 'admission')]).toEqual(['partial', 'complete'])
    expect(names(events, 'kubernetes.pod-security')).toEqual([])
  })
  test('of pods leaves open whose pods a policy selects, and nothing else of it', async () => {
    const events = await without(LIST.pods)
    expect(state(events, 'mesh-policies')).toBe('complete')
    const unseen = rules(events).filter(({ joiningUnseen }) => joiningUnseen)
    expect(unseen.map(({ name }) => name)).toEqual(['payments/ledger-callers'])
    expect(names(events, 'kubernetes.authorization-policy')).toEqual(
      names(whole, 'kubernetes.authorization-policy'),
    )
  })
  test('of what is installed leaves open which names service accounts bear', async () => {
    const events = await without(GROUPS)
    expect([state(events, 'admission'), state(events, 'mesh-policies')]).toEqual(['partial', 'partial'])
    for (const { keys = [], joiningUnseen } of accounts(events)) {
      expect(keys.map(({ type }) => type)).not.toContain('spiffe.id')
      expect(joiningUnseen).toBe(true)
    }
  })
})

describe('a mesh', () => {
  const groups = (...all: { name: string; versions: { version: string }[] }[]) =>
    eventsOf(cluster((permission, answer) => (permission === GROUPS ? { groups: all } : answer())))
  test('that is not installed has no policies and gives no names, and that is an answer', async () => {
    const events = await groups()
    expect([state(events, 'mesh-policies'), state(events, 'admission')]).toEqual(['complete', 'complete'])
    expect(names(events, 'kubernetes.authorization-policy')).toEqual([])
    for (const { keys = [], joiningUnseen } of accounts(events)) {
      expect(keys.map(({ type }) => type)).not.toContain('spiffe.id')
      expect(joiningUnseen).toBeUndefined()
    }
  })
  test('in a version that is not known here is not looked at', async () => {
    const events = await groups({ name: ISTIO, versions: [{ version: 'v9' }] })
    expect(state(events, 'mesh-policies')).toBe('partial')
    expect(accounts(events).every(({ joiningUnseen }) => joiningUnseen)).toBe(true)
  })
  test('with a name of its own is told by it, and so are its callers', async () => {
    const here = { name: NAME, addresses: [], trustDomains: ['prod.example', 'cluster.local'] }
    const events = await eventsOf(
      cluster((permission, answer) => (permission === KUBECONFIG ? { clusters: [here] } : answer())),
    )
    const policy = rules(events).find(({ name }) => name === 'payments/ledger-callers')!
    const value = 'spiffe://prod.example/ns/payments/sa/payments-api'
    expect(policy.links).toContainEqual(expect.objectContaining({ to: 'spiffe.id', value }))
    expect(accounts(events).flatMap(({ keys = [] }) => keys)).toContainEqual({ type: 'spiffe.id', value })
  })
})

describe('a file', () => {
  const kinds: Record<string, string> = {
    [LIST.authorizationPolicies]: 'AuthorizationPolicy',
    [LIST.validatingWebhooks]: 'ValidatingWebhookConfiguration',
  }
  const object = (apiVersion: string, kind: string, name: string, rest: object = {}) => ({
    apiVersion,
    kind,
    metadata: {
      name,
      uid: `${kind} ${name}`,
      ...(kind === 'ServiceAccount' && { namespace: 'kube-system' }),
    },
    ...rest,
  })
  const cluster = [object('v1', 'Namespace', 'kube-system'), object('v1', 'ServiceAccount', 'default')]
  const madeUp = MADE_UP.flatMap(({ permission, version, items }) => {
    const [, group = ''] = /\.(.*)$/.exec(permission) ?? []
    const kind = kinds[permission]
    return kind === undefined
      ? []
      : items.map((item) => ({ apiVersion: `${group}/${version}`, kind, ...item }))
  })
  /** With the issuer, so that only the mesh may be unknown. */
  const read = async (items: readonly object[]) => {
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', metadata: {}, items })
    const issuer = JSON.stringify({ issuer: `https://${ISSUER}`, jwks_uri: 'x' })
    return eventsOf((await kubernetes.openFile('kubectl-json', file(issuer + text))).transport)
  }
  test('gives the same rows for what it holds, and is no evidence of the rest', async () => {
    const events = await read([...cluster, ...madeUp])
    for (const permission of Object.keys(kinds))
      expect(names(events, TYPES[permission] ?? '')).toEqual(names(whole, TYPES[permission] ?? ''))
    expect([state(events, 'admission'), state(events, 'mesh-policies')]).toEqual(['partial', 'partial'])
    expect(state(events, 'pod-security')).toBe('complete')
    expect(JSON.stringify(events)).not.toContain(PLANTED)
    expect(accounts(events)[0]?.keys?.map(({ type }) => type)).toContain('spiffe.id')
    expect(accounts(events)[0]?.joiningUnseen).toBeUndefined()
  })
  test('without anything of a mesh says nothing about the names in it', async () => {
    const [account] = accounts(await read(cluster))
    expect(account?.keys?.map(({ type }) => type)).not.toContain('spiffe.id')
    expect(account?.joiningUnseen).toBe(true)
  })
  test('of manifests leaves open whose pods a policy will select', async () => {
    const text = `# cluster: acme-prod
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: callers, namespace: shop }
spec: { selector: { matchLabels: { app: x } }, rules: [{ from: [{ source: { namespaces: [ci] } }] }] }
`
    const opened = await kubernetes.openFile('kubernetes-manifests', file(text, '.yaml'))
    const [policy] = rules(await eventsOf(opened.transport))
    expect(policy).toMatchObject({
      nativeId: 'authorizationpolicy/shop/callers',
      joiningUnseen: true,
      links: [{ value: 'manifests:acme-prod|ci/*', match: 'pattern' }],
    })
  })
})
