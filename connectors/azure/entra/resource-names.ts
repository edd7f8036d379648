// The Azure resource behind a managed identity, from the alternative names of its service principal.
import { resourceId } from '../keys'

export type Behind = {
  /** The resource: the identity itself where it is one (user-assigned), else what it belongs to (system-assigned). */
  id: string
  name: string
  userAssigned: boolean
}

const USER_ASSIGNED = '/providers/microsoft.managedidentity/userassignedidentities/'

/**
 * Microsoft Graph names the resource next to a flag `isExplicit=True`. The type of the resource decides, not the flag: it is
 * the only one of the two that is described.
 */
export function resourceBehind(names: readonly string[]): Behind | undefined {
  const given = names.find((name) => /^\/subscriptions\//i.test(name))
  if (given === undefined) return undefined
  const id = resourceId(given)
  return {
    id,
    name: given.replace(/\/+$/, '').split('/').at(-1) ?? id,
    userAssigned: id.includes(USER_ASSIGNED),
  }
}
