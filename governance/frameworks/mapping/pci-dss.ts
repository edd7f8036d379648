// Which controls of PCI DSS each rule gives evidence toward: our judgement, by the id of the rule.
import type { Mapping } from '../framework'

export const pciDssMapping: Mapping = {
  'credential-lifetime-long': ['8.6.3'],
  'credential-long-lived': ['8.6.3'],
  'credential-overlapping': ['8.6.3'],
  'credential-superseded': ['8.6.3'],
  'identity-administrator': ['7.2.5'],
  'identity-default-used': ['7.2.5'],
  'identity-emergency-used': ['8.6.1'],
  'identity-escalates': ['7.2.5'],
  'identity-people-become': ['8.6.1'],
  'identity-people-sign-in': ['8.6.1', '10.2.1.2'],
  'identity-rights-unused': ['7.2.5'],
  'identity-secret-plain': ['8.6.2'],
  'secret-old': ['8.6.3'],
  'secret-refresh-slow': ['8.6.3'],
  'secret-unkept': ['8.6.2'],
}
