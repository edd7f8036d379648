// Access in a tenant of Azure and Entra: roles and denials, the directory, and access policies of key vaults.
import type { Access, AccessAnswer, Platform, Principal, Privileges, Realm } from '@/core/access'
import { Budget, TooMuch } from '../budget'
import { admits } from './admits'
import type { At } from './arm'
import { can } from './can'
import { AZURE_RBAC, ENTRA, KEY_VAULT } from './documents'
import { CONTROL_ACTIONS, ESCALATIONS } from './escalations'
import { Holdings } from './holding'
import { pitfallsOf } from './pitfalls'
import { privilegesOf } from './privileges'
import { Steps } from './steps'
import { Tenant } from './tenant'
import { short } from './words'

/** Steps of work for one question, and for all steps of one principal. */
const QUESTION_MAX = 2_000_000
const STEPS_MAX = 20_000_000
const TOO_MUCH = 'What it holds is too large or too tangled to be judged.'

/** What the work gives, or what stands for it where it was too much. */
function bounded<T>(work: () => T, otherwise: T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof TooMuch) return otherwise
    throw error
  }
}

const unknownPrincipal = (id: string): AccessAnswer => ({
  answer: 'depends',
  because: [`${short(id)} is not among the principals of this tenant.`],
})
const UNKNOWN: Privileges = { certain: 'none', possible: 'administrator', because: [TOO_MUCH] }

function within(realm: Realm): Access {
  const tenant = new Tenant(realm, CONTROL_ACTIONS)
  const holdings = new Holdings(tenant)
  const levels = new Map<string, Privileges>()
  const find = (id: string): Principal | undefined => tenant.principals.get(id.toLowerCase())
  const at = (principal: Principal, most: number): At => ({
    tenant,
    holding: holdings.of(principal),
    budget: new Budget(most),
  })
  const privileges = (principal: Principal): Privileges => {
    const place = at(principal, QUESTION_MAX)
    const found = levels.get(place.holding.key)
    if (found) return found
    const made = bounded(() => privilegesOf(place), UNKNOWN)
    levels.set(place.holding.key, made)
    return made
  }
  let steps: Steps | undefined
  return {
    can: (id, question) => {
      const principal = find(id)
      if (!principal) return unknownPrincipal(id)
      return bounded(() => can(question, at(principal, QUESTION_MAX)), {
        answer: 'depends',
        because: [TOO_MUCH],
      })
    },
    privileges: (id) => {
      const principal = find(id)
      return principal ? privileges(principal) : { ...UNKNOWN, because: unknownPrincipal(id).because }
    },
    steps: (id) => {
      const principal = find(id)
      if (!principal) return { steps: [], more: true }
      steps ??= new Steps(tenant, (one) => privileges(one).possible)
      const all = steps
      return bounded(() => all.of(principal, at(principal, STEPS_MAX)), { steps: [], more: true })
    },
    admits: (id, caller) => {
      const principal = find(id) ?? realm.elsewhere.find((one) => one.id.toLowerCase() === id.toLowerCase())
      return principal ? admits(principal, caller, tenant) : unknownPrincipal(id)
    },
    pitfalls: (id) => {
      const principal = find(id)
      return principal ? pitfallsOf(principal, tenant) : []
    },
  }
}

export const azure: Platform = {
  id: 'azure',
  languages: [AZURE_RBAC, ENTRA, KEY_VAULT],
  realms: ['azure.tenant'],
  escalations: ESCALATIONS,
  parts: true,
  within,
}
