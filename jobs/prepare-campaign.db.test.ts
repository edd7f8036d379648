// A large population is frozen by a worker that is killed in the middle, by another one of little memory after it; what comes
// of it is what one undisturbed worker freezes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkPopulation } from '@/governance/campaigns/check-population'
import { campaignItems } from '@/governance/campaigns/campaign-items'
import { campaignView } from '@/governance/campaigns/campaign-view'
import { createCampaign } from '@/governance/campaigns/create-campaign'
import { publishCampaign } from '@/governance/campaigns/publish-campaign'
import { prepareCampaign } from '@/governance/campaigns/start-preparing'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { manager, person } from '@/tests/campaign-world'
import { insertIdentities, insertScope } from '@/tests/inserted-scope'
import { connectorOf } from '@/governance/connector-registry'
import { runJob } from '.'
import { closeSender, pendingJobs } from './queue'

const SIZE = 20_000
const CHUNK = 2000
/** What the process takes to begin with, and a few batches: all cards at once are several times as much. */
const HEAP_MB = 150
const ROOT = path.dirname(import.meta.dirname)

const started = (id: string) =>
  spawn(
    process.execPath,
    [`--max-old-space-size=${HEAP_MB}`, '--import', 'tsx', 'tests/preparing-worker.ts', id],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
const ended = async (child: ReturnType<typeof started>) => {
  let told = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (told += String(chunk)))
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return { code, signal, told }
}
const draft = async () => {
  const owner = (await db.person.findFirstOrThrow({ where: { name: 'ann' } })).id
  const { id, version } = await createCampaign(manager, {
    name: 'All',
    dueAt: '2030-01-01T00:00:00Z',
    chain: [{ by: 'owner' }, { by: 'person', person: owner }],
    policy: { secondLookShare: 0.05, secondReviewers: [owner] },
  })
  await prepareCampaign(manager, { id, version })
  return id
}

beforeAll(async () => {
  for (const name of ['mia', 'ann']) await person(name)
  const scope = await insertScope()
  const numbers = Array.from({ length: SIZE }, (_, at) => at)
  for (let from = 0; from < SIZE; from += CHUNK)
    await insertIdentities(
      scope.id,
      numbers
        .slice(from, from + CHUNK)
        .map((at) => ({ nativeId: `robot-${at}`, ...(at % 2 && { owner: 'ann@example.com' }) })),
    )
}, 120_000)
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

test('killed once, taken up by another one, and nobody can tell', async () => {
  const id = await draft()
  expect(await pendingJobs('prepare-campaign', { campaignId: id })).toHaveLength(1)
  const killed = started(id)
  const fate = ended(killed)
  for (;;) {
    const { prepared } = await db.campaign.findUniqueOrThrow({ where: { id } })
    if (prepared >= SIZE / 4) break
    if (killed.exitCode !== null || killed.signalCode !== null) throw new Error((await fate).told)
    await wait(20)
  }
  killed.kill('SIGKILL')
  expect(await fate).toMatchObject({ signal: 'SIGKILL' })
  const half = await db.campaign.findUniqueOrThrow({ where: { id } })
  expect(half).toMatchObject({ state: 'preparing', populationHash: null })
  expect(half.prepared).toBeLessThan(SIZE)
  await expect(publishCampaign(manager, { id, version: half.version })).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(await ended(started(id))).toMatchObject({ code: 0, told: expect.stringContaining('ready') })
  const view = await campaignView(manager, id)
  expect([view.rows, view.instant]).toEqual([SIZE, half.instant?.toISOString()])
  expect(await checkPopulation(manager, id)).toMatchObject({ holds: true, rows: SIZE })

  const other = await draft()
  await db.campaign.update({ where: { id: other }, data: { instant: half.instant } })
  const signal = new AbortController().signal
  await runJob(
    'prepare-campaign',
    { campaignId: other },
    { signal, stopping: signal, lastAttempt: false, connectorOf },
  )
  expect((await campaignView(manager, other)).populationHash).toBe(view.populationHash)

  const { version } = await db.campaign.findUniqueOrThrow({ where: { id } })
  await publishCampaign(manager, { id, version })
  expect((await campaignItems(manager, id, { size: 500 })).rows).toHaveLength(500)
  expect((await campaignView(manager, id)).splits).toMatchObject([
    { items: SIZE, words: expect.stringMatching(/stay/) },
  ])
}, 300_000)
