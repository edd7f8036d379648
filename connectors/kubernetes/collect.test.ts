// What each refusal costs: exactly its own facts, never a retirement and never a crash; and what a scope is made of.
import { describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import type { Kind, Of } from '@/core/observation'
import { UpstreamError, type Transport } from '@/core/upstream'
import { replay } from '@/tests/conformance'
import { ADDRESS, eventsOf, ISSUER, NAME, UID, WORLD } from './fixtures/recorded-world'
import { CLUSTER, DISCOVERY, GROUPS, KUBECONFIG, LIST } from './permissions'

type Replace = (
  permission: string,
  params: Readonly<Record<string, unknown>>,
  answer: () => Promise<unknown>,
) => unknown
function cluster(replace: Replace): Transport {
  const world = replay(WORLD)
  return {
    send: async (permission, params, signal) =>
      replace(permission, params, () => world.send(permission, params, signal)),
    explain: (error) => world.explain(error),
  }
}
const refuse = (permission: string, why: UpstreamError['why'] = 'denied'): never => {
  throw new UpstreamError(why, permission, 'refused by the test')
}
const without = (...permissions: string[]) =>
  eventsOf(
    cluster((permission, _, answer) => (permissions.includes(permission) ? refuse(permission) : answer())),
  )
const of = <K extends Kind>(events: readonly Collected[], kind: K): Of<K>[] =>
  events.flatMap((event) =>
    event.type === 'observations' ? event.observations.filter((one): one is Of<K> => one.kind === kind) : [],
  )
const states = (events: readonly Collected[], stream: string) =>
  Object.fromEntries(
    events.flatMap((event) =>
      event.type === 'coverage' && event.stream === stream
        ? Object.entries(event.kinds).map(([kind, { state }]) => [kind, state])
        : [],
    ),
  )
const ids = (events: readonly Collected[], kind: Kind, type?: string): string[] =>
  of(events, kind)
    .filter((one) => type === undefined || ('type' in one && one.type === type))
    .map(({ nativeId }) => nativeId)
    .sort()
const whole = await eventsOf(replay(WORLD))

describe('a refused list', () => {
  test('of pods leaves workloads and SPIFFE IDs as they were', async () => {
    const events = await without(LIST.pods)
    expect(states(events, 'workloads')).toEqual({ workload: 'partial', credential: 'partial' })
    expect(states(events, 'spiffe-ids')).toEqual({ identity: 'partial', entitlement: 'complete' })
    expect(of(events, 'workload')).toEqual([])
    expect(ids(events, 'identity', 'kubernetes.service-account')).toEqual(
      ids(whole, 'identity', 'kubernetes.service-account'),
    )
  })
  test('of replica sets leaves only deployments as they were', async () => {
    const events = await without(LIST.replicaSets)
    expect(states(events, 'workloads')).toEqual({ workload: 'partial', credential: 'partial' })
    const others = ids(whole, 'workload').filter(
      (id) => !ids(whole, 'workload', 'kubernetes.deployment').includes(id),
    )
    expect(ids(events, 'workload')).toEqual(others)
  })
  test('of jobs leaves only cron jobs as they were', async () => {
    const events = await without(LIST.jobs)
    expect(ids(events, 'workload', 'kubernetes.cron-job')).toEqual([])
    expect(ids(events, 'workload', 'kubernetes.deployment')).toEqual(
      ids(whole, 'workload', 'kubernetes.deployment'),
    )
  })
  test('of namespaces costs the owners they name, and no others', async () => {
    const events = await without(LIST.namespaces)
    expect(states(events, 'service-accounts')).toEqual({ identity: 'complete', 'owner-hint': 'partial' })
    const own = of(whole, 'owner-hint').filter(({ via }) => !via.includes('of namespace'))
    expect(ids(events, 'owner-hint')).toEqual(own.map(({ nativeId }) => nativeId).sort())
  })
  test('of service accounts costs their grants; users and groups keep theirs', async () => {
    const events = await without(LIST.serviceAccounts)
    expect(states(events, 'bindings')).toEqual({ grant: 'partial', identity: 'complete' })
    expect(of(events, 'grant').map(({ identity }) => identity.split(':')[0])).toEqual(
      expect.not.arrayContaining(['system']),
    )
    expect(of(events, 'grant').length).toBeGreaterThan(0)
    expect(states(events, 'workloads')).toEqual({ workload: 'partial', credential: 'partial' })
  })
  test('of stores leaves it open where copies through them come from', async () => {
    const events = await without(LIST.clusterSecretStores)
    expect(states(events, 'external-secrets')).toEqual({ secret: 'complete' })
    const copies = of(events, 'secret').filter(({ type }) => type === 'kubernetes.external-secret')
    const told = copies.map(({ name, links, joiningUnseen }) => [name, links !== undefined, joiningUnseen])
    expect(told.sort()).toEqual([
      ['ci/npm-token', false, true],
      ['payments/stripe', true, undefined],
      ['shop/smtp-credentials', true, undefined],
    ])
  })
  test('of Secrets costs old tokens', async () => {
    const events = await without(LIST.secrets)
    expect(states(events, 'secrets')).toEqual({ credential: 'partial', secret: 'partial' })
    expect(ids(events, 'credential', 'kubernetes.legacy-token')).toEqual([])
  })
})

describe('the issuer', () => {
  test('that is refused leaves open which names service accounts have by it', async () => {
    const events = await without(DISCOVERY)
    const accounts = of(events, 'identity').filter(({ type }) => type === 'kubernetes.service-account')
    expect(accounts.length).toBeGreaterThan(30)
    for (const { keys = [], joiningUnseen } of accounts) {
      expect(joiningUnseen).toBe(true)
      expect(keys.filter(({ type }) => type === 'oidc.subject')).toEqual([])
    }
    expect(states(events, 'service-accounts')).toEqual({ identity: 'complete', 'owner-hint': 'complete' })
    const [scope] = events.flatMap((event) => (event.type === 'scope' ? [event.scope] : []))
    expect(scope?.authorities).toEqual([`kubernetes-cluster:${UID}`, `kubernetes:${ADDRESS}`])
    expect(of(events, 'issuer').filter(({ type }) => type === 'kubernetes.token-issuer')).toEqual([])
  })
  test('stated in the settings needs no discovery', async () => {
    const events = await eventsOf(
      cluster((permission, _, answer) => {
        if (permission === DISCOVERY) return refuse(permission)
        if (permission !== KUBECONFIG) return answer()
        return { clusters: [{ name: NAME, addresses: [ADDRESS], issuer: 'https://stated.example/' }] }
      }),
    )
    const keys = of(events, 'identity').flatMap(({ keys = [] }) => keys)
    expect(keys).toContainEqual({
      type: 'oidc.subject',
      value: 'stated.example|system:serviceaccount:ci:default',
    })
  })
  test('a cluster without discovery has none, and its service accounts are there', async () => {
    class None extends Error {}
    const world = cluster((permission, _, answer) => {
      if (permission === DISCOVERY) throw new None()
      return answer()
    })
    const events = await eventsOf({
      ...world,
      explain: (error) =>
        error instanceof None
          ? { why: 'not-offered', detail: 'no', code: 'NotServed' }
          : world.explain(error),
    })
    expect(states(events, 'service-accounts')).toEqual({ identity: 'complete', 'owner-hint': 'complete' })
    expect(of(events, 'identity').flatMap(({ keys = [] }) => keys.map(({ type }) => type))).not.toContain(
      'oidc.subject',
    )
  })
})

describe('extensions', () => {
  test('that are not installed have nothing, and that is an answer', async () => {
    const events = await eventsOf(
      cluster((permission, _, answer) => (permission === GROUPS ? { groups: [] } : answer())),
    )
    for (const stream of ['external-secrets', 'certificates', 'spiffe-ids'])
      expect(new Set(Object.values(states(events, stream)))).toEqual(new Set(['complete']))
  })
  test('in a version that is not known are not looked at', async () => {
    const groups = [{ name: 'external-secrets.io', versions: [{ version: 'v9' }] }]
    const events = await eventsOf(
      cluster((permission, _, answer) => (permission === GROUPS ? { groups } : answer())),
    )
    expect(states(events, 'external-secrets')).toEqual({ secret: 'partial' })
    expect(states(events, 'certificates')).toEqual({ credential: 'complete', issuer: 'complete' })
  })
})

describe('trouble in the middle of a run', () => {
  test('a token that expires leaves partial what came after it', async () => {
    let calls = 0
    const events = await eventsOf(
      cluster((permission, _, answer) => (++calls > 12 ? refuse(permission) : answer())),
    )
    const late = events.flatMap((event) =>
      event.type === 'coverage' && event.stream !== 'service-accounts' ? Object.values(event.kinds) : [],
    )
    expect(states(events, 'service-accounts')).toEqual({ identity: 'complete', 'owner-hint': 'complete' })
    expect(late.filter(({ state }) => state === 'complete').length).toBeLessThan(3)
    expect(states(events, 'bindings')).toEqual({ grant: 'partial', identity: 'partial' })
  })
  test('an API server that restarts is asked again, and nothing is missing', async () => {
    const failed = new Set<string>()
    const events = await eventsOf(
      cluster((permission, params, answer) => {
        const question = `${permission} ${JSON.stringify(params)}`
        if (permission === KUBECONFIG || failed.has(question)) return answer()
        failed.add(question)
        return refuse(permission, 'unreachable')
      }),
    )
    for (const kind of ['identity', 'workload', 'grant', 'credential'] as const)
      expect(ids(events, kind)).toEqual(ids(whole, kind))
  })
})

describe('scopes', () => {
  const names = ['gone', NAME, 'again']
  const many = cluster((permission, params, answer) => {
    if (permission === KUBECONFIG)
      return { clusters: names.map((name) => ({ name, addresses: [`${name}:443`] })) }
    return params['cluster'] === 'gone' ? refuse(permission, 'unreachable') : answer()
  })
  test('a cluster that does not answer keeps no other from being read; two ways to one are one', async () => {
    const world = replay(WORLD)
    const events = await eventsOf({
      ...many,
      send: (permission, params, signal) =>
        params['cluster'] === 'again'
          ? world.send(permission, { ...params, cluster: NAME }, signal)
          : many.send(permission, params, signal),
    })
    expect(events.flatMap((event) => (event.type === 'scope' ? [event.scope.name] : []))).toEqual([NAME])
    expect(events.at(-1)).toMatchObject({
      type: 'scopes',
      coverage: { state: 'partial', why: 'unreachable', permission: CLUSTER },
    })
    expect(states(events, 'service-accounts')).toEqual({ identity: 'complete', 'owner-hint': 'complete' })
  })
  test('the cluster is the authority for its UID, its addresses and its issuer', () => {
    const [scope] = whole.flatMap((event) => (event.type === 'scope' ? [event.scope] : []))
    expect(scope).toEqual({
      nativeId: UID,
      name: NAME,
      type: 'kubernetes.cluster',
      authorities: [`kubernetes-cluster:${UID}`, `kubernetes:${ADDRESS}`, `oidc:${ISSUER}`],
    })
  })
  test('a namespace read by itself is a scope by itself, and speaks for nothing outside', async () => {
    const asked: unknown[] = []
    const events = await eventsOf(
      cluster((permission, params, answer) => {
        if (permission === KUBECONFIG)
          return { clusters: [{ name: NAME, addresses: [ADDRESS], namespaces: ['shop', 'payments'] }] }
        if (params['namespace'] === undefined) return answer()
        asked.push([permission, params['namespace']])
        return permission.startsWith('list clusterroles')
          ? refuse(permission, 'not-offered')
          : emptyPage(permission)
      }),
    )
    const scopes = events.flatMap((event) => (event.type === 'scope' ? [event.scope] : []))
    expect(scopes.map(({ nativeId, name }) => [nativeId, name])).toEqual([
      [`${UID}/shop`, `${NAME}/shop`],
      [`${UID}/payments`, `${NAME}/payments`],
    ])
    expect(scopes[0]?.authorities).toEqual([`kubernetes-cluster:${UID}/shop`])
    expect(asked).toContainEqual([LIST.pods, 'payments'])
    expect(states(events, 'roles')).toEqual({ entitlement: 'partial' })
    expect(states(events, 'token-issuer')).toEqual({ issuer: 'partial' })
  })
})
const emptyPage = (permission: string) => ({
  kind: [LIST.namespaces, LIST.replicaSets, LIST.secrets].includes(permission as never)
    ? 'PartialObjectMetadataList'
    : 'List',
  metadata: {},
  items: [],
})
