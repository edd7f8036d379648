// Deciding, handing on and looking a second time: who may, what it needs, and what is refused.
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
  worldOf,
} from '@/tests/campaign-world'
import { campaignQuality } from './quality'
import { campaignItems, reviewQueue } from './campaign-items'
import { closeCampaign } from './close-campaign'
import { decide, undoDecision } from './decide'
import { handOverLeft } from './hand-over-left'
import { reassign } from './reassign'
import { reviewItem } from './review-item'
import { giveSecondLook, settleDifference } from './second-look'
import { signOff } from './sign-off'

const [ann, bob, cy, sue] = [actorFor('ann'), actorFor('bob'), actorFor('cy'), actorFor('sue')]
const people: Record<string, string> = {}
const STATEMENT = 'I have looked at each of these and stand by what I decided.'
let chain: { by: 'owner' }[] | object[]

/** Everybody is asked about what they own, bob about the rest; sue looks a second time. */
const start = (more: object = {}) =>
  runningCampaign({
    chain: chain as never,
    policy: { secondReviewers: [people.sue ?? ''], secondLookShare: 0 },
    ...more,
  })
const signed = (id: string, actor = ann) =>
  signOff(actor, { id, statement: STATEMENT, typedName: actor.name })
const versionOf = async (id: string) => (await db.campaign.findUniqueOrThrow({ where: { id } })).version
const decideAs = async (
  actor: typeof ann,
  id: string,
  name: string,
  decision: 'keep' | 'remove' | 'reduce',
  more: object = {},
) =>
  decide(actor, {
    id,
    decisions: [await rowFor(id, name, decision, decision === 'keep' ? { ...KEPT, ...more } : more)],
  })

