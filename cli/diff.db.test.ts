// The comparison at the command line: for people, for programs and for spreadsheets.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { known } from '@/core/fact'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { knownAt, putIdentity, putLook, putSource } from '@/tests/simulated-time'
import { runCli } from '@/tests/run-cli'

const day = (n: number) => new Date(Date.UTC(2026, 8, n)).toISOString()

const run = (...args: string[]) => runCli(args)

beforeAll(async () => {
  await knownAt(day(1), async (tx) => {
    await putSource(tx, 'North', { at: day(1), scopes: ['s1'] })
    await putLook(tx, 's1', 'identity', day(1))
    await putIdentity(tx, 's1', 'robot', day(1))
  })
  await knownAt(day(5), async (tx) => {
    await putIdentity(tx, 's1', 'robot', day(5), { tags: known({ team: 'b' }, 'demo:List') })
    await putIdentity(tx, 's1', 'newcomer', day(5))
  })
})
afterAll(async () => {
  await closeMomentClient()
  await db.$disconnect()
})

const RANGE = ['diff', '--from', '2026-09-02', '--to', '2026-09-08']

test('for people: rows, counts, and what both instants rest on', async () => {
  const { code, out } = await run(...RANGE)
  expect(code).toBe(0)
  expect(out).toMatch(/\+ Added +identity +newcomer/)
  expect(out).toMatch(/~ Changed +identity +robot .*tags: \{"team":"a"\} → \{"team":"b"\}/)
  expect(out).toContain('In all: identity 2.')
  expect(out).toContain(
    'Compared: 2026-09-02T23:59:59.999Z with 2026-09-08T23:59:59.999Z, each as known then.',
  )
  expect(out).toMatch(/At 2026-09-02T23:59:59.999Z: .*\n.*At 2026-09-08T23:59:59.999Z: /s)
})

test('for programs: one answer, or a row a line and a last line that says so', async () => {
  const page = JSON.parse((await run(...RANGE, '--json')).out) as {
    schema: string
    rows: unknown[]
    next: null
  }
  expect(page).toMatchObject({
    schema: 'rollcall.diff/1',
    next: null,
    between: { from: '2026-09-02T23:59:59.999Z' },
  })
  const lines = (await run(...RANGE, '--json', '--all')).out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object)
  expect(lines.slice(0, -1)).toEqual(page.rows)
  expect(lines.at(-1)).toMatchObject({ end: true, count: 2 })
})

test('for spreadsheets: every row as CSV', async () => {
  const rows = (await run(...RANGE, '--csv')).out.trimEnd().split('\r\n')
  expect(rows).toHaveLength(3)
  expect(rows[0]).toMatch(/^kind,what,id,name,/)
})

test('what cannot be compared is refused by name', async () => {
  expect(await run('diff', '--from', '2026-09-08', '--to', '2026-09-02')).toMatchObject({ code: 2, out: '' })
  expect((await run(...RANGE, '--csv', '--json')).err).toContain('cannot be asked for together')
})
