// Owners of applications and service principals: one question for each, since lists hold twenty of them at most. Managed
// identities and services of Microsoft have none that mean anything.
import type { Stream, StreamAt } from '@/core/connector'
import { unknown, type Fact } from '@/core/fact'
import type { Observation, Of } from '@/core/observation'
import { segment } from '../call'
import { entraAuthority, OBJECT_ID } from '../keys'
import { APPLICATION_OWNERS, PRINCIPAL_OWNERS } from './calls'
import { ownApplications, principalRefs } from './directory'
import { Lists } from './lists'
import { ownerHint } from './map-hints'
import { DirectoryObject, type PrincipalRef } from './shapes'
import { ownershipOf } from './tenants'

const KINDS = ['owner-hint', 'trust'] as const
/** What is asked of people and other owners, for hints. */
export const OWNER_QUERY = { $select: 'id,displayName,userPrincipalName,mail' }
const PROGRAMS = /^(servicePrincipal|agentIdentity)/

export const namesHidden = (permission: string) =>
  unknown(
    'denied',
    permission,
    'Names of owners are not shown to this connection. Grant Directory.Read.All or User.Read.All: app role of Microsoft Graph, with admin consent.',
  )

/** An owner that is a program can add a credential of its own, and then sign in as what it owns. */
const ownerTrust = (
  identity: string,
  object: string,
  owner: DirectoryObject,
  tenant: string,
): Of<'trust'> => ({
  kind: 'trust',
  nativeId: `${object}/owner/${owner.id}`,
  identity,
  principalType: 'identity',
  principal: owner.id,
  effect: 'allow',
  actions: ['add credentials'],
  links: [
    {
      relation: 'permitted',
      means: 'becomes-this',
      to: OBJECT_ID,
      match: 'exact',
      value: owner.id,
      authority: entraAuthority(tenant),
      reason: 'It owns this one: an owner can add a credential and sign in with it.',
    },
  ],
})

type Owned = { identity: string; object: string; of: string; permission: string }
function* ownerRows(
  stream: StreamAt,
  owned: Owned,
  owners: readonly DirectoryObject[],
): Generator<Observation> {
  const { identity, object, of, permission } = owned
  for (const owner of owners) {
    const hint = ownerHint(identity, owner, { of: object, via: `owner of the ${of}` })
    if (hint) yield hint
    else stream.lacking(['owner-hint'], namesHidden(permission))
    if (PROGRAMS.test(owner['@odata.type'] ?? ''))
      yield ownerTrust(identity, object, owner, stream.scope.nativeId)
  }
}

async function* ownersOf(
  stream: StreamAt,
  lists: Lists<DirectoryObject>,
  { path, ...owned }: Owned & { path: string },
): AsyncGenerator<Observation> {
  const listed: Fact<DirectoryObject[]> = await lists.of({ path, query: OWNER_QUERY })
  stream.lacking(KINDS, listed)
  if (listed.state === 'known') yield* ownerRows(stream, owned, listed.value)
}

const hasOwners = (
  { servicePrincipalType: type, appOwnerOrganizationId: owner }: PrincipalRef,
  tenant: string,
) => type !== 'ManagedIdentity' && type !== 'ServiceIdentity' && ownershipOf(owner, tenant) !== 'microsoft'

export const owners: Stream = {
  kinds: KINDS,
  async *collect(stream) {
    const { session, scope, lacking } = stream
    const applications = await ownApplications(stream)
    lacking(KINDS, applications)
    const ofApplications = new Lists(session, APPLICATION_OWNERS, DirectoryObject)
    if (applications.state === 'known')
      for (const { id, identity } of applications.value)
        yield* ownersOf(stream, ofApplications, {
          path: `/applications/${segment(id)}/owners`,
          identity,
          object: id,
          of: 'application',
          permission: APPLICATION_OWNERS,
        })
    const ofPrincipals = new Lists(session, PRINCIPAL_OWNERS, DirectoryObject)
    for await (const principal of principalRefs(session)) {
      if (!hasOwners(principal, scope.nativeId)) continue
      yield* ownersOf(stream, ofPrincipals, {
        path: `/servicePrincipals/${segment(principal.id)}/owners`,
        identity: principal.id,
        object: principal.id,
        of: 'service principal',
        permission: PRINCIPAL_OWNERS,
      })
    }
  },
}
