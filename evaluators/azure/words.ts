// How scopes and roles are called in reasons.

const GROUP = /^\/providers\/microsoft\.management\/managementgroups\/([^/]+)$/
const LENGTH_MAX = 160

/** Text from a source, short enough for a sentence. */
export const short = (text: string): string =>
  text.length <= LENGTH_MAX ? text : `${text.slice(0, LENGTH_MAX)}…`

/** A scope in few words. */
export function placeOf(scope: string): string {
  if (scope === '/') return 'the root of the tenant'
  const group = GROUP.exec(scope)?.[1]
  if (group !== undefined) return `management group ${short(group)}`
  const [, subscription = '', rest = ''] = /^\/subscriptions\/([^/]+)(.*)$/.exec(scope) ?? []
  if (subscription === '') return short(scope)
  if (rest === '') return `subscription ${short(subscription)}`
  const resourceGroup = /^\/resourcegroups\/([^/]+)$/.exec(rest)?.[1]
  if (resourceGroup !== undefined) return `resource group ${short(resourceGroup)}`
  return short(rest.split('/').slice(-2).join('/'))
}

/** Ids of built-in roles are the same in every tenant: "Azure built-in roles", learn.microsoft.com. */
export const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner'],
  ['b24988ac-6180-42a0-ab88-20f7382dd24c', 'Contributor'],
  ['acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader'],
  ['18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', 'User Access Administrator'],
  ['f58310d9-a9f6-439a-9e8d-f62e7b41a168', 'Role Based Access Control Administrator'],
])
export const OWNER = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'

/** Of an id that may be written as a path, the last part, as ids of roles go. */
export const lastPart = (id: string): string => id.slice(id.lastIndexOf('/') + 1).toLowerCase()

const NAMED_MAX = 5
/** A few names, and how many more. */
export const few = (names: readonly string[]): string =>
  names.length <= NAMED_MAX
    ? names.join(', ')
    : `${names.slice(0, NAMED_MAX).join(', ')} and ${names.length - NAMED_MAX} more`
