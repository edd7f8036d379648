// Which controls of the layers of CSA MAESTRO each rule gives evidence toward: our judgement, by the id of the rule.
import type { Mapping } from '../framework'

export const maestroMapping: Mapping = {
  'identity-administrator': ['Layer 6'],
  'identity-audience-unbound': ['Layer 4'],
  'identity-default-used': ['Layer 4'],
  'identity-environment-crossed': ['Layer 4'],
  'identity-environment-mixed': ['Layer 4'],
  'identity-escalates': ['Layer 6'],
  'identity-owner-left': ['Layer 6'],
  'identity-ownerless': ['Layer 6'],
  'identity-placement-only': ['Layer 4'],
  'identity-secret-plain': ['Layer 4'],
  'identity-service-unbound': ['Layer 4'],
  'identity-trust-controls': ['Layer 6'],
  'identity-trust-loose': ['Layer 4'],
  'identity-trusts-anyone': ['Layer 4'],
  'identity-vendor-ended': ['Layer 7'],
  'identity-vendor-powerful': ['Layer 7'],
  'identity-vendor-unbound': ['Layer 7'],
  'identity-vendor-unregistered': ['Layer 7'],
  'scope-unseen': ['Layer 5'],
  'secret-copied': ['Layer 4'],
  'secret-unkept': ['Layer 4'],
}
