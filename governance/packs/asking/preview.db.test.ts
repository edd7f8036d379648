// What a pack would hold: counted without building it, and said to be open where that takes too long.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { administrator, analyst } from '@/tests/built-packs'
import { estate, look } from '@/tests/queried-estate'
import { connection, identity, refused } from '@/tests/scripted-source'
import { MAKERS } from '../makers'
import { previewPack, stampOf } from './preview'

beforeAll(async () => {
  await look(await connection(), { at: new Date(Date.now() - 3_600_000).toISOString(), streams: estate(12) })
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
})

test('rows of each file, and nothing is written', async () => {
  const { files, seen, settled } = await previewPack(administrator, { filter: { q: 'zeta' } })
  expect(files.find(({ id }) => id === 'population')).toMatchObject({
    rows: await db.identity.count({ where: { name: 'zeta' } }),
    isMore: false,
    isOpen: false,
  })
  expect(seen).toMatchObject({ complete: true, gaps: [] })
  expect(seen?.stamp).toBeUndefined()
  expect(settled.asOf).toBe(settled.known)
  expect(await db.pack.count()).toBe(0)
  expect(await db.activity.count({ where: { action: { startsWith: 'pack.' } } })).toBe(0)
})

test('what is not for the role of whoever asks is named', async () => {
  const { settled } = await previewPack(analyst, {})
  expect(settled.withheld).toEqual(['activity.ndjson'])
})

test('what takes too long is open, and does not keep the rest from being told', async () => {
  const [first, ...others] = MAKERS.parts
  const never = () => new Promise<undefined>(() => {})
  const makers = { ...MAKERS, parts: [{ ...first!, count: never }, ...others] }
  const { files, seen } = await previewPack(administrator, {}, makers, 1500)
  expect(files.find(({ id }) => id === first?.id)).toMatchObject({ isOpen: true })
  expect(seen?.complete).toBe(true)
  const blind = { ...MAKERS, facts: { ...MAKERS.facts, preview: never as never } }
  expect((await previewPack(administrator, {}, blind, 300)).seen).toBeUndefined()
})

test('what was not seen is said, and stamped', async () => {
  await look(await connection(), {
    at: new Date(Date.now() - 60_000).toISOString(),
    scopes: ['s9'],
    streams: { main: { observations: [identity('b-1')], fails: refused() } },
  })
  const { seen } = await previewPack(administrator, {})
  expect(seen?.complete).toBe(false)
  expect(seen?.gaps.length).toBeGreaterThan(0)
  expect(seen?.stamp).toBe(stampOf(seen?.gaps ?? []))
  expect(seen?.stamp).toMatch(/^INCOMPLETE: .*s9/)
})
