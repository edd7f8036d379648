// The sample server: replayed as of today, and part of the same made-up organisation as the other samples.
import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Of } from '@/core/observation'
import { eventsOf, observationsOf } from './fixtures/recorded-world'
import { sampleTransport } from './sample'

const NOW = new Date('2031-03-04T05:06:07Z')
const events = await eventsOf(sampleTransport(NOW))
const all = observationsOf(events)
const partial = events.flatMap((e) =>
  e.type === 'coverage'
    ? Object.entries(e.kinds).flatMap(([kind, c]) =>
        c.state === 'partial' ? [`${e.stream} ${kind}: ${c.why}`] : [],
      )
    : [],
)

test('shows a policy that may not be read, and what is not asked', () => {
  expect([...new Set(partial)]).toEqual([
    'policies entitlement: denied',
    ...['identity', 'grant', 'owner-hint', 'credential'].map((kind) => `tokens ${kind}: left-out`),
    'leases credential: left-out',
    'audit-log usage: not-offered',
  ])
})
test('has machines, people and what is unclear', () => {
  const classes = all.flatMap((o) => (o.kind === 'identity' ? [o.class] : []))
  for (const one of ['machine', 'human', 'unclear'] as const) expect(classes).toContain(one)
})
test('keeps its ages', () => {
  const secret = all.find(
    (o): o is Of<'credential'> =>
      o.kind === 'credential' && o.nativeId.endsWith('3cfe98a4-70bb-4f29-8e6d-1a94d7b20c55'),
  )!
  expect(secret.expiresAt).toMatchObject({ state: 'absent' })
  const age = secret.createdAt.state === 'known' ? NOW.getTime() - Date.parse(secret.createdAt.value) : 0
  expect(Math.round(age / 86_400_000)).toBe(1051)
  const rotated = all.flatMap((o) =>
    o.kind === 'secret' && o.rotatedAt.state === 'known' ? [Date.parse(o.rotatedAt.value)] : [],
  )
  expect(Math.max(...rotated)).toBeLessThan(NOW.getTime())
})
test('names what the other samples have', () => {
  const links = all.flatMap((o) => o.links ?? [])
  const values = links.map(({ value }) => value)
  expect(values).toContain(
    'oidc.eks.eu-north-1.amazonaws.com/id/4F1A7C2E9B3D4E60|system:serviceaccount:checkout:checkout-api',
  )
  expect(values).toContain('arn:aws:iam::410258837719:role/github-deploy')
  expect(values).toContain('410258837719/bastion')
})
test('is small', () => {
  const bytes = ['server', 'identities'].map(
    (name) => statSync(`${import.meta.dirname}/sample/${name}.json`).size,
  )
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThan(40 * 1024)
})
