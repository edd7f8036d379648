// Steps, levels, trust and weak spots of Google Cloud, compared with answers that were worked out by hand.
import { describe, expect, test } from 'vitest'
import type { Step } from '@/core/access'
import { gcp } from '@/evaluators/gcp'
import { uid } from './gcp-realms'
import { MACHINE_CASES } from './gcp-machine-cases'
import { LEVEL_CASES, STEP_CASES as RIGHTS_CASES } from './gcp-step-cases'
import { PITFALL_CASES, TRUST_CASES } from './gcp-trust-cases'

const STEP_CASES = [...RIGHTS_CASES, ...MACHINE_CASES]

const goesTo = ({ to }: Step, name: string): boolean =>
  to.kind === name || ('id' in to && (to.id === uid(name) || to.id === name))

describe('steps', () => {
  test.each(STEP_CASES)('$by to $to, $answer: $why', ({ realm, by, to, answer, says }) => {
    const { steps } = gcp.within(realm).steps(uid('me'))
    const step = steps.find((one) => one.by === by && goesTo(one, to))
    expect(step?.answer).toBe(answer)
    if (says) expect(step?.because.join('\n')).toMatch(says)
  })
  test('every definition but those for many services has a case', () => {
    const cases = new Set(STEP_CASES.map(({ by }) => by))
    expect(gcp.escalations.map(({ id }) => id).filter((id) => !cases.has(id))).toEqual(['G04'])
  })
})

test.each(LEVEL_CASES)('level $certain to $possible: $why', ({ realm, certain, possible }) => {
  const found = gcp.within(realm).privileges(uid('me'))
  expect(found).toMatchObject({ certain, possible })
  expect(found.because.length).toBeGreaterThan(0)
})

test.each(TRUST_CASES)('trust $answer: $why', ({ realm, caller, answer, says }) => {
  const judged = gcp.within(realm).admits(uid('robot'), caller)
  expect(judged).toMatchObject({ answer })
  if (says) expect(judged.because.join('\n')).toMatch(says)
})

test.each(PITFALL_CASES)('weak spots: $why', ({ realm, found, answer = 'yes' }) => {
  const pitfalls = gcp.within(realm).pitfalls(uid('robot'))
  expect(Object.fromEntries(pitfalls.map(({ id, severity }) => [id, severity]))).toEqual(found)
  for (const one of pitfalls) expect(one.answer).toBe(answer)
})
