// Which controls of DORA each rule gives evidence toward: our judgement, by the id of the rule.
import type { Mapping } from '../framework'

export const doraMapping: Mapping = {
  'credential-long-lived': ['Art. 9(4)(d)'],
  'identity-administrator': ['Art. 9(4)(c)', 'RTS Art. 21(a)'],
  'identity-disabled-granted': ['RTS Art. 21(e)(iii)'],
  'identity-dormant': ['RTS Art. 21(e)(iii)'],
  'identity-emergency-used': ['RTS Art. 21(c)'],
  'identity-end-passed': ['RTS Art. 20'],
  'identity-environment-unlabelled': ['Art. 8(1)'],
  'identity-escalates': ['Art. 9(4)(c)'],
  'identity-name-reusable': ['RTS Art. 20'],
  'identity-owner-left': ['RTS Art. 21(e)(iii)'],
  'identity-people-become': ['RTS Art. 21(c)'],
  'identity-people-sign-in': ['RTS Art. 21(c)'],
  'identity-rights-unused': ['Art. 9(4)(c)', 'RTS Art. 21(a)'],
  'identity-secret-plain': ['Art. 9(4)(d)'],
  'identity-shared': ['RTS Art. 20'],
  'identity-trusts-deleted': ['RTS Art. 21(e)(iii)'],
  'identity-vendor-unregistered': ['Art. 28(3)'],
  'identity-workload-gone': ['RTS Art. 20'],
  'scope-unseen': ['Art. 8(4)', 'Art. 8(6)'],
  'secret-old': ['Art. 9(4)(d)'],
  'secret-unkept': ['Art. 9(4)(d)'],
}
