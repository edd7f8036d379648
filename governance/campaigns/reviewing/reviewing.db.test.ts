// What a reviewer's pages read: counts, the place in the queue, what is the same, what would happen, what is signed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import {
  actorFor,
  itemOf,
  KEPT,
  manager,
  person,
  rowFor,
  runningCampaign,
  team,
  worldOf,
} from '@/tests/campaign-world'
import { decide, undoDecision } from '../decide'
import { addAddendum } from '../extend-campaign'
import { claimApplied, myRemediations } from '../remediations'
import { giveSecondLook } from '../second-look'
import { signOff } from '../sign-off'
import { reviewedCampaign } from './as-reviewer'
import { eachOfMyRemediations, eachReviewItem } from './each-of-mine'
import { foresee } from './foresee'
import { handedOn } from './handed-on'
import { nextReviewer } from './next-reviewer'
import { openReviews } from './open-reviews'
import { myPace } from './pace'
import { placeOf } from './place'
import { remediationPlan } from './remediation-plan'
import { alike, alikeItems } from './same'
import { savedOf } from './saved'
import { groupsOf, myTally, sumOf } from './tally'
import { mySigned, toSign } from './to-sign'

const [ann, bob, stranger] = [actorFor('ann'), actorFor('bob'), actorFor('stranger')]
const people: Record<string, string> = {}
const STATEMENT = 'I have looked at each of these and stand by what I decided.'

const start = () =>
  runningCampaign({
    chain: [{ by: 'owner' }, { by: 'person', person: people.bob ?? '' }],
    policy: { secondReviewers: [people.sue ?? ''], secondLookShare: 0 },
  })
const names = async (id: string) =>
  new Map((await db.campaignItem.findMany({ where: { campaignId: id } })).map((item) => [item.id, item.name]))

/** As it is where what their grants give was read: in this world nobody has. What is frozen is changed past its guard. */
async function madeSame(id: string, called: string[]): Promise<void> {
  const nothing = { count: 1, digest: 'd' }
  const value = {
    key: 'k',
    type: 'demo.robot',
    grants: nothing,
    trust: nothing,
    consumers: nothing,
    use: 'never',
  }
  const sameness = JSON.stringify({ state: 'known', value })
  await db.$transaction([
    db.$executeRaw`SET LOCAL session_replication_role = replica`,
    db.$executeRaw`
      UPDATE campaign_item SET cluster_key = 'k', card = jsonb_set(card::jsonb, '{sameness}', ${sameness}::jsonb)
      WHERE campaign_id = ${id}::uuid AND name = ANY(${called}::text[])`,
  ])
}

