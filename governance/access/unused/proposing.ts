// A realm of one principal, and what is proposed for it: for tests of proposals.
import type { Held, Platform, Principal, Realm } from '@/core/access'
import { platformOf } from '@/evaluators/platforms'
import type { Exercised, Given } from '@/evaluators/proposal'
import { proposerOf } from '@/evaluators/proposers'
import { confirmed } from './confirm'

export const WHO = 'u-1'
export const realmOf = (type: string, principal: Partial<Principal>, rest: Partial<Realm> = {}): Realm => ({
  id: 'r-1',
  type,
  name: 'r',
  elsewhere: [],
  runners: [],
  rulings: [],
  things: [],
  unseen: [],
  ...rest,
  principals: [
    {
      id: WHO,
      type: 'x',
      name: 'job',
      aliases: [],
      class: 'machine',
      enabled: true,
      trusts: [],
      held: [],
      ...principal,
    },
    ...(rest.principals ?? []),
  ],
})
export const held = (given: Partial<Held> & Pick<Held, 'id' | 'language'>): Held => ({
  name: given.id,
  effect: 'allow',
  via: 'attached',
  ...given,
})

export function propose(platform: Platform, realm: Realm, uses: string[], exercised: Exercised[] = []) {
  const [principal] = realm.principals
  const proposer = proposerOf(platform.id)
  if (!principal || !proposer) throw new Error('nobody to propose for')
  const given: Given = { realm, principal, uses, exercised }
  const proposal = proposer.propose(given)
  return {
    proposal,
    answer: confirmed(proposal, realm, WHO, platform),
    rights: (one: Held) => proposer.rights(one, given),
  }
}
export const judging = (type: string): Platform => {
  const found = platformOf(realmOf(type, {}))
  if (!found) throw new Error(`nobody judges ${type}`)
  return found
}
