// Audits at the command line: made, answered, and drawn again from a file without a database.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { drawSample } from '@/governance/audits/sampling/draw-sample'
import { asked, fileOf } from '@/tests/asked-pack'
import { accounts, auditor, drawnIds, PERIOD, request } from '@/tests/audit-world'
import { estate, look } from '@/tests/queried-estate'
import { runCli } from '@/tests/run-cli'
import { connection } from '@/tests/scripted-source'

beforeAll(async () => {
  await accounts(auditor)
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(20) })
})
afterAll(async () => {
  await closeMomentClient()
  await closeSender()
  await db.$disconnect()
})

const MAKE = [
  'audits',
  'create',
  '--title',
  'Year',
  '--about',
  'Access',
  '--from',
  PERIOD.from,
  '--to',
  PERIOD.to,
]
test('makes one, answers, says what is ready, and never what is approved', async () => {
  const made = await runCli([...MAKE, '--auditors', auditor.id, '--json'])
  const { id } = JSON.parse(made.out) as { id: string }
  const item = await request(id)
  expect((await runCli(['audits', 'comment', id, item, '--text', 'Here.'])).code).toBe(0)
  expect((await runCli(['audits', 'status', id, item, 'ready'])).out).toContain('ready')
  const refused = await runCli(['audits', 'status', id, item, 'approved'])
  expect([refused.code, refused.err]).toEqual([expect.any(Number), expect.stringContaining('auditor')])
  expect(refused.code).not.toBe(0)
  const late = await runCli(['audits', 'status', id, item, 'waiting', '--expected', 'approved'])
  expect(late.err).toContain('has changed it meanwhile')
  expect((await runCli(['audits', 'items', id, '--csv'])).out).toMatch(/^id,nth,origin/)
  expect((await runCli(['audits', 'item', id, item])).out).toContain('Here.')
  expect((await runCli(['audits', 'list'])).out).toContain('Year')
  expect((await runCli(['audits', 'show', id])).out).toContain('ready 1')
  expect((await runCli(['audits', 'close', id, '--why', 'Done.'])).out).toContain('Open items: 1')
})

test('draws again from the file of a pack what was drawn', async () => {
  const { id } = JSON.parse((await runCli([...MAKE, '--auditors', auditor.id, '--json'])).out) as {
    id: string
  }
  const drawn = await drawSample(auditor, { audit: id, size: 7, seed: 'x' })
  const more = await drawSample(auditor, { audit: id, after: drawn.id, size: 3 })
  const moment = { valid: drawn.asOf, known: drawn.known }
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'redraw-')), 'population.csv')
  await writeFile(file, (await fileOf('population', await asked({ moment }))).text)
  const ids = async (...args: string[]) =>
    (await runCli(['audits', 'redraw', file, '--seed', 'x', ...args])).out
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0])
  expect(await ids('--size', '7')).toEqual(await drawnIds(auditor, id, drawn.id))
  expect(await ids('--size', '3', '--skip', '7')).toEqual(await drawnIds(auditor, id, more.id))
  for (const args of [[`${file}.gone`], [file, '--size', '0']])
    expect((await runCli(['audits', 'redraw', ...args, '--seed', 'x'])).code).not.toBe(0)
})
