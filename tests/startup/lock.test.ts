import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { others } from '@/scripts/database/users.mjs'
import { exclusively, holder, myself, release, take } from '@/scripts/setup/lock.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const lock = () => path.join(folder, 'it.lock')

async function deadPid() {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return child.pid!
}

test('a lock held by a living process is not taken', () => {
  expect(take(lock(), { since: 'now' })).toBeUndefined()
  expect(take(lock())).toMatchObject({ pid: process.pid, since: 'now' })
  release(lock())
  expect(take(lock())).toBeUndefined()
})

test('the lock of a dead process is taken over', async () => {
  writeFileSync(lock(), JSON.stringify({ pid: await deadPid(), start: '1' }))
  expect(take(lock())).toBeUndefined()
  expect(holder(lock())?.pid).toBe(process.pid)
})

test('a process that only has the same number does not hold it', () => {
  writeFileSync(lock(), JSON.stringify({ ...JSON.parse(myself()), start: 'another time' }))
  expect(holder(lock())).toBeUndefined()
})

test('a damaged lock file holds nothing', () => {
  writeFileSync(lock(), '{"pid":')
  expect(take(lock())).toBeUndefined()
})

test('one job at a time, also after a failure', async () => {
  const seen: string[] = []
  const job = (name: string) => async () => {
    seen.push(`${name} begins`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    seen.push(`${name} ends`)
    if (name === 'a') throw new Error('a')
  }
  await Promise.allSettled([exclusively(lock(), job('a')), exclusively(lock(), job('b'))])
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

test('only living users of the database count', async () => {
  mkdirSync(path.join(folder, 'users'))
  const dead = String(await deadPid())
  writeFileSync(path.join(folder, 'users', dead), JSON.stringify({ pid: Number(dead), start: '1' }))
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)'])
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
  const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  writeFileSync(path.join(folder, 'users', String(child.pid)), JSON.stringify({ pid: child.pid, start }))
  expect(others(folder)).toEqual([String(child.pid)])
  child.kill('SIGKILL')
})

test('a second start in the same checkout is refused', () => {
  cpSync('scripts', path.join(folder, 'scripts'), { recursive: true })
  mkdirSync(path.join(folder, '.data'))
  writeFileSync(path.join(folder, '.data', 'start.lock'), myself({ since: '2026-01-02T03:04:05Z' }))
  const { status, stderr } = spawnSync(process.execPath, [path.join(folder, 'scripts/start.mjs')], {
    encoding: 'utf8',
  })
  expect(stderr).toContain(
    `Rollcall runs already in this checkout (process ${process.pid}, since 2026-01-02T03:04:05Z)`,
  )
  expect({ status, trace: /\n\s+at /.test(stderr) }).toEqual({ status: 1, trace: false })
})
