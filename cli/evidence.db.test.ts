// Packs at the command line: built where no worker runs, written to a file, and checked.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { packsFolder } from '@/tests/built-packs'
import { estate, look } from '@/tests/queried-estate'
import { runCli } from '@/tests/run-cli'
import { connection } from '@/tests/scripted-source'

const json = async (...args: string[]) => {
  const { code, out } = await runCli([...args, '--json'])
  return { code, answer: JSON.parse(out || 'null') as Record<string, never> & { pack?: { gaps?: string[] } } }
}
let file = ''
beforeAll(async () => {
  file = path.join(path.dirname(await packsFolder()), 'pack.zip')
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(4) })
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

test('builds one and writes it, which verify accepts with the key that keys tells', async () => {
  const { code, answer } = await json('evidence', 'build', '--controls', 'csf:PR.AA-05', '-o', file)
  // What this source was never asked for is not known, and whoever asks is told so by the exit code as well.
  const pack = {
    state: 'sealed',
    complete: false,
    gaps: [expect.any(String), ...(answer.pack?.gaps ?? []).slice(1)],
  }
  expect(answer).toMatchObject({ schema: 'rollcall.pack/1', file, pack })
  expect(code).toBe(3)
  await writeFile(`${file}.pem`, (await runCli(['evidence', 'keys', '--pem'])).out)
  expect((await runCli(['verify', file, '--key', `${file}.pem`])).code).toBe(0)
  const { answer: listed } = await json('evidence', 'list')
  expect(listed).toMatchObject({ rows: [{ state: 'sealed' }] })
})

test('a file that is there is kept unless one says otherwise', async () => {
  const before = await readFile(file)
  const { id } = await db.pack.findFirstOrThrow()
  const refused = await runCli(['evidence', 'download', id, '-o', file])
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('--overwrite')])
  await writeFile(file, 'other')
  expect((await runCli(['evidence', 'download', id, '-o', file, '--overwrite'])).code).toBe(0)
  expect((await readFile(file)).equals(before)).toBe(true)
})

test('says what one would hold, and what cannot be asked', async () => {
  const { code, answer } = await json('evidence', 'build', '--preview', '--filter', 'class=machine')
  expect([code, answer]).toEqual([3, expect.objectContaining({ schema: 'rollcall.pack-preview/1' })])
  expect(await db.pack.count()).toBe(1)
  for (const [args, said] of [
    [['--controls', 'csf:NO-1'], 'There is no csf:NO-1'],
    [['--as-of', 'yesterday'], 'asOf'],
    [['--as-of', '2999-01-01'], 'future'],
    [['--from', '2999-01-01'], 'lies after'],
    [['--filter', 'class=robots'], 'class'],
    [['--contents', 'nothing'], 'There is no nothing'],
    [['--redact', 'names'], 'redact'],
  ] as const) {
    const { code: exit, err } = await runCli(['evidence', 'build', ...args])
    expect([exit, err], args.join(' ')).toEqual([2, expect.stringContaining(said)])
  }
})

test('another key signs from then on', async () => {
  const { answer } = await json('evidence', 'rotate-key')
  const { answer: keys } = await json('evidence', 'keys')
  expect((keys as unknown as { rows: { key: string }[] }).rows[0]?.key).toBe(answer.key)
})

test('deliveries are set up from a file, as a member, and tell nothing secret', async () => {
  const folder = path.dirname(file)
  process.env.DELIVERIES_FOLDER = folder
  const email = 'ada@example.com'
  await db.user.create({ data: { id: 'test-ada', name: 'Ada', email, role: 'administrator' } })
  const body = { title: 'By hand', every: 'month', kind: 'folder', settings: { folder: 'taken' } }
  await writeFile(`${file}.json`, JSON.stringify(body))
  const deliveries = (...args: string[]) => json('evidence', 'deliveries', ...args)
  expect((await runCli(['evidence', 'deliveries', 'add', `${file}.json`])).err).toContain('as which member')
  const { answer } = await deliveries('add', `${file}.json`, '--as', email)
  expect(answer).toMatchObject({ schema: 'rollcall.delivery-set-up/1', as: 'Ada' })
  expect((await deliveries()).answer).toMatchObject({ rows: [{ title: 'By hand', place: 'folder taken' }] })
  expect((await deliveries('try', 'By hand')).answer).toMatchObject({ state: 'reached' })
  expect((await deliveries('pause', 'By hand')).code).toBe(0)
  expect((await deliveries('show', 'By hand')).answer).toMatchObject({
    delivery: { paused: {}, periods: [] },
  })
  expect((await deliveries('resume', 'By hand')).code).not.toBe(0)
  expect((await deliveries('resume', 'By hand', '--as', email)).code).toBe(0)
  await writeFile(`${file}.json`, JSON.stringify({ waitHours: 6, settings: { folder: '../out' } }))
  expect(
    (await runCli(['evidence', 'deliveries', 'change', 'By hand', `${file}.json`, '--as', email])).code,
  ).toBe(2)
  await writeFile(`${file}.json`, JSON.stringify({ waitHours: 6 }))
  expect((await deliveries('change', 'By hand', `${file}.json`, '--as', email)).code).toBe(0)
  expect((await deliveries('show', 'By hand')).answer).toMatchObject({ delivery: { waitHours: 6 } })
  expect((await deliveries('remove', 'By hand')).code).toBe(0)
  expect((await deliveries()).answer).toMatchObject({ rows: [] })
})
