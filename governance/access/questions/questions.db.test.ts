// What is asked about access, of two small accounts: what is answered, what is refused, and with which words.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { RollcallError } from '@/core/errors'
import { parseInput } from '@/governance/command'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { askedWorld, TOKEN } from '@/tests/asked-world'
import { NORTH, roleArn, SOUTH } from '@/tests/granted-world'
import * as loading from '../load-realm'
import { answerer } from './batch'
import { can } from './can'
import { BecomeQuestion, CanQuestion, PathQuestion, ReachQuestion } from './input'
import { paths, reach, whoCanBecome } from './reach'

const auditor = actorAs('auditor')
const owner = actorAs('owner')
const LIST = { action: 's3:ListAllMyBuckets', resource: '*' }

beforeAll(askedWorld)
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const askCan = (asked: object, actor = auditor) => can(actor, parseInput(CanQuestion, { ...LIST, ...asked }))
const askReach = (asked: object, actor = auditor) => reach(actor, parseInput(ReachQuestion, asked))
const askBecome = (asked: object, actor = auditor) => whoCanBecome(actor, parseInput(BecomeQuestion, asked))
const askPaths = (asked: object, actor = auditor) => paths(actor, parseInput(PathQuestion, asked))
/** Code, and the parts that are said to be wrong. */
async function refusal(ask: () => Promise<unknown>): Promise<[string, ...string[]]> {
  try {
    await ask()
  } catch (error) {
    if (error instanceof RollcallError) return [error.code, ...error.issues.map(({ path }) => path)]
    throw error
  }
  throw new Error('it was answered')
}
const names = (rows: { end?: { name: string } }[]) => rows.map(({ end }) => end?.name).sort()
const way = (path: { from: object; to: object }[]) =>
  path.map(({ to }) => ('scope' in to ? 'everything' : (to as { end?: { name: string } }).end?.name))

describe('can', () => {
  test('no, by a complete look; with who was asked about, and on what it rests', async () => {
    const answer = await askCan({ identity: 'lone' })
    expect(answer).toMatchObject({
      answer: 'no',
      identity: { name: 'lone', scope: { name: NORTH } },
      question: LIST,
      platform: 'aws',
      completeness: { state: 'complete' },
    })
    expect(answer.because.length).toBeGreaterThan(0)
  })
  test('what is allowed names the statement, and the ceiling that was not seen: never a plain yes', async () => {
    const answer = await askCan({ identity: roleArn('asker') })
    expect(answer.answer).toBe('depends')
    expect(answer.because.join(' ')).toContain('p-assume')
    expect(answer.missing?.join(' ')).toContain('service control policy')
  })
  test('a document that could not be read: depends, saying which', async () => {
    const answer = await askCan({ identity: 'dim' })
    expect(answer.answer).toBe('depends')
    expect([...answer.because, ...(answer.missing ?? [])].join(' ')).toContain('p-dim')
  })
  test('who is gone can do nothing, and that is why', async () => {
    expect(await askCan({ identity: 'old' })).toMatchObject({
      answer: 'no',
      because: ['It is gone from its source.'],
    })
  })
  test('an account whose language nobody reads: depends, not no', async () => {
    const answer = await askCan({ identity: 'stranger' })
    expect(answer).toMatchObject({ answer: 'depends', because: [] })
    expect(answer.missing?.[0]).toMatch(/not judged yet/)
    expect(answer.platform).toBeUndefined()
  })
  test('an action that nobody knows, and one that is none', async () => {
    for (const action of ['s3:FlyToTheMoon', 'nonsense', '🙂'])
      expect((await askCan({ identity: 'asker', action })).answer, action).toBe('depends')
  })
  test('a name in two accounts is not guessed; with its account it is told apart', async () => {
    const [code, ...paths] = await refusal(() => askCan({ identity: 'twin' }))
    expect([code, paths[0], paths.length]).toEqual(['conflict', 'identity', 3])
    expect(await askCan({ identity: 'twin', scope: SOUTH })).toMatchObject({
      identity: { scope: { name: SOUTH } },
    })
    expect(await askCan({ identity: `${NORTH}:twin` })).toMatchObject({
      identity: { scope: { name: NORTH } },
    })
  })
})

