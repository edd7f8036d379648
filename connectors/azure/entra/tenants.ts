// Whose an application is: this tenant's own, a service of Microsoft, or another organisation's.

/** The tenant in which Microsoft registers the services of its platform. */
const SERVICES = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'
/**
 * The tenant of Microsoft as a company. Whatever its employees build is registered there: that is an application of another
 * organisation, and no part of the platform that could be left out of sight.
 */
const COMPANY = '72f988bf-86f1-41af-91ab-2d7cd011db47'

export type Ownership = 'own' | 'microsoft' | 'foreign' | 'untold'

/** @param owner the tenant in which the application is registered, where it is told */
export function ownershipOf(owner: string | undefined, tenant: string): Ownership {
  if (owner === undefined) return 'untold'
  if (owner === tenant.toLowerCase()) return 'own'
  return owner === SERVICES ? 'microsoft' : 'foreign'
}

/** What an organisation is called where Microsoft has verified no name. */
export const organisationOf = (owner: string): string => (owner === COMPANY ? 'Microsoft' : `tenant ${owner}`)
