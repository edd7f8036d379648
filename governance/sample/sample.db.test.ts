// The sample organisation comes through the real pipeline, never mixes with what is real, and goes without a trace.
import { afterAll, expect, test, vi } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { runJob } from '@/jobs'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { runDetail } from '../runs/list-runs'
import { assignOwner } from '../owners/assign-owner'
import { addSample } from './add-sample'
import { hasSample } from './has-sample'
import { removeSample } from './remove-sample'

vi.mock('@/governance/connector-registry', async () => {
  const { fakeConnector, fakeEstate } = await import('@/tests/fake-source')
  const connector = fakeConnector(fakeEstate())
  return {
    manifests: () => [connector.manifest],
    manifestOf: () => connector.manifest,
    connectorOf: async () => connector,
  }
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

test('added once, synced, marked, removed whole', async () => {
  const administrator = actorAs('administrator')
  const signal = new AbortController().signal
  const { connectorOf } = await import('../connector-registry')
  expect(await hasSample(actorAs('auditor'))).toBe(false)
  const both = await Promise.allSettled([addSample(administrator, {}), addSample(administrator, {})])
  const [added] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(added?.connections).toHaveLength(1)
  expect(await hasSample(actorAs('auditor'))).toBe(true)
  const runId = added?.connections[0]?.runId ?? ''
  await runJob('sync-connection', { runId }, { signal, stopping: signal, lastAttempt: true, connectorOf })
  expect(await runDetail(administrator, runId)).toMatchObject({ state: 'complete', mode: 'sample' })
  expect(await db.scope.findMany({ select: { nativeId: true, sample: true } })).toEqual([
    { nativeId: 'sample', sample: true },
  ])
  expect(await db.identity.count()).toBe(3)
  const identity = await db.identity.findFirstOrThrow()
  const team = await db.team.create({ data: { name: 'Sample', source: 'import' } })
  await assignOwner(administrator, { identities: [identity.id], set: { team: team.name } })
  expect(await removeSample(administrator, {})).toEqual({ removed: 1 })
  expect([await db.ownership.count(), await db.ownershipAct.count()]).toEqual([0, 0])
  expect([
    await db.connection.count(),
    await db.scope.count(),
    await db.identity.count(),
    await db.run.count(),
  ]).toEqual([0, 0, 0, 0])
  expect(await removeSample(administrator, {})).toEqual({ removed: 0 })
})
