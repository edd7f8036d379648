// Examples of services that are let in for whomever they act, and of what is left to other rules.
import { trustExamples } from '../trust-examples'
import { ruleTester } from '../tester'
import rule from './rule'

ruleTester(
  rule,
  trustExamples('service', {
    id: 'F16',
    severity: 'low',
    because: 'The service is let in for whomever it acts.',
    elsewhere: 'vendor',
  }),
)
