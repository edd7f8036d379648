// What starts a review by itself: each cause as the real pipeline brings it about, one card each, and what opens none.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { known, unknown } from '@/core/fact'
import { CAUSE_NAMES, type Cause } from '@/core/campaign'
import type { Of } from '@/core/observation'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { rules } from '@/rules'
import { actorFor, manager, person, rowFor, runningCampaign, team } from '@/tests/campaign-world'
import {
  all,
  documentOf,
  followUp,
  forgetAll,
  holds,
  newSource,
  NORTH,
  policy,
  role,
  scopeOf,
  see,
  type Source,
} from '@/tests/granted-world'
import { emptyOutbox, hookChannel } from '@/tests/outbox'
import { ownerHint } from '@/tests/queried-estate'
import { credential, refused } from '@/tests/scripted-source'
import { httpReceiver, type HttpReceiver } from '@/tests/http-receiver'
import { runJob } from '@/jobs'
import { campaignItems, reviewQueue } from '../campaign-items'
import { campaignView } from '../campaign-view'
import { listCampaigns } from '../list-campaigns'
import { checkPopulation } from '../check-population'
import { decide } from '../decide'
import { myReviews } from '../my-reviews'
import { claimApplied, remediations } from '../remediations'
import { reviewItem } from '../review-item'
import { signOff } from '../sign-off'
import { tellRemediations } from '../telling/tell-remediations'
import { closeDone } from './close-done'
import { eventReviews, leaveWaiting, setEventPolicy } from './event-policy'
import { noteEvents, RULES_OF } from './note-events'
import { openCards } from './open-cards'

const READ = documentOf({ Action: 's3:ListBucket' })
const EVERYTHING = documentOf({ Action: '*' })
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString()
const people: Record<string, string> = {}
const [ann, fay] = [actorFor('ann'), actorFor('fay')]
let source: Source
let hook: HttpReceiver

/** A robot that nothing is wrong with. */
const robot = (name: string, more: Partial<Of<'identity'>> = {}) =>
  role(name, NORTH, { lastUsedAt: known(day(1), 'demo:List'), ...more })
const calm = (name = 'calm', document = READ) => [
  robot(name),
  ownerHint(name, 'ann@example.com'),
  policy(`p-${name}`, document),
  holds(name, `p-${name}`),
]
const outsider = (of: string, principal = 'https://issuer.example/subject'): Of<'trust'> => ({
  kind: 'trust',
  nativeId: `${of} lets ${principal}`,
  identity: of,
  principalType: 'federated',
  principal,
  effect: 'allow',
  actions: ['sts:AssumeRole'],
  links: [],
})
const lookAt = (at: number, ...observations: Parameters<typeof all>) =>
  see(source, NORTH, at, all(...observations))
const turnOn = (causes: Cause[] = [...CAUSE_NAMES], more: object = {}) =>
  setEventPolicy(manager, {
    causes,
    fallback: people.fay ?? '',
    manager: people.mia ?? '',
    ...more,
  })
/** What a worker does every minute. */
async function minute(now = new Date()): Promise<number> {
  await tellRemediations(now)
  await noteEvents(now)
  const opened = await openCards(now)
  await closeDone(now)
  return opened
}
const cards = async () => {
  const rows = await db.campaignItem.findMany({ where: { cause: { not: null } }, orderBy: { name: 'asc' } })
  return rows.map(({ name, cause, state }) => `${name}: ${cause ?? ''}, ${state}`)
}
const left = async () => (await db.reviewEvent.findMany({ where: { state: 'left' } })).map(({ why }) => why)

