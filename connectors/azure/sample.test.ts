// The made-up tenant of the sample organisation: replayed as of today, and part of the same organisation as the other samples.
import { expect, test } from 'vitest'
import { eventsOf, rowsOf, whyPartial } from './fixtures/world'
import { sampleTransport } from './sample'
import { armSample } from './sample/arm'
import { PRINCIPALS } from './sample/ids'

const NOW = new Date('2031-03-04T05:06:07Z')
const events = await eventsOf(sampleTransport(NOW))
const streams = events.flatMap((event) => (event.type === 'coverage' ? [event.stream] : []))

test('is whole', () => {
  const partial = streams.flatMap((stream) =>
    Object.entries(whyPartial(events, stream)).map(([kind, why]) => [stream, kind, why]),
  )
  expect(partial).toEqual([])
})
test('names a service account of the sample cluster, and a repository', () => {
  const named = rowsOf(events, 'trust').flatMap(({ links = [] }) => links.map(({ value }) => value))
  expect(named).toContain(
    'oidc.eks.eu-north-1.amazonaws.com/id/4F1A7C2E9B3D4E60|system:serviceaccount:billing:invoice-export',
  )
  expect(named.some((value) => value.startsWith('token.actions.githubusercontent.com|repo:halden/'))).toBe(
    true,
  )
})
test('has a machine that may do everything where it runs, and a role of somebody who is gone', () => {
  const ids = new Set(rowsOf(events, 'identity').map(({ nativeId }) => nativeId))
  const grants = rowsOf(events, 'grant', 'azure-role-assignments')
  const machine = rowsOf(events, 'workload').find(({ name }) => name === 'vm-build')!
  expect(grants.find(({ identity }) => identity === machine.uses[0])?.entitlementName).toMatch(
    /^Contributor at subscription/,
  )
  expect(grants.filter(({ identity }) => !ids.has(identity))).toHaveLength(1)
})
test('has a pipeline that uses little of what it may do, and an identity of which nothing can be told', () => {
  const use = Object.fromEntries(
    rowsOf(events, 'grant', 'azure-role-assignments').map(({ identity, exercised }) => [identity, exercised]),
  )
  expect(use[PRINCIPALS.deployer.object]).toMatchObject({
    value: {
      actions: [
        'microsoft.resources/deployments/write',
        'microsoft.web/sites/restart/action',
        'microsoft.web/sites/write',
      ],
      unseen: ['*/action', '*/delete', '*/write'],
    },
  })
  expect(use[PRINCIPALS.buildVm.object]).toMatchObject({
    value: { actions: ['microsoft.containerregistry/registries/importimage/action'] },
  })
  expect(use[PRINCIPALS.monitoring.object]).toMatchObject({ value: { actions: [] } })
  expect(use[PRINCIPALS.payments.object]).toMatchObject({ state: 'unknown', why: 'not-offered' })
})
test('keeps its ages', () => {
  const key = rowsOf(events, 'credential').find(({ name }) => name === 'key1 of sthaldenreceipts')!
  const made = key.rotatedAt.state === 'known' ? Date.parse(key.rotatedAt.value) : NaN
  expect(Math.round((NOW.getTime() - made) / 86_400_000)).toBe(1732)
})
test('keeps the ages of what vaults hold, too', () => {
  const mail = rowsOf(events, 'secret').find(({ name }) => name === 'kv-halden-billing/mail-relay')!
  const ends = mail.expiresAt.state === 'known' ? Date.parse(mail.expiresAt.value) : NaN
  expect(Math.round((ends - NOW.getTime()) / 86_400_000)).toBe(273)
})
test('runs as identities that are there', () => {
  const ids = new Set(rowsOf(events, 'identity').map(({ nativeId }) => nativeId))
  for (const { uses } of rowsOf(events, 'workload')) for (const id of uses) expect(ids).toContain(id)
})
test('is small', () => expect(JSON.stringify(armSample).length).toBeLessThan(20 * 1024))
