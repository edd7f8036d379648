// An application registration and its service principal as one identity; foreign ones and managed identities likewise.
//
// Native id: the object id of the service principal. Roles, permissions and consents are given to that object, and one that is
// deleted and consented to anew is another principal, which inherits nothing: it shows as a successor. Only an application
// without a service principal goes by its application (client) id, which every service principal made for it bears as an alias:
// so the two become one as soon as there is one, whichever list or file was read first.
import { absent, answer, known, mapFact, unknown, type Fact, type Instant } from '@/core/fact'
import type { Key } from '@/core/join'
import type { Facet, Of } from '@/core/observation'
import type { Cloud } from '../settings'
import { clientIdKey, objectIdKey, resourceIdKey } from '../keys'
import { APPLICATIONS, PRINCIPALS } from './calls'
import { classify, ownApplication, type Classified } from './classify'
import { resourceBehind, type Behind } from './resource-names'
import type { Application, ServicePrincipal } from './shapes'
import { usedAt, usedAtIfTold, type Use } from './use'

type Identity = Of<'identity'>
/** The registration of an application: known, none, or not readable. */
export type Registration = Fact<Application>

const TOKEN_LIFE =
  'access tokens live 60 to 90 minutes unless a policy of the tenant says otherwise, which is not read'
const NOT_REGISTERED = 'its application registration is not in this tenant'

export const idOfUnused = (application: Pick<Application, 'appId'>): string => application.appId
const nameOf = (name: string | undefined, id: string): string => name ?? id

export const applicationFacet = ({ id, displayName, createdDateTime }: Application): Facet => ({
  nativeId: id,
  type: 'azure.application-registration',
  name: nameOf(displayName, id),
  ...(createdDateTime !== undefined && { createdAt: createdDateTime }),
})
const principalFacet = (principal: ServicePrincipal): Facet => ({
  nativeId: principal.id,
  type: 'azure.service-principal',
  name: principalName(principal),
  ...(principal.createdDateTime !== undefined && { createdAt: principal.createdDateTime }),
  ...(principal.accountEnabled !== undefined && { enabled: principal.accountEnabled }),
})
const resourceFacet = ({ id, name }: Behind): Facet => ({ nativeId: id, type: 'azure.resource', name })

export const principalName = ({ displayName, appDisplayName, id }: ServicePrincipal): string =>
  nameOf(displayName ?? appDisplayName, id)

const stoppedByMicrosoft = (status: string | undefined): boolean =>
  status !== undefined && !/^notdisabled$/i.test(status)

function enabledOf({ accountEnabled, disabledByMicrosoftStatus }: ServicePrincipal): Fact<boolean> {
  if (stoppedByMicrosoft(disabledByMicrosoftStatus)) return known(false, PRINCIPALS)
  return accountEnabled === undefined
    ? unknown('not-offered', PRINCIPALS, 'the answer holds no accountEnabled')
    : known(accountEnabled, PRINCIPALS)
}

const createdOf = (at: Instant | undefined, source: string): Fact<Instant> =>
  at === undefined ? unknown('not-offered', source, 'the answer holds no createdDateTime') : known(at, source)

function tagsOf(principal: ServicePrincipal, behind: Behind | undefined): Record<string, string> {
  const {
    tags,
    signInAudience,
    disabledByMicrosoftStatus: stopped,
    appOwnerOrganizationId: owner,
  } = principal
  return {
    ...(tags.length > 0 && { tags: tags.join(', ') }),
    ...(signInAudience !== undefined && { signInAudience }),
    ...(owner !== undefined && { appOwnerOrganizationId: owner }),
    ...(behind && { assigned: behind.userAssigned ? 'by users' : 'by the system, with its resource' }),
    ...(stopped !== undefined && stoppedByMicrosoft(stopped) && { disabledByMicrosoftStatus: stopped }),
  }
}

const keysOf = (
  principal: ServicePrincipal,
  application: Application | undefined,
  behind?: Behind,
): Key[] => [
  objectIdKey(principal.id),
  ...(application ? [objectIdKey(application.id)] : []),
  ...(principal.appId === undefined ? [] : [clientIdKey(principal.appId)]),
  ...(behind ? [resourceIdKey(behind.id)] : []),
]

