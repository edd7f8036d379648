// Only one process works on a run, and who loses its hold is told.
import { afterAll, expect, test } from 'vitest'
import { db } from '@/prisma/client'
import { holdRun, isHeld } from './hold-run'

afterAll(() => db.$disconnect())

const at = { waitMs: 0 }
const endOfHolders = () =>
  db.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'rollcall run' AND datname = current_database()`

test('one at a time, and the next when the first is done', async () => {
  const runId = crypto.randomUUID()
  const got = await holdRun(runId, at, async () => {
    expect(await isHeld(runId)).toBe(true)
    expect(await isHeld(crypto.randomUUID())).toBe(false)
    expect(await holdRun(runId, at, async () => 'second')).toEqual({ held: false })
    return 'first'
  })
  expect(got).toEqual({ held: true, value: 'first' })
  expect(await isHeld(runId)).toBe(false)
  expect(await holdRun(runId, at, async () => 'third')).toEqual({ held: true, value: 'third' })
})

test('who waits gets it when it is free', async () => {
  const runId = crypto.randomUUID()
  let release = () => {}
  let first: Promise<unknown> = Promise.resolve()
  // The lock is taken before the work begins: only the work itself knows how to end.
  await new Promise<void>((started) => {
    first = holdRun(runId, at, () => {
      started()
      return new Promise<void>((resolve) => (release = resolve))
    })
  })
  const second = holdRun(runId, { waitMs: 10_000 }, async () => 'second')
  release()
  await first
  expect(await second).toEqual({ held: true, value: 'second' })
})

test('work that fails lets go', async () => {
  const runId = crypto.randomUUID()
  await expect(holdRun(runId, at, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await isHeld(runId)).toBe(false)
})

test('whose connection is cut is told at once', async () => {
  const runId = crypto.randomUUID()
  const got = await holdRun(runId, at, async (lost) => {
    expect(lost.aborted).toBe(false)
    const told = new Promise((resolve) => lost.addEventListener('abort', resolve))
    await endOfHolders()
    await told
    return lost.aborted
  })
  expect(got).toEqual({ held: true, value: true })
})
