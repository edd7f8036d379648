// Examples of names that fit, and that do not fit, what the policy has decided.
import { expect, test } from 'vitest'
import { evaluate } from '@/core/rule'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const called = (name: string) => identity({ name })
const SAYS = 'Its name fits none of the patterns that the policy has for it.'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { names: ['svc-*-prod', 'robot'] },
  pass: [called('svc-orders-prod'), called('SVC-Orders-Prod'), called('robot')],
  fail: [
    { given: called('orders'), says: SAYS },
    { given: called('my-svc-orders-prod'), says: SAYS },
    { given: called('robots'), says: SAYS },
  ],
  notApplicable: [
    { ...called('ada'), class: 'human' },
    { ...called('theirs'), class: 'provider' },
  ],
})

test('says nothing of anybody as long as the policy lists nothing', () => {
  const verdict = evaluate(rule, called('robot'), { names: [] }, '2026-09-30T00:00:00Z')
  expect(verdict).toEqual({ state: 'not-applicable' })
})