beforeAll(async () => {
  hook = await httpReceiver()
  hook.answers((_, response) => response.end('ok'))
  for (const name of ['mia', 'fay', 'ann', 'lea']) people[name] = (await person(name)).id
  await db.personSource.createMany({
    data: Object.values(people).map((personId) => ({
      source: 'import',
      externalId: personId,
      personId,
      isActive: true,
      at: new Date(0),
    })),
  })
  await team('ann-team', people.lea ?? '', [people.ann ?? ''])
})
beforeEach(async () => {
  source = await newSource()
  await emptyOutbox()
  await db.setting.deleteMany({ where: { key: { startsWith: 'event-reviews' } } })
  await db.reviewEvent.deleteMany()
  await db.remediation.deleteMany()
  await db.person.updateMany({ data: { standing: 'here' } })
  await db.$executeRaw`UPDATE campaign SET state = 'closed' WHERE state = 'running'`
  // What earlier tests have asked about is nothing that is asked about now.
  await db.$executeRaw`ALTER TABLE campaign_item DISABLE TRIGGER campaign_item_stays`
  await db.$executeRaw`UPDATE campaign_item SET cause = NULL, state = 'moved' WHERE state <> 'signed' OR cause IS NOT NULL`
  await db.$executeRaw`ALTER TABLE campaign_item ENABLE TRIGGER campaign_item_stays`
})
afterEach(forgetAll)
afterAll(async () => {
  await emptyOutbox()
  await hook.stop()
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

test('causes are told by rules that there are', () => {
  const ids = new Set(rules.map(({ meta }) => meta.id))
  expect(
    Object.values(RULES_OF)
      .flat()
      .filter((id) => !ids.has(id)),
  ).toEqual([])
})

describe('a card is opened', () => {
  const first = [...calm()]
  const began = async (...more: Parameters<typeof all>) => {
    await lookAt(1, ...first, ...more)
    await turnOn()
    await lookAt(2, ...first, ...more)
    expect(await minute()).toBe(0)
  }
  test('when somebody leaves who owns it: for the lead of their team', async () => {
    await began()
    await db.person.update({ where: { id: people.ann ?? '' }, data: { standing: 'left' } })
    await runJob('evaluate-scope', { scopeId: scopeOf(NORTH), runId: null }, AT)
    await followUp()
    expect(await minute()).toBe(1)
    expect(await cards()).toEqual(['calm: owner-left, undecided'])
    const item = await db.campaignItem.findFirstOrThrow({ where: { cause: 'owner-left' } })
    expect(item.reviewerId).toBe(people.lea)
    expect(await checkPopulation(manager, item.campaignId)).toMatchObject({ rows: 1, holds: true })
    expect((await db.notice.findMany()).map(({ kind }) => kind)).toEqual([])
  })
  test('when it becomes administrator', async () => {
    await began()
    await lookAt(3, ...calm('calm', EVERYTHING))
    expect(await minute()).toBe(1)
    expect(await cards()).toEqual(['calm: gained-power, undecided'])
    expect(await minute()).toBe(0)
    const [mine] = await myReviews(ann)
    expect(mine).toMatchObject({
      kind: 'event',
      cause: 'It has become administrator, or can come to be',
      items: 1,
    })
    const { rows } = await reviewQueue(ann, mine?.id ?? '')
    expect(rows).toMatchObject([{ name: 'calm', cause: 'It has become administrator, or can come to be' }])
    const item = await reviewItem(ann, rows[0]?.id ?? '')
    expect(item.cause).toMatchObject({
      count: 1,
      happened: [{ now: 'holds', words: expect.stringContaining('administrator') }],
    })
    expect((await listCampaigns(manager)).rows.filter(({ kind }) => kind === 'event')).toEqual([])
    expect((await listCampaigns(manager, { kind: 'event', state: ['running'] })).rows).toHaveLength(1)
  })
  test('when somebody from outside is let in, and not for a principal that was there', async () => {
    await began(outsider('calm', 'https://issuer.example/old'))
    const old = outsider('calm', 'https://issuer.example/old')
    await lookAt(3, ...first, { ...old, nativeId: 'under another name' })
    expect(await minute()).toBe(0)
    await lookAt(4, ...first, old, outsider('calm'))
    expect(await minute()).toBe(1)
    expect(await cards()).toEqual(['calm: external-trust, undecided'])
  })
  test('when it has not been used for longer than the policy allows', async () => {
    await began()
    await lookAt(3, ...first.slice(1), robot('calm', { lastUsedAt: known(day(200), 'demo:List') }))
    expect(await minute()).toBe(1)
    expect(await cards()).toEqual(['calm: dormant, undecided'])
  })
  test('when a credential of it is older than the policy allows; two of them are one card', async () => {
    const fresh = credential('fresh', 'calm', { createdAt: known(day(5), 'demo:List') })
    await began(fresh)
    await lookAt(3, ...first, fresh, credential('old', 'calm'), credential('older', 'calm'))
    expect(await minute()).toBe(1)
    expect(await cards()).toEqual(['calm: credential-past-policy, undecided'])
    const item = await db.campaignItem.findFirstOrThrow({ where: { cause: 'credential-past-policy' } })
    expect((await reviewItem(ann, item.id)).cause?.count).toBe(2)
    await lookAt(
      4,
      ...first,
      fresh,
      credential('old', 'calm'),
      credential('older', 'calm'),
      credential('oldest', 'calm'),
    )
    expect(await minute()).toBe(0)
    expect((await reviewItem(ann, item.id)).cause?.count).toBe(3)
  })
  test('when what was said to be removed is still there, and whoever decided is told', async () => {
    await began()
    const id = await runningCampaign({ chain: [{ by: 'owner' }], policy: { secondLookShare: 0 } })
    await decide(ann, { id, decisions: [await rowFor(id, 'calm', 'remove', { reasonCode: 'not-needed' })] })
    await signOff(ann, { id, statement: 'I have looked at each of these.', typedName: 'ann' })
    const [removal] = (await remediations(manager, id)).rows
    await claimApplied(ann, { id: removal?.id ?? '' }, { now: new Date(Date.UTC(2026, 9, 1, 12)) })
    await db.channel.create({
      data: {
        kind: 'smtp',
        name: 'Mail',
        settings: Buffer.from('x'),
        createdAt: new Date(),
        createdBy: 'test',
      },
    })
    expect(await minute()).toBe(1)
    expect(await cards()).toEqual(['calm: still-there, undecided'])
    expect(await minute()).toBe(0)
    const told = await db.notice.findMany({ orderBy: { kind: 'asc' } })
    expect(told.map(({ kind, email }) => `${kind} ${email ?? ''}`)).toEqual([
      'remediation.still-there ann@example.com',
      'review.event ann@example.com',
    ])
    await lookAt(3)
    await minute()
    expect((await db.notice.findMany()).map(({ kind }) => kind)).toContain('remediation.verified')
    const item = await db.campaignItem.findFirstOrThrow({ where: { cause: 'still-there' } })
    expect((await reviewItem(ann, item.id)).cause?.happened).toMatchObject([{ now: 'over' }])
  })
})

const signal = new AbortController().signal
const AT = {
  signal,
  stopping: signal,
  lastAttempt: true,
  connectorOf: () => Promise.reject(new Error('no source is asked')),
}

describe('no card is opened', () => {
  test('by a first look, however much it brings', async () => {
    await turnOn()
    await lookAt(1, ...calm('calm', EVERYTHING), outsider('calm'), credential('old', 'calm'))
    expect(await minute()).toBe(0)
    expect(await db.reviewEvent.count()).toBe(0)
    await lookAt(2, ...calm('calm', EVERYTHING), outsider('calm'), credential('old', 'calm'))
    expect(await minute()).toBe(0)
  })
  test('by the first whole look at trust of a source that was read before', async () => {
    await turnOn()
    const lacking = { kinds: ['trust' as const], why: unknown('denied', 'demo:Trust') }
    for (const at of [1, 2]) await see(source, NORTH, at, { ...all(...calm()), lacking })
    await lookAt(3, ...calm(), outsider('calm'))
    expect(await minute()).toBe(0)
    await lookAt(4, ...calm(), outsider('calm'), outsider('calm', 'https://issuer.example/new'))
    expect(await minute()).toBe(1)
  })
  test('by what is not known', async () => {
    await lookAt(1, ...calm())
    await turnOn()
    await lookAt(2, ...calm(), ...calm('second', unknown('denied', 'demo:GetDocument')))
    await minute()
    expect(
      await db.finding.count({
        where: { ruleId: 'identity-administrator', verdict: 'unknown', state: 'open' },
      }),
    ).toBe(1)
    expect(await db.reviewEvent.count()).toBe(0)
    await see(source, NORTH, 3, { ...all(), fails: refused() })
    expect(await minute()).toBe(0)
  })
  test('by what had happened before it was turned on, or is turned off', async () => {
    await lookAt(1, ...calm())
    await lookAt(2, ...calm('calm', EVERYTHING))
    await turnOn()
    expect(await minute()).toBe(0)
    await turnOn(['dormant'])
    await lookAt(3, ...calm(), ...calm('second', EVERYTHING))
    expect(await minute()).toBe(0)
    expect(await cards()).toEqual([])
  })
  test('where a campaign that runs asks about it, and why is told', async () => {
    await lookAt(1, ...calm())
    await turnOn()
    await lookAt(2, ...calm())
    await runningCampaign({ name: 'Autumn', chain: [{ by: 'owner' }], policy: { secondLookShare: 0 } })
    await lookAt(3, ...calm('calm', EVERYTHING))
    expect(await minute()).toBe(0)
    expect(await left()).toEqual(['The campaign Autumn asks about it.'])
  })
  test('about what is over before anybody could be asked', async () => {
    await lookAt(1, ...calm())
    await turnOn()
    await lookAt(2, ...calm())
    await lookAt(3, ...calm('calm', EVERYTHING))
    await noteEvents(new Date())
    await lookAt(4, ...calm())
    expect(await minute()).toBe(0)
    expect(await left()).toEqual(['It was over before anybody could be asked.'])
  })
  test('while nobody is there to be asked, and that is said', async () => {
    await lookAt(1, ...calm())
    await turnOn()
    await lookAt(2, ...calm())
    await lookAt(3, ...calm('calm', EVERYTHING))
    await db.person.update({ where: { id: people.fay ?? '' }, data: { standing: 'left' } })
    expect(await minute()).toBe(0)
    expect(await eventReviews(manager)).toMatchObject({
      blocked: 'fay has left: name somebody else as fallback reviewer.',
      waiting: [{ cause: 'gained-power', count: 1 }],
    })
    await db.person.update({ where: { id: people.fay ?? '' }, data: { standing: 'here' } })
    expect(await minute()).toBe(1)
  })
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
  test('is decided, signed and closed as any other, and opens again when it happens again', async () => {
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
  await hookChannel(hook.address, ['campaign.cards-wait'])
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
