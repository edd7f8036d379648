// What a service principal is, whose it is, and whether a program or Microsoft itself acts through it: by visible rules.
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { IdentityClass } from '@/core/observation'
import { PRINCIPALS } from './calls'
import type { ServicePrincipal } from './shapes'
import { organisationOf, ownershipOf } from './tenants'

export const SORTS = [
  'azure.application',
  'azure.agent-blueprint',
  'azure.service-principal',
  'azure.managed-identity',
  'azure.legacy-principal',
] as const
type Sort = (typeof SORTS)[number]
export type Classified = {
  type: Sort
  class: IdentityClass
  classReason: string
  vendor: Fact<string>
}

const OWN = absent(PRINCIPALS, 'it is registered in this tenant')
const ours = (type: Sort, classReason: string): Classified => ({
  type,
  class: 'machine',
  classReason,
  vendor: OWN,
})

const blueprint = (kind: string | undefined): boolean => kind?.startsWith('agentIdentityBlueprint') ?? false
export const ownApplication = (kind: string | undefined): Classified =>
  blueprint(kind)
    ? ours('azure.agent-blueprint', 'Agents are made from it and sign in with its credentials.')
    : ours('azure.application', 'A program signs in as this application of the own tenant.')

function foreign({ appOwnerOrganizationId: owner = '', verifiedPublisher }: ServicePrincipal): Classified {
  const publisher = verifiedPublisher?.displayName
  const whose = publisher ?? organisationOf(owner)
  const publishedBy =
    publisher === undefined
      ? 'has no verified publisher'
      : `is published by ${publisher}, verified by Microsoft`
  return {
    type: 'azure.service-principal',
    class: 'machine',
    classReason: `A program of another organisation signs in as it: the application is registered in tenant ${owner} and ${publishedBy}.`,
    vendor: known(whose, PRINCIPALS),
  }
}

/** Decides by the service principal alone, so that a list of applications that could not be read changes nothing. */
export function classify(principal: ServicePrincipal, tenant: string): Classified {
  const { servicePrincipalType: kind, appOwnerOrganizationId: owner } = principal
  if (kind === 'ManagedIdentity')
    return ours('azure.managed-identity', 'Azure hands tokens for it to the resources that have it.')
  if (kind === 'Legacy')
    return ours('azure.legacy-principal', 'It was made before applications had to be registered.')
  const ownership = ownershipOf(owner, tenant)
  if (ownership === 'microsoft' || kind === 'SocialIdp')
    return {
      type: 'azure.service-principal',
      class: 'provider',
      classReason:
        ownership === 'microsoft'
          ? `It stands for a service of Microsoft: the application is registered in its tenant ${owner ?? ''}.`
          : 'Microsoft uses it to sign people in with accounts from elsewhere.',
      vendor: known('Microsoft', PRINCIPALS),
    }
  if (ownership === 'own') return ownApplication(principal['@odata.type'])
  if (ownership === 'foreign') return foreign(principal)
  return {
    type: 'azure.service-principal',
    class: kind === 'Application' ? 'machine' : 'unclear',
    classReason:
      kind === 'Application'
        ? 'A program signs in as it.'
        : `Microsoft Graph calls it ${kind ?? 'nothing in particular'}, which does not tell who acts through it.`,
    vendor: unknown(
      'not-offered',
      PRINCIPALS,
      'the answer does not say in which tenant the application is registered',
    ),
  }
}
