// What a preparation freezes, who is asked about it, and that none of it can be changed afterwards.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Card } from '@/core/campaign'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import {
  actorFor,
  itemOf,
  manager,
  person,
  readyCampaign,
  runningCampaign,
  seen,
  team,
  worldOf,
  type World,
} from '@/tests/campaign-world'
import { checkPopulation } from './check-population'
import { campaignView } from './campaign-view'
import { createCampaign, discardCampaign, editCampaign } from './create-campaign'
import { campaignItems } from './campaign-items'
import { campaignScope } from './population'
import { prepareCampaign as prepare, preparingFailed } from './prepare'
import { publishCampaign } from './publish-campaign'
import { reassign } from './reassign'
import { prepareCampaign, redraftCampaign } from './start-preparing'

let world: World
const people: Record<string, string> = {}
const signal = new AbortController().signal

beforeAll(async () => {
  for (const name of ['mia', 'ann', 'bob', 'lea', 'fay']) people[name] = (await person(name)).id
  people.gone = (await person('gone', { standing: 'left' })).id
  await team('Payments', people.lea ?? '', [people.ann ?? '', people.gone ?? ''])
  world = await worldOf([
    { id: 'by-ann', owner: 'Ann@example.com' },
    { id: 'by-team', owner: 'payments@nowhere.example' },
    { id: 'by-gone', owner: 'gone' },
    { id: 'by-nobody' },
    { id: 'root', owner: 'ann', administrator: true },
  ])
  await db.team.update({ where: { name: 'Payments' }, data: { email: 'Payments@Nowhere.example' } })
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

describe('who is asked', () => {
  test('the owner, the lead of the team, and nobody, each with why; and what has nobody keeps it from being published', async () => {
    const { id, version } = await readyCampaign()
    const { rows } = await campaignItems(manager, id)
    expect(
      Object.fromEntries(rows.map((row) => [row.name, [row.reviewer?.name, row.reviewer?.why]])),
    ).toEqual({
      'by-ann': ['ann', 'owns it, as tag owner tells'],
      'by-team': ['lea', 'leads Payments, which owns it'],
      'by-gone': ['lea', 'leads the team of gone, who owns it'],
      'by-nobody': [undefined, undefined],
      root: ['ann', 'owns it, as tag owner tells'],
    })
    const { blockers } = await campaignView(manager, id)
    expect(blockers.map(({ id: what, count }) => [what, count])).toEqual([['no-reviewer', 1]])
    await expect(publishCampaign(manager, { id, version })).rejects.toThrow('1 item has no reviewer')
    await reassign(manager, { id, without: true, to: people.bob ?? '', reason: 'takes what nobody owns' })
    await publishCampaign(manager, { id, version })
    expect((await campaignView(manager, id)).state).toBe('running')
  })
  test('a person who is named is asked about the rest', async () => {
    const id = await runningCampaign({
      chain: [{ by: 'owner' }, { by: 'team-lead' }, { by: 'person', person: people.fay ?? '' }],
    })
    expect((await itemOf(id, 'by-nobody')).reviewerId).toBe(people.fay)
  })
  test('what is equivalent to an administrator needs a second person who has nothing at stake', async () => {
    const { id } = await readyCampaign()
    const second = await db.secondLook.findFirstOrThrow({ where: { campaignId: id, why: 'administrator' } })
    expect(second.reviewerId).toBe(people.lea)
    await db.team.update({ where: { name: 'Payments' }, data: { leadId: null } })
    const alone = await readyCampaign({
      policy: { secondLookShare: 0.5 },
      chain: [{ by: 'owner' }, { by: 'person', person: people.fay ?? '' }],
    })
    const { blockers } = await campaignView(manager, alone.id)
    expect(blockers.map(({ id: what }) => what)).toEqual(['no-second'])
    await expect(publishCampaign(manager, alone)).rejects.toMatchObject({ code: 'conflict' })
    const own = reassign(manager, {
      id: alone.id,
      items: [(await itemOf(alone.id, 'root')).id],
      as: 'second',
      to: people.ann ?? '',
      reason: 'x',
    })
    await expect(own).rejects.toThrow('ann decides about 1 of these')
    await reassign(manager, {
      id: alone.id,
      without: true,
      as: 'second',
      to: people.fay ?? '',
      reason: 'is free',
    })
    await publishCampaign(manager, alone)
    await db.team.update({ where: { name: 'Payments' }, data: { leadId: people.lea ?? null } })
  })
})

describe('what is frozen', () => {
  test('every identity as of one instant, with the hash that anybody gets', async () => {
    const { id } = await readyCampaign()
    const view = await campaignView(manager, id)
    const check = await checkPopulation(manager, id)
    expect(check).toEqual({
      recorded: view.populationHash,
      computed: view.populationHash,
      rows: 5,
      holds: true,
      wrong: [],
    })
    const items = await db.campaignItem.findMany({ where: { campaignId: id } })
    expect(new Set(items.map(({ card }) => (card as unknown as Card).instant))).toEqual(
      new Set([view.instant]),
    )
    expect(view.runs).toHaveLength(1)
  })
  test('what is learned while it is being frozen is not in it', async () => {
    const { id, version } = await createCampaign(manager, { name: 'x', dueAt: '2030-01-01T00:00:00Z' })
    await prepareCampaign(manager, { id, version })
    const stopped = AbortSignal.abort()
    await expect(prepare(id, stopped)).rejects.toThrow()
    const { instant } = await db.campaign.findUniqueOrThrow({ where: { id } })
    world.robots.push({ id: 'late', owner: 'ann' })
    const [first] = world.robots
    if (first) first.grants = ['reader', 'writer']
    await seen(world, '2026-06-02T00:00:00.000Z')
    expect(await prepare(id, signal)).toBe(true)
    const view = await campaignView(manager, id)
    expect([view.instant, view.rows]).toEqual([instant?.toISOString(), 5])
    expect((await itemOf(id, 'by-ann')).card).toMatchObject({ grants: [{ name: 'reader' }] })
    const next = await readyCampaign()
    expect((await campaignView(manager, next.id)).rows).toBe(6)
    expect((await itemOf(next.id, 'by-ann')).card).toMatchObject({
      grants: [{ name: 'reader' }, { name: 'writer' }],
    })
  })
  test('two workers at once freeze it once', async () => {
    const { id, version } = await createCampaign(manager, { name: 'x', dueAt: '2030-01-01T00:00:00Z' })
    await prepareCampaign(manager, { id, version })
    const both = await Promise.all([prepare(id, signal), prepare(id, signal)])
    expect(both).toContain(true)
    expect(await checkPopulation(manager, id)).toMatchObject({ holds: true, rows: 6 })
  })
  test.each<[string, (id: string) => Promise<unknown>]>([
    ['a card', (id) => db.$executeRaw`UPDATE campaign_item SET card = '{}' WHERE campaign_id = ${id}::uuid`],
    [
      'its tier',
      (id) => db.$executeRaw`UPDATE campaign_item SET tier = 2 WHERE campaign_id = ${id}::uuid AND tier < 2`,
    ],
    ['a row', (id) => db.$executeRaw`DELETE FROM campaign_item WHERE campaign_id = ${id}::uuid`],
    ['the hash', (id) => db.$executeRaw`UPDATE campaign SET population_hash = 'x' WHERE id = ${id}::uuid`],
    ['the policy', (id) => db.$executeRaw`UPDATE campaign SET policy = '{}' WHERE id = ${id}::uuid`],
    ['the campaign', (id) => db.$executeRaw`DELETE FROM campaign WHERE id = ${id}::uuid`],
  ])('the database lets nobody change %s of what was published', async (_, change) => {
    const id = await runningCampaign({ chain: [{ by: 'owner' }, { by: 'person', person: people.fay ?? '' }] })
    await expect(change(id)).rejects.toThrow(/not (changed|deleted)/)
    expect(await checkPopulation(manager, id)).toMatchObject({ holds: true })
  })
  test('a card that was changed behind the back of the database is found', async () => {
    const { id } = await readyCampaign()
    const item = await itemOf(id, 'by-ann')
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`
      await tx.$executeRaw`UPDATE campaign_item SET card = jsonb_set(card, '{owner,words}', '"eve"') WHERE id = ${item.id}::uuid`
    })
    expect(await checkPopulation(manager, id)).toMatchObject({ holds: false, wrong: [item.identityId] })
  })
})

describe('drafts', () => {
  const draft = (more = {}) => createCampaign(manager, { name: 'x', dueAt: '2030-01-01T00:00:00Z', ...more })
  test('how many are meant is told before anything is frozen', async () => {
    expect(await campaignScope(manager, { q: 'by-' })).toMatchObject({ count: 4, countIsMore: false })
    await expect(campaignScope(actorFor('ann'), {})).rejects.toMatchObject({ code: 'forbidden' })
  })
  test.each<[string, object, string]>([
    ['a filter that is not understood', { filter: { privilege: 'great' } }, 'privilege'],
    ['identities that are gone', { filter: { state: 'retired' } }, 'filter.state'],
    ['a day that is over', { dueAt: '2020-01-01T00:00:00Z' }, 'dueAt'],
    ['somebody there is not', { manager: '00000000-0000-4000-8000-000000000000' }, 'manager'],
    ['nobody to ask', { chain: [] }, 'chain'],
    [
      'decoys that nobody is told of',
      { policy: { control: { items: 3, announced: '' } } },
      'policy.control.announced',
    ],
    ['keeping for longer than 180 days', { policy: { keepDays: 181 } }, 'policy.keepDays'],
  ])('not with %s', async (_, more, path) => {
    await expect(draft(more)).rejects.toMatchObject({
      code: 'invalid',
      issues: [expect.objectContaining({ path })],
    })
  })
  test('not with somebody who has left, nor by who is nobody of the directory', async () => {
    await expect(draft({ manager: people.gone })).rejects.toThrow('gone has left')
    const stranger = actorFor('stranger', 'analyst')
    await expect(createCampaign(stranger, { name: 'x', dueAt: '2030-01-01T00:00:00Z' })).rejects.toThrow(
      'Say who manages it',
    )
  })
  test('what was changed meanwhile is not changed over', async () => {
    const { id, version } = await draft()
    await editCampaign(manager, { id, version, name: 'first' })
    await expect(editCampaign(manager, { id, version, name: 'second' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await campaignView(manager, id)).name).toBe('first')
  })
  test('what is ready and is edited is a draft again, and has to be frozen anew', async () => {
    const { id, version } = await readyCampaign()
    const edited = await editCampaign(manager, { id, version, filter: { q: 'root' } })
    expect(edited.state).toBe('draft')
    expect(await db.campaignItem.count({ where: { campaignId: id } })).toBe(0)
    await expect(publishCampaign(manager, { id, version: edited.version })).rejects.toThrow(
      'prepare it first',
    )
    await discardCampaign(manager, { id })
    await expect(campaignView(manager, id)).rejects.toMatchObject({ code: 'not-found' })
  })
  test('one that is being frozen can be taken back, and is not published by a worker that goes on', async () => {
    const { id, version } = await draft()
    const { version: next } = await prepareCampaign(manager, { id, version })
    await expect(publishCampaign(manager, { id, version: next })).rejects.toThrow('being frozen')
    await redraftCampaign(manager, { id, version: next })
    expect(await prepare(id, signal)).toBe(false)
    expect((await campaignView(manager, id)).state).toBe('draft')
  })
  test('one that cannot be frozen is a draft that says why, with nothing half-frozen', async () => {
    const { id, version } = await draft()
    await prepareCampaign(manager, { id, version })
    await prepare(id, AbortSignal.abort()).catch(() => {})
    await preparingFailed(id, 'The disk is full.')
    expect(await campaignView(manager, id)).toMatchObject({
      state: 'draft',
      failure: 'The disk is full.',
      prepared: 0,
    })
    expect(await db.campaignItem.count({ where: { campaignId: id } })).toBe(0)
  })
  test('nothing is not published', async () => {
    const empty = await readyCampaign({ filter: { q: 'no such identity' } })
    await expect(publishCampaign(manager, empty)).rejects.toThrow('The filter matches no identity.')
  })
})