beforeAll(async () => {
  for (const name of ['mia', 'ann', 'bob', 'cy', 'sue']) people[name] = (await person(name)).id
  chain = [{ by: 'owner' }, { by: 'person', person: people.bob }]
  await worldOf([
    { id: 'one', owner: 'ann' },
    { id: 'two', owner: 'ann' },
    { id: 'root', owner: 'ann', administrator: true },
    { id: 'bobs', owner: 'bob' },
    { id: 'nobodys' },
  ])
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

describe('deciding', () => {
  test('about one: the record has who, in whose place, how long, and what it stands instead of', async () => {
    const id = await start()
    const first = await decide(ann, {
      id,
      decisions: [
        await rowFor(id, 'one', 'remove', { reasonCode: 'not-needed', dwellMs: 12_000, opened: ['used'] }),
      ],
    })
    expect(first.rows).toMatchObject([{ decision: 'remove', state: 'decided', version: 2 }])
    await decideAs(ann, id, 'one', 'keep')
    const item = await itemOf(id, 'one')
    const rows = await db.decision.findMany({ where: { itemId: item.id }, orderBy: { at: 'asc' } })
    expect(rows).toMatchObject([
      {
        decision: 'remove',
        byId: people.ann,
        source: 'human',
        dwellMs: 12_000,
        opened: ['used'],
        supersedesId: null,
      },
      { decision: 'keep', supersedesId: rows[0]?.id },
    ])
    expect(item).toMatchObject({ state: 'decided', decisionId: rows[1]?.id, version: 3 })
    expect(await db.remediation.findMany({ where: { itemId: item.id } })).toMatchObject([
      { kind: 'remove', droppedAt: expect.any(Date) },
    ])
  })
  test('nothing that was decided can be changed or deleted', async () => {
    const id = await start()
    await decideAs(ann, id, 'one', 'remove')
    await expect(
      db.$executeRaw`UPDATE decision SET decision = 'keep' WHERE campaign_id = ${id}::uuid`,
    ).rejects.toThrow('only ever added to')
    await expect(db.$executeRaw`DELETE FROM decision WHERE campaign_id = ${id}::uuid`).rejects.toThrow(
      'only ever added to',
    )
  })
  test('a request with one row of somebody else is answered row by row, and nothing of it is done', async () => {
    const id = await start()
    const decisions = [
      await rowFor(id, 'one', 'remove'),
      await rowFor(id, 'bobs', 'remove'),
      await rowFor(id, 'two', 'remove'),
    ]
    const failure = await decide(ann, { id, decisions }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'forbidden',
      message: 'Nothing was decided: 1 of 3 was refused.',
      issues: [
        { path: decisions[0]?.item, message: expect.stringMatching(/^Not decided/) },
        { path: decisions[1]?.item, message: 'It is for bob to decide.' },
        { path: decisions[2]?.item, message: expect.stringMatching(/^Not decided/) },
      ],
    })
    expect(await db.decision.count({ where: { campaignId: id } })).toBe(0)
  })
  test('of two at once the second gets a conflict that shows the first', async () => {
    const id = await start()
    const row = await rowFor(id, 'one', 'remove', { reason: 'is not needed' })
    const both = await Promise.allSettled([
      decide(ann, { id, decisions: [row] }),
      decide(ann, { id, decisions: [{ ...row, decision: 'keep', ...KEPT }] }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = both.find((one) => one.status === 'rejected') as PromiseRejectedResult
    expect(lost.reason).toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/^ann decided “(remove|keep)” at .*Look at it again/),
    })
    expect(await db.decision.count({ where: { campaignId: id } })).toBe(1)
  })
  test.each<[string, ReturnType<typeof actorFor>, string]>([
    ['the manager', manager, 'forbidden'],
    ['an administrator', actorFor('bob', 'administrator'), 'forbidden'],
    ['somebody who is nobody of the directory', actorFor('stranger', 'analyst'), 'forbidden'],
    ['the command line', { ...manager, kind: 'cli' }, 'forbidden'],
    ['an auditor', actorFor('ann', 'auditor'), 'forbidden'],
  ])('not by %s for somebody else', async (_, actor, code) => {
    const id = await start()
    await expect(decideAs(actor, id, 'one', 'remove')).rejects.toMatchObject({ code })
  })
  test.each<[string, object, string]>([
    ['no item', { decisions: [] }, 'invalid'],
    ['an item twice', { twice: true }, 'invalid'],
    ['an item there is not', { item: '00000000-0000-4000-8000-000000000000' }, 'not-found'],
    ['an older version', { version: 0 }, 'conflict'],
    ['a word that is none', { decision: 'approve' }, 'invalid'],
    ['a field that is none', { approveAll: true }, 'invalid'],
    ['a time that is negative', { dwellMs: -1 }, 'invalid'],
  ])('not with %s', async (_, wrong, code) => {
    const id = await start()
    const row = { ...(await rowFor(id, 'one', 'remove')), ...wrong } as never
    const decisions =
      'decisions' in wrong
        ? []
        : 'twice' in wrong
          ? [await rowFor(id, 'one', 'remove'), await rowFor(id, 'one', 'keep')]
          : [row]
    await expect(decide(ann, { id, decisions })).rejects.toMatchObject({ code })
    expect(await db.decision.count({ where: { campaignId: id } })).toBe(0)
  })
  test('what is of high risk is not kept without reason and day; together only what is the same', async () => {
    const id = await start()
    await expect(decide(ann, { id, decisions: [await rowFor(id, 'root', 'keep')] })).rejects.toMatchObject({
      code: 'invalid',
    })
    const both = [await rowFor(id, 'one', 'keep', KEPT), await rowFor(id, 'root', 'keep', KEPT)]
    await expect(decide(ann, { id, decisions: both })).rejects.toMatchObject({
      code: 'invalid',
      issues: [expect.anything(), { path: both[1]?.item, message: 'It is of high risk: may do everything.' }],
    })
    expect(await db.decision.count({ where: { campaignId: id } })).toBe(0)
  })
  test('is told when it is fast, and that it was told is kept', async () => {
    const id = await start()
    const once = async (decision: 'keep' | 'remove', paced = false) =>
      decide(ann, {
        id,
        paced,
        decisions: [await rowFor(id, 'root', decision, { ...(decision === 'keep' && KEPT), dwellMs: 900 })],
      })
    for (let at = 0; at < 4; at++) expect((await once(at % 2 ? 'keep' : 'remove')).pace.fast).toBe(false)
    expect((await once('remove')).pace).toMatchObject({ fast: true, high: 5 })
    await once('keep', true)
    expect(await db.decision.count({ where: { campaignId: id, paced: true } })).toBe(1)
  })
  test('can be taken back before it is signed, and the record keeps both', async () => {
    const id = await start()
    await decideAs(ann, id, 'one', 'remove')
    const { id: item, version } = await itemOf(id, 'one')
    await expect(undoDecision(bob, { id, items: [{ item, version }] })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await undoDecision(ann, { id, items: [{ item, version }] })
    expect(await itemOf(id, 'one')).toMatchObject({ state: 'undecided', decisionId: null })
    const said = await db.decision.findMany({ where: { itemId: item }, orderBy: { at: 'asc' } })
    expect(said.map(({ decision }) => decision)).toEqual(['remove', 'undone'])
    expect(await db.remediation.count({ where: { campaignId: id, droppedAt: null } })).toBe(0)
    const again = undoDecision(ann, { id, items: [{ item, version: version + 1 }] })
    await expect(again).rejects.toThrow('There is no decision of a person to take back.')
  })
  test('about what is gone meanwhile: it cannot be kept; of what is not read any more nobody says that it is gone', async () => {
    const id = await start()
    const { identityId } = await itemOf(id, 'one')
    await db.identity.update({
      where: { id: identityId },
      data: { retiredAt: new Date('2026-06-02T00:00:00Z') },
    })
    await expect(decideAs(ann, id, 'one', 'keep')).rejects.toThrow('It is gone since 2026-06-02T00:00Z')
    expect((await reviewItem(ann, (await itemOf(id, 'one')).id)).since).toMatchObject({ standing: 'gone' })
    await decideAs(ann, id, 'one', 'remove')
    await db.identity.update({ where: { id: identityId }, data: { retiredAt: null } })
  })
})

describe('handing on', () => {
  const notMine = async (actor: typeof ann, id: string, to?: string) =>
    decide(actor, {
      id,
      decisions: [await rowFor(id, 'one', 'not-mine', { reason: 'another team has it', ...(to && { to }) })],
    })
  test('goes to who is named, at most twice, and then to the manager; the day it is due stays', async () => {
    const id = await start()
    const { dueAt } = await db.campaign.findUniqueOrThrow({ where: { id } })
    await notMine(ann, id, people.bob)
    await notMine(bob, id, people.cy)
    await notMine(cy, id, people.ann)
    expect(await itemOf(id, 'one')).toMatchObject({ reviewerId: people.mia, hops: 3, state: 'undecided' })
    expect((await db.campaign.findUniqueOrThrow({ where: { id } })).dueAt).toEqual(dueAt)
    const { handovers } = await reviewItem(manager, (await itemOf(id, 'one')).id)
    expect(handovers.map(({ from, to }) => [from, to])).toEqual([
      ['ann', 'bob'],
      ['bob', 'cy'],
      ['cy', 'mia'],
    ])
    await expect(decideAs(ann, id, 'one', 'remove')).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('to nobody in particular goes to the manager', async () => {
    const id = await start()
    await notMine(ann, id)
    expect(await itemOf(id, 'one')).toMatchObject({ reviewerId: people.mia, hops: 1 })
  })
  test.each<[string, () => string | undefined, string]>([
    ['oneself', () => people.ann, 'ann’s already'],
    ['nobody', () => '00000000-0000-4000-8000-000000000000', 'nobody of this id'],
  ])('not to %s', async (_, to, message) => {
    await expect(notMine(ann, await start(), to())).rejects.toThrow(message)
  })
  test('by the manager opens what was not signed, and counts as no hop', async () => {
    const id = await start()
    await decideAs(ann, id, 'one', 'remove')
    const { id: item } = await itemOf(id, 'one')
    await reassign(manager, { id, items: [item], to: people.cy ?? '', reason: 'knows it' })
    expect(await itemOf(id, 'one')).toMatchObject({
      reviewerId: people.cy,
      state: 'undecided',
      decisionId: null,
      hops: 0,
    })
    await expect(
      reassign(manager, { id, items: [item], to: people.cy ?? '', reason: '' }),
    ).rejects.toMatchObject({ code: 'invalid' })
    await expect(
      reassign(ann, { id, items: [item], to: people.ann ?? '', reason: 'x' }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('of whoever has left, without anybody having to notice', async () => {
    const id = await start()
    await decideAs(ann, id, 'one', 'remove')
    await db.person.update({
      where: { id: people.ann ?? '' },
      data: { standing: 'left', managerId: people.cy ?? '' },
    })
    expect(await handOverLeft(new Date())).toBeGreaterThanOrEqual(3)
    expect(await handOverLeft(new Date())).toBe(0)
    expect(await itemOf(id, 'one')).toMatchObject({ reviewerId: people.cy, state: 'undecided' })
    await expect(decideAs(ann, id, 'two', 'remove')).rejects.toMatchObject({ code: 'forbidden' })
    await db.person.update({ where: { id: people.ann ?? '' }, data: { standing: 'here', managerId: null } })
  })
})

describe('in the place of somebody who is away', () => {
  const away = async (from: string, to: string) =>
    db.delegation.create({
      data: {
        fromId: people[from] ?? '',
        toId: people[to] ?? '',
        startsAt: new Date(Date.now() - 60_000),
        endsAt: new Date(Date.now() + 60_000),
        madeBy: from,
        madeAt: new Date(),
      },
    })
  test('the record says who decided and for whom; when it is over they may no more', async () => {
    const id = await start()
    await expect(decideAs(cy, id, 'one', 'remove')).rejects.toMatchObject({ code: 'forbidden' })
    const { id: delegation } = await away('ann', 'cy')
    await decideAs(cy, id, 'one', 'remove')
    const { decisionId } = await itemOf(id, 'one')
    expect(await db.decision.findUnique({ where: { id: decisionId ?? '' } })).toMatchObject({
      byName: 'cy',
      forId: people.ann,
      forName: 'ann',
    })
    await db.delegation.update({ where: { id: delegation }, data: { endedAt: new Date(Date.now() - 1000) } })
    await expect(decideAs(cy, id, 'two', 'remove')).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('nobody gives the second look at what they decide themselves', async () => {
    const id = await start()
    const { id: delegation } = await away('sue', 'ann')
    const { id: item } = await itemOf(id, 'root')
    await expect(giveSecondLook(ann, { id, item, answer: 'keep', reason: 'x' })).rejects.toThrow(
      'You decide about it yourself',
    )
    await db.delegation.update({ where: { id: delegation }, data: { endedAt: new Date(Date.now() - 1000) } })
  })
})

describe('a second look', () => {
  const look = async (actor: typeof ann, id: string, answer: 'keep' | 'remove', reason = 'seen') =>
    giveSecondLook(actor, { id, item: (await itemOf(id, 'root')).id, answer, reason })
  test('is blind: neither list nor card says what the first decided', async () => {
    const id = await start()
    await decideAs(ann, id, 'root', 'keep')
    const { id: item } = await itemOf(id, 'root')
    const seen = actorFor('sue', 'analyst')
    expect(await reviewItem(seen, item)).toMatchObject({ role: 'second', state: 'undecided', decisions: [] })
    expect((await campaignItems(seen, id)).rows.find(({ id: one }) => one === item)).not.toHaveProperty(
      'decision',
    )
    expect((await reviewQueue(sue, id, { second: true })).rows).toMatchObject([
      { name: 'root', state: 'undecided' },
    ])
    await look(sue, id, 'keep')
    expect(await reviewItem(seen, item)).toMatchObject({
      role: 'reader',
      decisions: [{ decision: 'keep', by: 'ann' }],
    })
    await expect(look(sue, id, 'remove')).rejects.toThrow('given once')
  })
  test('is nobody else’s, and not the reviewer’s own', async () => {
    const id = await start()
    for (const actor of [ann, bob, manager])
      await expect(look(actor, id, 'keep')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(look(sue, id, 'keep', ' ')).rejects.toMatchObject({ code: 'invalid' })
  })
  test('that differs is settled by a third who has nothing at stake, before the campaign can be closed', async () => {
    const id = await start()
    for (const name of ['one', 'two']) await decideAs(ann, id, name, 'remove')
    await decideAs(ann, id, 'root', 'keep')
    await signed(id)
    await look(sue, id, 'remove')
    for (const name of ['bobs', 'nobodys']) await decideAs(bob, id, name, 'remove')
    await signed(id, bob)
    const close = async () => closeCampaign(manager, { id, version: await versionOf(id) })
    await expect(close()).rejects.toThrow('About 1 two people differ')
    const { id: item } = await itemOf(id, 'root')
    const settle = (actor: typeof ann) =>
      settleDifference(actor, { id, item, as: 'remove', why: 'nothing needs it' })
    for (const name of ['ann', 'sue'])
      await expect(settle(actorFor(name, 'analyst'))).rejects.toMatchObject({ code: 'forbidden' })
    await settle(manager)
    await expect(settle(manager)).rejects.toMatchObject({ code: 'conflict' })
    expect(await db.remediation.findFirst({ where: { itemId: item } })).toMatchObject({
      kind: 'remove',
      signedAt: expect.any(Date),
    })
    expect(await close()).toMatchObject({ open: { differing: 0 } })
    expect((await campaignQuality(manager, id)).secondLooks).toMatchObject({
      asked: 1,
      answered: 1,
      differing: 1,
      differingShare: 1,
    })
  })
  test('whose owner decides alone is refused a keep', async () => {
    const id = await start()
    await db.secondLook.updateMany({ where: { campaignId: id }, data: { reviewerId: null } })
    await expect(decideAs(ann, id, 'root', 'keep')).rejects.toThrow(
      'You cannot be the only one to keep it: owns it',
    )
    await decideAs(ann, id, 'root', 'remove')
  })
})
