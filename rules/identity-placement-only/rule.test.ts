// Examples of trust that a place alone meets, and of what is left to other rules.
import { trustExamples } from '../trust-examples'
import { ruleTester } from '../tester'
import rule from './rule'

ruleTester(
  rule,
  trustExamples('placement', {
    id: 'F25',
    severity: 'medium',
    because: 'Every pod of the namespace can become it.',
    elsewhere: 'subject',
  }),
)
