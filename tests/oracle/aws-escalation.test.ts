// Ways to more rights in AWS, in worlds worked out by hand.
import { describe, expect, test } from 'vitest'
import type { Step } from '@/core/access'
import { aws } from '@/evaluators/aws-iam/platform'
import { CAPPED } from './aws-escalation-capped'
import { KNOWN, type World } from './aws-escalation-known'
import { TRICKY } from './aws-escalation-tricky'

const goal = ({ to }: Step): string => ('id' in to ? to.id : to.kind)

describe.each([
  ['known ways', KNOWN],
  ['tricky ones', TRICKY],
  ['capped ones', CAPPED],
])('%s', (_, worlds: readonly World[]) => {
  test.each(worlds)('$name: $why', ({ realm, who, steps = [], not = [], says }) => {
    const { steps: found, more } = aws.within(realm).steps(who)
    expect(more).toBe(false)
    for (const { by, to, answer } of steps) {
      const same = found.filter((step) => step.by === by && goal(step) === to)
      expect({ by, to, answers: same.map((step) => step.answer) }).toEqual({ by, to, answers: [answer] })
      expect(same[0]?.because.length).toBeGreaterThan(0)
      if (answer === 'depends')
        expect([...(same[0]?.because ?? []), ...(same[0]?.missing ?? [])].length).toBeGreaterThan(1)
    }
    for (const one of not) {
      const [by, to] = one.split(' ')
      const refused = found.filter(
        (step) =>
          (by === '*' ? step.by !== 'trust' : step.by === by) && (to === undefined || goal(step) === to),
      )
      expect(refused).toEqual([])
    }
    if (says) expect(JSON.stringify(found)).toMatch(says)
  })
})

test('no two worlds are the same', () => {
  const texts = [...KNOWN, ...TRICKY, ...CAPPED].map(({ name }) => name)
  expect(new Set(texts).size).toBe(texts.length)
})