beforeAll(async () => {
  for (const name of ['mia', 'ann', 'bob', 'sue']) people[name] = (await person(name)).id
  await team('Payments', people.sue ?? '', [people.bob ?? ''])
  await worldOf([
    { id: 'one', owner: 'ann' },
    { id: 'two', owner: 'ann' },
    { id: 'root', owner: 'ann', administrator: true, grants: ['reader', 'admin'] },
    { id: 'bobs', owner: 'bob' },
  ])
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

describe('a queue', () => {
  test('is counted for whoever is asked, and the number beside Reviews goes down', async () => {
    const before = await openReviews(ann)
    const id = await start()
    expect(await openReviews(ann)).toBe(before + 3)
    await decide(ann, { id, decisions: [await rowFor(id, 'one', 'keep', KEPT)] })
    expect(await openReviews(ann)).toBe(before + 2)
    const tally = await myTally(ann, id)
    expect(sumOf(tally)).toEqual({ items: 3, open: 2, decided: 1, signed: 0, high: 1 })
    expect(groupsOf(tally, 'kind')).toMatchObject([{ sum: { items: 3 } }])
    expect(sumOf(await myTally(bob, id)).items).toBe(1)
    expect(await myTally(stranger, id)).toEqual([])
    expect(await openReviews(actorFor('otto', 'auditor'))).toBe(0)
  })
  test('is seen by whoever is asked in it or reads campaigns, and by nobody else', async () => {
    const id = await start()
    expect(await reviewedCampaign(ann, id)).toMatchObject({
      id,
      state: 'running',
      manager: 'mia',
      keepDays: 180,
    })
    expect(await reviewedCampaign(manager, id)).toMatchObject({ id })
    await expect(reviewedCampaign(stranger, id)).rejects.toMatchObject({ code: 'not-found' })
  })
  test('has a place for each item, and what is open comes next, from the start again after the last', async () => {
    const id = await start()
    const called = await names(id)
    const [root, one, two] = [await itemOf(id, 'root'), await itemOf(id, 'one'), await itemOf(id, 'two')]
    const place = await placeOf(ann, root.id)
    expect(place).toMatchObject({ at: 1, of: 3 })
    expect(place?.before).toBeUndefined()
    expect([called.get(place?.after ?? ''), called.get(place?.nextOpen ?? '')]).toEqual(['one', 'one'])
    await decide(ann, { id, decisions: [await rowFor(id, 'one', 'keep', KEPT)] })
    expect((await placeOf(ann, root.id))?.nextOpen).toBe(two.id)
    expect(await placeOf(ann, two.id)).toMatchObject({ at: 3, before: one.id, nextOpen: root.id })
    expect(await placeOf(ann, two.id, { type: 'no.such' })).toMatchObject({ at: 0, of: 0 })
    expect(await placeOf(stranger, two.id)).toBeUndefined()
  })
  test('goes into a file whole', async () => {
    const id = await start()
    const rows = []
    for await (const part of eachReviewItem(ann, id, { state: ['undecided'] })) rows.push(...part)
    expect(rows.map(({ name }) => name)).toEqual(['root', 'one', 'two'])
  })
})

describe('the same', () => {
  test('are told with how many, and those that are never kept together with why', async () => {
    const id = await start()
    await madeSame(id, ['one', 'two'])
    const [group] = await alike(ann, id)
    expect(group).toMatchObject({ count: 2, names: ['one', 'two'] })
    const view = await alikeItems(ann, id, group?.key ?? '')
    expect(view).toMatchObject({
      count: 2,
      items: [{ name: 'one' }, { name: 'two' }],
      sameness: { grants: { count: 1 } },
    })
    expect(await alikeItems(bob, id, group?.key ?? '')).toBeUndefined()
    await decide(ann, { id, decisions: [await rowFor(id, 'one', 'remove')] })
    expect(await alike(ann, id)).toEqual([])
  })
  test('what would happen is told row by row and nothing of it is done, nor anything told of what is somebody else’s', async () => {
    const id = await start()
    const decisions = [await rowFor(id, 'one', 'remove'), await rowFor(id, 'bobs', 'remove')]
    const foreseen = await foresee(ann, { id, decisions })
    expect(foreseen).toMatchObject([
      { name: 'one', removing: { state: expect.any(String) } },
      { name: decisions[1]?.item, refused: 'It is for bob to decide.' },
    ])
    expect(foreseen[0]?.refused).toBeUndefined()
    expect(foreseen[1]?.removing).toBeUndefined()
    expect(await db.decision.count({ where: { campaignId: id } })).toBe(0)
    await expect(foresee(stranger, { id, decisions })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('what was just decided', () => {
  test('can be taken back until it is signed, and only by who decided', async () => {
    const id = await start()
    const item = await itemOf(id, 'one')
    expect(await savedOf(ann, item.id)).toBeUndefined()
    await decide(ann, { id, decisions: [await rowFor(id, 'one', 'remove')] })
    expect(await savedOf(ann, item.id)).toMatchObject({
      name: 'one',
      decision: 'remove',
      undoable: true,
      version: 2,
    })
    expect(await savedOf(bob, item.id)).toBeUndefined()
    await undoDecision(ann, { id, items: [{ item: item.id, version: 2 }] })
    expect(await savedOf(ann, item.id)).toMatchObject({ decision: 'undone', undoable: false })
  })
  test('what was handed on is told with to whom, and that it is decided but not how', async () => {
    const id = await start()
    const to = await nextReviewer(ann, 'BOB@example.com', 'to')
    const row = await rowFor(id, 'one', 'not-mine', { reason: 'Bob runs it.', to: to.id })
    await decide(ann, { id, decisions: [row] })
    expect(await handedOn(ann, id)).toMatchObject({
      count: 1,
      rows: [{ name: 'one', to: 'bob', reason: 'Bob runs it.', open: true }],
    })
    expect(await savedOf(ann, row.item)).toMatchObject({ decision: 'not-mine', undoable: false })
    await decide(bob, { id, decisions: [await rowFor(id, 'one', 'remove')] })
    const { rows } = await handedOn(ann, id)
    expect(rows).toMatchObject([{ open: false }])
    expect(JSON.stringify(rows)).not.toContain('remove')
    expect(await reviewedCampaign(ann, id)).toMatchObject({ id })
  })
  test('whose it is is an address or a team; nobody else is told of', async () => {
    expect(await nextReviewer(ann, 'payments', 'to')).toMatchObject({ name: 'sue' })
    await person('lee', { standing: 'left' })
    for (const word of ['nobody@example.com', 'lee@example.com', 'Unheard of'])
      await expect(nextReviewer(ann, word, 'to')).rejects.toMatchObject({
        code: 'invalid',
        issues: [{ path: 'to' }],
      })
  })
})

describe('pace', () => {
  const fast = async (id: string, count: number, paced = false) => {
    for (let n = 0; n < count; n++)
      await decide(ann, { id, decisions: [await rowFor(id, 'one', 'remove', { dwellMs: 900 })], paced })
  }
  test('is told after five quick ones, and again only after five more', async () => {
    const id = await start()
    await fast(id, 4)
    expect(await myPace(ann, id)).toMatchObject({ fast: false })
    await fast(id, 1)
    expect(await myPace(ann, id)).toMatchObject({ fast: true, high: 0, items: expect.any(Array) })
    await fast(id, 1, true)
    expect(await myPace(ann, id)).toMatchObject({ fast: false })
    await fast(id, 5)
    expect(await myPace(ann, id)).toMatchObject({ fast: true })
    expect(await myPace(bob, id)).toMatchObject({ fast: false, items: [] })
  })
})

describe('signing', () => {
  test('is about what is decided, with every keep of high risk; then it is there to be read', async () => {
    const id = await start()
    const rows = [await rowFor(id, 'one', 'remove'), await rowFor(id, 'two', 'remove')]
    await decide(ann, { id, decisions: rows })
    expect(await toSign(ann, id)).toMatchObject({
      items: 2,
      open: 1,
      counts: { remove: 2 },
      keeps: [],
      risky: 0,
    })
    await decide(ann, { id, decisions: [await rowFor(id, 'root', 'keep', KEPT)] })
    expect(await toSign(ann, id)).toMatchObject({
      items: 3,
      open: 0,
      risky: 1,
      keeps: [
        {
          name: 'root',
          reasonCode: KEPT.reasonCode,
          reason: KEPT.reason,
          keepUntil: expect.stringContaining(KEPT.keepUntil),
        },
      ],
    })
    expect((await toSign(ann, id, crypto.randomUUID())).items).toBe(0)
    await signOff(ann, { id, statement: STATEMENT, typedName: 'ann' })
    expect(await toSign(ann, id)).toMatchObject({ items: 0, open: 0 })
    await addAddendum(ann, { id, text: 'The ticket is 7.' })
    expect(await mySigned(ann, id)).toMatchObject({
      signOffs: [{ items: 3, counts: { keep: 1, remove: 2 }, statement: STATEMENT }],
      addenda: [{ text: 'The ticket is 7.', by: 'ann' }],
    })
    expect(await mySigned(bob, id)).toEqual({ signOffs: [], addenda: [] })
    expect((await savedOf(ann, rows[0]?.item ?? ''))?.undoable).toBe(false)
  })
})

describe('a plan', () => {
  test('is for its reviewer and for who reads campaigns, in words where no platform is known', async () => {
    const id = await start()
    await decide(ann, { id, decisions: [await rowFor(id, 'one', 'remove')] })
    const held = await db.remediation.findFirstOrThrow({ where: { campaignId: id } })
    const plan = await remediationPlan(ann, held.id)
    expect(plan).toMatchObject({ kind: 'remove', identity: { name: 'one' }, steps: held.steps })
    expect(plan.plan).toBeUndefined()
    expect(plan.notes.join(' ')).toContain('No commands are known')
    expect(await remediationPlan(actorFor('otto', 'auditor'), held.id)).toMatchObject({ id: held.id })
    await expect(remediationPlan(bob, held.id)).rejects.toMatchObject({ code: 'not-found' })
  })
  test('has the commands of the platform, and of a reduction only what was named', async () => {
    const id = await start()
    const item = await itemOf(id, 'root')
    const [drop] = (item.card as { grants: { id: string; name: string }[] }).grants.filter(
      ({ name }) => name === 'admin',
    )
    await decide(ann, { id, decisions: [await rowFor(id, 'root', 'reduce', { drops: [drop?.id] })] })
    const held = await db.remediation.findFirstOrThrow({ where: { campaignId: id } })
    await db.identity.update({ where: { id: held.identityId }, data: { type: 'aws.iam-role' } })
    const { plan } = await remediationPlan(ann, held.id)
    await db.identity.update({ where: { id: held.identityId }, data: { type: item.type } })
    expect(plan?.off.map(({ run }) => run)).toEqual([
      'aws iam detach-role-policy --role-name=root --policy-arn=admin',
    ])
    expect(plan?.end).toEqual([])
  })
  test('one alone is found in the list, and goes into a file', async () => {
    const id = await start()
    await decide(ann, { id, decisions: [await rowFor(id, 'two', 'remove')] })
    const held = await db.remediation.findFirstOrThrow({ where: { campaignId: id } })
    expect(await myRemediations(ann, { only: held.id })).toMatchObject({
      rows: [{ id: held.id, state: 'decided' }],
    })
    expect(await myRemediations(bob, { only: held.id })).toEqual({ rows: [] })
    const rows = []
    for await (const part of eachOfMyRemediations(ann)) rows.push(...part)
    expect(rows.map((row) => row.id)).toContain(held.id)
    await expect(claimApplied(ann, { id: held.id })).rejects.toMatchObject({ code: 'conflict' })
  })
})

test('whoever is asked for a second look alone sees the campaign too', async () => {
  const id = await start()
  const item = await itemOf(id, 'root')
  await decide(ann, { id, decisions: [await rowFor(id, 'root', 'keep', KEPT)] })
  await giveSecondLook(actorFor('sue'), { id, item: item.id, answer: 'remove' })
  expect(await reviewedCampaign(actorFor('sue'), id)).toMatchObject({ id })
})
