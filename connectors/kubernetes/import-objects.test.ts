// The output of kubectl as the cluster itself: the same rows, what it does not hold is unknown, and no value comes in.
import { describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import type { Kind } from '@/core/observation'
import { replay } from '@/tests/conformance'
import kubernetes from './collect'
import { file } from './fixtures/file'
import { eventsOf, ISSUER, UID, WORLD } from './fixtures/recorded-world'
import { LIST } from './permissions'

type Item = Record<string, unknown> & { metadata: Record<string, unknown> }
const KIND_OF: Record<string, [apiVersion: string, kind: string]> = {
  [LIST.namespaces]: ['v1', 'Namespace'],
  [LIST.serviceAccounts]: ['v1', 'ServiceAccount'],
  [LIST.nodes]: ['v1', 'Node'],
  [LIST.pods]: ['v1', 'Pod'],
  [LIST.replicaSets]: ['apps/v1', 'ReplicaSet'],
  [LIST.deployments]: ['apps/v1', 'Deployment'],
  [LIST.statefulSets]: ['apps/v1', 'StatefulSet'],
  [LIST.daemonSets]: ['apps/v1', 'DaemonSet'],
  [LIST.jobs]: ['batch/v1', 'Job'],
  [LIST.cronJobs]: ['batch/v1', 'CronJob'],
  [LIST.roles]: ['rbac.authorization.k8s.io/v1', 'Role'],
  [LIST.clusterRoles]: ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  [LIST.roleBindings]: ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  [LIST.clusterRoleBindings]: ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  [LIST.externalSecrets]: ['external-secrets.io/v1', 'ExternalSecret'],
  [LIST.secretStores]: ['external-secrets.io/v1', 'SecretStore'],
  [LIST.clusterSecretStores]: ['external-secrets.io/v1', 'ClusterSecretStore'],
}
/** The recorded cluster as kubectl would have written it. */
const ITEMS: Item[] = WORLD.flatMap((one) => {
  const kind = KIND_OF[one.permission]
  if (!kind || !('answer' in one)) return []
  const { items } = one.answer as { items: Item[] }
  return items.map((item) => ({ ...item, apiVersion: kind[0], kind: kind[1] }))
})
const listOf = (items: readonly unknown[]) =>
  JSON.stringify({ apiVersion: 'v1', items, kind: 'List', metadata: {} }, null, 4)
const discovery = JSON.stringify({ issuer: `https://${ISSUER}`, jwks_uri: 'x' })
const open = (text: string | Uint8Array) => kubernetes.openFile('kubectl-json', file(text))
const refusalOf = (text: string | Uint8Array) =>
  open(text).then(
    () => 'no refusal',
    (error: Error) => error.message,
  )
const idsOf = (events: readonly Collected[], kind: Kind, stream: string): string[] =>
  events
    .flatMap((event) =>
      event.type === 'observations' && event.stream === stream
        ? event.observations.flatMap((one) => (one.kind === kind ? [one.nativeId] : []))
        : [],
    )
    .sort()
const states = (events: readonly Collected[], stream: string) =>
  events.flatMap((event) =>
    event.type === 'coverage' && event.stream === stream
      ? Object.values(event.kinds).map(({ state }) => state)
      : [],
  )

const live = await eventsOf(replay(WORLD))
const ACCOUNTS = ITEMS.filter(({ kind }) => kind === 'ServiceAccount').length

describe('a file of the whole cluster', async () => {
  const { transport, report } = await open(discovery + listOf(ITEMS))
  const events = await eventsOf(transport)
  test('is of the same scope, and gives the same rows', () => {
    expect(events.find(({ type }) => type === 'scope')).toMatchObject({
      scope: { nativeId: UID, name: 'cluster 6e2b1687' },
    })
    for (const [stream, kind] of [
      ['service-accounts', 'identity'],
      ['service-accounts', 'owner-hint'],
      ['nodes', 'identity'],
      ['workloads', 'workload'],
      ['workloads', 'credential'],
      ['roles', 'entitlement'],
      ['bindings', 'grant'],
      ['external-secrets', 'secret'],
    ] as const)
      expect([stream, kind, idsOf(events, kind, stream)]).toEqual([stream, kind, idsOf(live, kind, stream)])
  })
  test('knows the issuer by the line before the objects', () => {
    const keys = events.flatMap((event) =>
      event.type === 'observations'
        ? event.observations.flatMap((one) => ('keys' in one ? (one.keys ?? []) : []))
        : [],
    )
    expect(keys).toContainEqual({ type: 'oidc.subject', value: `${ISSUER}|system:serviceaccount:ci:default` })
  })
  test('is no evidence of what it does not hold', () => {
    expect(states(events, 'signing-requests')).toEqual(['partial'])
    expect(states(events, 'secrets')).toEqual(['partial', 'partial'])
    expect(states(events, 'certificates')).toEqual(['partial', 'partial'])
    expect(states(events, 'service-accounts')).toEqual(['complete', 'complete'])
    expect(states(events, 'workloads')).toEqual(['complete', 'complete'])
  })
  test('says what was understood, and what held secrets and was left out', () => {
    const { understood, dropped } = report()
    expect(understood).toContainEqual({ what: 'service accounts', count: ACCOUNTS })
    expect(dropped.map(({ path }) => path)).toContain('Pod.spec.containers[].env[].value')
    expect(JSON.stringify(events)).not.toContain('REDACTED')
  })
})

describe('a file', () => {
  test('without the issuer gives service accounts without that name', async () => {
    const events = await eventsOf((await open(listOf(ITEMS))).transport)
    expect(idsOf(events, 'identity', 'service-accounts')).toEqual(idsOf(live, 'identity', 'service-accounts'))
    expect(JSON.stringify(events)).not.toContain('"oidc.subject"')
  })
  test('with Secrets keeps their metadata, tells old tokens by type, and counts what it left out', async () => {
    const token = {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: {
        uid: 's1',
        name: 't',
        namespace: 'ci',
        annotations: { 'kubernetes.io/service-account.uid': 'u' },
      },
      data: { token: 'canary' },
    }
    const opaque = {
      ...token,
      type: 'Opaque',
      metadata: { uid: 's2', name: 'o', namespace: 'ci' },
      stringData: { a: 'canary' },
    }
    const { transport, report } = await open(listOf([...ITEMS, token, opaque]))
    const events = await eventsOf(transport)
    expect([idsOf(events, 'credential', 'secrets'), idsOf(events, 'secret', 'secrets')]).toEqual([
      ['s1'],
      ['s2'],
    ])
    expect(JSON.stringify(events) + JSON.stringify(report())).not.toContain('canary')
    expect(report().dropped).toEqual(expect.arrayContaining([{ path: 'Secret.data', count: 2 }]))
  })
  test('that says an object twice, or kinds that are not needed, says so', async () => {
    const { report } = await open(
      listOf([...ITEMS, ITEMS[0], { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }]),
    )
    expect(report().ignored).toEqual([
      { what: 'repeated objects', why: 'an earlier one has the same id', count: 1 },
      { what: 'ConfigMap', why: 'not a kind that is needed', count: 1 },
    ])
  })
  test('of more objects than a page is read to the end', async () => {
    const many = Array.from({ length: 1200 }, (_, n) => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { uid: `many-${n}`, name: `a${n}`, namespace: 'ci' },
    }))
    const events = await eventsOf((await open(listOf([...ITEMS, ...many]))).transport)
    expect(idsOf(events, 'identity', 'service-accounts')).toHaveLength(1200 + ACCOUNTS)
  })
  test('in the encoding of PowerShell is read', async () => {
    const text = Buffer.from(`\ufeff${listOf(ITEMS)}`, 'utf16le')
    expect((await open(text)).report().understood.length).toBeGreaterThan(5)
  })
})

