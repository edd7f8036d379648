// Whether everybody who is asked can be told, however many they are, and what is still shown to them once it is over.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import {
  actorFor,
  itemOf,
  KEPT,
  manager,
  person,
  readyCampaign,
  rowFor,
  runningCampaign,
  worldOf,
} from '@/tests/campaign-world'
import { emptyOutbox } from '@/tests/outbox'
import { campaignItems } from './campaign-items'
import { campaignView } from './campaign-view'
import { closeCampaign } from './close-campaign'
import { decide } from './decide'
import { eachReviewer, listReviewers } from './list-reviewers'
import { myReviews, myReviewsPage } from './my-reviews'
import { publishCampaign } from './publish-campaign'
import { reassign } from './reassign'

const bob = actorFor('bob')
let bobId = ''
beforeAll(async () => {
  await person('mia')
  ;({ id: bobId } = await person('bob'))
  await worldOf([
    { id: 'one', owner: 'bob' },
    { id: 'two', owner: 'bob' },
  ])
})
afterAll(async () => {
  await emptyOutbox()
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})
const chain = [{ by: 'owner' as const }]
const policy = { secondLookShare: 0 }

test('nothing is published that asks somebody whom nobody can tell, and the manager is told how much it is', async () => {
  const { id: nora } = await db.person.create({ data: { name: 'nora' } })
  const { id, version } = await readyCampaign({ chain: [{ by: 'person', person: nora }], policy })
  const words =
    '2 items are asked of 1 person without an address in the directory or a channel of their own: nobody can tell them, and they cannot sign in. Hand these to somebody else, or have an address entered.'
  expect((await campaignView(manager, id)).blockers).toEqual([{ id: 'no-address', count: 2, words }])
  await expect(publishCampaign(manager, { id, version })).rejects.toMatchObject({
    code: 'conflict',
    message: words,
  })
  const { rows } = await campaignItems(manager, id, { reviewer: 'unreached' })
  expect(rows.map(({ name }) => name).sort()).toEqual(['one', 'two'])
  const items = rows.map((row) => row.id)
  await reassign(manager, { id, items, as: 'reviewer', to: bobId, reason: 'has an address' })
  expect((await campaignView(manager, id)).blockers).toEqual([])
  expect((await campaignItems(manager, id, { reviewer: 'unreached' })).rows).toEqual([])
})

test('who cannot be told is a figure of what is told when a campaign begins', async () => {
  await db.channel.create({
    data: {
      ...{ kind: 'webhook', name: 'Place', settings: Buffer.from('x'), takes: ['campaign.began'] },
      ...{ createdAt: new Date(), createdBy: 'test' },
    },
  })
  const { id, version } = await readyCampaign({ chain, policy })
  await publishCampaign(manager, { id, version })
  const began = await db.notice.findFirstOrThrow({ where: { kind: 'campaign.began' } })
  expect(began.data).toMatchObject({ reviewers: 1, unreached: 0 })
  await emptyOutbox()
})

test('what is wrong with a row of a request is told by the id of its item', async () => {
  const id = await runningCampaign({ chain, policy })
  const row = await rowFor(id, 'two', 'keep', { ...KEPT, keepUntil: 'tomorrow' })
  const decisions = [await rowFor(id, 'one', 'remove'), row]
  const { id: two } = await itemOf(id, 'two')
  await expect(decide(bob, { id, decisions })).rejects.toMatchObject({
    code: 'invalid',
    issues: [{ path: `${two}.keepUntil` }],
  })
})

test('what is over is listed for whoever had a part in it, and for nobody else', async () => {
  const id = await runningCampaign({ name: 'Over', chain, policy })
  const { version } = await db.campaign.findUniqueOrThrow({ where: { id } })
  const next = { choice: 'next' as const, reason: 'Too early.' }
  await closeCampaign(manager, { id, version, choices: { high: next, medium: next, low: next } })
  expect((await myReviews(bob)).map((one) => one.id)).not.toContain(id)
  const { rows, more } = await myReviewsPage(bob, { show: 'over' })
  expect(rows[0]).toMatchObject({ id, name: 'Over', state: 'closed', items: 2 })
  expect(more).toBe(false)
  expect((await myReviewsPage(manager, { show: 'over' })).rows).toEqual([])
})

test('more reviewers than one page can hold are counted, and read page by page', async () => {
  const { id } = await readyCampaign({ chain, policy })
  await db.$executeRaw`
    INSERT INTO person (id, name, email) SELECT gen_random_uuid(), 'many ' || n, 'many' || n || '@example.com' FROM generate_series(1, 1100) n`
  await db.$executeRaw`
    INSERT INTO campaign_item SELECT (jsonb_populate_record(NULL::campaign_item, to_jsonb(i) || jsonb_build_object(
      'id', gen_random_uuid(), 'identity_id', gen_random_uuid(), 'reviewer_id', p.id))).*
    FROM campaign_item i, person p WHERE i.campaign_id = ${id}::uuid AND i.name = 'one' AND p.name LIKE 'many %'`
  const view = await campaignView(manager, id)
  expect([view.asked, view.reviewers.length]).toEqual([1101, 1000])
  const last = await listReviewers(manager, id, { from: 1100, size: 50 })
  expect([last.rows.length, last.total, last.next]).toEqual([1, 1101, undefined])
  const found = await listReviewers(manager, id, { q: 'MANY 1099', size: 50 })
  expect(found.rows.map(({ person: of }) => of?.name)).toEqual(['many 1099'])
  let read = 0
  for await (const rows of eachReviewer(manager, id)) read += rows.length
  expect(read).toBe(1101)
})
