// How much somebody may do, worked out by hand.
import { expect, test } from 'vitest'
import { aws } from '@/evaluators/aws-iam/platform'
import { LAB_CASES, LEVEL_CASES } from './aws-level-cases'

test.each(LEVEL_CASES)(
  '$certain, $possible: $because',
  ({ realm, who, certain, possible, says, missing }) => {
    const told = aws.within(realm).privileges(who)
    expect(told).toMatchObject({ certain, possible })
    expect(told.because.length).toBeGreaterThan(0)
    if (says) expect(told.because.join('\n')).toMatch(says)
    if (missing) expect((told.missing ?? []).join('\n')).toMatch(missing)
  },
)

test.each(LAB_CASES)('$expected: $because', ({ realm, who, expected }) => {
  const { certain, possible } = aws.within(realm).privileges(who)
  if (expected === 'administrator') expect(certain).toBe('administrator')
  else expect([certain, possible]).not.toContain('administrator')
})

test('fifteen administrators, and twenty-four that are none', () => {
  expect(LAB_CASES.filter(({ expected }) => expected === 'administrator')).toHaveLength(15)
  expect(LAB_CASES.filter(({ expected }) => expected === 'not')).toHaveLength(24)
})
