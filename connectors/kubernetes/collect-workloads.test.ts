// Pods followed to what keeps them running, and counted there.
import { expect, test } from 'vitest'
import type { StreamAt } from '@/core/connector'
import type { Of } from '@/core/observation'
import type { Transport } from '@/core/upstream'
import { replay } from '@/tests/conformance'
import { Gathering, workloads } from './collect-workloads'
import expected from './fixtures/expected-joins.json'
import { NAME, NOW, sessionOn, UID, WORLD } from './fixtures/recorded-world'
import { LIST } from './permissions'

const atOf = (transport: Transport): StreamAt => ({
  session: sessionOn(transport),
  scope: { nativeId: UID, name: NAME, type: 'kubernetes.cluster' },
  now: NOW,
  lacking: () => undefined,
  unlooked: () => undefined,
})

test('replicas, nodes and images are counted at the controller', async () => {
  const gathering = new Gathering(atOf(replay(WORLD)), new Map())
  expect(await gathering.read()).toBe(true)
  const drafts = gathering.whole()
  const counted = drafts
    .map(({ kind, namespace, name, pods }) => `${namespace} ${kind}/${name} ${pods}`)
    .sort()
  const told = expected.serviceAccounts.flatMap(({ namespace, workloads: all }) =>
    all.map(({ controller, pods }) => `${namespace} ${controller} ${pods}`),
  )
  expect(counted).toEqual(told.sort())
  const shipper = drafts.find(({ name }) => name === 'log-shipper')
  expect([shipper?.nodes.size, [...(shipper?.images ?? [])]]).toEqual([
    3,
    ['registry.acme.example/vector:0.52'],
  ])
})

const owner = (kind: string, name: string, controller = true) => [
  { kind, name, uid: `uid-${name}`, controller },
]
const meta = (name: string, more: object = {}) => ({
  metadata: { uid: `uid-${name}`, name, namespace: 'ns', ...more },
})
const spec = { serviceAccountName: 'a', containers: [{ image: 'i' }] }
const template = { template: { spec } }
const OBJECTS: Record<string, object[]> = {
  [LIST.serviceAccounts]: [meta('a')],
  [LIST.replicaSets]: [
    meta('rs-of-rollout', { ownerReferences: owner('Rollout', 'rollout') }),
    meta('rs-alone'),
    meta('rs', { ownerReferences: owner('Deployment', 'deployment') }),
  ],
  [LIST.deployments]: [
    { ...meta('deployment', { ownerReferences: owner('Operator', 'op') }), spec: template },
  ],
  [LIST.jobs]: [
    { ...meta('job-of-cron', { ownerReferences: owner('CronJob', 'cron') }), spec: template },
    { ...meta('job-of-workflow', { ownerReferences: owner('Workflow', 'w') }), spec: template },
  ],
  [LIST.cronJobs]: [{ ...meta('cron'), spec: { jobTemplate: { spec: template } } }],
  [LIST.pods]: [
    { ...meta('p1', { ownerReferences: owner('ReplicaSet', 'rs-of-rollout') }), spec },
    { ...meta('p2', { ownerReferences: owner('ReplicaSet', 'rs-alone') }), spec },
    {
      ...meta('p3', { ownerReferences: owner('ReplicaSet', 'rs') }),
      spec: { ...spec, serviceAccountName: 'gone' },
    },
    { ...meta('p4', { ownerReferences: owner('Job', 'job-of-cron') }), spec },
    { ...meta('p5', { ownerReferences: owner('TaskRun', 'task') }), spec },
    { ...meta('static', { ownerReferences: owner('Node', 'node') }), spec },
    { ...meta('seen', { ownerReferences: owner('Watcher', 'watcher', false) }), spec },
  ],
}
const made: Transport = {
  send: async (permission) => ({
    kind: permission === LIST.replicaSets ? 'PartialObjectMetadataList' : 'List',
    metadata: {},
    items: OBJECTS[permission] ?? [],
  }),
  explain: () => undefined,
}

test('an owner that is not known here ends the way up; a static pod and a bare one are their own', async () => {
  const rows: Of<'workload'>[] = []
  for await (const one of workloads.collect(atOf(made))) if (one.kind === 'workload') rows.push(one)
  expect(rows.map(({ nativeId, type, uses }) => [nativeId, type.slice('kubernetes.'.length), uses])).toEqual([
    ['uid-cron', 'cron-job', ['uid-a']],
    // Its template says one service account, a pod of before another, which is no longer there.
    ['uid-deployment', 'deployment', ['system:serviceaccount:ns:gone', 'uid-a']],
    ['uid-job-of-workflow', 'job', ['uid-a']],
    ['uid-rs-alone', 'replica-set', ['uid-a']],
    ['uid-rs-of-rollout', 'replica-set', ['uid-a']],
    ['uid-seen', 'pod', ['uid-a']],
    ['uid-static', 'pod', ['uid-a']],
    ['uid-task', 'pod-owner', ['uid-a']],
  ])
  expect(rows.find(({ nativeId }) => nativeId === 'uid-task')?.name).toBe('TaskRun ns/task')
})
