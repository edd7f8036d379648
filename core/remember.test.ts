// The second half of the law, over any sequence of looks: an unknown never erases what an older look had known.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { absent, known, unknown, Why, type Fact, type Instant } from './fact'
import { KEYS_MAX, type Key, type Link } from './join'
import type { Of } from './observation'
import { hasUnknown, remember, rememberFact } from './remember'

const time = (look: number): Instant => new Date(Date.UTC(2026, 0, 1 + look)).toISOString()
const facts: fc.Arbitrary<Fact<string>> = fc.oneof(
  fc.string().map((value) => known(value, 'list')),
  fc.constant(absent('list')),
  fc.constantFrom(...Why.options).map((why) => unknown(why, 'list')),
)
const secret = (name: string, rotatedAt: Fact<Instant>, rotates: Fact<boolean>): Of<'secret'> => ({
  kind: 'secret',
  nativeId: 's-1',
  type: 'sample.secret',
  name,
  createdAt: known(time(0), 'list'),
  rotatedAt,
  lastReadAt: absent('list'),
  expiresAt: absent('list'),
  rotates,
})

/** Looks one after another, a day apart; each was confirmed by the look before. */
const after = (looks: readonly Fact<unknown>[]): Fact<unknown> =>
  looks.reduce((before, look, day) =>
    day === 0 ? look : rememberFact(before, look, time(day - 1), time(day)),
  )

test('after any looks, the last answer stands, with its age and why it could not be confirmed', () => {
  fc.assert(
    fc.property(fc.array(facts, { minLength: 1, maxLength: 8 }), (looks) => {
      const answered = looks.findLastIndex(({ state }) => state !== 'unknown')
      const last = looks.at(-1)
      const expected = (): unknown => {
        if (answered === -1 || answered === looks.length - 1) return last
        const unconfirmed = { why: last?.state === 'unknown' && last.why, since: time(answered + 1) }
        return { ...looks[answered], at: time(answered), unconfirmed }
      }
      expect(after(looks)).toEqual(expected())
    }),
    { numRuns: 1000 },
  )
})

test('the same look again changes nothing more', () => {
  fc.assert(
    fc.property(facts, facts, (before, look) => {
      const once = rememberFact(before, look, time(0), time(1))
      expect(rememberFact(once, look, time(1), time(2))).toEqual(once)
    }),
  )
})

test('what could not be confirmed for a while is confirmed by the next answer', () => {
  const doubted = rememberFact(known('a', 'list'), unknown('denied', 'list'), time(0), time(1))
  expect(doubted).toMatchObject({ state: 'known', value: 'a', unconfirmed: { why: 'denied' } })
  expect(rememberFact(doubted, known('a', 'list'), time(1), time(2))).toEqual(known('a', 'list'))
  expect(rememberFact(doubted, absent('list'), time(1), time(2))).toEqual(absent('list'))
})

test('an observation keeps its facts and takes everything else from the newer look', () => {
  const before = secret('old name', known(time(0), 'list'), known(true, 'get'))
  const look = secret('new name', unknown('throttled', 'get'), known(false, 'get'))
  expect(remember(before, look, time(1), time(5))).toEqual({
    ...look,
    rotatedAt: { ...known(time(0), 'list'), at: time(1), unconfirmed: { why: 'throttled', since: time(5) } },
  })
})

test('a class that could not be decided this time leaves the one that was, until one is decided', () => {
  const robot = (different: Partial<Of<'identity'>>): Of<'identity'> => ({
    kind: 'identity',
    nativeId: 'r-1',
    aliases: [],
    type: 'sample.robot',
    name: 'robot',
    class: 'machine',
    classReason: 'It has no password.',
    createdAt: absent('list'),
    enabled: absent('list'),
    lastUsedAt: absent('list'),
    description: absent('list'),
    maxSessionSeconds: absent('list'),
    tags: absent('list'),
    ...different,
  })
  const unseen = robot({ class: 'unclear', classReason: 'Passwords could not be read.', classUnseen: true })
  const human = robot({ class: 'human', classReason: 'It has a password.' })
  const undecided = robot({ class: 'unclear', classReason: 'It has a password and keys.' })
  const to = (before: Of<'identity'>, look: Of<'identity'>) => remember(before, look, time(0), time(1))
  expect(to(robot({}), unseen)).toEqual(robot({}))
  expect(to(robot({}), human)).toEqual(human)
  expect(to(robot({}), undecided)).toEqual(undecided)
  expect(to(unseen, human)).toEqual(human)
  expect(to(unseen, unseen)).toEqual(unseen)
  expect(hasUnknown(unseen)).toBe(true)
})

test('neither look is changed in place', () => {
  const before = Object.freeze(secret('a', Object.freeze(known(time(0), 'list')), known(true, 'get')))
  const look = Object.freeze(secret('b', Object.freeze(unknown('denied', 'get')), unknown('denied', 'get')))
  expect(() => remember(before, look, time(1), time(2))).not.toThrow()
})

test('hasUnknown looks at every fact', () => {
  expect(hasUnknown(secret('a', known(time(0), 'list'), known(true, 'get')))).toBe(false)
  expect(hasUnknown(secret('a', known(time(0), 'list'), unknown('denied', 'get')))).toBe(true)
})

describe('names that could not all be read', () => {
  const key = (value: string): Key => ({ type: 'sample.name', value })
  const link = (value: string, reason = 'It says so.'): Link => ({
    relation: 'declared',
    means: 'relied-on',
    kind: 'secret',
    to: 'sample.name',
    match: 'exact',
    value,
    reason,
  })
  const of = (more: Partial<Of<'secret'>>): Of<'secret'> => ({
    ...secret('a', absent('list'), absent('list')),
    ...more,
  })
  const to = (before: Of<'secret'>, look: Of<'secret'>) =>
    remember(before, look, time(0), time(1)) as Of<'secret'>
  const whole = of({ keys: [key('a'), key('b')], links: [link('x'), link('y')] })

  test('stay beside those that could, in their order; what is said again is said in newer words', () => {
    const unseen = of({ keys: [key('c'), key('b')], links: [link('y', 'Newer.')], joiningUnseen: true })
    const kept = to(whole, unseen)
    expect(kept.keys).toEqual([key('a'), key('b'), key('c')])
    expect(kept.links).toEqual([link('x'), link('y', 'Newer.')])
    expect(kept.joiningUnseen).toBe(true)
    expect(to(kept, unseen)).toEqual(kept)
    expect(hasUnknown(unseen)).toBe(true)
  })
  test('stay where none could, and there are none where there were none', () => {
    expect(to(whole, of({ joiningUnseen: true }))).toEqual({ ...whole, joiningUnseen: true })
    expect(to(of({}), of({ joiningUnseen: true }))).toEqual(of({ joiningUnseen: true }))
  })
  test('go, with the mark, as soon as all were read', () => {
    const marked = to(whole, of({ joiningUnseen: true }))
    expect(to(marked, of({ keys: [key('c')] }))).toEqual(of({ keys: [key('c')] }))
  })
  test('are never more than a thing may have: those not said again go first', () => {
    const many = Array.from({ length: KEYS_MAX }, (_, n) => key(`old-${n}`))
    const kept = to(of({ keys: many }), of({ keys: [key('new'), key('old-49')], joiningUnseen: true }))
    expect(kept.keys).toHaveLength(KEYS_MAX)
    expect(kept.keys).toEqual([...many.slice(0, KEYS_MAX - 2), key('old-49'), key('new')])
  })
})
