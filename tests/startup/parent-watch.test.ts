// kill -9 of what started it must end a child, also one that is busy with a server and does not know of the watch.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { isAlive } from '@/scripts/setup/lock.mjs'

const WATCH = pathToFileURL(path.resolve('scripts/start/parent-watch.mjs')).href
const CHILD = "require('net').createServer().listen(0, '127.0.0.1', () => process.send('busy'))"
const PARENT = `
  const { spawn } = require('child_process')
  const args = ['--import', process.argv[1], '-e', process.argv[2]]
  const env = { ...process.env, ROLLCALL_PARENT: process.pid }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true })
  child.once('message', () => console.log(child.pid))
`

test('a child ends when its parent is killed', async () => {
  const parent = spawn(process.execPath, ['-e', PARENT, WATCH, CHILD])
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const child = Number(line.toString())
  expect(isAlive(child)).toBe(true)
  parent.kill('SIGKILL')
  for (let waited = 0; isAlive(child) && waited < 100; waited++) await sleep(100)
  expect(isAlive(child)).toBe(false)
})

test('a child whose parent was gone before it loaded the watch ends too', async () => {
  const parent = spawn(process.execPath, ['-e', ''])
  await once(parent, 'exit')
  const env = { ...process.env, ROLLCALL_PARENT: String(parent.pid) }
  const child = spawn(process.execPath, ['--import', WATCH, '-e', 'setInterval(() => {}, 1000)'], { env })
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(1)
}, 20_000)
