// What is known of the trust domain itself: its name, and the issuer of its JWT-SVIDs where a file holds it.
import type { Scope, StreamAt } from '@/core/connector'
import type { Session } from '@/core/session'
import { BUNDLE, DISCOVERY } from './calls'
import { domainAuthority, issuerAuthority } from './joins'
import type { Named } from './map-entry'
import { domainUri } from './names'
import { Discovery, Federated } from './shapes'

/** `https://oidc.example/` → `oidc.example`, as clouds name it. */
const bare = (url: string): string => url.replace(/^https:\/\//, '').replace(/\/$/, '')

export async function named({ session }: Pick<StreamAt, 'session'>): Promise<Named> {
  const found = await session.ask(DISCOVERY, {}, Discovery)
  if (found.state === 'known') return { issuer: bare(found.value.issuer), unseen: false }
  return { issuer: undefined, unseen: found.state === 'unknown' }
}

export async function* scopes(session: Session): AsyncGenerator<Scope> {
  const { trust_domain: name } = await session.call(BUNDLE, {}, Federated)
  const { issuer } = await named({ session })
  yield {
    nativeId: domainUri(name),
    name,
    type: 'spire.trust-domain',
    authorities: [domainAuthority(name), ...(issuer === undefined ? [] : [issuerAuthority(issuer)])],
  }
}
