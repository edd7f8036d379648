// Objects of a live cluster, as few fields as a reader of them needs, and some that it must not keep.
import type { ClusterObject } from './server'

const created = '2026-11-01T08:00:00Z'
export const PLANTED = 'planted-value-of-an-environment-variable'

export const namespace = (name: string): ClusterObject => ({
  metadata: { uid: `ns-${name}`, name, creationTimestamp: created },
})
export const serviceAccount = (
  namespace: string,
  name: string,
  uid: string = crypto.randomUUID(),
): ClusterObject => ({ metadata: { uid, name, namespace, creationTimestamp: created } })

export const deployment = (namespace: string, name: string, account: string): ClusterObject => ({
  metadata: { uid: `deploy-${namespace}-${name}`, name, namespace, creationTimestamp: created },
  spec: {
    template: { spec: { serviceAccountName: account, containers: [{ name: 'main', image: `${name}:1` }] } },
  },
})
export const replicaSet = (of: ClusterObject): ClusterObject => ({
  metadata: {
    uid: `rs-${of.metadata.uid}`,
    name: `${of.metadata.name}-5c9`,
    namespace: of.metadata.namespace ?? '',
    creationTimestamp: created,
    ownerReferences: [{ kind: 'Deployment', name: of.metadata.name, uid: of.metadata.uid, controller: true }],
  },
})
export const pod = (
  set: ClusterObject,
  account: string,
  uid: string = crypto.randomUUID(),
): ClusterObject => ({
  metadata: {
    uid,
    name: `${set.metadata.name}-${uid.slice(0, 5)}`,
    namespace: set.metadata.namespace ?? '',
    creationTimestamp: created,
    labels: { app: set.metadata.name },
    ownerReferences: [
      { kind: 'ReplicaSet', name: set.metadata.name, uid: set.metadata.uid, controller: true },
    ],
  },
  spec: {
    serviceAccountName: account,
    nodeName: `node-${uid.charCodeAt(0) % 7}`,
    containers: [{ name: 'main', image: `${set.metadata.name}:1`, env: [{ name: 'DB', value: PLANTED }] }],
    volumes: [
      { name: 'token', projected: { sources: [{ serviceAccountToken: { expirationSeconds: 3607 } }] } },
    ],
  },
  status: { phase: 'Running' },
})
export const clusterRole = (name: string, verbs: string[]): ClusterObject => ({
  metadata: { uid: `cr-${name}`, name, creationTimestamp: created },
  rules: [{ verbs, apiGroups: [''], resources: ['pods'] }],
})
export const binding = (namespace: string, name: string, role: string, account: string): ClusterObject => ({
  metadata: { uid: `rb-${namespace}-${name}`, name, namespace, creationTimestamp: created },
  roleRef: { kind: 'ClusterRole', name: role },
  subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
})

/** The connector that reads such a cluster, and its settings. */
export const CONNECTOR = 'kubernetes'
export const settingsFor = (server: string) => ({ server, token: 'token-of-a-test-0123456789', name: 'test' })
