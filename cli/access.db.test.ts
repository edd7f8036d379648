// `access` as a shell meets it: answers for people and for programs, how it ends, and many questions from a file.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { askedWorld, TOKEN } from '@/tests/asked-world'
import { NORTH, roleArn } from '@/tests/granted-world'
import { runCli } from '@/tests/run-cli'

process.env.BASE_URL = 'http://localhost:3000'
process.env.USER = 'tester'
const folder = mkdtempSync(path.join(tmpdir(), 'access-test-'))
const LIST = ['s3:ListAllMyBuckets', '*']

beforeAll(askedWorld)
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const access = (...args: string[]) => runCli(['access', ...args])
const json = async (...args: string[]) => {
  const { code, out } = await access(...args, '--json')
  return { code, answer: JSON.parse(out) as Record<string, unknown> }
}

describe('can', () => {
  test('for people: the question, the answer, why, and what it rests on', async () => {
    const { code, out, err } = await access('can', roleArn('asker'), ...LIST)
    const lines = out.trimEnd().split('\n')
    expect([code, err]).toEqual([0, ''])
    expect(lines.slice(0, 2)).toEqual([`asker in ${NORTH}: s3:ListAllMyBuckets on *`, 'DEPENDS'])
    expect(out).toMatch(/^ {2}p-assume/m)
    expect(out).toMatch(/^ {2}Not known: .*service control policy/m)
    expect(lines.at(-1)).toMatch(/^Looked at 1 scope/)
  })
  test('no is an answer, and no failure', async () => {
    const { code, out } = await access('can', 'old', ...LIST)
    expect([code, out.split('\n').slice(1, 3)]).toEqual([0, ['NO', '  It is gone from its source.']])
  })
  test('for programs, with what is known of the request; a key given twice has both values', async () => {
    const context = ['--context', 'aws:TagKeys=a', 'aws:TagKeys=b', 'aws:SourceIp=10.0.0.1=x', 'flag']
    const { code, answer } = await json('can', 'lone', ...LIST, ...context)
    expect(code).toBe(0)
    expect(answer).toMatchObject({
      schema: 'rollcall.access-can/1',
      answer: 'no',
      question: { context: { 'aws:TagKeys': ['a', 'b'], 'aws:SourceIp': '10.0.0.1=x', flag: '' } },
    })
  })
})

test('who can become it, for people and for programs', async () => {
  const { code, out } = await access('who-can-become', 'target')
  expect(code).toBe(0)
  expect(out).toMatch(/^1 step: asker \(\d+\) → target/m)
  const { answer } = await json('who-can-become', 'target', '--certain', '--hops', '1')
  expect(answer).toMatchObject({ schema: 'rollcall.access-become/1', identity: { end: { name: 'target' } } })
  expect((await access('who-can-become', 'lone', '--certain')).out).toMatch(/^Nobody is known who can/)
})

test('how far it reaches, for people and for programs', async () => {
  const { code, out } = await access('reach', 'asker')
  expect(code).toBe(0)
  expect(out).toContain(`  everything in ${NORTH} (7 identities)`)
  expect((await access('reach', 'lone')).out).toContain('nothing that is known')
  expect((await access('reach', TOKEN, '--hops', '1')).out).toContain('There may be more farther away')
  const { answer } = await json('reach', 'vendor:Lanterna Watch')
  expect(answer).toMatchObject({ schema: 'rollcall.access-reach/1', counts: { identity: 1 } })
})

test('ways, for people and for programs', async () => {
  const { code, out } = await access('paths', '--from', 'ci', '--to', `administrator:${NORTH}`)
  expect(code).toBe(0)
  expect(out).toMatch(new RegExp(`^1\\. ci .* → target .* → everything in ${NORTH}`, 'm'))
  expect((await access('paths', '--from', 'lone', '--to', 'target')).out).toMatch(
    /^No way is known from lone to target in 6 steps\./,
  )
  const { answer } = await json('paths', '--from', 'ci', '--to', 'target')
  expect(answer).toMatchObject({ schema: 'rollcall.access-paths/1', from: 'ci' })
})

