// Examples of trust that lets strangers in, and of what is left to other rules.
import { trustExamples } from '../trust-examples'
import { ruleTester } from '../tester'
import rule from './rule'

ruleTester(
  rule,
  trustExamples('anyone', {
    id: 'F01',
    severity: 'critical',
    because: 'Every repository of the shared issuer can become it.',
    elsewhere: 'subject',
  }),
)
