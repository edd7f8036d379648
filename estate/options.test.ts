// What the command takes, and what it says to what it does not.
import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { parseOptions } from './options'
import { printEstate } from './print-estate'
import { reportOf } from './report'

test('only the number of identities has to be said', () => {
  expect(parseOptions(['--identities', '1000'])).toEqual({
    identities: 1000,
    seed: 7,
    days: 1,
    startDay: 0,
    changed: 0,
    name: 'Generated estate · 1000 identities · seed 7',
    print: false,
  })
})
test('everything can be said', () => {
  const args = '--identities 10 --seed 0 --days 3 --start-day 9 --changed 0.01 --name N --print'
  expect(parseOptions(args.split(' '))).toEqual({
    identities: 10,
    seed: 0,
    days: 3,
    startDay: 9,
    changed: 0.01,
    name: 'N',
    print: true,
  })
})
test('help needs nothing else', () => expect(parseOptions(['--help'])).toBeUndefined())

test.each([
  ['', '--identities is missing'],
  ['--identities 0', '--identities must be a whole number from 1 to 20000000, not 0'],
  ['--identities 1e6', 'not 1e6'],
  ['--identities 20000001', 'not 20000001'],
  ['--identities 10 --seed -1', 'seed'],
  ['--identities 10 --seed 1.5', '--seed must be a whole number from 0 to 4294967295, not 1.5'],
  ['--identities 10 --days 0', '--days must be'],
  ['--identities 10 --start-day x', '--start-day must be'],
  ['--identities 10 --changed 2', '--changed must be a share from 0 to 1'],
  ['--identities 10 --colour red', '--colour'],
  ['--identities 10 more', 'more'],
])('%s: refused with what is wrong', (args, told) => {
  const refused = () => parseOptions(args.split(' ').filter(Boolean))
  expect(refused).toThrow(
    expect.objectContaining({ code: 'invalid', message: expect.stringContaining(told) }),
  )
})

test('prints one line for a scope and one for every row, as JSON', async () => {
  const to = new PassThrough()
  const chunks: string[] = []
  to.on('data', (chunk: Buffer) => chunks.push(chunk.toString()))
  const count = await printEstate({ identities: 50, seed: 7, day: 0 }, to)
  const lines = chunks
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.filter((line) => 'kind' in line)).toHaveLength(count)
  expect(lines[0]).toMatchObject({ scope: { type: expect.stringMatching(/^estate\./) }, day: 0 })
  expect(lines.filter((line) => 'scope' in line)).toHaveLength(4)
})

test('the table at the end adds up', () => {
  const rows = [
    { kind: 'grant', count: 3000 },
    { kind: 'identity', count: 1000 },
  ]
  expect(reportOf({ rows, seconds: 2 })).toBe(
    [
      'grant          3 000',
      'identity       1 000',
      'rows           4 000',
      'seconds          2.0',
      'rows a second  2 000',
      '',
    ].join('\n'),
  )
})
