// What a caller chooses of its request: steps and privileges go by the best choice, questions by all of them.
import { describe, expect, test } from 'vitest'
import { aws } from '@/evaluators/aws-iam/platform'
import { CHOSEN_CASES } from './aws-chosen-cases'
import { REGION_CASES, SERVICE_CASES } from './aws-region-cases'
import { R } from './aws-world'

describe.each(Object.entries({ REGION_CASES, CHOSEN_CASES, SERVICE_CASES }))('%s', (_, cases) => {
  test.each(cases)('$because', ({ realm, step, level, can, says }) => {
    const access = aws.within(realm)
    const told: unknown[] = []
    if (step) {
      const [way, target] = step[0].split(' ')
      const found = access
        .steps(R)
        .steps.filter(({ by, to }) => by === way && (!target || ('id' in to && to.id === target)))
      expect(found.map(({ answer }) => answer)).toEqual(step[1] === 'no' ? [] : [step[1]])
      told.push(found)
    }
    if (level) {
      const found = access.privileges(R)
      expect([found.certain, found.possible]).toEqual(level)
    }
    if (can) {
      const found = access.can(R, can[0])
      expect(found).toMatchObject({ answer: can[1] })
      told.push(found)
    }
    if (says) expect(JSON.stringify(told)).toMatch(says)
  })
})

test('no two cases are the same', () => {
  const all = [...REGION_CASES, ...CHOSEN_CASES, ...SERVICE_CASES].map(({ because }) => because)
  expect(new Set(all).size).toBe(all.length)
})
