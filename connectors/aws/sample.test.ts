// The sample estate: replayed as of today, whole but for the two refusals it is meant to show.
import { statSync } from 'node:fs'
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
  const bytes = ['details', 'listings', 'credentials', 'clusters'].map(
    (name) => statSync(`${import.meta.dirname}/sample/${name}.json`).size,
  )
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(80 * 1024)
})
