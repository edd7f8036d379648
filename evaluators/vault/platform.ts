// Vault and OpenBao as the access analysis asks them: a namespace, its policies, and who signs in.
import type { Access, Platform, Realm } from '@/core/access'
import { admits } from './admits'
import { ask } from './ask'
import { ESCALATIONS } from './escalations'
import { privilegesOf } from './levels'
import { pitfallsOf } from './pitfalls'
import { Steps } from './steps'
import { LANGUAGE, World } from './world'

export const vaultPlatform: Platform = {
  id: 'vault',
  languages: [LANGUAGE],
  realms: ['vault.cluster', 'vault.openbao-cluster'],
  escalations: ESCALATIONS,
  within,
}

function within(realm: Realm): Access {
  const world = new World(realm)
  // Only who asks for steps pays for ordering what they lead to.
  let made: Steps | undefined
  const steps = (): Steps => (made ??= new Steps(world))
  const judged = (id: string) => (world.own.has(id) ? world.principals.get(id) : undefined)
  return {
    can: (id, question) => ask(world, id, question),
    privileges(id) {
      const principal = judged(id)
      if (principal) return privilegesOf(world, steps(), principal)
      const missing = `${id.slice(0, 120)} is not in ${realm.name}.`
      return { certain: 'none', possible: 'administrator', because: [missing], missing: [missing] }
    },
    steps(id) {
      const principal = judged(id)
      return principal ? steps().of(principal) : { steps: [], more: true }
    },
    admits: (id, caller) => admits(world, id, caller),
    pitfalls: (id) => pitfallsOf(world, id),
  }
}
