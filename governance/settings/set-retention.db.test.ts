// How long history is kept: set by those who may, within bounds, written down, and never back to what is gone.
import { afterAll, expect, test } from 'vitest'
import { historySetting } from '@/inventory/moment/history-begins'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { historyView } from './history-view'
import { setRetention } from './set-retention'

afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})
const administrator = actorAs('administrator')

test('is set, kept apart from where history begins, and said in the activity', async () => {
  const from = '2026-01-01T00:00:00.000Z'
  await db.setting.update({ where: { key: 'history' }, data: { value: { days: 400, from } } })
  expect(await setRetention(administrator, { days: 90 })).toEqual({ days: 90, before: 400 })
  expect(await historySetting()).toEqual({ days: 90, from })
  expect(await setRetention(administrator, { days: 800 })).toEqual({ days: 800, before: 90 })
  expect(await historySetting()).toEqual({ days: 800, from })
  const [last] = await db.activity.findMany({ orderBy: { id: 'desc' }, take: 1 })
  expect(last).toMatchObject({ action: 'history.set-retention', detail: { days: 800, before: 90 } })
  expect(await historyView(administrator)).toMatchObject({ days: 800, begins: from })
})

test.each([[29], [3651], [30.5], [Number.NaN]])('%s days are refused', async (days) => {
  await expect(setRetention(administrator, { days })).rejects.toMatchObject({ code: 'invalid' })
})

test('others neither see nor set it', async () => {
  for (const role of ['analyst', 'owner', 'auditor'] as const) {
    await expect(setRetention(actorAs(role), { days: 90 })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(historyView(actorAs(role))).rejects.toMatchObject({ code: 'forbidden' })
  }
})
