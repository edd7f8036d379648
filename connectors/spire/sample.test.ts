// The sample server: replayed as of today, whole, and for service accounts of the sample cluster.
import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Of } from '@/core/observation'
import { eventsOf, observed, partial } from './fixtures/recorded-world'
import { sampleTransport } from './sample'

const NOW = new Date('2031-03-04T12:00:00Z')
const events = await eventsOf(sampleTransport(NOW))
const all = observed(events)
const identities = all.filter((one): one is Of<'identity'> => one.kind === 'identity')

test('is seen whole, and says nothing of an issuer of tokens', () => {
  expect(partial(events)).toEqual([])
  expect(identities.some(({ keys = [] }) => keys.some(({ type }) => type === 'oidc.subject'))).toBe(false)
})
test('holds SPIFFE IDs, agents and a federated domain', () => {
  const types = identities.map(({ type }) => type).sort()
  expect(types).toEqual([
    ...(Array(3).fill('spire.agent') as string[]),
    'spire.federated-domain',
    'spire.node-alias',
    ...(Array(8).fill('spire.workload') as string[]),
  ])
})
test('its entries name service accounts of the cluster', () => {
  const named = all.flatMap((one) =>
    one.kind === 'trust' ? (one.links ?? []).map(({ value }) => value) : [],
  )
  expect(named.sort()).toEqual([
    '*|*/telemetry',
    '*|checkout/checkout-api',
    '*|data/*',
    '*|data/etl',
    '*|pricing/pricing-engine',
    '*|routing/route-planner',
    '*|spire/spire-server-depots',
  ])
})
test('keeps its ages', () => {
  const first = identities.find(({ name }) => name.endsWith('/edge/depots'))
  expect(first?.createdAt).toMatchObject({ value: '2030-06-19T15:05:00.000Z' })
})
test('is small', () => {
  expect(statSync(`${import.meta.dirname}/sample/server.json`).size).toBeLessThan(24 * 1024)
})
