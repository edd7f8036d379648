// Access in Google Cloud, compared with answers that were worked out by hand from its documentation.
import { describe, expect, test } from 'vitest'
import { gcp } from '@/evaluators/gcp'
import { GRANT_CASES } from './gcp-grant-cases'
import { LIMIT_CASES } from './gcp-limit-cases'
import { uid } from './gcp-realms'

const CAN_CASES = [...GRANT_CASES, ...LIMIT_CASES]

describe('what a principal may do', () => {
  test.each(CAN_CASES)(
    '$answer: $why',
    ({ realm, who = uid('me'), ask: [action, resource], context, answer, says }) => {
      const judged = gcp.within(realm).can(who, { action, resource, ...(context && { context }) })
      expect(judged).toMatchObject({ answer })
      expect(judged.because.length).toBeGreaterThan(0)
      if (says) expect(judged.because.join('\n')).toMatch(says)
    },
  )
  test('no two cases are the same', () => {
    const texts = CAN_CASES.map(({ why: _, ...rest }) => JSON.stringify(rest))
    expect(new Set(texts).size).toBe(texts.length)
  })
})
