// Examples of sign-ins that nothing binds, and of what is left to other rules.
import { trustExamples } from '../trust-examples'
import { ruleTester } from '../tester'
import rule from './rule'

ruleTester(
  rule,
  trustExamples('unbound', {
    id: 'V12',
    severity: 'medium',
    because: 'Its second values never end.',
    elsewhere: 'lasting',
  }),
)
