// Signing off, extending, closing and sealing: what it needs, what is refused, and what is seen meanwhile.
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
import { campaignItems, reviewQueue } from './campaign-items'
import { campaignView } from './campaign-view'
import { closeCampaign } from './close-campaign'
import { decide, undoDecision } from './decide'
import { addAddendum, extendCampaign } from './extend-campaign'
import { myReviews } from './my-reviews'
import { reassign } from './reassign'
import { reviewItem } from './review-item'
import { sealCampaign, signOff } from './sign-off'

const [ann, bob, cy] = [actorFor('ann'), actorFor('bob'), actorFor('cy')]
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

describe('signing off', () => {
  const all = async (id: string) => {
    for (const name of ['one', 'two']) await decideAs(ann, id, name, 'remove')
    await decideAs(ann, id, 'root', 'keep')
  }
  test('is refused while something is open', async () => {
    const id = await start()
    await expect(signed(id)).rejects.toThrow('3 of your items are undecided.')
    await all(id)
    await decide(ann, { id, decisions: [await rowFor(id, 'two', 'cannot-tell', { lacking: 'purpose' })] })
    await expect(signed(id)).rejects.toThrow('you cannot tell')
    await expect(signed(id, cy)).rejects.toThrow('nothing of yours')
  })
  test.each<[string, object, string]>([
    ['another name', { typedName: 'bob' }, 'typedName'],
    ['no statement', { statement: 'ok' }, 'statement'],
  ])('not with %s', async (_, wrong, path) => {
    const id = await start()
    await all(id)
    const failure = signOff(ann, { id, statement: STATEMENT, typedName: 'Ann', ...wrong })
    await expect(failure).rejects.toMatchObject({
      code: 'invalid',
      issues: [expect.objectContaining({ path })],
    })
  })
  test('not with a token', async () => {
    const id = await start()
    await all(id)
    await expect(signed(id, { ...ann, kind: 'token' })).rejects.toMatchObject({ code: 'forbidden' })
  })
  test('locks what was decided; what is to be said later stands beside it', async () => {
    const id = await start()
    await all(id)
    const done = await signed(id)
    expect(done).toMatchObject({ items: 3, counts: { keep: 1, remove: 2 } })
    const { id: item, version } = await itemOf(id, 'one')
    await expect(decideAs(ann, id, 'one', 'keep')).rejects.toThrow('addendum')
    await expect(undoDecision(ann, { id, items: [{ item, version }] })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(
      reassign(manager, { id, items: [item], to: people.cy ?? '', reason: 'x' }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(
      db.$executeRaw`UPDATE campaign_item SET state = 'undecided' WHERE id = ${item}::uuid`,
    ).rejects.toThrow('a signed item is not changed')
    await expect(
      db.$executeRaw`UPDATE sign_off SET statement = 'x' WHERE id = ${done.signOff}::uuid`,
    ).rejects.toThrow('only ever added to')
    await addAddendum(ann, { id, item, text: 'The key was the other one.' })
    await expect(addAddendum(bob, { id, item, text: 'x' })).rejects.toMatchObject({ code: 'forbidden' })
    expect((await campaignView(manager, id)).addenda).toMatchObject([
      { item, by: 'ann', text: 'The key was the other one.' },
    ])
  })
})

describe('extending and closing', () => {
  test('more time, with a reason, and never less', async () => {
    const id = await start()
    const version = await versionOf(id)
    const later = new Date(Date.now() + 30 * 86_400_000).toISOString()
    await expect(extendCampaign(manager, { id, version, dueAt: later, reason: '' })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(
      extendCampaign(manager, { id, version, dueAt: new Date().toISOString(), reason: 'x' }),
    ).rejects.toMatchObject({ code: 'invalid' })
    await extendCampaign(manager, { id, version, dueAt: later, reason: 'holidays' })
    await expect(extendCampaign(manager, { id, version, dueAt: later, reason: 'x' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await campaignView(manager, id)).extensions).toMatchObject([
      { to: later, reason: 'holidays', by: 'mia' },
    ])
  })
  test('what nobody decided is settled by name, for each risk; never in silence', async () => {
    const id = await start()
    await decideAs(ann, id, 'one', 'remove')
    const version = await versionOf(id)
    const failure = await closeCampaign(manager, { id, version }).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      code: 'invalid',
      issues: [{ path: 'choices.high' }, { path: 'choices.medium' }],
    })
    const exception = { choice: 'exception' as const, person: people.cy ?? '', reason: 'holidays' }
    await closeCampaign(manager, {
      id,
      version,
      choices: { high: exception, medium: { choice: 'next', reason: 'no time' } },
    })
    const { rows } = await campaignItems(manager, id)
    const told = rows.map(({ name, state, exception: left }) => [name, state, left?.person]).sort()
    expect(told).toEqual([
      ['bobs', 'moved', undefined],
      ['nobodys', 'moved', undefined],
      ['one', 'moved', undefined],
      ['root', 'excepted', 'cy'],
      ['two', 'moved', undefined],
    ])
    expect(await db.remediation.count({ where: { campaignId: id, droppedAt: null } })).toBe(0)
    await expect(decideAs(ann, id, 'two', 'remove')).rejects.toThrow('It is closed.')
  })
  test('what needs a second look and has none needs somebody who answers for it', async () => {
    const id = await start({ filter: { q: 'root' } })
    await decideAs(ann, id, 'root', 'keep')
    await signed(id)
    const version = await versionOf(id)
    await expect(closeCampaign(manager, { id, version })).rejects.toMatchObject({
      issues: [{ path: 'second' }],
    })
    await closeCampaign(manager, {
      id,
      version,
      second: { choice: 'exception', person: people.cy ?? '', reason: 'sue is ill' },
    })
    expect(await db.secondLook.findFirst({ where: { campaignId: id } })).toMatchObject({
      settledAs: 'excepted',
      settledBy: 'cy',
    })
  })
  test('is sealed by its manager alone, and then nothing changes', async () => {
    const id = await start({ filter: { q: 'one' } })
    await decideAs(ann, id, 'one', 'remove')
    await signed(id)
    const seal = (actor: typeof ann) =>
      sealCampaign(actor, { id, statement: STATEMENT, typedName: actor.name })
    await expect(seal(manager)).rejects.toMatchObject({ code: 'conflict' })
    await closeCampaign(manager, { id, version: await versionOf(id) })
    await expect(seal(actorFor('bob', 'analyst'))).rejects.toMatchObject({ code: 'forbidden' })
    await seal(manager)
    expect((await campaignView(manager, id)).signOffs.map(({ kind, name }) => [kind, name])).toEqual([
      ['reviewer', 'ann'],
      ['campaign', 'mia'],
    ])
    await expect(db.$executeRaw`UPDATE campaign SET name = 'x' WHERE id = ${id}::uuid`).rejects.toThrow(
      'sealed',
    )
    await addAddendum(manager, { id, text: 'The report was sent.' })
  })
})

describe('what people see', () => {
  test('their own, the riskiest first; of others nothing', async () => {
    const id = await start()
    expect((await reviewQueue(ann, id)).rows.map(({ name, tier }) => [name, tier])).toEqual([
      ['root', 'high'],
      ['one', 'medium'],
      ['two', 'medium'],
    ])
    const bobs = await itemOf(id, 'bobs')
    await expect(reviewItem(ann, bobs.id)).rejects.toMatchObject({ code: 'not-found' })
    await expect(campaignItems(ann, id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await reviewItem(actorFor('x', 'auditor'), bobs.id)).toMatchObject({ role: 'reader' })
    const mine = (await myReviews(ann)).find((one) => one.id === id)
    expect(mine).toMatchObject({ items: 3, decided: 0, high: 1, riskiest: ['root', 'one', 'two'] })
  })
  test('page by page the same rows, each once', async () => {
    const id = await start()
    const names: string[] = []
    let after: string | undefined
    do {
      const page = await campaignItems(manager, id, { size: 2, ...(after && { after }) })
      names.push(...page.rows.map(({ name }) => name))
      after = page.next
    } while (after)
    expect(names).toEqual((await campaignItems(manager, id)).rows.map(({ name }) => name))
    expect(names).toHaveLength(5)
  })
  test('whoever is asked about nothing finds nothing', async () => {
    const id = await start()
    expect((await reviewQueue(bob, id)).rows).toHaveLength(2)
    await expect(reviewItem(cy, (await itemOf(id, 'one')).id)).rejects.toMatchObject({ code: 'not-found' })
  })
})
