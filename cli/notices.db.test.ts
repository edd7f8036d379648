// The outbox and channels at the command line.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { notify } from '@/governance/notices/notify'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { httpReceiver, type HttpReceiver } from '@/tests/http-receiver'
import { BASE, emptyOutbox, hookChannel, sendAll, SIGNING_KEY } from '@/tests/outbox'
import { runCli } from '@/tests/run-cli'

process.env.BASE_URL = BASE
let hook: HttpReceiver
const NOW = new Date()
const scope = { scope: 'production', seenAt: NOW.toISOString(), since: NOW.toISOString() }
beforeAll(async () => {
  hook = await httpReceiver()
})
beforeEach(async () => {
  await emptyOutbox()
  hook.answers((_, response) => response.end('ok'))
  await hookChannel(hook.address, ['source.stale'])
  await db.$transaction((tx) =>
    notify(tx, { kind: 'source.stale', about: 'scope:x', once: 'x', data: scope, to: [] }, NOW),
  )
})
afterAll(async () => {
  await emptyOutbox()
  await hook.stop()
  await closeSender()
  await db.$disconnect()
})
const json = async (...args: string[]) => {
  const { code, out } = await runCli([...args, '--json'])
  return { code, answer: JSON.parse(out || 'null') as { rows: { id: string; error?: string }[] } }
}

test('lists what was given up with why, and has it tried again', async () => {
  hook.answers((_, response) => response.writeHead(400).end())
  await sendAll(NOW)
  const { answer } = await json('notices', 'list', '--state', 'dead')
  expect(answer.rows).toMatchObject([
    { state: 'dead', error: expect.stringContaining('answered 400') as string },
  ])
  expect((await runCli(['notices', 'list'])).out).toContain('production has not been seen whole')
  expect((await runCli(['notices', 'retry'])).err).toContain('--all')
  expect((await runCli(['notices', 'retry', answer.rows[0]?.id ?? ''])).out).toBe('1 wait to be sent.\n')
  hook.answers((_, response) => response.end())
  expect(await sendAll(new Date())).toBe(1)
  expect((await runCli(['notices', 'retry', answer.rows[0]?.id ?? ''])).err).toContain('sent already')
  expect((await runCli(['notices', 'retry', '--all'])).out).toBe('0 wait to be sent.\n')
})

test('withdraws, page by page lists, and does not begin with nothing said', async () => {
  const { answer } = await json('notices', 'list')
  expect((await runCli(['notices', 'withdraw', answer.rows[0]?.id ?? ''])).out).toBe('1 withdrawn.\n')
  expect((await json('notices', 'list', '--state', 'waiting')).answer.rows).toEqual([])
  expect((await runCli(['notices', 'list', '--state', 'lost'])).code).toBe(2)
  expect((await runCli(['notices'])).code).toBe(2)
})

test('a channel is tested, by name, and its secrets stay where they are', async () => {
  const good = await runCli(['channels', 'test', 'Hook'])
  expect(good.code).toBe(0)
  expect(good.out).toMatch(/^Sent, and accepted at \d{4}-\d\d-\d\dT.*answered 200\.$/m)
  hook.answers((_, response) => response.writeHead(500).end(SIGNING_KEY))
  const bad = await runCli(['channels', 'test', 'Hook', '--json'])
  expect(bad.code).toBe(1)
  expect(JSON.parse(bad.out)).toMatchObject({ schema: 'rollcall.channel-test/1', state: 'failed' })
  const listed = await runCli(['channels'])
  expect(listed.out).toContain('answered 500')
  expect(good.out + bad.out + listed.out).not.toContain('canary')
  expect((await runCli(['channels', 'test', 'Nowhere'])).err).toContain('There are: Hook.')
})
