// Examples of outside accounts that are let in without a binding, and of what is left to other rules.
import { trustExamples } from '../trust-examples'
import { ruleTester } from '../tester'
import rule from './rule'

ruleTester(
  rule,
  trustExamples('vendor', {
    id: 'F14',
    severity: 'medium',
    because: 'An account outside is let in without a further secret.',
    elsewhere: 'service',
  }),
)
