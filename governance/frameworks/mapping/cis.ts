// Which controls of the CIS Controls each rule gives evidence toward: our judgement, by the id of the rule.
import type { Mapping } from '../framework'

export const cisMapping: Mapping = {
  'credential-dormant': ['5.3'],
  'identity-administrator': ['5.4', '6.8'],
  'identity-default-used': ['5.5'],
  'identity-disabled-granted': ['6.2'],
  'identity-dormant': ['5.3'],
  'identity-environment-crossed': ['16.8'],
  'identity-environment-mixed': ['16.8'],
  'identity-never-used': ['5.3'],
  'identity-owner-left': ['6.2'],
  'identity-ownerless': ['5.5'],
  'identity-vendor-ended': ['15.7'],
  'identity-vendor-unregistered': ['15.1'],
  'identity-workload-gone': ['6.2'],
  'scope-unseen': ['5.1', '5.5'],
}
