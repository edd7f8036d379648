// Campaigns at the command line: listed, shown, and their population taken again.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { itemOf, person, readyCampaign, worldOf } from '@/tests/campaign-world'
import { runCli } from '@/tests/run-cli'

let id: string
beforeAll(async () => {
  await person('mia')
  await person('ann')
  await worldOf([{ id: 'one', owner: 'ann' }, { id: 'two' }])
  id = (await readyCampaign()).id
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

test('are listed', async () => {
  const { code, out } = await runCli(['campaigns', 'list'])
  expect([code, out]).toEqual([0, expect.stringMatching(/ready +Spring +2 /)])
  const answer = JSON.parse((await runCli(['campaigns', 'list', '--state', 'draft', '--json'])).out) as object
  expect(answer).toMatchObject({ schema: 'rollcall.campaigns/1', rows: [] })
})
test('one is shown with what keeps it from being published', async () => {
  const { code, out } = await runCli(['campaigns', 'show', id, '--verify'])
  expect([code, out]).toEqual([0, expect.stringContaining('1 item has no reviewer')])
  expect(out).toContain('The population is as it was frozen.')
  expect((await runCli(['campaigns', 'show', 'none'])).code).toBe(5)
})
test('a population that is not as it was frozen is told, and ends with 1', async () => {
  const item = await itemOf(id, 'one')
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`
    await tx.$executeRaw`UPDATE campaign_item SET card = jsonb_set(card, '{owner,words}', '"eve"') WHERE id = ${item.id}::uuid`
  })
  const { code, out } = await runCli(['campaigns', 'show', id, '--verify', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ check: { holds: false, wrong: [item.identityId] } })
})
