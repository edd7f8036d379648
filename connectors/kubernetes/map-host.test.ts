// What of its node is open to a pod, as Pod Security Standards ask about it: by hand, field by field.
import { describe, expect, test } from 'vitest'
import { Observation } from '@/core/observation'
import { addHostUse, hostFact, newHostUse } from './map-host'
import { workload } from './map-workload'
import { PodSpec } from './shapes-pods'
import { addPod, addSpec, newDraft } from './workload-draft'

function hostOf(...specs: object[]) {
  const use = newHostUse()
  for (const spec of specs) addHostUse(use, PodSpec.parse(spec))
  const fact = hostFact(use, 'list pods')
  return fact.state === 'known' ? fact.value : fact
}
const NOTHING = {
  privileged: false,
  shares: [],
  capabilities: [],
  paths: [],
  superuser: 'maybe',
  gainsRights: true,
}
const container = (securityContext: object, more: object = {}) => ({
  containers: [{ name: 'main', securityContext, ...more }],
})

describe('what is open', () => {
  test('nothing, unless something says so; as whom it runs is then left to the image', () => {
    expect(hostOf({ containers: [{ name: 'main', image: 'x' }] })).toEqual(NOTHING)
  })
  test('namespaces of the node', () => {
    expect(hostOf({ hostPID: true, hostNetwork: true, hostIPC: false, containers: [] })).toMatchObject({
      shares: ['pid', 'network'],
    })
  })
  test('one privileged container of several, be it one that only begins', () => {
    expect(
      hostOf({ containers: [{}], initContainers: [{ securityContext: { privileged: true } }] }),
    ).toMatchObject({ privileged: true })
    expect(hostOf(container({ privileged: false }))).toMatchObject({ privileged: false })
  })
  test('a host process of Windows is privileged', () => {
    expect(
      hostOf({ securityContext: { windowsOptions: { hostProcess: true } }, containers: [{}] }),
    ).toMatchObject({ privileged: true, superuser: 'yes' })
  })
  test('capabilities that are added, by one name each', () => {
    expect(
      hostOf(
        container({ capabilities: { add: ['CAP_SYS_ADMIN', 'NET_ADMIN', 'SYS_ADMIN'], drop: ['ALL'] } }),
      ),
    ).toMatchObject({ capabilities: ['NET_ADMIN', 'SYS_ADMIN'] })
  })
  test('paths of the node where they are mounted, and whether they can be written anywhere', () => {
    const volumes = [
      { name: 'logs', hostPath: { path: '/var/log' } },
      { name: 'root', hostPath: { path: '/', type: 'Directory' } },
      { name: 'unused', hostPath: { path: '/etc' } },
      { name: 'own', emptyDir: {} },
    ]
    const containers = [
      {
        volumeMounts: [
          { name: 'logs', mountPath: '/l', readOnly: true },
          { name: 'root', mountPath: '/r', readOnly: true },
          { name: 'own', mountPath: '/o' },
        ],
      },
      { volumeMounts: [{ name: 'root', mountPath: '/r' }] },
    ]
    expect(hostOf({ volumes, containers })).toMatchObject({
      paths: [
        { path: '/', readOnly: false },
        { path: '/var/log', readOnly: true },
      ],
    })
  })
})

describe('as whom', () => {
  test.each([
    [{ runAsUser: 0 }, {}, 'yes'],
    [{}, { runAsUser: 0 }, 'yes'],
    [{ runAsUser: 1000 }, { runAsUser: 0 }, 'no'],
    [{ runAsNonRoot: true }, {}, 'no'],
    [{ runAsNonRoot: false }, { runAsNonRoot: true }, 'maybe'],
    [{}, {}, 'maybe'],
  ] as const)('container %j in pod %j: %s', (own, pod, superuser) => {
    expect(hostOf({ securityContext: pod, ...container(own) })).toMatchObject({ superuser })
  })
  test('of several containers those count to which something is open', () => {
    const harmless = { securityContext: { runAsUser: 0 } }
    const open = { securityContext: { privileged: true, runAsUser: 1000 } }
    expect(hostOf({ containers: [harmless, open] })).toMatchObject({ superuser: 'no' })
    expect(hostOf({ containers: [harmless] })).toMatchObject({ superuser: 'yes' })
  })
  test('whether it may gain rights', () => {
    expect(hostOf(container({ allowPrivilegeEscalation: false }))).toMatchObject({ gainsRights: false })
    expect(hostOf(container({ allowPrivilegeEscalation: false, privileged: true }))).toMatchObject({
      gainsRights: true,
    })
  })
})

describe('on its workload', () => {
  test('template and pods together, as a row that holds', () => {
    const draft = newDraft({ uid: 'd', kind: 'DaemonSet', namespace: 'ops', name: 'agent' })
    addSpec(draft, PodSpec.parse(container({ privileged: false })), new Map())
    addPod(draft, PodSpec.parse({ hostPID: true, ...container({ privileged: true }) }), new Map())
    const row = workload(draft, new Map(), 'cluster-1')
    expect(Observation.parse(row)).toMatchObject({
      host: { state: 'known', value: { privileged: true, shares: ['pid'] } },
    })
  })
  test('pods of one template have their parts in common, whatever their volumes of tokens are called', () => {
    const pod = (name: string) =>
      PodSpec.parse({
        volumes: [{ name, projected: { sources: [{ serviceAccountToken: { path: 't' } }] } }],
        containers: [{ volumeMounts: [{ name, mountPath: '/var/run/secrets' }] }],
      })
    expect(JSON.stringify(pod('kube-api-access-a1b2c'))).toBe(JSON.stringify(pod('kube-api-access-x9y8z')))
  })
  test('more paths than are told are unknown, and the row holds', () => {
    const names = Array.from({ length: 300 }, (_, at) => `v${at}`)
    const draft = newDraft({ uid: 'd', kind: 'Pod', namespace: 'shop', name: 'x' })
    const spec = PodSpec.parse({
      volumes: names.map((name) => ({ name, hostPath: { path: `/data/${name}` } })),
      containers: [{ volumeMounts: names.map((name) => ({ name, mountPath: `/${name}` })) }],
    })
    addPod(draft, spec, new Map())
    const row = workload(draft, new Map(), 'cluster-1')
    expect(Observation.parse(row)).toMatchObject({ host: { state: 'unknown', why: 'limited' } })
  })
})
