// The contract of cards: each section is told or unknown with why, consequences both ways are there, and what was not seen is said.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Card, Section } from '@/core/campaign'
import { unknown } from '@/core/fact'
import { aroundOf, factsOf, KINDS, lookOf, nothingKnown, nothingThere } from '@/tests/card-facts'
import { cardOf } from './card'

const sections = ({ does, used, could, changed, keeping, removing }: Card): [string, Section][] =>
  Object.entries({ does, used, could, changed, keeping, removing })
const isFilled = (section: Section): boolean =>
  section.state === 'known'
    ? section.lines.length > 0 && section.lines.every((line) => line.trim().length > 0)
    : section.why.trim().length > 5

const worlds = {
  'everything known': () => cardOf(factsOf(), aroundOf()),
  'nothing known': () => cardOf(nothingKnown(), aroundOf({ looks: [], standing: 'unknown' })),
  'nothing known, every look refused': () =>
    cardOf(
      nothingKnown(),
      aroundOf({ looks: KINDS.map((kind) => lookOf(kind, 'partial')), standing: 'unknown' }),
    ),
  'nothing there': () => cardOf(nothingThere(), aroundOf({ standing: 'none' })),
}

describe.each(Object.entries(worlds))('%s', (_, make) => {
  test('every section is filled or says why not', () => {
    for (const [name, section] of sections(make())) expect([name, isFilled(section)]).toEqual([name, true])
  })
})

test('what was not seen is never told as “none”', () => {
  const card = worlds['nothing known']()
  for (const name of ['does', 'used', 'could', 'keeping', 'removing'] as const)
    expect([name, card[name].state]).toEqual([name, 'unknown'])
  expect(card.sameness.state).toBe('unknown')
  expect(card.risk.tier).not.toBe('low')
  expect(card.unseen).toContain('its scope: nothing of it was looked at so far')
})
test('what was seen to be nothing is told as such', () => {
  const card = worlds['nothing there']()
  expect(card.could).toMatchObject({ state: 'known' })
  expect(card.removing).toMatchObject({
    state: 'known',
    lines: ['Nothing was seen to run as it.', 'Nothing was seen that ever used it.'],
  })
  expect(card.used).toMatchObject({ state: 'known', lines: ['Never used, as demo:List tells'] })
})
test('how many can become it is no number where not all of it was seen', () => {
  const looks = [lookOf('identity'), lookOf('grant'), lookOf('trust', 'partial'), lookOf('workload')]
  const of = (count: number) =>
    cardOf(factsOf({ steps: { count, at: '2026-06-01T00:00:00.000Z' } }), aroundOf({ looks }))
  expect(of(0).keeping).toMatchObject({ state: 'unknown' })
  expect(of(2).keeping).toMatchObject({
    state: 'known',
    lines: [expect.stringMatching(/^At least 2 .*Others may: denied/), expect.anything(), expect.anything()],
  })
  // Nor is who else is let in taken for harmless.
  expect(of(2).risk.reasons.map(({ id }) => id)).toContain('trust-unknown')
})
test('what it lets in is not among what runs at its own place: that nothing would stop is not told', () => {
  const card = cardOf(factsOf({ consumers: { count: 0, digest: '', named: [] } }), aroundOf())
  expect(card.removing).toMatchObject({ state: 'unknown', why: expect.stringContaining('pipeline') })
})
test('a refused look is on the card, whatever else is known', () => {
  const looks = [...KINDS.slice(1).map((kind) => lookOf(kind)), lookOf('credential', 'partial')]
  expect(cardOf(factsOf(), aroundOf({ looks })).unseen).toEqual(['credential: denied, demo:List'])
  expect(cardOf(factsOf(), aroundOf()).unseen).toEqual([])
})
test('who was seen only in part is the same as nobody', () => {
  const looks = [...KINDS.slice(0, 3).map((kind) => lookOf(kind)), lookOf('workload', 'partial')]
  expect(cardOf(factsOf(), aroundOf({ looks })).sameness).toMatchObject({ state: 'unknown' })
  expect(
    cardOf(factsOf({ grants: { count: 1, digest: 'g', named: [], unread: 1, limiting: 0 } }), aroundOf())
      .sameness.state,
  ).toBe('unknown')
})
test('a card is bounded, and never ends in half of a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 3000 }),
      fc.string({ unit: 'binary', maxLength: 1000 }),
      (text, owner) => {
        const long = (text + '👩‍👩‍👧 ').repeat(1 + Math.floor(2000 / (text.length + 9)))
        const card = cardOf(
          factsOf({
            name: long,
            nativeId: long,
            owner: { state: 'known', value: { name: owner + long, names: 'person', how: long }, source: 's' },
            description: { state: 'known', value: long, source: 's' },
            privilege: unknown('denied', long, long),
          }),
          aroundOf(),
        )
        const written = JSON.stringify(card)
        expect(Buffer.byteLength(written)).toBeLessThan(65_536)
        if ((owner + long).isWellFormed?.() ?? true) expect(written).not.toMatch(/\\ud[89a-f]/i)
      },
    ),
    { numRuns: 60 },
  )
})