describe('who can become', () => {
  test('who is let in, directly and over others; administrators are counted', async () => {
    const answer = await askBecome({ identity: 'target' })
    expect(names(answer.become)).toEqual(['asker', 'ci'])
    expect(answer.become.every(({ hops, step }) => hops === 1 && step.because.length > 0)).toBe(true)
    // What could not be read may be everything.
    expect(answer.administrators.first.map(({ certainty }) => certainty)).toEqual(['depends'])
    expect(answer.identity).toMatchObject({ kind: 'identity', end: { name: 'target' } })
    expect(answer.analysedAt).not.toBeNull()
  })
  test('nobody, where nobody is let in', async () => {
    const answer = await askBecome({ identity: 'asker', certain: 'true' })
    expect(answer.become).toEqual([])
    expect(answer.administrators).toMatchObject({ count: 1 })
    expect(answer.administrators.first[0]).toMatchObject({ from: { end: { name: 'target' } } })
  })
})

describe('reach', () => {
  test('over a role to everything in the account', async () => {
    const answer = await askReach({ from: 'asker' })
    expect(names(answer.reached)).toEqual(['target'])
    expect(answer.everything.map(({ scope }) => scope.name)).toEqual([NORTH])
    expect(answer.everything[0]?.identities).toBe(7)
    expect(answer.counts).toEqual({ identity: 1 })
    expect(answer.more).toBeUndefined()
  })
  test('a lone identity reaches nothing', async () => {
    expect(await askReach({ from: 'lone' })).toMatchObject({ reached: [], everything: [], counts: {} })
  })
  test('fewer steps than there are: said', async () => {
    const answer = await askReach({ from: TOKEN, hops: 1, certain: 'true' })
    expect(names(answer.reached)).toEqual(['target'])
    expect(answer.more).toBe('hops')
  })
  test('a credential stands for whoever holds it', async () => {
    expect(await askReach({ from: 'key-1' })).toMatchObject({ from: { words: 'whoever has key-1' } })
    expect(names((await askReach({ from: 'key-1' })).reached)).toEqual(['target'])
  })
  test('everything of a vendor, however its name is written', async () => {
    const answer = await askReach({ from: 'vendor:lanterna watch' })
    expect(names(answer.from.nodes)).toEqual(['asker'])
    expect(names(answer.reached)).toEqual(['target'])
  })
  test('the bearer of a token begins where trust lets it in; what depends on more is said, and left out of what is certain', async () => {
    const answer = await askReach({ from: TOKEN })
    expect(names(answer.from.nodes)).toEqual(['ci', 'picky'])
    expect(answer.from.words).toMatch(/let in by 2, of which 1 depend/)
    const certain = await askReach({ from: TOKEN, certain: 'true' })
    expect(names(certain.from.nodes)).toEqual(['ci'])
    expect((await askReach({ from: 'token:token.ci.example|repo:other/shop:x' })).from.nodes).toEqual([])
  })
})

describe('ways', () => {
  test('step by step, to an identity and to everything', async () => {
    const one = await askPaths({ from: 'ci', to: 'target' })
    expect(one.paths.map(way)).toEqual([['target']])
    const all = await askPaths({ from: 'ci', to: `administrator:${NORTH}` })
    expect(all).toMatchObject({ to: `everything in ${NORTH}` })
    expect(all.paths.map(way)).toEqual([['target', 'everything']])
  })
  test('none: from a lone identity, to oneself, and within too few steps', async () => {
    expect((await askPaths({ from: 'lone', to: 'target' })).paths).toEqual([])
    expect((await askPaths({ from: 'lone', to: 'lone' })).paths).toEqual([])
    expect((await askPaths({ from: 'ci', to: `administrator:${NORTH}`, hops: 1 })).paths).toEqual([])
  })
})

