// Applications with their service principals, foreign service principals and managed identities: identities, the credentials
// they hold, and who is named in their fields. Agent identities have a list and a stream of their own.
import type { Stream, StreamAt } from '@/core/connector'
import { absent, known, type Fact } from '@/core/fact'
import type { Observation } from '@/core/observation'
import { connection } from '../connection'
import { CLIENT_ID, OBJECT_ID, RESOURCE_ID } from '../keys'
import { gather, tryPages } from '../pages'
import type { Cloud } from '../settings'
import { APPLICATIONS, PRINCIPALS } from './calls'
import { classify, SORTS } from './classify'
import { credentialsOf } from './map-credential'
import { applicationHints, principalHints, unusedHints } from './map-hints'
import { idOfUnused, mayBeOwn, principalIdentity, unusedApplication, type Registration } from './map-identity'
import { Application, ServicePrincipal } from './shapes'
import { readUse, type Use } from './use'

const KINDS = ['identity', 'credential', 'owner-hint'] as const
/**
 * Without `$select`: only where keyCredentials are selected does Graph add the raw data of each key, which is not wanted. Pages
 * are kept small instead.
 */
const PAGE = { $top: '200' }

type Registered = Map<string, Application>
type At = { tenant: string; use: Use; registered: Fact<Registered>; cloud: Cloud }

async function readApplications({ session, lacking }: StreamAt): Promise<Fact<Registered>> {
  const listed = await gather(session, APPLICATIONS, { path: '/applications', query: PAGE }, Application)
  lacking(KINDS, listed)
  if (listed.state !== 'known') return listed
  return known(new Map(listed.value.map((one) => [one.appId, one])), APPLICATIONS)
}

function registrationOf(principal: ServicePrincipal, { tenant, registered }: At): Registration {
  if (!mayBeOwn(classify(principal, tenant))) return absent(APPLICATIONS)
  if (registered.state !== 'known') return registered.state === 'unknown' ? registered : absent(APPLICATIONS)
  const application = registered.value.get(principal.appId ?? '')
  return application ? known(application, APPLICATIONS) : absent(APPLICATIONS)
}

function* principalRows(principal: ServicePrincipal, at: At): Generator<Observation> {
  const registration = registrationOf(principal, at)
  const { id: identity } = principal
  const { use, tenant, cloud } = at
  yield principalIdentity({ principal, registration, tenant, use, cloud })
  // What Azure itself signs in with for a managed identity, and renews, is nobody's to keep.
  const isManaged = principal.servicePrincipalType === 'ManagedIdentity'
  const held = isManaged ? { ...principal, keyCredentials: [] } : principal
  yield* credentialsOf(held, { object: identity, identity, source: PRINCIPALS, use })
  yield* principalHints(principal)
  if (registration.state !== 'known') return
  const application = registration.value
  yield* credentialsOf(application, { object: application.id, identity, source: APPLICATIONS, use })
  yield* applicationHints(identity, application)
}

function* unusedRows(application: Application, why: Fact<never>, { use, cloud }: At): Generator<Observation> {
  const identity = idOfUnused(application)
  yield unusedApplication(application, { facets: why, use, cloud })
  yield* credentialsOf(application, { object: application.id, identity, source: APPLICATIONS, use })
  yield* unusedHints(identity, application)
}

const allOf = (registered: Fact<Registered>): Application[] =>
  registered.state === 'known' ? [...registered.value.values()] : []

export const applications: Stream = {
  kinds: KINDS,
  about: { identity: SORTS, 'owner-hint': SORTS, keys: [OBJECT_ID, CLIENT_ID, RESOURCE_ID] },
  async *collect(stream) {
    const { session, scope, lacking } = stream
    const settings = await connection(session)
    const use = await readUse(session, settings)
    const registered = await readApplications(stream)
    const at: At = { tenant: scope.nativeId, use, registered, cloud: settings.cloud }
    const principals = await tryPages(
      session,
      PRINCIPALS,
      { path: '/servicePrincipals', query: PAGE },
      ServicePrincipal,
    )
    lacking(KINDS, principals)
    if (principals.state !== 'known') {
      // Without this list an application that is in use looks like one that is not: only a file, which cannot hold the list,
      // tells of applications alone. They become one with their service principals by their application id.
      if (principals.state === 'unknown' && principals.why === 'not-offered')
        for (const one of allOf(registered)) yield* unusedRows(one, principals, at)
      return
    }
    const used = new Set<string>()
    for await (const principal of principals.value) {
      if (principal.servicePrincipalType === 'ServiceIdentity') continue
      if (principal.appId !== undefined) used.add(principal.appId)
      yield* principalRows(principal, at)
    }
    const none = absent(PRINCIPALS, 'there is no service principal for it in this tenant')
    for (const one of allOf(registered)) if (!used.has(one.appId)) yield* unusedRows(one, none, at)
  },
}
