// What decides about what is let in: the level of a namespace, policies and who is asked; nothing of it can be held.
import { describe, expect, test } from 'vitest'
import { Observation } from '@/core/observation'
import { REMOVED } from '@/core/secret-like'
import { PLANTED } from './fixtures/made-up'
import {
  admissionBinding,
  admissionPolicy,
  mutatingWebhooks,
  namespaceLabels,
  podSecurity,
  validatingWebhooks,
} from './map-admission'
import { Bare } from './shapes'
import { AdmissionBinding, AdmissionPolicy, hostOf, Webhooks } from './shapes-admission'

const metadata = { uid: 'u-1', name: 'x' }

describe('a namespace', () => {
  const level = (labels?: Record<string, string>) =>
    podSecurity(Bare.parse({ metadata: { uid: 'n-1', name: 'shop', labels } }))
  test('has the level its labels say, with the version they pin', () => {
    const labels = {
      'pod-security.kubernetes.io/enforce': 'baseline',
      'pod-security.kubernetes.io/enforce-version': 'v1.34',
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/other': 'x',
      team: 'shop',
    }
    expect(level(labels)).toMatchObject({
      kind: 'entitlement',
      nativeId: 'n-1',
      aliases: ['namespace/shop'],
      name: 'shop',
      language: 'kubernetes-admission',
      gives: 'nothing',
      document: {
        state: 'known',
        value: { enforce: 'baseline', 'enforce-version': 'v1.34', warn: 'restricted' },
      },
    })
  })
  test.each<[Record<string, string> | undefined]>([
    [undefined],
    [{ team: 'shop' }],
    [{ 'pod-security.kubernetes.io/enforce': '' }],
  ])('without one (%j) says so: the default holds', (labels) => {
    expect(level(labels).document).toMatchObject({
      state: 'absent',
      source: 'list namespaces',
      note: expect.stringContaining('privileged') as string,
    })
  })
  test('tells its labels, by which rules pick it, and nothing that looks like a secret', () => {
    const labels = {
      'kubernetes.io/metadata.name': 'shop',
      'pod-security.kubernetes.io/enforce': 'baseline',
      team: 'shop',
      note: 'AKIAIOSFODNN7EXAMPLE',
    }
    const one = namespaceLabels(Bare.parse({ metadata: { uid: 'n-1', name: 'shop', labels } }))
    expect(Observation.parse(one)).toMatchObject({
      nativeId: 'n-1/labels',
      aliases: [],
      type: 'kubernetes.namespace-labels',
      name: 'shop',
      gives: 'nothing',
      document: { state: 'known', value: { labels: { ...labels, note: REMOVED } } },
    })
    const bare = namespaceLabels(Bare.parse({ metadata: { uid: 'n-2', name: 'bare' } }))
    expect(bare.document).toMatchObject({ state: 'known', value: { labels: {} } })
  })
  test('that only warns enforces nothing', () => {
    expect(level({ 'pod-security.kubernetes.io/warn': 'baseline' }).document).toMatchObject({
      value: { warn: 'baseline' },
    })
  })
})

describe('a policy of the cluster', () => {
  const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }
  test('says what it is about and what has to hold, and no more', () => {
    const policy = AdmissionPolicy.parse({
      metadata,
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: [rule], namespaceSelector: {} },
        matchConditions: [{ name: 'not-root', expression: 'request.userInfo.username != "root"' }],
        validations: [{ expression: 'true', message: 'no', messageExpression: '"no"' }],
        auditAnnotations: [{ key: 'k', valueExpression: PLANTED }],
        variables: [{ name: 'v', expression: PLANTED }],
      },
    })
    const row = admissionPolicy(policy)
    expect(row.document).toMatchObject({
      value: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: [rule] },
        matchConditions: [{ name: 'not-root', expression: 'request.userInfo.username != "root"' }],
        validations: [{ expression: 'true' }],
      },
    })
    expect(JSON.stringify(row)).not.toContain(PLANTED)
    expect(Observation.safeParse(row).success).toBe(true)
  })
  test('does what its binding says, where that says', () => {
    const row = admissionBinding(
      AdmissionBinding.parse({
        metadata,
        spec: {
          policyName: 'p',
          validationActions: ['Warn', 'Audit'],
          paramRef: { name: 'limits', namespace: 'shop', parameterNotFoundAction: 'Deny' },
        },
      }),
    )
    expect(row).toMatchObject({
      gives: 'nothing',
      document: {
        value: {
          policyName: 'p',
          validationActions: ['Warn', 'Audit'],
          paramRef: { name: 'limits', namespace: 'shop', parameterNotFoundAction: 'Deny' },
        },
      },
    })
  })
})

describe('webhooks', () => {
  const webhooks = (clientConfig: object) =>
    Webhooks.parse({
      metadata,
      webhooks: [{ name: 'a.acme.example', clientConfig, failurePolicy: 'Ignore', rules: [] }],
    })
  test('name who is asked by host alone: never a path, a query, a sign-in or a certificate', () => {
    const url = `https://reader:${PLANTED}@hooks.acme.example:8443/${PLANTED}?key=${PLANTED}#${PLANTED}`
    const row = validatingWebhooks(webhooks({ url, caBundle: PLANTED }))
    expect(row.document).toMatchObject({
      value: {
        webhooks: [
          {
            name: 'a.acme.example',
            clientConfig: { url: 'hooks.acme.example:8443' },
            failurePolicy: 'Ignore',
          },
        ],
      },
    })
    expect(JSON.stringify(row)).not.toContain(PLANTED)
  })
  test('name a service by its name, without the path', () => {
    const service = { namespace: 'istio-system', name: 'istiod', path: `/${PLANTED}`, port: 443 }
    const row = mutatingWebhooks(webhooks({ service, caBundle: PLANTED }))
    expect(row).toMatchObject({
      type: 'kubernetes.mutating-webhooks',
      document: {
        value: {
          webhooks: [{ clientConfig: { service: { namespace: 'istio-system', name: 'istiod', port: 443 } } }],
        },
      },
    })
    expect(JSON.stringify(row)).not.toContain(PLANTED)
  })
  test('read twice, as objects of a file are, say the same', () => {
    const once = webhooks({ url: 'https://hooks.acme.example/a' })
    expect(Webhooks.parse(once)).toEqual(once)
    expect([hostOf('hooks.acme.example'), hostOf('HTTPS://h/x'), hostOf('h:1?x=/@y')]).toEqual([
      'hooks.acme.example',
      'h',
      'h:1',
    ])
  })
  test('that are none have none', () => {
    expect(validatingWebhooks(Webhooks.parse({ metadata })).document).toMatchObject({ value: {} })
  })
})
