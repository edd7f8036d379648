// Weak spots of trust in AWS, in worlds worked out by hand: one for every row of the table, and those that only look weak.
import { expect, test } from 'vitest'
import { aws } from '@/evaluators/aws-iam/platform'
import { realm, role } from './aws-escalation-realm'
import { OF_EVERYBODY } from './aws-trust-cases'
import { OF_OTHERS } from './aws-trust-other-cases'
import { THINGS } from './aws-trust-policies'

test.each([...OF_EVERYBODY, ...OF_OTHERS])(
  '$name',
  ({ trusts, found, says, elsewhere = [], things = THINGS }) => {
    const weak = role('weak', [], trusts)
    const pitfalls = aws.within(realm([weak], { elsewhere, things })).pitfalls(weak.id)
    expect(pitfalls.map(({ id, severity, answer }) => `${id} ${severity} ${answer}`)).toEqual(found)
    for (const one of pitfalls) {
      expect(one.because.length).toBeGreaterThan(0)
      expect(trusts.map(({ id }) => id)).toContain(one.trust)
    }
    if (says)
      expect(JSON.stringify(pitfalls.map(({ because }) => because.join(' ')))).toMatch(
        new RegExp(says.source.replaceAll('"', '\\\\?"')),
      )
  },
)
