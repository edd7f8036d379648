// The command line about an earlier moment: the same output for ever, and a last line that says the moment.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeMomentClient } from '@/inventory/moment/moment-client'
import { db } from '@/prisma/client'
import { estate, look } from '@/tests/queried-estate'
import { connection, identity } from '@/tests/scripted-source'
import { runCli } from '@/tests/run-cli'

let asOf = ''
let to: Awaited<ReturnType<typeof connection>>

const run = (...args: string[]) => runCli(args)
const hours = (n: number) => new Date(Date.now() - n * 3_600_000).toISOString()

beforeAll(async () => {
  to = await connection()
  await look(to, { at: hours(50), streams: estate(12) })
  const [clock] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  asOf = clock?.now.toISOString() ?? ''
})
afterAll(closeMomentClient)

const COMMANDS = [
  ['identities'],
  ['identities', '--all', '--json'],
  ['identities', '--state', 'any', '--unused', '30', '--json'],
  ['identity', 'id-001'],
  ['identity', 'id-001', '--json'],
  ['credentials', '--sort', 'name'],
  ['credentials', '--all', '--json'],
  ['findings', '--json'],
  ['findings', '--all'],
  ['score'],
  ['score', '--json'],
  ['frameworks'],
  ['frameworks', '--json'],
  ['frameworks', 'show', 'csf'],
  ['sources'],
  ['sources', '--json'],
]

test('the same output with changes in between, and the moment in its last line', async () => {
  const ask = () => COMMANDS.map((command) => () => run(...command, '--as-of', asOf))
  const before = []
  for (const one of ask()) before.push(await one())
  await look(to, { at: hours(1), streams: { main: { observations: [identity('only')] } } })
  await db.connection.update({ where: { id: to.id }, data: { name: 'another name' } })
  const after = []
  for (const one of ask()) after.push(await one())
  expect(after).toEqual(before)
  for (const [at, { code, out, err }] of before.entries()) {
    expect(err).toBe('')
    expect(code).toBe(0)
    const last = out.trim().split('\n').at(-1) ?? ''
    if (COMMANDS[at]?.includes('--json'))
      expect(JSON.parse(last)).toMatchObject({ moment: { asOf, known: asOf } })
    else expect(last).toBe(`As of ${asOf}.`)
  }
  expect((await run('identities')).out).not.toBe(before[0]?.out)
})

test('known says by when', async () => {
  const { out } = await run('sources', '--as-of', asOf, '--known', 'now')
  expect(out.trim().split('\n').at(-1)).toMatch(/^As of \S+, as known at \S+Z\.$/)
})

describe('refused', () => {
  test.each([
    [['identities', '--as-of', 'soon'], 'asOf'],
    [['identity', 'id-001', '--as-of', '2999-01-01'], 'asOf'],
    [['sources', '--known', '2026-01-01'], 'known'],
  ])('%s', async (command, names) => {
    const { code, err } = await run(...command)
    expect(code).toBe(2)
    expect(err).toContain(names)
  })
  test.each([['sync', 'demo'], ['sample', 'add'], ['health']])('%s knows no --as-of', async (...command) => {
    const { code, err } = await run(...command.filter(Boolean), '--as-of', '2026-01-01')
    expect(code).toBe(2)
    expect(err).toContain('--as-of')
  })
})