describe('a file that is refused', () => {
  const only = (...kinds: string[]) => ITEMS.filter(({ kind }) => kinds.includes(String(kind)))
  test.each([
    ['empty', '', /empty/],
    ['of something else', 'NAME  AGE', /not the output of kubectl/],
    ['cut short', listOf(ITEMS).slice(0, -3000), /cut short/],
    [
      'broken',
      listOf(ITEMS).replace('"items": [', '"items": [nonsense,'),
      /not JSON before the first object/,
    ],
    ['without the cluster', listOf(only('ServiceAccount')), /which cluster/],
    [
      'of one namespace',
      listOf(
        only('Namespace', 'ServiceAccount').filter(
          (one) => one.kind === 'Namespace' || one.metadata['namespace'] === 'shop',
        ),
      ),
      /only some namespaces/,
    ],
    [
      'with an object without an id',
      listOf([...ITEMS, { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } }]),
      /^\$\.items\[\d+\]\.metadata\.uid: missing/,
    ],
    ['with something that is no object', listOf([7]), /^\$\.items\[0\]: is no Kubernetes object/],
  ])('%s', async (_, text, says) => expect(await refusalOf(text)).toMatch(says))
  test('as too large says how large it may be', async () => {
    const { openObjects } = await import('./import-objects')
    await expect(openObjects(file(listOf(ITEMS)), 1024 * 1024 * 0.01)).rejects.toThrow(/MB/)
  })
  test('for a format there is none of', async () => {
    await expect(kubernetes.openFile('nothing', file('{}'))).rejects.toMatchObject({ code: 'not-found' })
  })
})
