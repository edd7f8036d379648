// The sample estate: replayed as of today, whole but for the two refusals it is meant to show.
import { readdirSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Of } from '@/core/observation'
import { eventsOf } from './fixtures/recorded-world'
import { sampleTransport } from './sample'

const NOW = new Date('2031-03-04T05:06:07Z')
const events = await eventsOf(sampleTransport(NOW))
const all = events.flatMap((e) => (e.type === 'observations' ? e.observations : []))
const identities = all.filter((o): o is Of<'identity'> => o.kind === 'identity')

test('holds machines, people and the provider, with reasons', () => {
  const count = (as: string) => identities.filter((i) => i.class === as).length
  expect({
    machine: count('machine'),
    human: count('human'),
    provider: count('provider'),
    unclear: count('unclear'),
  }).toEqual({
    machine: 57,
    human: 8,
    provider: 5,
    unclear: 6,
  })
})

test('shows a stream that is partial and a policy that is unknown, and nothing else is missing', () => {
  const partial = events.flatMap((e) =>
    e.type === 'coverage' && Object.values(e.kinds).some((c) => c.state === 'partial') ? [e.stream] : [],
  )
  expect(partial).toEqual(['ssh-keys'])
  const dark = all.filter(
    (o): o is Of<'entitlement'> => o.kind === 'entitlement' && o.document.state === 'unknown',
  )
  expect(dark.map((o) => o.name).sort()).toEqual(['SecurityAudit', 'queue'])
})

test('two service accounts of the cluster get their roles by EKS Pod Identity', () => {
  const associations = all.filter(
    (o): o is Of<'trust'> => o.kind === 'trust' && o.nativeId.includes(':podidentityassociation/'),
  )
  const roleOf = (id: string) => identities.find((i) => i.nativeId === id)?.name
  const issuer = 'oidc.eks.eu-north-1.amazonaws.com/id/4F1A7C2E9B3D4E60'
  expect(associations.map(({ identity, links }) => [roleOf(identity), links?.[0]?.value])).toEqual([
    ['cluster-autoscaler', `${issuer}|system:serviceaccount:kube-system:cluster-autoscaler`],
    ['karpenter', `${issuer}|system:serviceaccount:kube-system:karpenter`],
  ])
})

test('the account is in an organization that caps it on four levels, each with a policy that allows', () => {
  const ofType = (type: string) =>
    all.filter((o): o is Of<'entitlement'> => o.kind === 'entitlement' && o.type === type)
  const levels = ofType('aws.service-control-policy').map(({ name, document }) => [
    document.state === 'known' && document.value['level'],
    name,
  ])
  expect(levels).toEqual([
    [0, 'FullAWSAccess'],
    [0, 'deny-leaving'],
    [1, 'FullAWSAccess'],
    [1, 'regions-in-use'],
    [2, 'FullAWSAccess'],
    [3, 'FullAWSAccess'],
  ])
  expect(ofType('aws.organization')).toHaveLength(1)
  expect(ofType('aws.resource-control-policy')).toHaveLength(0)
})

test('everything that runs does so as a role of the account, and one role of a function is left over', () => {
  const runs = all.filter((o): o is Of<'workload'> => o.kind === 'workload')
  const count = (type: string) => runs.filter((o) => o.type === type).length
  const types = ['aws.lambda-function', 'aws.ec2-instance', 'aws.ecs-service', 'aws.codebuild-project']
  expect(types.map(count)).toEqual([10, 7, 4, 1])
  const nameOf = new Map(identities.map((i) => [i.nativeId, i.name]))
  const running = runs.filter(({ type }) => types.includes(type))
  expect(running.filter(({ uses }) => uses.length !== 1 || !nameOf.has(uses[0]!))).toEqual([])
  const used = new Set(running.map(({ uses }) => nameOf.get(uses[0]!)))
  const functions = [...nameOf.values()].filter((name) => name.startsWith('lambda-'))
  expect(functions.filter((name) => !used.has(name))).toEqual(['lambda-legacy-migration'])
})

test('of variables with secrets in plain two are there, two answers leave them open, and references are none', () => {
  const told = all.flatMap((one): string[] => {
    if (one.kind !== 'workload' || !one.plainSecrets || one.type === 'aws.ec2-instance') return []
    const { plainSecrets } = one
    if (plainSecrets.state === 'absent') return []
    return [
      `${one.name}: ${plainSecrets.state === 'known' ? plainSecrets.value.names.join(' ') : plainSecrets.why}`,
    ]
  })
  expect(told.sort()).toEqual([
    'halden-batch/report-runner: not-collected',
    'halden-batch/tariff-sync: TARIFF_API_TOKEN',
    'image-scanner: denied',
    'refund-processor: PAYMENTS_API_KEY',
  ])
  expect(JSON.stringify(events)).not.toContain('never-read')
})

test('what is used of its rights is told of most: of a deployment with actions, of a robot with services', () => {
  const used = (name: string) =>
    all.flatMap((o): unknown[] => {
      if (o.kind !== 'grant' || identities.find((i) => i.nativeId === o.identity)?.name !== name) return []
      return o.exercised?.state === 'known' ? [o.exercised.value] : [o.exercised?.state]
    })
  expect(used('codebuild-images')).toMatchObject([
    {
      actions: ['ecr:*'],
      unseen: [
        'cloudformation:*',
        'ecs:*',
        'ecr:CreateRepository',
        'ecr:DeleteRepository',
        'ecr:PutLifecyclePolicy',
        'ecr:SetRepositoryPolicy',
      ],
      total: 7,
    },
  ])
  expect(used('ecs-mail-gateway')).toMatchObject([{ actions: ['s3:*'], unseen: ['athena:*', 'glue:*'] }])
  // A policy that cannot be read, and one that nobody may read, leave it open; a role of AWS is not asked about.
  expect(used('lambda-broken-policy').at(-1)).toBe('unknown')
  expect(used('org-audit')).toEqual(['unknown'])
})

test('keeps its ages: everything happened before now, the newest use within two days', () => {
  const uses = identities.flatMap((i) =>
    i.lastUsedAt.state === 'known' ? [Date.parse(i.lastUsedAt.value)] : [],
  )
  expect(Math.max(...uses)).toBeLessThanOrEqual(NOW.getTime())
  expect(Math.max(...uses)).toBeGreaterThan(NOW.getTime() - 2 * 86_400_000)
  const key = all.find(
    (o) =>
      o.kind === 'credential' &&
      o.type === 'aws.access-key' &&
      o.createdAt.state === 'known' &&
      o.nativeId.startsWith('AKIA'),
  ) as Of<'credential'>
  expect(key.createdAt).toMatchObject({ value: '2026-07-08T05:06:07.000Z' })
})

test('is small', () => {
  const folder = `${import.meta.dirname}/sample`
  const bytes = readdirSync(folder).map((name) => statSync(`${folder}/${name}`).size)
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(128 * 1024)
})
