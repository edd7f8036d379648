// A draw, and the same draw by somebody who has nothing but the file of a pack and the seed.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { asked, rowsOf } from '@/tests/asked-pack'
import { accounts, another, audit, auditor, drawnIds, maker, sealedPack } from '@/tests/audit-world'
import { estate, look } from '@/tests/queried-estate'
import { connection } from '@/tests/scripted-source'
import { closeAudit } from '../create-audit'
import { auditView } from '../list-audits'
import { itemView, listItems } from '../list-items'
import { trailOf } from '../trail'
import { drawSample } from './draw-sample'

const COUNT = 60
let to: Awaited<ReturnType<typeof connection>>
let pack: string
let moment: { valid: string; known: string }

/** What somebody else would write in an afternoon. */
function redrawn(rows: readonly Record<string, string>[], seed: string, size: number): string[] {
  const placed = rows.map(({ id = '' }) => ({
    id,
    at: createHash('sha256').update(`${seed}:${id}`).digest('hex'),
  }))
  placed.sort((a, b) => (a.at < b.at ? -1 : 1))
  return placed.slice(0, size).map(({ id }) => id)
}
const hashOf = (rows: readonly Record<string, string>[]) =>
  createHash('sha256')
    .update(
      rows
        .map(({ id }) => `${id}\n`)
        .sort()
        .join(''),
    )
    .digest('hex')

beforeAll(async () => {
  await accounts(auditor, another, maker)
  to = await connection()
  await look(to, { at: new Date(Date.now() - 3_600_000).toISOString(), streams: estate(COUNT) })
  pack = await sealedPack()
  const { asOf, known } = (await db.pack.findUniqueOrThrow({ where: { id: pack } })).asked as Record<
    string,
    string
  >
  moment = { valid: asOf as string, known: known as string }
  // What is read afterwards is no part of what is drawn.
  await look(to, { at: new Date().toISOString(), streams: estate(COUNT + 20) })
}, 60_000)
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

const FILE = { identity: 'population', credential: 'credentials', finding: 'findings' } as const
describe.each(['identity', 'credential', 'finding'] as const)('drawn from the %s rows of a pack', (kind) => {
  test('the file of the pack and the seed give the same rows, and the same hash of the population', async () => {
    const id = await audit({ packs: [pack] })
    const drawn = await drawSample(auditor, { audit: id, kind, pack, size: 25, seed: 'a seed: 7' })
    const rows = await rowsOf(FILE[kind], await asked({ moment }))
    expect(rows.length).toBeGreaterThan(25)
    expect(drawn).toMatchObject({
      drawn: 25,
      population: rows.length,
      populationHash: hashOf(rows),
      asOf: moment.valid,
    })
    expect(await drawnIds(auditor, id, drawn.id)).toEqual(redrawn(rows, 'a seed: 7', 25))

    const more = await drawSample(auditor, { audit: id, after: drawn.id, size: 10 })
    expect(more).toMatchObject({ seed: 'a seed: 7', skipped: 25, drawn: 10 })
    expect(await drawnIds(auditor, id, more.id)).toEqual(redrawn(rows, 'a seed: 7', 35).slice(25))
    const [last] = (await listItems(auditor, id, { sample: more.id })).rows.slice(-1)
    expect(last).toMatchObject({
      rank: 35,
      status: 'waiting',
      origin: 'sampled',
      sample: { seed: 'a seed: 7' },
    })

    const item = await itemView(auditor, id, last?.id ?? '')
    const row = rows.find((one) => one.id === item.subject?.id) ?? {}
    // Cells of a file have an apostrophe where a spreadsheet would run them.
    for (const [key, value] of Object.entries(item.values ?? {}))
      expect([value, `'${value}`]).toContain(row[key])
    expect(Object.keys(item.values ?? {}).length).toBeGreaterThan(10)
    const trail = await trailOf(auditor, item)
    expect(trail.record).toBeDefined()
  })
})

test('the same seed gives the same rows, another one others; without one it is made at random', async () => {
  const draws: string[][] = []
  const seeds: string[] = []
  for (const seed of ['one', 'one', 'two', undefined, undefined]) {
    const id = await audit({ packs: [pack] })
    const drawn = await drawSample(auditor, { audit: id, pack, size: 20, ...(seed && { seed }) })
    draws.push(await drawnIds(auditor, id, drawn.id))
    seeds.push(drawn.seed)
  }
  expect(draws[0]).toEqual(draws[1])
  expect(new Set(draws.map(String)).size).toBe(4)
  expect(seeds[3]).toMatch(/^[\da-f]{16}$/)
  expect(seeds[3]).not.toBe(seeds[4])
})

test('of fewer than are asked for all are drawn, and then no more; what was seen is kept with it', async () => {
  const id = await audit()
  const drawn = await drawSample(auditor, {
    audit: id,
    filter: { class: 'human' },
    asOf: moment.valid,
    size: 500,
  })
  expect(drawn.drawn).toBe(drawn.population)
  expect(drawn.population).toBeGreaterThan(1)
  await expect(drawSample(auditor, { audit: id, after: drawn.id, size: 1 })).rejects.toMatchObject({
    code: 'conflict',
    message: `All ${drawn.population} rows of it are drawn already.`,
  })
  const view = await auditView(auditor, id)
  expect(view.samples).toHaveLength(1)
  expect(view.samples[0]).toMatchObject({
    filter: { class: 'human' },
    seed: drawn.seed,
    size: 500,
    drawn: drawn.population,
    completeness: { state: expect.any(String) as string, scopes: 1 },
  })
  expect(view.samples[0]?.method).toContain('population.csv')
  expect(view.counts).toMatchObject({ waiting: drawn.population, approved: 0 })
})

