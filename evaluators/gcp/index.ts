// Access analysis of Google Cloud IAM: allow policies over the hierarchy, deny policies, boundaries, pools, and ways to more rights.
import type { Access, Platform, Realm } from '@/core/access'
import { admits } from './admits'
import { can } from './can'
import { ESCALATIONS } from './escalations'
import { pitfalls } from './pitfalls'
import { Pools } from './pools'
import { privileges } from './privileges'
import { Steps } from './steps'
import { short } from './words'
import { World } from './world'

function within(realm: Realm): Access {
  const world = new World(realm)
  const pools = new Pools(realm.rulings, world.hierarchy)
  // Only who asks for steps pays for ordering their targets.
  let made: Steps | undefined
  const steps = (): Steps => (made ??= new Steps(world))
  return {
    can: (principal, question) => can(world, principal, question),
    privileges: (id) => {
      const principal = world.find(id)
      if (principal) return privileges(world, steps(), principal)
      const missing = `${short(id)} is not in ${realm.id}.`
      return { certain: 'none', possible: 'administrator', because: [missing], missing: [missing] }
    },
    steps: (id) => {
      const principal = world.find(id)
      return principal ? steps().of(principal) : { steps: [], more: false }
    },
    admits: (principal, caller) => admits(world, pools, principal, caller),
    pitfalls: (id) => pitfalls(world, pools, id),
  }
}

export const gcp: Platform = {
  id: 'gcp',
  languages: ['gcp-iam', 'gcp-deny', 'gcp-access-boundary', 'gcp-workload-identity', 'gcp-tree'],
  realms: ['gcp.organization', 'gcp.folder', 'gcp.project'],
  escalations: ESCALATIONS,
  parts: true,
  within,
}
