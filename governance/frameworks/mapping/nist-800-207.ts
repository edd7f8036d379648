// Which controls of the tenets of NIST SP 800-207 each rule gives evidence toward: our judgement, by the id of the rule.
import type { Mapping } from '../framework'

export const nist800207Mapping: Mapping = {
  'credential-expired-used': ['Tenet 6'],
  'credential-lifetime-long': ['Tenet 3'],
  'credential-long-lived': ['Tenet 3'],
  'credential-replaceable': ['Tenet 6'],
  'credential-unexpiring': ['Tenet 3'],
  'identity-audience-unbound': ['Tenet 6'],
  'identity-environment-crossed': ['Tenet 4'],
  'identity-issuer-unlisted': ['Tenet 6'],
  'identity-login-unbound': ['Tenet 4'],
  'identity-name-reusable': ['Tenet 6'],
  'identity-placement-only': ['Tenet 2', 'Tenet 6'],
  'identity-service-unbound': ['Tenet 6'],
  'identity-session-outlasting': ['Tenet 3'],
  'identity-trust-loose': ['Tenet 4', 'Tenet 6'],
  'identity-trusts-anyone': ['Tenet 6'],
  'identity-vendor-unbound': ['Tenet 4'],
  'scope-unseen': ['Tenet 5', 'Tenet 7'],
}
