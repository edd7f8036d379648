// Examples of trust that asks for no audience, and of what is left to other rules.
import { trustExamples } from '../trust-examples'
import { ruleTester } from '../tester'
import rule from './rule'

ruleTester(
  rule,
  trustExamples('audience', {
    id: 'F08',
    severity: 'medium',
    because: 'It asks for no audience.',
    elsewhere: 'subject',
  }),
)
