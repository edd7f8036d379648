// Packs as the worker builds them: a few at a time, and a killed one begun again.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sweepFiles } from '@/governance/packs/sweep'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { insertIdentities, insertScope } from '@/tests/inserted-scope'
import { ask, checked, filesIn, instantNow, packsFolder, rowOf } from '@/tests/built-packs'
import { closeSender } from './queue'
import { startWorker } from './run-worker'

const ROOT = path.dirname(import.meta.dirname)
let folder = ''
beforeAll(async () => {
  folder = await packsFolder()
  const { id } = await insertScope()
  await insertIdentities(
    id,
    Array.from({ length: 3000 }, (_, at) => ({ nativeId: `robot-${at}` })),
  )
}, 60_000)
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

async function ended(ids: string[]): Promise<number> {
  for (let most = 0; ; await wait(50)) {
    const rows = await db.pack.findMany({ where: { id: { in: ids } }, select: { state: true } })
    most = Math.max(most, rows.filter(({ state }) => state === 'building').length)
    if (rows.every(({ state }) => !['queued', 'building'].includes(state))) return most
  }
}

test('killed in the middle: nothing of it is left, and whoever comes next builds all of it', async () => {
  const id = await ask({ title: 'Killed' })
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/building-worker.ts', id], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  const part = path.join(folder, `${id}-1.part`)
  while ((await stat(part)).size === 0) await wait(20)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await rowOf(id)).toMatchObject({ state: 'building', attempt: 1, sha256: null })
  expect(await filesIn(folder)).toEqual([`${id}-1.part`])
  const worker = await startWorker()
  try {
    await ended([id])
  } finally {
    await worker.stop()
  }
  expect(await rowOf(id)).toMatchObject({ state: 'sealed', attempt: 2 })
  expect((await checked(folder, id)).problems).toEqual([])
  await sweepFiles()
  expect(await filesIn(folder)).toEqual([`${id}-2.zip`])
})

test('ten at once all come right, no more than two at a time', async () => {
  const asOf = await instantNow()
  const ids = await Promise.all(Array.from({ length: 10 }, (_, n) => ask({ title: `Pack ${n % 2}`, asOf })))
  const worker = await startWorker()
  try {
    expect(await ended(ids)).toBeLessThanOrEqual(2)
  } finally {
    await worker.stop()
  }
  const rows = await Promise.all(ids.map(rowOf))
  expect(rows.map(({ state, failure }) => failure ?? state)).toEqual(ids.map(() => 'sealed'))
  expect(new Set(rows.map(({ content }) => content)).size).toBe(2)
  for (const id of ids) expect((await checked(folder, id)).problems).toEqual([])
})
