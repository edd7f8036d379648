// What comes with an entry beside the identity: rights on the server API. Read in pkg/server/authpolicy/policy_data.json.
import type { Principal, PrivilegeLevel, Privileges } from '@/core/access'
import { LANGUAGE, type Domain, type Right } from './domain'

export const MEANS: Readonly<Record<Right, string>> = {
  admin:
    'It may call the server API as administrator: register any SPIFFE ID of the trust domain for anything, and mint any SVID itself.',
  downstream:
    'It may have the server sign a certificate authority and publish keys: as a downstream server it signs for any SPIFFE ID of the trust domain.',
}
export type Held = { rights: Right[]; open: string[] }

export function rightsOf(domain: Domain, { id, held }: Principal): Held {
  const rights = new Set<Right>()
  const open: string[] = []
  for (const { document, language, effect, name } of held) {
    const right = language === LANGUAGE && effect === 'allow' ? document?.['right'] : undefined
    if (right === 'admin' || right === 'downstream') rights.add(right)
    else open.push(`What ${name.slice(0, 120)} gives is not known.`)
  }
  if (domain.isAgent(id)) return { rights: [...rights], open }
  return { rights: [...rights], open: [...open, ...domain.unseen('grants', 'trusts')] }
}

export function privilegesOf(domain: Domain, principal: Principal): Privileges {
  if (principal.type === 'spire.federated-domain')
    return {
      certain: 'none',
      possible: 'none',
      because: ['Federation lets others tell who it is, and gives it nothing.'],
    }
  const { rights, open } = rightsOf(domain, principal)
  const certain: PrivilegeLevel = rights.length ? 'administrator' : 'none'
  return {
    certain,
    possible: open.length ? 'administrator' : certain,
    because: rights.length
      ? rights.map((right) => MEANS[right])
      : [
          'No entry of it gives a right on the server API. Administrators that the server is configured with are not seen.',
        ],
    ...(open.length && !rights.length && { missing: open }),
  }
}
