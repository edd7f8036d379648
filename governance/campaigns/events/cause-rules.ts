// Rules that say by opening that something of the kind has happened.
import type { Cause } from '@/core/campaign'

export const RULES_OF: Record<Exclude<Cause, 'still-there'>, readonly string[]> = {
  'owner-left': ['identity-owner-left'],
  'gained-power': ['identity-administrator', 'identity-escalates'],
  'external-trust': ['identity-trusts-anyone', 'identity-vendor-unregistered', 'identity-issuer-unlisted'],
  'credential-past-policy': ['credential-long-lived', 'credential-lifetime-long'],
  dormant: ['identity-dormant', 'identity-never-used'],
}
/** Who can become an identity and comes from outside. */
export const OUTSIDE: readonly string[] = ['anyone', 'federated']

export const rulesAsked = (causes: readonly Cause[]): { rule: string; cause: Cause }[] =>
  causes.flatMap((cause) => (cause === 'still-there' ? [] : RULES_OF[cause].map((rule) => ({ rule, cause }))))
