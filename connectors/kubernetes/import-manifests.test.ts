// Manifests as a cluster: named, without ids, with aggregated roles computed.
import { describe, expect, test } from 'vitest'
import type { Of } from '@/core/observation'
import kubernetes from './collect'
import { file } from './fixtures/file'
import { eventsOf } from './fixtures/recorded-world'

const MANIFESTS = `# cluster: acme-prod
apiVersion: v1
kind: ServiceAccount
metadata:
  name: payments-api
  namespace: payments
  labels: { team: payments }
  annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/acme-payments-api" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: payments-api, namespace: payments }
spec:
  template:
    spec:
      serviceAccountName: payments-api
      containers:
      - image: a:1
        env:
        - { name: PLAIN, value: canary }
        - { name: KEY, valueFrom: { secretKeyRef: { name: stripe, key: k } } }
---
apiVersion: v1
kind: List
items:
- apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRole
  metadata: { name: all }
  aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to-all: "true" } }] }
  rules: []
- apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRole
  metadata: { name: part, labels: { to-all: "true" } }
  rules: [{ apiGroups: [""], resources: [pods], verbs: [get] }]
- apiVersion: rbac.authorization.k8s.io/v1
  kind: ClusterRoleBinding
  metadata: { name: all }
  roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all }
  subjects: [{ kind: ServiceAccount, name: payments-api, namespace: payments }]
---
apiVersion: v1
kind: ConfigMap
metadata: { name: x }
---
`
const open = (text: string) => kubernetes.openFile('kubernetes-manifests', file(text, '.yaml'))

describe('manifests', async () => {
  const { transport, report } = await open(MANIFESTS)
  const events = await eventsOf(transport)
  const all = events.flatMap((event) => (event.type === 'observations' ? event.observations : []))
  test('are of the cluster that their first line names', () => {
    expect(events.find(({ type }) => type === 'scope')).toMatchObject({
      scope: { nativeId: 'manifests:acme-prod', name: 'acme-prod' },
    })
  })
  test('give objects by their names', () => {
    const ids = all.map(({ kind, nativeId }) => `${kind} ${nativeId}`)
    expect(ids).toEqual(
      expect.arrayContaining([
        'identity payments/payments-api',
        'workload deployment/payments/payments-api',
        'entitlement clusterrole/all',
        'grant clusterrolebinding/all/ServiceAccount/payments/payments-api',
      ]),
    )
    const workload = all.find((one): one is Of<'workload'> => one.kind === 'workload')
    expect(workload).toMatchObject({
      uses: ['payments/payments-api'],
      links: [{ value: 'manifests:acme-prod|payments/stripe' }],
    })
  })
  test('compute what an aggregated role will allow', () => {
    const role = all.find((one): one is Of<'entitlement'> => one.nativeId === 'clusterrole/all')
    expect(role?.document).toMatchObject({
      value: { rules: [{ resources: ['pods'] }], computedFrom: ['part'] },
    })
  })
  test('hold no value, and say what was left out', () => {
    expect(JSON.stringify(events)).not.toContain('canary')
    expect(report()).toMatchObject({
      ignored: [{ what: 'ConfigMap', count: 1 }],
      dropped: [{ path: 'Deployment.spec.template.spec.containers[].env[].value', count: 1 }],
    })
  })
  test('name things by other ids than a live cluster does', () => {
    expect(kubernetes.manifest.imports.find(({ id }) => id === 'kubernetes-manifests')?.otherIds).toBe(true)
  })
})

test.each([
  ['without the name of a cluster', MANIFESTS.replace(/^# cluster.*\n/, ''), /Write # cluster: <name>/],
  ['that are templates', `# cluster: a\n{{- if .Values.on }}\nkind: Pod\n{{- end }}\n`, /rendered first/],
  ['that are broken', `# cluster: a\na: [1\nb: 2\n`, /^line \d+: this is not YAML/],
  ['with anchors', '# cluster: a\nx: &a 1\ny: *a\n', /anchors/],
  ['with something that is no object', '# cluster: a\n- 1\n', /^document 1: is no Kubernetes object/],
  [
    'with nothing that is read',
    '# cluster: a\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n',
    /no manifest of a kind/,
  ],
  [
    'with an object that is not understood',
    '# cluster: a\napiVersion: v1\nkind: Pod\nmetadata: { name: x }\n',
    /^document 1\.spec/,
  ],
])('%s are refused', async (_, text, says) => {
  await expect(open(text)).rejects.toThrow(says)
})
