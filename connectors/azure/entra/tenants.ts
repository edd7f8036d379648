// Whose an application is: this tenant's own, Microsoft's, or another organisation's.

/** Tenants in which Microsoft registers its own applications; the second one is its corporate tenant. */
const MICROSOFT: ReadonlySet<string> = new Set([
  'f8cdef31-a31e-4b4a-93e4-5f571e91255a',
  '72f988bf-86f1-41af-91ab-2d7cd011db47',
])

export type Ownership = 'own' | 'microsoft' | 'foreign' | 'untold'

/** @param owner the tenant in which the application is registered, where it is told */
export function ownershipOf(owner: string | undefined, tenant: string): Ownership {
  if (owner === undefined) return 'untold'
  if (owner === tenant.toLowerCase()) return 'own'
  return MICROSOFT.has(owner) ? 'microsoft' : 'foreign'
}
