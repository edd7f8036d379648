// How sure a suggestion is, what does not agree, and what is never chosen.
import { describe, expect, test } from 'vitest'
import { CONFIDENCES, EVIDENCE, kindOfHint, type EvidenceKind } from './evidence'
import { confidenceOf, weigh, type Named } from './weigh'

const says = (role: Named['role'], name: string, kind: EvidenceKind, more: Partial<Named> = {}): Named => ({
  role,
  name,
  evidence: { kind, words: `${kind} of ${name}`, source: 'a scope', at: '2026-06-01T00:00:00.000Z' },
  ...more,
})
const told = (...named: Named[]) =>
  weigh(named).map(({ name, confidence, isBest, conflict }) => [name, confidence, isBest, conflict ?? []])

test.each<[EvidenceKind[], string]>([
  [['named'], 'strong'],
  [['created'], 'fair'],
  [['beside'], 'weak'],
  [['named', 'beside'], 'strong'],
  [['created', 'around'], 'strong'],
  [['beside', 'application'], 'fair'],
  // The same sort twice is one thing said twice.
  [['around', 'around'], 'fair'],
])('%j makes it %s', (kinds, expected) => {
  expect(confidenceOf(kinds.map((kind) => ({ kind })))).toBe(expected)
})

test('named by the source counts more than having made it, and that more than what runs beside', () => {
  const rank = (kind: EvidenceKind) => CONFIDENCES.indexOf(EVIDENCE[kind].confidence)
  expect(rank('named')).toBeLessThan(rank('created'))
  expect(rank('created')).toBeLessThan(rank('beside'))
})

test.each<[string, string, EvidenceKind]>([
  ['tag owner', 'a@b.c', 'named'],
  ['tag team', 'platform', 'named'],
  ['owner of the application', 'a@b.c', 'named'],
  ['metadata owner of the entity', 'a@b.c', 'named'],
  ['sponsor of the agent', 'a@b.c', 'named'],
  ['label team of namespace data', 'data', 'around'],
  ['label owner of project halden-data', 'a@b.c', 'around'],
  ['tag contact', 'a@b.c', 'contact'],
  ['annotation acme.example/contact-email', 'a@b.c', 'contact'],
  ['tag owner-email', 'a@b.c', 'named'],
  ['tag owner', 'data-team@b.c', 'mailbox'],
  ['audit log: who made it', 'a@b.c', 'created'],
  ['notes of the application', 'a@b.c', 'mentioned'],
  ['told when the signing certificate is about to end', 'a@b.c', 'mentioned'],
  ['label app.kubernetes.io/part-of', 'shop', 'application'],
])('%s: %s is %s', (via, value, kind) => expect(kindOfHint(via, value)).toBe(kind))

describe('what is suggested', () => {
  test('stands side by side, the surest first, each role by itself', () => {
    expect(
      told(says('person', 'b', 'created'), says('person', 'a', 'named'), says('team', 't', 'around')),
    ).toEqual([
      ['a', 'strong', true, []],
      ['b', 'fair', false, []],
      ['t', 'fair', true, []],
    ])
  })
  test('is never chosen between two that are as sure', () => {
    expect(
      told(says('team', 'x', 'named'), says('team', 'y', 'named'), says('person', 'p', 'named')),
    ).toEqual([
      ['p', 'strong', true, []],
      ['x', 'strong', false, ['y']],
      ['y', 'strong', false, ['x']],
    ])
  })
  test('is not confirmed with others where it is weak, of unclear kind, or has left', () => {
    expect(told(says('team', 't', 'beside'))).toEqual([['t', 'weak', false, []]])
    expect(told(says('unclear', 'u', 'named'))).toEqual([['u', 'strong', false, []]])
    expect(told(says('person', 'p', 'named', { standing: 'left' }))).toEqual([['p', 'strong', false, []]])
  })
  test('of one and the same is one, with all that speaks for them', () => {
    const [one, ...more] = weigh([
      says('person', 'A@b.c', 'created', { whoId: '1' }),
      says('person', 'a@b.c', 'named', { whoId: '1' }),
      says('person', 'a@b.c', 'named', { whoId: '1' }),
    ])
    expect(more).toEqual([])
    expect(one?.evidence.map(({ kind }) => kind)).toEqual(['named', 'created'])
    expect(weigh([says('team', 'Data ', 'named'), says('team', 'data', 'around')])).toHaveLength(1)
    expect(weigh([])).toEqual([])
  })
})
