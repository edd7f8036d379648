// The directory decides as its documentation says, and levels follow from it.
import { describe, expect, test } from 'vitest'
import { azure } from '@/evaluators/azure'
import { DIRECTORY_CASES, LEVEL_CASES } from './azure-directory-cases'
import { principal, tenant } from './azure-world'

describe('what the directory gives', () => {
  test.each(DIRECTORY_CASES)('$name: $answer', ({ held, action, resource = 'graph', answer, why }) => {
    const given = azure.within(tenant([principal('app', held)])).can('app', { action, resource })
    expect(given.answer, `${why}: ${given.because.join(' ')}`).toBe(answer)
  })
})

describe('how much that is', () => {
  test.each(LEVEL_CASES)('$name: $certain to $possible', ({ held, certain, possible, why, more }) => {
    const given = azure.within(tenant([principal('app', held)], more)).privileges('app')
    expect([given.certain, given.possible], `${why}: ${given.because.join(' ')}`).toEqual([certain, possible])
  })
})
