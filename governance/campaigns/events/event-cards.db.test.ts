// A card about what has happened: what it tells meanwhile, that it is one, how it ends; and what very many of them come to.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { unknown } from '@/core/fact'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorFor, manager, rowFor } from '@/tests/campaign-world'
import {
  calm,
  cards,
  EVERYTHING,
  hirePeople,
  lookAt,
  minute,
  nothingHappened,
  turnOn,
} from '@/tests/event-world'
import { forgetAll, holds, policy } from '@/tests/granted-world'
import { httpReceiver } from '@/tests/http-receiver'
import { emptyOutbox, hookChannel } from '@/tests/outbox'
import { campaignItems } from '../campaign-items'
import { campaignView } from '../campaign-view'
import { checkPopulation } from '../check-population'
import { decide } from '../decide'
import { reviewItem } from '../review-item'
import { signOff } from '../sign-off'
import { eventReviews, leaveWaiting } from './event-policy'
import { noteEvents } from './note-events'
import { openCards } from './open-cards'

const [ann, fay] = [actorFor('ann'), actorFor('fay')]

beforeAll(hirePeople)
beforeEach(nothingHappened)
afterEach(forgetAll)
afterAll(async () => {
  await emptyOutbox()
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

describe('a card', () => {
  async function opened() {
    await lookAt(1, ...calm(), ...calm('other'))
    await turnOn()
    await lookAt(2, ...calm(), ...calm('other'))
    await lookAt(3, ...calm('calm', EVERYTHING), ...calm('other'))
    expect(await minute()).toBe(1)
    return db.campaignItem.findFirstOrThrow({ where: { cause: 'gained-power' } })
  }
  test('tells that it passes again meanwhile, and stays to be decided', async () => {
    const item = await opened()
    await lookAt(4, ...calm(), ...calm('other'))
    await minute()
    expect((await reviewItem(ann, item.id)).cause?.happened).toMatchObject([
      { now: 'over', nowWords: expect.stringContaining('the rule passes now') },
    ])
    expect(await cards()).toEqual(['calm: gained-power, undecided'])
  })
  test('tells that it cannot be told any more', async () => {
    const item = await opened()
    const unread = [policy('p-new', unknown('denied', 'demo:GetDocument')), holds('calm', 'p-new')]
    await lookAt(4, ...calm().slice(0, 2), ...unread, ...calm('other'))
    await minute()
    expect((await reviewItem(ann, item.id)).cause?.happened).toMatchObject([{ now: 'unknown' }])
  })
  test('does not tell that it is over where nobody asks any more, or nothing is held of it', async () => {
    const item = await opened()
    const told = async () => (await reviewItem(ann, item.id)).cause?.happened.map(({ now }) => now)
    const where = { identityId: item.identityId, ruleId: 'identity-administrator' }
    await db.finding.updateMany({
      where,
      data: { state: 'resolved', resolvedAt: new Date(), resolvedWhy: 'the rule is turned off: too loud' },
    })
    expect(await told()).toEqual(['unasked'])
    await db.finding.deleteMany({ where })
    expect(await told()).toEqual(['unknown'])
  })
  test('is decided, signed and closed like every other, and opens again when it happens again', async () => {
    const { campaignId: id } = await opened()
    expect(await openOf(id)).toBe('running')
    await decide(ann, { id, decisions: [await rowFor(id, 'calm', 'remove', { reasonCode: 'too-much' })] })
    await signOff(ann, { id, statement: 'I have looked at this one.', typedName: 'ann' })
    await db.secondLook.deleteMany({ where: { campaignId: id } })
    await minute()
    expect(await openOf(id)).toBe('closed')
    expect(await db.activity.findFirst({ where: { action: 'review.close-cards' } })).toMatchObject({
      actorName: 'Rollcall',
    })
    await lookAt(4, ...calm('calm', EVERYTHING), ...calm('other'))
    expect(await minute()).toBe(0)
    await lookAt(5, ...calm(), ...calm('other'))
    await lookAt(6, ...calm('calm', EVERYTHING), ...calm('other'))
    expect(await minute()).toBe(0)
    await lookAt(7, ...calm(), ...calm('other'))
    await minute()
    await lookAt(8, ...calm('calm', EVERYTHING), ...calm('other'))
    expect(await minute()).toBe(1)
  })
  test('is one, whoever opens it at the same moment', async () => {
    await lookAt(1, ...calm())
    await turnOn()
    await lookAt(2, ...calm())
    await lookAt(3, ...calm('calm', EVERYTHING))
    const now = new Date()
    await Promise.all([noteEvents(now), noteEvents(now)])
    const opened = await Promise.all([openCards(now), openCards(now), openCards(now)])
    expect(opened.reduce((sum, n) => sum + n)).toBe(1)
    expect(await cards()).toHaveLength(1)
    const { campaignId, identityId } = await db.campaignItem.findFirstOrThrow({
      where: { cause: 'gained-power' },
    })
    await expect(db.$executeRaw`
      INSERT INTO campaign_item (id, campaign_id, identity_id, name, type, scope_id, scope_name, card, card_hash, tier, administrator, interested, cause, reviewer_why)
      SELECT gen_random_uuid(), c.id, ${identityId}::uuid, 'x', 't', gen_random_uuid(), 's', '{}', '', 0, FALSE, '[]', 'gained-power', ''
      FROM campaign c WHERE c.id <> ${campaignId}::uuid LIMIT 1`).rejects.toThrow(
      /campaign_item_one_open|unique/i,
    )
  })
})
const openOf = async (id: string) => (await db.campaign.findUniqueOrThrow({ where: { id } })).state

test('a storm of 10,000 opens so many cards a day, and tells how many wait', async () => {
  await lookAt(1, ...calm())
  await turnOn(['owner-left', 'dormant'], { perDay: 300 })
  const hook = await httpReceiver()
  await hookChannel(hook.address, ['campaign.cards-wait'])
  await hook.stop()
  const [{ id: findingId } = { id: '' }] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO finding (id, rule_id, revision, subject_kind, subject_id, subject_name, identity_id, scope_id, verdict, severity, message, evidence, evidence_hash, state, opened_at, changed_at)
    SELECT gen_random_uuid(), 'identity-dormant', '', 'identity', i.id, i.name, i.id, i.scope_id, 'fail', 2, 'asleep', '[]', '', 'open', now(), now()
    FROM identity i LIMIT 1 RETURNING id`
  await db.$executeRaw`
    INSERT INTO identity SELECT made.* FROM (SELECT to_jsonb(i) AS one FROM identity i LIMIT 1) held, generate_series(1, 10000) n,
      LATERAL jsonb_populate_record(NULL::identity, held.one || jsonb_build_object('id', gen_random_uuid(), 'native_id', 'n' || n, 'name', 'sleeper ' || n)) made`
  await db.$executeRaw`
    INSERT INTO review_event (id, cause, key, identity_id, words, finding_id, at, noticed_at)
    SELECT gen_random_uuid(), 'dormant', 'storm ' || i.id, i.id, 'asleep', ${findingId}::uuid, now(), now() FROM identity i WHERE i.name LIKE 'sleeper %'`
  const now = new Date(`${new Date().toISOString().slice(0, 10)}T23:00:00.000Z`)
  const perMinute: number[] = []
  for (let times = 0; times < 4; times++) perMinute.push(await openCards(now))
  expect(perMinute).toEqual([200, 100, 0, 0])
  expect(await eventReviews(manager, now)).toMatchObject({
    openedToday: 300,
    waiting: [{ cause: 'dormant', count: 9700 }],
  })
  const told = await db.notice.findMany({ where: { kind: 'campaign.cards-wait' } })
  expect(told).toMatchObject([
    { data: { waiting: 9700, perDay: 300, byCause: ['Nobody uses it any more: 9,700'] } },
  ])
  const campaigns = await db.campaign.findMany({
    where: { kind: 'event', state: 'running' },
    orderBy: { rows: 'asc' },
  })
  expect(campaigns.map(({ rows }) => rows)).toEqual([100, 200])
  for (const { id } of campaigns) expect((await checkPopulation(manager, id)).holds).toBe(true)
  expect((await campaignItems(manager, campaigns[0]?.id ?? '')).rows[0]?.reviewer?.name).toBe('fay')
  expect((await campaignView(manager, campaigns[0]?.id ?? '')).gaps.total).toBeGreaterThanOrEqual(0)
  // The next day it goes on.
  expect(await openCards(new Date(now.getTime() + 2 * 3_600_000))).toBe(200)
  // Or somebody lets go of it, in their name.
  await leaveWaiting(manager, { causes: ['dormant'], reason: 'A campaign asks about them.' })
  expect(
    await db.reviewEvent.count({ where: { state: 'left', why: 'mia: A campaign asks about them.' } }),
  ).toBe(9500)
  const acts = await db.activity.findMany({ where: { action: 'review.leave-events' } })
  expect(acts).toMatchObject([{ detail: { left: 9500 } }])
  await expect(leaveWaiting(fay, { causes: ['dormant'], reason: 'x' })).rejects.toMatchObject({
    code: 'forbidden',
  })
})
