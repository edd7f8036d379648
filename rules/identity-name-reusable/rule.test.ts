// Examples of trust by names alone, and of what is left to other rules.
import { trustExamples } from '../trust-examples'
import { ruleTester } from '../tester'
import rule from './rule'

ruleTester(
  rule,
  trustExamples('reusable-name', {
    id: 'F10',
    severity: 'low',
    because: 'Whoever takes over the name of the repository can become it.',
    elsewhere: 'subject',
  }),
)