/** What the registration adds to a service principal of the own tenant. Without one Microsoft gives it no tokens. */
function ownFields(principal: ServicePrincipal, registration: Registration) {
  return {
    createdAt:
      registration.state === 'absent'
        ? createdOf(principal.createdDateTime, PRINCIPALS)
        : registration.state === 'known'
          ? createdOf(registration.value.createdDateTime, APPLICATIONS)
          : registration,
    description:
      registration.state === 'unknown'
        ? registration
        : answer(
            (registration.state === 'known' ? registration.value.description : undefined) ??
              principal.description ??
              principal.notes,
            APPLICATIONS,
          ),
    facets:
      registration.state === 'absent'
        ? absent(APPLICATIONS, NOT_REGISTERED)
        : mapFact(registration, (application) => [applicationFacet(application), principalFacet(principal)]),
    ...(registration.state === 'unknown' && { joiningUnseen: true as const }),
  }
}

/** What is told of a service principal that has no registration here. */
function otherFields(principal: ServicePrincipal, behind: Behind | undefined) {
  return {
    createdAt: createdOf(principal.createdDateTime, PRINCIPALS),
    description: answer(principal.description ?? principal.notes, PRINCIPALS),
    facets: behind
      ? known([principalFacet(principal), resourceFacet(behind)], PRINCIPALS)
      : absent(PRINCIPALS, NOT_REGISTERED),
  }
}

/** Own ones, and those of which Microsoft Graph does not say whose they are. */
export const mayBeOwn = ({ type, vendor }: Classified): boolean =>
  type === 'azure.application' || type === 'azure.agent-blueprint' || vendor.state === 'unknown'

const CENTER = 'https://entra.microsoft.com/#view'
/** Deep link into the admin center; none in a cloud whose address of it is not known here. */
function consoleUrl(cloud: Cloud, appId: string | undefined, object?: string): { consoleUrl?: string } {
  if (cloud !== 'public' || appId === undefined) return {}
  const app = encodeURIComponent(appId)
  return object === undefined
    ? { consoleUrl: `${CENTER}/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/Overview/appId/${app}` }
    : {
        consoleUrl: `${CENTER}/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Overview/objectId/${encodeURIComponent(object)}/appId/${app}`,
      }
}

export function principalIdentity(at: {
  principal: ServicePrincipal
  tenant: string
  registration: Registration
  use: Use
  cloud: Cloud
}): Identity {
  const { principal, tenant, registration, use, cloud } = at
  const classified = classify(principal, tenant)
  const { vendor, ...classes } = classified
  const managed = classified.type === 'azure.managed-identity'
  const behind = managed ? resourceBehind(principal.alternativeNames) : undefined
  const application = registration.state === 'known' ? registration.value : undefined
  return {
    kind: 'identity',
    nativeId: principal.id,
    aliases: [
      ...(principal.appId === undefined ? [] : [principal.appId]),
      // One that is made anew under the same id of Azure is another principal, and its successor.
      ...(behind?.userAssigned ? [behind.id] : []),
    ],
    keys: keysOf(principal, application, behind),
    ...classes,
    name: principalName(principal),
    enabled: enabledOf(principal),
    lastUsedAt: managed
      ? usedAtIfTold(use.principals, principal.appId)
      : usedAt(use.principals, principal.appId),
    maxSessionSeconds: unknown('not-offered', PRINCIPALS, TOKEN_LIFE),
    tags: known(tagsOf(principal, behind), PRINCIPALS),
    vendor,
    ...consoleUrl(cloud, principal.appId, principal.id),
    ...(managed && !principal.passwordCredentials.length && { neverHasCredentials: true as const }),
    ...(mayBeOwn(classified) ? ownFields(principal, registration) : otherFields(principal, behind)),
  }
}

/** An application of the own tenant for which there is no service principal here. */
export function unusedApplication(
  application: Application,
  { facets, use, cloud }: { facets: Fact<never>; use: Use; cloud: Cloud },
): Identity {
  const { vendor, ...classes } = ownApplication(application['@odata.type'])
  const { id, appId, displayName, tags } = application
  return {
    kind: 'identity',
    nativeId: idOfUnused(application),
    aliases: [],
    keys: [objectIdKey(id), clientIdKey(appId)],
    ...classes,
    name: nameOf(displayName, appId),
    createdAt: createdOf(application.createdDateTime, APPLICATIONS),
    enabled: stoppedByMicrosoft(application.disabledByMicrosoftStatus)
      ? known(false, APPLICATIONS)
      : absent(APPLICATIONS, 'it has no service principal here that could be switched on or off'),
    lastUsedAt: usedAt(use.principals, appId),
    description: answer(application.description ?? application.notes, APPLICATIONS),
    maxSessionSeconds: unknown('not-offered', APPLICATIONS, TOKEN_LIFE),
    tags: known<Record<string, string>>(tags.length ? { tags: tags.join(', ') } : {}, APPLICATIONS),
    vendor,
    facets,
    ...consoleUrl(cloud, appId),
  }
}
