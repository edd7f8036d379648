// Which controls of the NIST AI RMF each rule gives evidence toward: our judgement, by the id of the rule.
import type { Mapping } from '../framework'

export const aiRmfMapping: Mapping = {
  'identity-administrator': ['MEASURE 2.7'],
  'identity-disabled-granted': ['MANAGE 2.4'],
  'identity-end-passed': ['GOVERN 1.7'],
  'identity-escalates': ['MEASURE 2.7'],
  'identity-owner-left': ['GOVERN 2.1'],
  'identity-ownerless': ['GOVERN 2.1'],
  'identity-people-become': ['GOVERN 3.2'],
  'identity-people-sign-in': ['GOVERN 3.2'],
  'identity-session-outlasting': ['MANAGE 2.4'],
  'identity-shared': ['GOVERN 3.2'],
  'identity-vendor-ended': ['MANAGE 3.1'],
  'identity-vendor-powerful': ['GOVERN 6.1', 'MANAGE 3.1'],
  'identity-vendor-unregistered': ['GOVERN 6.1'],
  'identity-workload-gone': ['GOVERN 1.7'],
  'scope-unseen': ['GOVERN 1.6'],
}
