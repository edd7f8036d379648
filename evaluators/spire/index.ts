// SPIRE as the access analysis asks it: a trust domain, who gets which of its identities, and who decides about all of them.
import type { Platform } from '@/core/access'
import { admits } from './admits'
import { can } from './can'
import { Domain, LANGUAGE } from './domain'
import { ESCALATIONS } from './escalations'
import { pitfallsOf } from './pitfalls'
import { privilegesOf } from './rights'
import { stepsOf } from './steps'

export const spire: Platform = {
  id: 'spire',
  languages: [LANGUAGE],
  realms: ['spire.trust-domain'],
  escalations: ESCALATIONS,
  within(realm) {
    const domain = new Domain(realm)
    return {
      can: (id, question) => can(domain, id, question),
      privileges(id) {
        const principal = domain.principals.get(id)
        if (principal) return privilegesOf(domain, principal)
        const missing = `${id.slice(0, 120)} is not in ${realm.name}.`
        return { certain: 'none', possible: 'administrator', because: [missing], missing: [missing] }
      },
      steps(id) {
        const principal = domain.principals.get(id)
        return principal ? stepsOf(domain, principal) : { steps: [], more: true }
      },
      admits: (id, caller) => admits(domain, id, caller),
      pitfalls: (id) => pitfallsOf(domain, id),
    }
  },
}