const ends: [string[], number][] = [
  [['can'], 2],
  [['can', 'lone'], 2],
  [['can', 'nobody', ...LIST], 5],
  [['can', 'twin', ...LIST], 1],
  [['can', 'lone', ...LIST, '--scope', 'nowhere'], 5],
  [['who-can-become'], 2],
  [['who-can-become', 'lone', '--hops', '9'], 2],
  [['who-can-become', 'lone', '--hops', 'many'], 2],
  [['reach', 'token:abc'], 2],
  [['reach', 'vendor:Nobody'], 5],
  [['reach', ''], 2],
  [['paths', '--from', 'lone'], 2],
  [['paths', '--from', 'lone', '--to', 'administrator:nowhere'], 5],
  [['paths', '--from', 'lone', '--to', 'ci', '--paths', '0'], 2],
  [['nonsense'], 2],
]
test.each(ends)('access %j ends with %i and says why, on standard error alone', async (args, code) => {
  const ended = await access(...args)
  expect([ended.code, ended.out]).toEqual([code, ''])
  expect(ended.err.trim().length).toBeGreaterThan(10)
})

describe('many questions', () => {
  const file = (name: string, text: string): string => {
    const at = path.join(folder, name)
    writeFileSync(at, text)
    return at
  }
  const question = (identity: string, more: object = {}) =>
    JSON.stringify({ identity, action: LIST[0], resource: '*', ...more })
  const batch = async (at: string) => {
    const ended = await access('can', '--batch', at)
    const rows = ended.out.split('\n').filter(Boolean)
    return { ...ended, rows: rows.map((row) => JSON.parse(row) as Record<string, unknown>) }
  }

  test('good ones: an answer a line, in their order', async () => {
    const { code, rows, err } = await batch(file('good', `${question('lone')}\n${question('stranger')}`))
    expect([code, err]).toEqual([0, ''])
    expect(rows).toMatchObject([
      { line: 1, identity: 'lone', answer: 'no' },
      { line: 2, identity: 'stranger', answer: 'depends' },
    ])
  })
  test('bad, blank and over-long lines among good ones, and other ends of lines', async () => {
    const lines = [
      `\uFEFF${question('lone')}\r`,
      '',
      'nonsense',
      '   ',
      question('nobody'),
      question('lone', { resource: 'x'.repeat(70_000) }),
      'y'.repeat(300_000),
      question('lone'),
    ]
    const { code, rows, err } = await batch(file('mixed', `${lines.join('\n')}\n`))
    expect(code).toBe(2)
    expect(rows.map(({ line, answer, error }) => [line, answer ?? String(error).slice(0, 20)])).toEqual([
      [1, 'no'],
      [3, 'is not JSON'],
      [5, 'No identity is known'],
      [6, 'longer than 65,536 c'],
      [7, 'longer than 65,536 c'],
      [8, 'no'],
    ])
    expect(err).toMatch(/^4 of 6 questions could not be answered/)
  })
  test('no lines: nothing to answer', async () => {
    expect(await batch(file('empty', ''))).toMatchObject({ code: 0, out: '', err: '' })
    expect(await batch(file('blank', '\n\n'))).toMatchObject({ code: 0, out: '', err: '' })
  })
  test('a file that is not there, or is none, is said in one line', async () => {
    for (const at of [path.join(folder, 'missing'), folder]) {
      const { code, out, err } = await batch(at)
      expect([code, out]).toEqual([5, ''])
      expect(err).toContain('There is no file')
    }
  })
  test('2,000 in one process', async () => {
    const names = ['lone', 'asker', 'dim', 'old']
    const lines = Array.from({ length: 2000 }, (_, n) =>
      question(names[n % 4] ?? '', { resource: `arn:aws:s3:::bucket-${n}` }),
    )
    const { code, rows } = await batch(file('many', lines.join('\n')))
    expect([code, rows.length]).toEqual([0, 2000])
    expect(rows.every(({ line }, n) => line === n + 1)).toBe(true)
    expect(new Set(rows.filter(({ identity }) => identity === 'dim').map(({ answer }) => answer))).toEqual(
      new Set(['depends']),
    )
    expect(new Set(rows.filter(({ identity }) => identity === 'old').map(({ answer }) => answer))).toEqual(
      new Set(['no']),
    )
  })
})
