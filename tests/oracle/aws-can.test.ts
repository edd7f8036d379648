// What principals of small accounts may do, worked out by hand from the documentation of AWS.
import { describe, expect, test } from 'vitest'
import { aws } from '@/evaluators/aws-iam/platform'
import { CONDITIONS } from './aws-can-conditions'
import { LAYERS } from './aws-can-layers'
import { ASSUMPTION, RESOURCES } from './aws-can-resources'
import { STATEMENTS, WILD } from './aws-can-statements'
import { VARIABLES } from './aws-can-variables'

const CAN_CASES = { STATEMENTS, WILD, CONDITIONS, VARIABLES, LAYERS, RESOURCES, ASSUMPTION }

describe.each(Object.entries(CAN_CASES))('%s', (_, cases) => {
  test.each(cases)('$answer: $because', ({ realm, who, ask, answer, says, missing }) => {
    const told = aws.within(realm).can(who, ask)
    expect(told).toMatchObject({ answer })
    if (answer !== 'yes') expect(told.because.length + (told.missing?.length ?? 0)).toBeGreaterThan(0)
    if (says) expect(told.because.join('\n')).toMatch(says)
    if (missing) expect((told.missing ?? []).join('\n')).toMatch(missing)
  })
})

test('there are enough of them, and no two are the same', () => {
  const all = Object.values(CAN_CASES).flat()
  expect(new Set(all.map(({ because }) => because)).size).toBe(all.length)
  expect(all.length).toBeGreaterThan(100)
})
