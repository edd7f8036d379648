// The made-up tenant: what it shows, and that nothing in it is answered without being asked.
import { expect, test } from 'vitest'
import type { Transport } from '@/core/upstream'
import { CALLS } from '../calls'
import { SIGN_IN } from '../sign-in'
import { sampleTransport } from '../sample'
import { RECORDED_AT } from '../sample/answer'
import { eventsOf, rowsOf } from './fixtures/only-entra'
import { entraSample } from './sample'

const asked = new Set<string>()
const sample = sampleTransport(new Date(RECORDED_AT))
const noting: Transport = {
  async send(permission, params, signal) {
    for (const one of entraSample)
      if (one.call === permission && (one.params?.['path'] ?? params['path']) === params['path'])
        asked.add(JSON.stringify([one.call, one.params]))
    return await sample.send(permission, params, signal)
  },
  explain: (error) => sample.explain(error),
}
const events = await eventsOf(noting)

test('every answer is asked for, by a call there is', () => {
  for (const { call, params } of entraSample) {
    expect(CALLS).toHaveProperty([call])
    expect([...asked]).toContain(JSON.stringify([call, params]))
  }
  expect(CALLS).toHaveProperty([SIGN_IN])
})
test('every look is whole', () =>
  expect(
    events.flatMap((event) =>
      event.type === 'coverage' ? Object.values(event.kinds).map(({ state }) => state) : [],
    ),
  ).not.toContain('partial'))
test('shows what there is to find', () => {
  const identities = rowsOf(events, 'identity')
  const byName = (name: string) => identities.find((one) => one.name === name)
  expect(byName('Storefront')?.facets).toMatchObject({ state: 'known', value: [{}, {}] })
  expect(byName('Lanterna Monitoring')?.vendor).toMatchObject({ value: 'Lanterna AB' })
  expect(byName('Microsoft Graph')?.class).toBe('provider')
  expect(byName('Invoice reader')?.type).toBe('azure.agent-identity')
  expect(byName('Proof of concept')?.enabled.state).toBe('absent')
  const ends = rowsOf(events, 'credential').map(({ name, expiresAt }) => [
    name,
    expiresAt.state === 'known' && expiresAt.value < RECORDED_AT,
  ])
  expect(Object.fromEntries(ends)).toMatchObject({ 'storefront 2024': true, 'storefront 2026': false })
  expect(rowsOf(events, 'trust').map(({ principal }) => principal)).toEqual([
    'token.actions.githubusercontent.com|repo:halden/infrastructure:ref:refs/heads/main',
  ])
})
