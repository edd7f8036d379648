// Federated credentials, owners and managed identities let in whom documentation says, and their weaknesses are named.
import { describe, expect, test } from 'vitest'
import { azure } from '@/evaluators/azure'
import { PITFALL_CASES, TRUST_CASES } from './azure-trust-cases'
import { principal, tenant } from './azure-world'

describe('who is let in', () => {
  test.each(TRUST_CASES)('$name: $answer', ({ target, caller, answer, more, why }) => {
    const given = azure.within(tenant([principal('target', [], target)], more)).admits('target', caller)
    expect(given.answer, `${why}: ${given.because.join(' ')}`).toBe(answer)
  })
})

describe('how wide that is', () => {
  test.each(PITFALL_CASES)('$name', ({ target, found, more, why }) => {
    const pitfalls = azure.within(tenant([principal('target', [], target)], more)).pitfalls('target')
    expect(
      pitfalls.map(({ id, severity, answer }) => `${id} ${severity} ${answer}`),
      why,
    ).toEqual(found)
  })
})
