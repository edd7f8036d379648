// What nobody can judge yet is unknown, whatever else is held: never "no permissions".
import { expect, test } from 'vitest'
import type { LookRow } from './absence'
import { privilegeFact } from './privilege'
import type { VerdictRow } from './rows'

const at = new Date('2026-10-01T00:00:00Z')
const look = (completeAt: Date | null): LookRow => ({
  stream: 'grants',
  kind: 'grant',
  at,
  state: completeAt ? 'complete' : 'partial',
  why: completeAt ? null : 'denied',
  permission: completeAt ? null : 'rights:list',
  detail: null,
  completeAt,
  about: [],
})
const whole = [look(at)]
const verdict = (different: Partial<VerdictRow> = {}): VerdictRow => ({
  identityId: 'one',
  platform: 'some-platform',
  certain: 'read',
  possible: 'read',
  because: ['It may read.'],
  missing: [],
  pitfalls: [],
  hops: null,
  openHops: null,
  step: null,
  openStep: null,
  ...different,
})

test.each([
  [1, '1 grant is not evaluated yet'],
  [2, '2 grants are not evaluated yet'],
  [0, 'rights are not evaluated yet'],
])('rights in a language that nobody reads (%i grants)', (held, detail) => {
  const source = 'grants in some-language'
  expect(privilegeFact(undefined, held, whole, ['some-language'])).toEqual({
    state: 'unknown',
    why: 'not-collected',
    source,
    detail,
  })
})
test('holding nothing where everything was read is no privilege; where nothing was, it is unknown', () => {
  expect(privilegeFact(undefined, 0, whole)).toMatchObject({ value: { class: 'none' } })
  expect(privilegeFact(undefined, 0, [])).toMatchObject({ state: 'unknown', detail: 'no source was asked' })
})
test('a grant that was not seen can only add: an administrator is one, anybody else is not known', () => {
  const refused = [look(null)]
  const administrator = verdict({ certain: 'administrator', possible: 'administrator', hops: 0, openHops: 0 })
  expect(privilegeFact(administrator, 1, refused)).toMatchObject({ value: { class: 'administrator' } })
  expect(privilegeFact(verdict({ hops: 2, openHops: 1 }), 1, refused)).toMatchObject({
    value: { class: 'escalates', hops: 2 },
  })
  expect(privilegeFact(verdict(), 1, refused)).toMatchObject({ state: 'unknown', why: 'denied' })
})
test.each([
  [{}, { class: 'read' }],
  [{ certain: 'administrator', possible: 'administrator', hops: 0, openHops: 0 }, { class: 'administrator' }],
  [
    { possible: 'administrator', openHops: 0 },
    { class: 'conditional', depends: true },
  ],
  [
    { openHops: 3, openStep: ['It can pass a role.'] },
    { class: 'conditional', hops: 3, depends: true, because: ['It can pass a role.', 'It may read.'] },
  ],
  [
    { hops: 2, openHops: 1, step: ['It can write a policy.'] },
    { class: 'escalates', hops: 2, because: ['It can write a policy.', 'It may read.'] },
  ],
  [
    { possible: 'sensitive', missing: ['A policy.'] },
    { class: 'sensitive', depends: true, missing: ['A policy.'] },
  ],
  [{ certain: 'none', possible: 'none', because: [] }, { class: 'none' }],
] as const)('a verdict in words (%#)', (different, expected) => {
  const fact = privilegeFact(verdict(different as Partial<VerdictRow>), 3, whole)
  expect(fact).toMatchObject({ state: 'known', at: at.toISOString(), value: expected })
  if (fact.state === 'known') expect('depends' in fact.value).toBe('depends' in expected)
})
