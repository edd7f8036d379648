// What a manager is told before and while a campaign runs, and the sharing of what is too much for one.
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
  readyCampaign,
  rowFor,
  runningCampaign,
  team,
  worldOf,
} from '@/tests/campaign-world'
import { personNamed } from '../directory/person-named'
import { campaignItems } from './campaign-items'
import { campaignView } from './campaign-view'
import { closeCampaign } from './close-campaign'
import { createCampaign } from './create-campaign'
import { decide } from './decide'
import { differences } from './differences'
import { foreseenReviewers } from './foreseen-reviewers'
import { lastAlike } from './last-alike'
import { eachCampaign, listCampaigns } from './list-campaigns'
import { eachReviewer, listReviewers, namedReviewers } from './list-reviewers'
import { preparationOf, preparations } from './preparation'
import { preparingFailed } from './prepare'
import { giveSecondLook, settleDifference } from './second-look'
import { splitLoad } from './split-load'
import { prepareCampaign } from './start-preparing'

const people: Record<string, string> = {}
const [ann, lea, bob] = ['ann', 'lea', 'bob'].map((name) => actorFor(name))
const idOf = (name: string) => people[name] ?? ''
const MANY = 47

beforeAll(async () => {
  for (const name of ['mia', 'ann', 'bob', 'lea', 'pat']) people[name] = (await person(name)).id
  people.gone = (await person('gone', { standing: 'left' })).id
  await team('Payments', idOf('lea'), [idOf('ann'), idOf('bob')])
  await worldOf([
    ...Array.from({ length: MANY }, (_, n) => ({ id: `many-${n}`, owner: 'ann' })),
    { id: 'root', owner: 'bob', administrator: true },
    { id: 'by-gone', owner: 'gone' },
    { id: 'by-nobody' },
  ])
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

describe('before anything is frozen', () => {
  test('who would be asked is what the chain says once it is, and who is nobody', async () => {
    const chain = [{ by: 'owner' as const }, { by: 'person' as const, person: idOf('pat') }]
    const owner = await foreseenReviewers(manager, {}, chain.slice(0, 1))
    expect(owner).toEqual({
      items: MANY + 3,
      none: {
        items: 2,
        why: [
          { words: 'its owner gone has left', items: 1 },
          { words: 'nobody is named as its owner', items: 1 },
        ],
      },
      reviewers: 2,
      rows: [
        { id: idOf('ann'), name: 'ann', items: MANY, tooMany: true },
        { id: idOf('bob'), name: 'bob', items: 1, tooMany: false },
      ],
      beyond: 0,
    })
    const all = await foreseenReviewers(manager, {}, chain)
    const { id } = await readyCampaign({ chain })
    const { reviewers } = await campaignView(manager, id)
    const frozen = reviewers.map((row) => [row.person?.id, row.items])
    expect(all.rows.map((row) => [row.id, row.items])).toEqual(frozen)
    const some = await foreseenReviewers(manager, { q: 'by-gone' }, chain)
    expect([some.items, some.rows.map((row) => row.name)]).toEqual([1, ['pat']])
  })
  test('an address names somebody who is there', async () => {
    expect(await personNamed(manager, 'Ann@Example.com', 'to')).toMatchObject({ id: idOf('ann') })
    await expect(personNamed(manager, 'x@example.com', 'to')).rejects.toMatchObject({
      issues: [{ path: 'to', message: 'Nobody in the directory is x@example.com.' }],
    })
    await expect(personNamed(manager, 'gone@example.com', 'to')).rejects.toThrow('gone has left')
    await expect(personNamed(actorFor('ann'), 'ann@example.com', 'to')).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
  test('how far it is, and why it failed', async () => {
    const { id, version } = await createCampaign(manager, { name: 'Slow', dueAt: '2030-01-01T00:00:00Z' })
    expect((await preparations(manager)).map((one) => one.id)).not.toContain(id)
    await prepareCampaign(manager, { id, version })
    expect(await preparationOf(manager, id)).toEqual({
      id,
      name: 'Slow',
      state: 'preparing',
      dueAt: '2030-01-01T00:00:00.000Z',
      prepared: 0,
    })
    expect((await preparations(manager)).map((one) => one.id)).toContain(id)
    await preparingFailed(id, 'The disk is full.')
    expect(await preparationOf(manager, id)).toMatchObject({ state: 'draft', failure: 'The disk is full.' })
    expect((await preparations(manager)).map((one) => one.id)).toContain(id)
    const later = new Date(Date.now() + 2 * 3600_000)
    expect(await preparations(manager, later)).toEqual([])
  })
})

describe('the list', () => {
  test('tells of each how far it is, and of which name and state', async () => {
    const id = await runningCampaign({ name: 'Rare_name', filter: { q: 'many-1' } })
    await decide(ann ?? null, { id, decisions: [await rowFor(id, 'many-1', 'remove', { reason: 'unused' })] })
    const { rows } = await listCampaigns(manager, { q: 'rare' })
    expect(rows.map((row) => row.id)).toEqual([id])
    const [row] = rows
    expect(row?.funnel).toMatchObject({ decided: 1, undecided: (row?.rows ?? 0) - 1 })
    expect(row?.funnel.remediations.decided).toBe(1)
    expect((await listCampaigns(manager, { q: 'rare', state: ['draft'] })).rows).toEqual([])
    const all: string[] = []
    for await (const some of eachCampaign(manager, { size: 1 })) all.push(...some.map((one) => one.id))
    expect(all).toHaveLength(await db.campaign.count())
    const removed = await campaignItems(manager, id, { decision: ['remove'] })
    expect(removed.rows.map(({ name }) => name)).toEqual(['many-1'])
    expect((await campaignItems(manager, id, { decision: ['keep', 'reduce'] })).rows).toEqual([])
  })
})

test('who is asked, the busiest first, by name and by what is open', async () => {
  const { id } = await readyCampaign()
  const namesOf = (rows: { person: { name: string } | null }[]) => rows.map(({ person }) => person?.name)
  const first = await listReviewers(manager, id, { size: 1 })
  expect([namesOf(first.rows), first.total, first.next]).toEqual([['ann'], 3, 1])
  expect(first.splits.map(({ person: { name } }) => name)).toEqual(['ann'])
  const rest = await listReviewers(manager, id, { from: 1 })
  expect([rest.rows.length, rest.next, rest.splits]).toEqual([2, undefined, []])
  expect(namesOf((await listReviewers(manager, id, { q: 'BO' })).rows)).toEqual([undefined, 'bob'])
  expect(namesOf((await listReviewers(manager, id, { only: ['many'] })).rows)).toEqual(['ann'])
  await db.campaignItem.updateMany({
    where: { campaignId: id, reviewerId: idOf('bob') },
    data: { state: 'moved' },
  })
  expect(namesOf((await listReviewers(manager, id, { q: 'bo', only: ['open'] })).rows)).toEqual([undefined])
  const each: unknown[] = []
  for await (const rows of eachReviewer(manager, id, { from: 2, size: 1 })) each.push(...rows)
  expect(each).toHaveLength(3)
  const named = await namedReviewers(manager, id, idOf('bob'))
  expect([named.rows[0], named.more]).toEqual([{ person: { id: idOf('bob'), name: 'bob' }, items: 1 }, false])
  expect(named.rows.map(({ items }) => items).reduce((sum, items) => sum + items, 0)).toBe(MANY + 3)
})

describe('more than 40 for one', () => {
  const sharesOf = async (id: string) => {
    const { splits } = await campaignView(manager, id)
    const [split] = splits
    const [, ...takers] = split?.shares ?? []
    return {
      person: split?.person.id ?? '',
      shares: takers.map((one) => ({ person: one.person.id, items: one.items })),
    }
  }
  test('are shared as was proposed, and recorded', async () => {
    const { id } = await readyCampaign()
    const input = await sharesOf(id)
    expect(input).toEqual({ person: idOf('ann'), shares: [{ person: idOf('bob'), items: MANY - 40 }] })
    expect(await splitLoad(manager, { id, ...input })).toMatchObject({ items: MANY - 40 })
    const view = await campaignView(manager, id)
    expect(view.splits).toEqual([])
    const items = Object.fromEntries(view.reviewers.map((row) => [row.person?.name, row.items]))
    expect(items).toMatchObject({ ann: 40, bob: MANY - 40 + 1 })
    const moved = await campaignItems(manager, id, { reviewer: idOf('bob'), q: 'many' })
    expect(moved.rows[0]?.reviewer?.why).toBe(`was named by mia: ann had ${MANY} items`)
  })
  test('nothing is handed over where the proposal is another by now, or does not fit', async () => {
    const id = await runningCampaign({ chain: [{ by: 'owner' }, { by: 'person', person: idOf('pat') }] })
    const input = await sharesOf(id)
    const before = await db.campaignItem.groupBy({
      by: ['reviewerId'],
      where: { campaignId: id },
      _count: true,
      orderBy: { reviewerId: 'asc' },
    })
    const wrong = { ...input, shares: input.shares.map((one) => ({ ...one, items: one.items + 1 })) }
    await expect(splitLoad(manager, { id, ...wrong })).rejects.toMatchObject({ code: 'conflict' })
    // Decided already, all but three: what somebody has decided is not taken from them.
    await db.campaignItem.updateMany({
      where: {
        campaignId: id,
        name: { startsWith: 'many-' },
        NOT: { name: { in: ['many-1', 'many-2', 'many-3'] } },
      },
      data: { state: 'unclear' },
    })
    await expect(splitLoad(manager, { id, ...input })).rejects.toThrow(`only 3 of ${MANY - 40}`)
    const after = await db.campaignItem.groupBy({
      by: ['reviewerId'],
      where: { campaignId: id },
      _count: true,
      orderBy: { reviewerId: 'asc' },
    })
    expect(after).toEqual(before)
    expect(await db.itemHandover.count({ where: { campaignId: id } })).toBe(0)
  })
})

test('two who differ: not told to who has yet to look, settled by a third, and compared with the campaign before', async () => {
  const filter = { q: 'root' }
  const first = await runningCampaign({ filter })
  const decideRoot = async (id: string) =>
    decide(bob ?? null, { id, decisions: [await rowFor(id, 'root', 'keep', KEPT)] })
  await decideRoot(first)
  const { id: item } = await itemOf(first, 'root')
  const seenBy = async (who: typeof manager | undefined) =>
    (await differences({ ...(who ?? manager), role: 'analyst' }, first)).rows
  expect(await seenBy(lea)).toEqual([])
  // A filter by what was decided does not tell it to her either.
  const asLea = { ...(lea ?? manager), role: 'analyst' as const }
  for (const one of [{ decision: ['keep' as const] }, { state: ['decided' as const] }])
    expect((await campaignItems(asLea, first, one)).rows).toEqual([])
  expect((await campaignItems(asLea, first, { state: ['undecided'] })).rows).toHaveLength(1)
  expect((await campaignItems(manager, first, { decision: ['keep'] })).rows).toHaveLength(1)
  await giveSecondLook(lea ?? null, { id: first, item, answer: 'remove', reason: 'nothing needs it' })
  const [told] = await seenBy(manager)
  expect(told).toMatchObject({
    item,
    why: 'administrator',
    first: { decision: 'keep', by: 'bob' },
    second: { decision: 'remove', by: 'lea', reason: 'nothing needs it' },
    involved: false,
  })
  for (const who of [lea, bob]) expect((await seenBy(who))[0]?.involved).toBe(true)
  await settleDifference(manager, { id: first, item, as: 'remove', why: 'nothing needs it' })
  expect((await seenBy(manager))[0]?.settled).toMatchObject({ as: 'remove', by: 'mia' })

  const { version } = await db.campaign.findUniqueOrThrow({ where: { id: first } })
  await closeCampaign(manager, {
    id: first,
    version,
    choices: { high: { choice: 'next', reason: 'it was not signed' } },
  })
  const second = await runningCampaign({ filter })
  expect(await lastAlike(manager, first)).toBeUndefined()
  expect(await lastAlike(manager, second)).toMatchObject({ id: first, quality: { human: 1 } })
  const other = await runningCampaign({ filter: { q: 'many-2' } })
  expect(await lastAlike(manager, other)).toBeUndefined()
})
