// Paths at which the server asks for sudo beside the capability.

/**
 * Source: "Root-protected API endpoints" (concepts/policies of OpenBao and Vault), each tried with OpenBao 2.7.2 with every
 * capability but sudo. `auth/token/create-orphan` stands in that list and is not protected: it gives the caller's own policies.
 */
const PROTECTED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^auth\/token\/accessors\/?$/, ['list']],
  [/^sys\/audit(\/.+)?$/, []],
  [/^sys\/auth\/.+$/, []],
  [/^sys\/config\/auditing\/request-headers(\/.+)?$/, []],
  [/^sys\/config\/cors$/, []],
  [/^sys\/config\/ui\/headers\/.+$/, []],
  [/^sys\/internal\/inspect\/router\/.+$/, []],
  [/^sys\/leases\/lookup\/.*$/, ['list']],
  [/^sys\/(leases\/)?revoke-(force|prefix)\/.+$/, []],
  [/^sys\/plugins\/catalog\/.+$/, []],
  [/^sys\/raw(\/.*)?$/, []],
  [/^sys\/(remount|rotate|seal)$/, []],
]
/** Certificate authorities go by these names in any mount: only of such a mount is it known. */
const OF_PKI = [
  [/\/root$/, 'delete'],
  [/\/root\/sign-self-issued$/, 'update'],
] as const

export function needsSudo(path: string, capability: string): 'yes' | 'no' | 'in-pki' {
  if (capability === 'sudo') return 'no'
  if (PROTECTED.some(([at, only]) => at.test(path) && (!only.length || only.includes(capability))))
    return 'yes'
  return OF_PKI.some(([at, one]) => one === capability && at.test(path)) ? 'in-pki' : 'no'
}
