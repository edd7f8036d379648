// Triage and exceptions at the command line: the same commands as everywhere, and what it may not do.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askException } from '@/governance/exceptions/ask-exception'
import { approveException } from '@/governance/exceptions/decide-exception'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorOf, analyst, estate, look } from '@/tests/queried-estate'
import { runCli } from '@/tests/run-cli'
import { connection } from '@/tests/scripted-source'

type Triaged = { actId: string; changed: number; left: { id: string }[] }
const json = async (...args: string[]) => {
  const { code, out } = await runCli([...args, '--json'])
  return { code, answer: JSON.parse(out || 'null') as unknown }
}

beforeAll(async () => {
  await look(await connection(), { at: '2026-06-01T00:00:00.000Z', streams: estate(4) })
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

test('takes care of all that a filter matches, says so in the list, and undoes it', async () => {
  const { answer } = await json('triage', '--verdict', 'fail', '--status', 'seen', '--note', 'From here.')
  const { actId, changed } = answer as Triaged
  expect(changed).toBe(await db.finding.count({ where: { state: 'open', verdict: 'fail' } }))
  const listed = await json('findings', '--status', 'seen', '--limit', '1000')
  expect((listed.answer as { rows: unknown[] }).rows).toHaveLength(changed)
  expect((await json('triage', '--undo', actId)).code).toBe(0)
  expect(await db.triage.count()).toBe(0)
})

test('names each that could not be, and does not begin with nothing chosen', async () => {
  const { id } = await db.finding.findFirstOrThrow({ where: { state: 'open' } })
  const nobody = '00000000-0000-4000-8000-000000000000'
  const { code, answer } = await json('triage', `${id},${nobody}`, '--status', 'seen')
  expect(answer).toMatchObject({ changed: 1, left: [{ id: nobody }] })
  expect(code).not.toBe(0)
  expect((await runCli(['triage', '--status', 'seen'])).err).toContain('--all')
  expect((await runCli(['triage', id, '--status', 'dreadful'])).err).toContain('new, seen, working')
})

test('lists exceptions and ends one', async () => {
  const { id: finding } = await db.finding.findFirstOrThrow({ where: { state: 'open' } })
  const until = new Date(Date.now() + 3 * 24 * 3600_000).toISOString().slice(0, 10)
  const words = { reason: 'Why', control: 'How', evidence: 'https://tickets.example/1', until }
  const { id } = await askException(analyst, { finding, ...words })
  await approveException(actorOf('administrator'), { id })
  expect((await runCli(['findings', '--excepted', 'yes'])).out).toContain(', excepted')
  expect((await runCli(['exceptions', '--end', id])).err).toContain('Say why')
  expect((await json('exceptions', '--end', id, '--why', 'Mended')).code).toBe(0)
  const { answer } = await json('exceptions', '--state', 'ended')
  expect(answer).toMatchObject({ rows: [{ id, endedWhy: 'Mended' }] })
})
