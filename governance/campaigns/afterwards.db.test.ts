// What comes after a decision: whether it was done is told by complete looks alone; what policy carries is no human review;
// and the numbers that say how attentively was decided.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { asked, fileOf } from '@/tests/asked-pack'
import {
  actorFor,
  itemOf,
  KEPT,
  manager,
  person,
  rowFor,
  runningCampaign,
  seen,
  worldOf,
  type World,
} from '@/tests/campaign-world'
import { look } from '@/tests/queried-estate'
import { refused } from '@/tests/scripted-source'
import { observed } from '@/tests/campaign-world'
import { campaignItems, reviewQueue } from './campaign-items'
import { campaignView } from './campaign-view'
import { checkPopulation } from './check-population'
import { closeCampaign } from './close-campaign'
import { decide, undoDecision } from './decide'
import { campaignQuality } from './quality'
import { claimApplied, myRemediations, eachRemediation, remediations } from './remediations'
import { giveSecondLook } from './second-look'
import { signOff } from './sign-off'

const ann = actorFor('ann')
/** Two hours ago: looks of the future would not be in a population of now. */
const THEN = new Date(Date.now() - 2 * 3_600_000)
const minutesAfter = (minutes: number) => new Date(THEN.getTime() + minutes * 60_000).toISOString()
const people: Record<string, string> = {}
let world: World

const start = (more: object = {}) =>
  runningCampaign({
    chain: [{ by: 'owner' }, { by: 'person', person: people.ann ?? '' }],
    policy: { secondLookShare: 0 },
    ...more,
  })
const sign = (id: string) =>
  signOff(ann, { id, statement: 'I have looked at each and stand by it.', typedName: 'ann' })
const say = async (id: string, name: string, decision: 'keep' | 'remove' | 'reduce', more: object = {}) =>
  decide(ann, { id, decisions: [await rowFor(id, name, decision, more)] })
const stateOf = async (id: string, at?: Date) => {
  const { rows } = await remediations(manager, id, {}, at)
  return Object.fromEntries(rows.map(({ name, state, why }) => [name, why ? `${state}: ${why}` : state]))
}