describe('what is refused', () => {
  type Ask = [string, () => Promise<unknown>, [string, ...string[]]]
  const long = 'x'.repeat(3000)
  const bad: [string, string][] = [
    ['empty', ''],
    ['blank', '   '],
    ['a NUL character', 'a\u0000b'],
    ['3,000 characters', long],
  ]
  const inEach = bad.flatMap(([what, text]): Ask[] => [
    [`can: ${what}`, () => askCan({ identity: text }), ['invalid', 'identity']],
    [`can, action: ${what}`, () => askCan({ identity: 'lone', action: text }), ['invalid', 'action']],
    [`can, scope: ${what}`, () => askCan({ identity: 'lone', scope: text }), ['invalid', 'scope']],
    [`become: ${what}`, () => askBecome({ identity: text }), ['invalid', 'identity']],
    [`reach: ${what}`, () => askReach({ from: text }), ['invalid', 'from']],
    [`ways, from: ${what}`, () => askPaths({ from: text, to: 'lone' }), ['invalid', 'from']],
    [`ways, to: ${what}`, () => askPaths({ from: 'lone', to: text }), ['invalid', 'to']],
  ])
  const hops = [0, 9, -1, 1.5, 'many', '', null].map((n): Ask => [
    `hops: ${n}`,
    () => askReach({ from: 'lone', hops: n }),
    ['invalid', 'hops'],
  ])
  const others: Ask[] = [
    ['an identity nobody knows', () => askCan({ identity: 'nobody' }), ['not-found', 'identity']],
    ['become: nobody known', () => askBecome({ identity: 'nobody' }), ['not-found', 'identity']],
    ['reach: nobody known', () => askReach({ from: 'nobody' }), ['not-found', 'from']],
    ['ways to nobody known', () => askPaths({ from: 'lone', to: 'nobody' }), ['not-found', 'to']],
    ['a scope nobody knows', () => askCan({ identity: 'lone', scope: 'nowhere' }), ['not-found', 'identity']],
    [
      'everything nowhere',
      () => askPaths({ from: 'lone', to: 'administrator:nowhere' }),
      ['not-found', 'to'],
    ],
    ['everything of nothing', () => askPaths({ from: 'lone', to: 'administrator:' }), ['not-found', 'to']],
    ['a token without a bar', () => askReach({ from: 'token:abc' }), ['invalid', 'from']],
    ['a token without a subject', () => askReach({ from: 'token:abc|' }), ['invalid', 'from']],
    ['a token without an issuer', () => askReach({ from: 'token:|abc' }), ['invalid', 'from']],
    ['a vendor nobody knows', () => askReach({ from: 'vendor:Nobody' }), ['not-found', 'from']],
    ['a vendor without a name', () => askReach({ from: 'vendor:' }), ['invalid', 'from']],
    ['something that is not asked', () => askCan({ identity: 'lone', colour: 'red' }), ['invalid', 'colour']],
    ['a word for a flag', () => askReach({ from: 'lone', certain: 'maybe' }), ['invalid', 'certain']],
    ['21 ways', () => askPaths({ from: 'lone', to: 'ci', paths: 21 }), ['invalid', 'paths']],
    ['owner: can', () => askCan({ identity: 'lone' }, owner), ['forbidden']],
    ['owner: become', () => askBecome({ identity: 'lone' }, owner), ['forbidden']],
    ['owner: reach', () => askReach({ from: 'lone' }, owner), ['forbidden', 'from']],
    ['owner: ways', () => askPaths({ from: 'lone', to: 'ci' }, owner), ['forbidden', 'from']],
  ]
  test.each([...inEach, ...hops, ...others])('%s', async (_, ask, [code, part = '']) => {
    const [said, first = ''] = await refusal(ask)
    expect([said, code === 'forbidden' ? '' : first]).toEqual([code, code === 'forbidden' ? '' : part])
  })
  test('an owner may not ask many questions either', () => {
    expect(() => answerer(owner)).toThrow(RollcallError)
  })
})

describe('many questions', () => {
  const line = (asked: object) => JSON.stringify({ ...LIST, ...asked })
  test('the same answers as one by one', async () => {
    const answer = answerer(auditor)
    for (const identity of ['lone', roleArn('asker'), 'dim', 'old', 'stranger']) {
      const { answer: said, because, missing } = await askCan({ identity })
      expect(await answer(line({ identity }))).toEqual({
        identity,
        answer: said,
        because,
        ...(missing && { missing }),
      })
    }
  })
  test('a line that is no question is answered with what is wrong with it, and the next one all the same', async () => {
    const answer = answerer(auditor)
    const wrong: [string, RegExp][] = [
      ['', /not JSON/],
      ['{', /not JSON/],
      ['[]', /the line/],
      ['null', /the line/],
      ['{"identity": 5}', /identity/],
      [line({ identity: 'a\u0000' }), /identity.*NUL/],
      [line({ identity: 'x'.repeat(3000) }), /identity.*2,048/],
      [line({ identity: 'nobody' }), /No identity is known/],
      [line({ identity: 'twin' }), /may be 2 identities/],
      [line({ identity: 'lone', context: { 'aws:SourceIp': 5 } }), /context/],
      [line({ identity: 'lone', colour: 'red' }), /colour/],
    ]
    for (const [text, words] of wrong)
      expect(await answer(text), text).toEqual({ error: expect.stringMatching(words) })
    expect(await answer(line({ identity: 'lone' }))).toMatchObject({ answer: 'no' })
  })
  test('thousands read an account once', async () => {
    const load = vi.spyOn(loading, 'loadRealm')
    const answer = answerer(auditor)
    for (let n = 0; n < 2000; n++)
      expect(
        await answer(line({ identity: n % 2 ? 'lone' : 'asker', resource: `arn:aws:s3:::b${n}` })),
      ).toHaveProperty('answer')
    expect(load.mock.calls.length).toBeLessThanOrEqual(1)
    load.mockRestore()
  })
})
