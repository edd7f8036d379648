// Examples of control over who others are, and of what is left to other rules.
import { trustExamples } from '../trust-examples'
import { ruleTester } from '../tester'
import rule from './rule'

ruleTester(
  rule,
  trustExamples('control', {
    id: 'F27',
    severity: 'high',
    because: 'Its entry is one of an administrator of the issuer.',
    elsewhere: 'subject',
  }),
)
