// The sample organisation: replayed as of today, and part of the same made-up company as the other samples.
import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Of } from '@/core/observation'
import { isCall } from './calls'
import { eventsOf, observationsOf } from './fixtures/recorded-world'
import { sampleTransport } from './sample'
import sample from './sample/organisation.json'

const NOW = new Date('2031-03-04T05:06:07Z')
const events = await eventsOf(sampleTransport(NOW), NOW.toISOString())
const all = observationsOf(events)

test('asks for calls of the table alone', () => {
  expect(sample.answers.map(({ call }) => call).filter((call) => !isCall(call))).toEqual([])
})
test('shows what may not be read, and nothing else that is partial', () => {
  const partial = events.flatMap((event) =>
    event.type === 'coverage'
      ? Object.entries(event.kinds).flatMap(([kind, c]) =>
          c.state === 'partial' ? [`${event.stream} ${kind}: ${c.why}`] : [],
        )
      : [],
  )
  expect(partial).toEqual(['restrictions entitlement: denied'])
})
test('keeps its ages', () => {
  const key = all.find(
    (one): one is Of<'credential'> => one.kind === 'credential' && one.name.startsWith('4be1f0'),
  )!
  expect(key.expiresAt).toMatchObject({ state: 'absent' })
  const age = key.createdAt.state === 'known' ? NOW.getTime() - Date.parse(key.createdAt.value) : 0
  expect(Math.round(age / 86_400_000)).toBe(1324)
})
test('has machines, accounts of others, and what is nobody', () => {
  const classes = all.flatMap((one) => (one.kind === 'identity' ? [one.class] : []))
  for (const one of ['machine', 'provider', 'unclear'] as const) expect(classes).toContain(one)
  expect(
    all.find((one) => one.kind === 'identity' && one.type === 'gcp.foreign-service-account'),
  ).toMatchObject({
    vendor: { state: 'known', value: 'finch-analytics' },
  })
})
test('names what the other samples have', () => {
  const values = all.flatMap((one) => one.links ?? []).map(({ value }) => value)
  expect(values).toContain(
    'oidc.eks.eu-north-1.amazonaws.com/id/4F1A7C2E9B3D4E60|system:serviceaccount:data:etl',
  )
  expect(values).toContain('token.actions.githubusercontent.com|repo:halden/shop:*')
  expect(values).toContain('410258837719/route-planner')
})
test('every trust points at somebody who is there', () => {
  const ids = new Set(all.flatMap((one) => (one.kind === 'identity' ? [one.nativeId] : [])))
  expect(
    all.flatMap((one) => (one.kind === 'trust' && !ids.has(one.identity) ? [one.nativeId] : [])),
  ).toEqual([])
})
test('is small', () => {
  expect(statSync(`${import.meta.dirname}/sample/organisation.json`).size).toBeLessThan(40 * 1024)
})
