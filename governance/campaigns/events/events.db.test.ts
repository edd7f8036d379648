// What starts a review by itself: each cause as the real pipeline brings it about, one card each, and what opens none.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { known, unknown } from '@/core/fact'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { rules } from '@/rules'
import { actorFor, manager, rowFor, runningCampaign } from '@/tests/campaign-world'
import {
  calm,
  cards,
  daysAgo,
  EVERYTHING,
  hirePeople,
  judgeAgain,
  lookAt,
  lookBy,
  minute,
  nothingHappened,
  outsider,
  people,
  robot,
  turnOn,
} from '@/tests/event-world'
import { all, forgetAll } from '@/tests/granted-world'
import { emptyOutbox } from '@/tests/outbox'
import { credential, refused } from '@/tests/scripted-source'
import { changeUser, provisionUser } from '../../directory/scim/provision-user'
import { reviewQueue } from '../campaign-items'
import { checkPopulation } from '../check-population'
import { decide } from '../decide'
import { approveException } from '../../exceptions/decide-exception'
import { askException } from '../../exceptions/ask-exception'
import { endException } from '../../exceptions/end-exception'
import { listCampaigns } from '../list-campaigns'
import { myReviews } from '../my-reviews'
import { claimApplied, remediations } from '../remediations'
import { reviewItem } from '../review-item'
import { signOff } from '../sign-off'
import { RULES_OF } from './cause-rules'
import { eventReviews } from './event-policy'
import { foreseenCards } from './foreseen-cards'
import { noteEvents } from './note-events'

const ann = actorFor('ann')
const root = actorFor('root', 'administrator')
const left = async () => (await db.reviewEvent.findMany({ where: { state: 'left' } })).map(({ why }) => why)

beforeAll(hirePeople)
beforeEach(nothingHappened)
afterEach(forgetAll)
afterAll(async () => {
  await emptyOutbox()
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
  test('when their identity provider makes them inactive: one, however often it says so', async () => {
    await began()
    const { id } = await provisionUser(root, { user: { userName: 'ann@example.com', active: true } })
    const body = { Operations: [{ op: 'Replace', path: 'active', value: 'False' }] }
    for (const _ of ['said', 'said again']) await changeUser(root, { id, by: 'patch', body })
    await judgeAgain()
    expect(await minute()).toBe(1)
    expect(await minute()).toBe(0)
    expect(await cards()).toEqual(['calm: owner-left, undecided'])
  })
  test('when somebody leaves who owns it: for the lead of their team', async () => {
    await began()
    await db.person.update({ where: { id: people.ann ?? '' }, data: { standing: 'left' } })
    await judgeAgain()
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
    await lookAt(3, ...first.slice(1), robot('calm', { lastUsedAt: known(daysAgo(200), 'demo:List') }))
    expect(await minute()).toBe(1)
    expect(await cards()).toEqual(['calm: dormant, undecided'])
  })
  test('when a credential of it is older than the policy allows; two of them are one card', async () => {
    const fresh = credential('fresh', 'calm', { createdAt: known(daysAgo(5), 'demo:List') })
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

describe('what there would have been', () => {
  test('is counted from the same changes, once for an identity and a cause, without anything turned on', async () => {
    const before = await foreseenCards(manager)
    const sum = ({ causes }: typeof before, name: string) =>
      causes.find(({ cause }) => cause === name)?.cards ?? 0
    await lookAt(1, ...calm(), credential('old', 'calm'))
    expect(await foreseenCards(manager)).toEqual({ ...before, since: expect.any(String) as string })
    await lookAt(2, ...calm(), credential('old', 'calm'))
    await lookAt(3, ...calm('calm', EVERYTHING), outsider('calm'), credential('old', 'calm'))
    await lookAt(4, ...calm(), credential('old', 'calm'))
    await lookAt(5, ...calm('calm', EVERYTHING), outsider('calm'), credential('old', 'calm'))
    const after = await foreseenCards(manager)
    expect(sum(after, 'gained-power') - sum(before, 'gained-power')).toBe(1)
    expect(sum(after, 'external-trust') - sum(before, 'external-trust')).toBe(1)
    expect(sum(after, 'credential-past-policy')).toBe(sum(before, 'credential-past-policy'))
    expect(after).toMatchObject({ days: 30, short: true, more: false })
    expect(after.busiestDay).toBeGreaterThanOrEqual(2)
    expect(await db.reviewEvent.count()).toBe(0)
  })
})

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
    for (const at of [1, 2]) await lookBy(at, { ...all(...calm()), lacking })
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
    await lookBy(3, { ...all(), fails: refused() })
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
  test('while an approved exception covers it, which is told; once it has ended there is a card', async () => {
    await lookAt(1, ...calm())
    await turnOn()
    await lookAt(2, ...calm())
    await lookAt(3, ...calm('calm', EVERYTHING))
    await noteEvents(new Date())
    const { id: identity } = await db.identity.findFirstOrThrow({ where: { name: 'calm', retiredAt: null } })
    const words = { reason: 'A migration', control: 'Watched', evidence: 'https://tickets.example/7' }
    const { id } = await askException(
      actorFor('ann', 'analyst'),
      { identity, rules: ['identity-administrator'], until: daysAgo(-20).slice(0, 10), ...words },
      { now: new Date() },
    )
    await approveException(manager, { id }, { now: new Date() })
    expect(await minute()).toBe(0)
    expect((await eventReviews(manager)).waiting).toMatchObject([
      { cause: 'gained-power', count: 1, excepted: 1 },
    ])
    await endException(manager, { id, why: 'It is over.' }, { now: new Date() })
    expect((await eventReviews(manager)).waiting).toMatchObject([{ count: 1, excepted: 0 }])
    expect(await minute()).toBe(1)
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
