// What a principal may do in a trust domain: obtain an SVID, register an entry, sign.
import type { AccessAnswer, Question } from '@/core/access'
import type { Domain } from './domain'
import { MEANS, rightsOf } from './rights'

/** `obtain`: get an SVID for it. `register`: make an entry for it. `mint`: have or sign an SVID for it without an entry. */
export const ACTIONS = ['obtain', 'register', 'mint'] as const
const CONFIGURED = 'Administrators that the server is configured with (admin_ids) are not read.'

export function can(domain: Domain, id: string, { action, resource }: Question): AccessAnswer {
  const depends = (because: string, missing: readonly string[]): AccessAnswer => ({
    answer: 'depends',
    because: [because],
    missing,
  })
  const principal = domain.principals.get(id)
  if (!principal)
    return depends('Who is asked about is not known here.', [`${id.slice(0, 120)} was not collected.`])
  if (!ACTIONS.some((one) => one === action))
    return depends(`${action.slice(0, 60)} is nothing that is known of here.`, [
      `Known are ${ACTIONS.join(', ')}.`,
    ])
  if (resource !== domain.realm.id && !resource.startsWith(`${domain.realm.id}/`))
    return { answer: 'no', because: [`${resource.slice(0, 200)} is not of this trust domain.`] }
  const { rights, open } = rightsOf(domain, principal)
  const helping = rights.filter((right) => right === 'admin' || action !== 'register')
  if (helping.length) return { answer: 'yes', because: helping.map((right) => MEANS[right]) }
  if (action === 'obtain' && resource === id) return { answer: 'yes', because: ['It is that identity.'] }
  return depends('No entry of it gives a right to that.', [...open, CONFIGURED])
}