test('at the end of the audit, where that is over, and else now', async () => {
  const id = await audit()
  const drawn = await drawSample(auditor, { audit: id, size: 500 })
  expect(drawn.population).toBe(COUNT + 20)
  expect(Date.parse(drawn.asOf)).toBeGreaterThan(Date.parse(moment.valid))
})

test('who is limited to scopes draws from these, and sees no sample that was drawn from others', async () => {
  const other = await connection()
  await look(other, { at: new Date().toISOString(), scopes: ['s9'], streams: estate(5) })
  const [scope] = await db.scope.findMany({ where: { nativeId: 's9' } })
  const limited = { ...another, within: [scope?.id ?? ''] }
  const id = await audit({ auditors: [auditor.id, another.id] })
  const drawn = await drawSample(limited, { audit: id, size: 500 })
  expect(drawn.population).toBe(5)
  const all = await drawSample(auditor, { audit: id, size: 3 })
  const seen = await auditView(limited, id)
  expect(seen.samples.map((one) => one.id)).toEqual([drawn.id])
  expect(seen.counts.waiting).toBe(5)
  expect((await listItems(limited, id)).total).toBe(5)
  expect((await listItems(auditor, id)).total).toBe(8)
  const [foreign] = (await listItems(auditor, id, { sample: all.id })).rows
  await expect(itemView(limited, id, foreign?.id ?? '')).rejects.toMatchObject({ code: 'not-found' })
  await expect(drawSample(limited, { audit: id, after: all.id, size: 1 })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(drawSample(auditor, { audit: id, after: drawn.id, size: 1 })).rejects.toMatchObject({
    code: 'conflict',
  })
  const nowhere = { ...another, within: [] }
  await expect(drawSample(nowhere, { audit: id, size: 1 })).rejects.toMatchObject({ code: 'invalid' })
  expect((await auditView(nowhere, id)).samples).toEqual([])
})

test('of two who draw the next rows at once, one is told so', async () => {
  const id = await audit({ auditors: [auditor.id, another.id] })
  const drawn = await drawSample(auditor, { audit: id, asOf: moment.valid, size: 5 })
  const both = await Promise.allSettled(
    [auditor, another].map((actor) => drawSample(actor, { audit: id, after: drawn.id, size: 5 })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await listItems(auditor, id)).total).toBe(10)
})

describe('refused', () => {
  const refused: [string, object, string][] = [
    ['no row', { size: 0 }, 'invalid'],
    ['too many rows', { size: 501 }, 'invalid'],
    ['half a row', { size: 1.5 }, 'invalid'],
    ['a filter that is none', { size: 1, filter: { nonsense: 'x' } }, 'invalid'],
    ['what nothing matches', { size: 1, filter: { q: 'nobody-has-this-name' } }, 'invalid'],
    ['what is kept as it is now', { size: 1, kind: 'finding', filter: { assignee: 'me' } }, 'invalid'],
    ['a moment to come', { size: 1, asOf: '2999-01-01' }, 'invalid'],
    ['a pack of nobody', { size: 1, pack: crypto.randomUUID() }, 'invalid'],
    ['a sample of nobody', { size: 1, after: crypto.randomUUID() }, 'not-found'],
    ['an empty seed', { size: 1, seed: ' ' }, 'invalid'],
    ['a seed with a line feed', { size: 1, seed: 'a\nb' }, 'invalid'],
  ]
  test.each(refused)('%s', async (_, more, code) => {
    const id = await audit()
    await expect(drawSample(auditor, { audit: id, ...more } as never)).rejects.toMatchObject({ code })
    expect((await listItems(auditor, id)).total).toBe(0)
  })
  test('by whoever is not named, and once it is closed', async () => {
    const id = await audit()
    await expect(drawSample(another, { audit: id, size: 1 })).rejects.toMatchObject({ code: 'not-found' })
    await expect(drawSample(maker, { audit: id, size: 1 })).rejects.toMatchObject({ code: 'forbidden' })
    await closeAudit(maker, { id, why: 'It is over.' })
    await expect(drawSample(auditor, { audit: id, size: 1 })).rejects.toMatchObject({ code: 'conflict' })
  })
  test('the keys of a pack about some identities, whose file holds what hangs on these', async () => {
    const some = await sealedPack({ filter: { owner: 'ann' } })
    const id = await audit({ packs: [some] })
    await expect(
      drawSample(auditor, { audit: id, kind: 'credential', pack: some, size: 1 }),
    ).rejects.toMatchObject({
      code: 'invalid',
    })
    const { filter } = await drawSample(auditor, { audit: id, pack: some, size: 1 })
    expect(filter).toEqual({ owner: 'ann' })
  })
})
