// Examples of trust that fits more than one caller, and of what is left to other rules.
import { trustExamples } from '../trust-examples'
import { ruleTester } from '../tester'
import rule from './rule'

ruleTester(
  rule,
  trustExamples('subject', {
    id: 'F03',
    severity: 'high',
    because: 'Whoever can make an organisation with such a name can become it.',
    elsewhere: 'audience',
  }),
)
