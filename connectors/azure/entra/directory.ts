// Which applications and service principals there are, without what each says of itself: for streams that ask for something of
// each of them.
import { mapFact, type Fact } from '@/core/fact'
import type { StreamAt } from '@/core/connector'
import type { Session } from '@/core/session'
import { gather, pages } from '../pages'
import { APPLICATIONS, PRINCIPALS } from './calls'
import { idOfUnused } from './map-identity'
import { ApplicationRef, PrincipalRef } from './shapes'

const REFS = {
  applications: { path: '/applications', query: { $select: 'id,appId', $top: '999' } },
  principals: {
    path: '/servicePrincipals',
    query: { $select: 'id,appId,displayName,servicePrincipalType,appOwnerOrganizationId', $top: '999' },
  },
} as const

export const principalRefs = (session: Session): AsyncGenerator<PrincipalRef> =>
  pages(session, PRINCIPALS, REFS.principals, PrincipalRef)

/** The identity of each own application, by the object id of its registration. */
export async function ownApplications({
  session,
}: Pick<StreamAt, 'session'>): Promise<Fact<{ id: string; identity: string }[]>> {
  const principals = await gather(session, PRINCIPALS, REFS.principals, PrincipalRef)
  // A file may hold one list and not the other: then nobody says that there is a service principal.
  if (principals.state === 'unknown' && principals.why !== 'not-offered') return principals
  const byAppId = new Map(
    principals.state === 'known'
      ? principals.value.flatMap(({ id, appId }) => (appId === undefined ? [] : [[appId, id] as const]))
      : [],
  )
  const applications = await gather(session, APPLICATIONS, REFS.applications, ApplicationRef)
  return mapFact(applications, (all) =>
    all.map(({ id, appId }) => ({ id, identity: byAppId.get(appId) ?? idOfUnused({ appId }) })),
  )
}