beforeAll(async () => {
  for (const name of ['mia', 'ann', 'sue']) people[name] = (await person(name)).id
  world = await worldOf(
    Array.from({ length: 8 }, (_, at) => ({
      id: `r${at}`,
      owner: 'ann',
      grants: at === 1 ? ['reader', 'writer'] : ['reader'],
    })),
  )
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

const sinceOf = async (id: string) =>
  Object.fromEntries((await remediations(manager, id)).rows.map(({ name, since }) => [name, since]))

describe('remediation', () => {
  let id: string
  const partial = { fails: refused() }
  const without = (name: string) => world.robots.filter((one) => one.id !== name)
  const lookAt = async (at: string, robots = world.robots, more: object = {}) =>
    look(world.to, { at, streams: { main: { observations: robots.flatMap(observed), ...more } } })

  test('is decided, then signed; nobody applies what is not signed', async () => {
    id = await start()
    const { grants } = (await itemOf(id, 'r1')).card as unknown as { grants: { id: string; name: string }[] }
    const writer = grants.find(({ name }) => name === 'writer')?.id ?? ''
    await say(id, 'r0', 'remove')
    await say(id, 'r1', 'reduce', { drops: [writer] })
    await say(id, 'r2', 'reduce')
    for (const { name } of world.robots.slice(3).map(({ id: name }) => ({ name })))
      await say(id, name, 'keep', KEPT)
    expect(await stateOf(id)).toEqual({ r0: 'decided', r1: 'decided', r2: 'decided' })
    const [first] = (await remediations(manager, id)).rows
    await expect(claimApplied(ann, { id: first?.id ?? '' })).rejects.toThrow('not signed off yet')
    await sign(id)
    expect(await stateOf(id)).toEqual({ r0: 'signed', r1: 'signed', r2: 'signed' })
    expect(first?.steps.length).toBeGreaterThan(2)
  })
  test('is applied by the word of somebody who may say so, and that alone verifies nothing', async () => {
    const { rows } = await myRemediations(ann)
    await expect(claimApplied(actorFor('sue'), { id: rows[0]?.id ?? '' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(claimApplied(actorFor('x', 'auditor'), { id: rows[0]?.id ?? '' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    for (const row of rows)
      await claimApplied(ann, { id: row.id, note: 'deleted in the console' }, { now: THEN })
    expect(await stateOf(id)).toEqual({
      r0: 'applied',
      r1: 'applied',
      r2: 'cannot-verify: no grant was named that a look could miss',
    })
    const week = new Date(Date.now() + 8 * 86_400_000)
    expect(await stateOf(id, week)).toMatchObject({ r0: 'cannot-verify: not collected since' })
  })
  test('a look that fell short tells nothing, whether or not it saw it', async () => {
    await lookAt(minutesAfter(1), without('r0'), partial)
    expect((await stateOf(id)).r0).toMatch(/^cannot-verify: looked at on .*, and not in full: denied/)
    expect((await stateOf(id)).r1).toMatch(/^cannot-verify/)
    expect(await sinceOf(id)).toMatchObject({ r0: THEN.toISOString(), r1: THEN.toISOString() })
  })
  test('a complete look that still saw it says so', async () => {
    await lookAt(minutesAfter(2))
    expect(await stateOf(id)).toMatchObject({ r0: 'still-there', r1: 'still-there' })
    expect(await sinceOf(id)).toMatchObject({ r0: minutesAfter(2), r1: minutesAfter(2) })
    expect((await campaignView(manager, id)).funnel.remediations).toMatchObject({
      'still-there': 2,
      'cannot-verify': 1,
    })
  })
  test('and one that did not see it verifies that it is gone', async () => {
    const robots = without('r0').map((one) => (one.id === 'r1' ? { ...one, grants: ['reader'] } : one))
    await lookAt(minutesAfter(3), robots)
    expect(await stateOf(id)).toMatchObject({ r0: 'verified-gone', r1: 'verified-gone' })
    expect(await sinceOf(id)).toMatchObject({ r0: minutesAfter(3), r1: minutesAfter(3) })
    const reduced = await remediations(manager, id, { kind: ['reduce'], state: ['verified-gone'] })
    expect(reduced.rows.map(({ name, decidedBy, reviewer }) => [name, decidedBy, reviewer])).toEqual([
      ['r1', 'ann', 'ann'],
    ])
    const each: string[] = []
    for await (const rows of eachRemediation(manager, id, { kind: ['reduce'] }))
      each.push(...rows.map(({ name }) => name))
    expect(each.sort()).toEqual(['r1', 'r2'])
    expect((await campaignQuality(manager, id)).goneInTime).toEqual({ of: 1, gone: 1, unknown: 0 })
  })
  test('what is not read any more is not gone', async () => {
    const row = (await remediations(manager, id, { state: ['verified-gone'] })).rows.find(
      ({ kind }) => kind === 'remove',
    )
    await db.$executeRaw`UPDATE remediation SET identity_id = gen_random_uuid() WHERE id = ${row?.id ?? ''}::uuid`
    const told = (await remediations(manager, id)).rows.find((one) => one.id === row?.id)
    expect([told?.state, told?.why]).toEqual(['cannot-verify', 'its source is not read any more'])
  })
})

describe('the next campaign', () => {
  let first: string
  const policy = { carry: true, secondLookShare: 0 }
  test('is told what changed, and carries nothing that a person did not keep', async () => {
    // Everything is there again, as it was.
    await seen(world, minutesAfter(10))
    await db.$executeRaw`UPDATE posture SET failing = 0`
    await db.$executeRaw`UPDATE finding SET state = 'resolved', resolved_at = now()`
    first = await start({ policy })
    const { rows } = await campaignItems(manager, first)
    expect(rows.filter(({ state }) => state === 'carried')).toEqual([])
    for (const { id: name } of world.robots)
      await say(first, name, name === 'r0' ? 'remove' : 'keep', name === 'r0' ? {} : KEPT)
    await sign(first)
    const { version } = await db.campaign.findUniqueOrThrow({ where: { id: first } })
    await closeCampaign(manager, { id: first, version })
  })
  test('carries what is low in risk and unchanged, labelled so, and never counts it as a person’s', async () => {
    const changed = world.robots.find(({ id }) => id === 'r3')
    if (changed) changed.grants = ['reader', 'writer']
    await seen(world, minutesAfter(20))
    await db.$executeRaw`UPDATE finding SET state = 'resolved', resolved_at = now()`
    const id = await start({ policy })
    const items = await db.campaignItem.findMany({ where: { campaignId: id }, orderBy: { name: 'asc' } })
    const carried = items.filter(({ state }) => state === 'carried').map(({ name }) => name)
    const asked = items.filter(({ state }) => state === 'undecided').map(({ name }) => name)
    expect(asked).toEqual(expect.arrayContaining(['r0', 'r3']))
    // One of twenty is asked about all the same, by a seed that is another one each time.
    expect(carried.length).toBeGreaterThan(1)
    expect([...carried, ...asked].sort()).toEqual(world.robots.map(({ id: name }) => name).sort())
    expect((await itemOf(id, 'r3')).card).toMatchObject({
      changed: { lines: [expect.any(String), 'what it was granted changed'] },
    })
    const decisions = await db.decision.findMany({ where: { campaignId: id } })
    expect(
      decisions.every(
        ({ source, byId, decision }) => source === 'policy' && byId === null && decision === 'keep',
      ),
    ).toBe(true)
    expect(await campaignQuality(manager, id)).toMatchObject({
      human: 0,
      policy: carried.length,
      removeShare: null,
      fastShare: null,
    })
    // A person can decide otherwise, and then it is a person's.
    await say(id, carried[0] ?? '', 'remove')
    expect(await campaignQuality(manager, id)).toMatchObject({
      human: 1,
      policy: carried.length - 1,
      removeShare: 1,
    })
    const { id: item, version } = await itemOf(id, carried[1] ?? '')
    await expect(undoDecision(ann, { id, items: [{ item, version }] })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('the numbers', () => {
  test('are of people’s decisions, with what was measured, said alike and looked at twice', async () => {
    const id = await start({ policy: { secondLookShare: 0.5, secondReviewers: [people.sue ?? ''] } })
    for (const [at, { id: name }] of world.robots.entries())
      await say(id, name, at < 6 ? 'keep' : 'remove', {
        ...(at < 6 && KEPT),
        dwellMs: at < 2 ? 1000 : 60_000,
        ...(at % 2 && { opened: ['used'] }),
      })
    const sue = actorFor('sue')
    const { rows } = await reviewQueue(sue, id, { second: true })
    for (const { id: item } of rows) await giveSecondLook(sue, { id, item, answer: 'remove', reason: 'seen' })
    const quality = await campaignQuality(manager, id)
    expect(quality).toMatchObject({
      human: 8,
      policy: 0,
      removeShare: 0.25,
      measured: 8,
      fastShare: 0.25,
      openedShare: 0.5,
      handedOnShare: 0,
      sameWordsShare: 1,
      sameWords: [{ words: KEPT.reason, items: 6 }],
      secondLooks: { asked: rows.length, answered: rows.length },
    })
    expect(quality.medianDwellMs.medium).toBe(60_000)
  })
})

describe('decoys', () => {
  test('are off unless announced, in no population and no number, and look like any other', async () => {
    await seen({ ...world, robots: world.robots.filter(({ id }) => id !== 'r7') }, minutesAfter(30))
    const before = await start()
    expect((await campaignView(manager, before)).funnel.controls).toBe(0)
    const control = { items: 2, announced: 'Among the items are a few that are gone already.' }
    const id = await start({ policy: { secondLookShare: 0, control } })
    const view = await campaignView(manager, id)
    expect(view).toMatchObject({ rows: 7, funnel: { controls: 1, undecided: 7 } })
    expect(await checkPopulation(manager, id)).toMatchObject({ holds: true, rows: 7 })
    expect((await campaignItems(manager, id)).rows.map(({ name }) => name)).not.toContain('r7')
    const queue = (await reviewQueue(ann, id)).rows
    expect(queue.map(({ name }) => name)).toContain('r7')
    await say(id, 'r7', 'keep', KEPT)
    expect(await campaignQuality(manager, id)).toMatchObject({ human: 0, controls: { items: 1, kept: 1 } })
    expect(await db.remediation.count({ where: { campaignId: id } })).toBe(0)
    // A pack labels them as what they are, and has them in no other file.
    const { campaigns } = JSON.parse((await fileOf('quality', await asked())).text) as {
      campaigns: { id: string; decoys: object; decisions: { people: number } }[]
    }
    const told = new Map(campaigns.map((one) => [one.id, one]))
    expect(told.get(id)).toMatchObject({
      decoys: { shown: 1, decided: 1, kept: 1 },
      decisions: { people: 0 },
    })
    expect(told.get(before)).toMatchObject({ decoys: { shown: 0, decided: 0, kept: 0 } })
    const decided = (await fileOf('decisions', await asked())).text.split('\n')
    expect(decided.filter((line) => line.includes(id) && line.includes(',r7,'))).toEqual([])
  })
})
