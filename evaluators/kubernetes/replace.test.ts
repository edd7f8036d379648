// What is written for a token in a Secret: a volume with a token for one audience that ends, for what is known to run.
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import * as t from '@/tests/replacing'

const ACCOUNT = t.holder('kubernetes.service-account', {
  id: 'u-1',
  name: 'shop/web',
  aliases: ['system:serviceaccount:shop:web'],
})
const known = (more = {}) =>
  t.knownOf('kubernetes.legacy-token', {
    credential: { id: 's-1', type: 'kubernetes.legacy-token', name: 'shop/web-token' },
    identity: ACCOUNT,
    ...more,
  })
const Pod = z.object({
  serviceAccountName: z.string(),
  containers: z.tuple([
    z.object({
      name: z.string(),
      volumeMounts: z.tuple([
        z.object({ name: z.string(), mountPath: z.string(), readOnly: z.literal(true) }),
      ]),
    }),
  ]),
  volumes: z.tuple([
    z.object({
      name: z.string(),
      projected: z.object({
        sources: z.tuple([
          z.object({
            serviceAccountToken: z.strictObject({
              audience: z.string(),
              expirationSeconds: z.number().int(),
              path: z.string(),
            }),
          }),
        ]),
      }),
    }),
  ]),
})
const Template = z.object({ template: z.object({ spec: Pod }) })
const Manifest = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.strictObject({ name: z.string(), namespace: z.string() }),
  spec: z.record(z.string(), z.unknown()),
})
const workload = (type: string, name: string) => ({ type, name: `shop/${name}`, namespace: 'shop' })

describe('a volume', () => {
  test.each([
    ['kubernetes.deployment', 'Deployment', 'apps/v1'],
    ['kubernetes.stateful-set', 'StatefulSet', 'apps/v1'],
    ['kubernetes.daemon-set', 'DaemonSet', 'apps/v1'],
  ])('for a %s that runs as it', (type, kind, apiVersion) => {
    const { files } = t.wayOf(known({ consumers: [workload(type, 'front')] }), 'pod')
    const manifest = Manifest.parse(parse(files[0]?.text ?? ''))
    expect(manifest).toMatchObject({ kind, apiVersion, metadata: { name: 'front', namespace: 'shop' } })
    const pod = Template.parse(manifest.spec).template.spec
    const [volume] = pod.volumes
    const { audience, expirationSeconds } = volume.projected.sources[0].serviceAccountToken
    expect([pod.serviceAccountName, audience, expirationSeconds]).toEqual([
      'web',
      'FILL_IN_API_AUDIENCE',
      3600,
    ])
    expect(pod.containers[0].volumeMounts[0].name).toBe(volume.name)
  })
  test('for a job by schedule stands one level deeper', () => {
    const { files } = t.wayOf(known({ consumers: [workload('kubernetes.cron-job', 'nightly')] }), 'pod')
    const { apiVersion, spec } = Manifest.parse(parse(files[0]?.text ?? ''))
    expect(apiVersion).toBe('batch/v1')
    const { jobTemplate } = z.object({ jobTemplate: z.object({ spec: Template }) }).parse(spec)
    expect(jobTemplate.spec.template.spec.serviceAccountName).toBe('web')
  })
  test('for several is written up to a bound, and how many there are is said', () => {
    const consumers = ['a', 'b', 'c', 'd'].map((name) => workload('kubernetes.deployment', name))
    const { files, notes } = t.wayOf(known({ consumers }), 'pod')
    expect(files.map(({ name }) => name)).toEqual([
      'deployment.yaml',
      'deployment-2.yaml',
      'deployment-3.yaml',
    ])
    expect(notes.join(' ')).toContain('4 run as it')
  })
  test('where nothing that can be changed in place is known names no workload', () => {
    const way = t.wayOf(known({ consumers: [workload('kubernetes.job', 'once')] }), 'pod')
    expect(Manifest.parse(parse(way.files[0]?.text ?? '')).metadata).toEqual({
      name: 'FILL_IN_WORKLOAD',
      namespace: 'shop',
    })
    expect(way.notes.join(' ')).toContain('was not seen')
  })
})
test('the issuer that the cluster was seen to have is named as the audience of its own API server', () => {
  const issuers = [{ id: 'x', type: 'kubernetes.token-issuer', name: 'oidc.example/id/1', aliases: [] }]
  expect(t.wayOf(known({ issuers }), 'pod').notes.join(' ')).toContain('here oidc.example/id/1')
})
test('whose service account was not seen is left to fill in', () => {
  const { fillIn } = t.wayOf(known({ identity: undefined }), 'pod')
  expect(fillIn.map(({ mark }) => mark)).toEqual(
    expect.arrayContaining(['FILL_IN_SERVICE_ACCOUNT', 'FILL_IN_NAMESPACE']),
  )
})
