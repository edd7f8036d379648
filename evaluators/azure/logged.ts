// What is left of the actions a role permits once the changes go that the Activity Log was asked for and did not have.
import type { Exercised } from '../proposal'
import { fits } from './patterns'

/**
 * Rights on something that is linked to: Azure checks them with the call that links it, and that call alone is in the log. "The
 * client has permission to perform action 'Microsoft.Compute/snapshots/write' …; however, it does not have permission to perform
 * action(s) 'Microsoft.Compute/disks/beginGetAccess/action' on the linked scope(s)" (LinkedAuthorizationFailed). Any service may
 * have such checks, and no list of them is published: these are known.
 */
const LINKED = [
  'Microsoft.Network/*/action',
  'Microsoft.ManagedIdentity/*/action',
  'Microsoft.Compute/availabilitySets/write',
  'Microsoft.Compute/proximityPlacementGroups/write',
  'Microsoft.Compute/disks/beginGetAccess/action',
  'Microsoft.Compute/snapshots/beginGetAccess/action',
  'Microsoft.KeyVault/vaults/deploy/action',
  'Microsoft.OperationalInsights/workspaces/sharedKeys/action',
  'Microsoft.Web/serverFarms/join/action',
  'Microsoft.Web/hostingEnvironments/join/action',
  'Microsoft.App/managedEnvironments/join/action',
]
const STORAGE = 'Microsoft.Storage/storageAccounts'
const REGISTRY = 'Microsoft.ContainerRegistry/registries'
/**
 * Rights that a service checks itself when it is called at its own address, though they are no data actions: "Create Container"
 * of the blob service, `docker push`. Such calls do not go through Azure Resource Manager.
 */
const ASKED_ELSEWHERE = [
  ...['write', 'delete'].flatMap((verb) => [
    `${STORAGE}/blobServices/containers/${verb}`,
    `${STORAGE}/queueServices/queues/${verb}`,
    `${STORAGE}/tableServices/tables/${verb}`,
  ]),
  `${STORAGE}/blobServices/generateUserDelegationKey/action`,
  `${REGISTRY}/push/write`,
  `${REGISTRY}/quarantine/write`,
  `${REGISTRY}/sign/write`,
  `${REGISTRY}/artifacts/delete`,
  'Microsoft.Web/sites/publish/action',
  ...['write', 'delete', 'action'].flatMap((verb) => [
    `Microsoft.Databricks/*/${verb}`,
    `Microsoft.MachineLearningServices/*/${verb}`,
  ]),
]
const NEVER_LOGGED = [...LINKED, ...ASKED_ELSEWHERE]

const isWild = (pattern: string): boolean => pattern.includes('*')
/** Whether everything that the other pattern stands for fits this one. */
const covers = (pattern: string, other: string): boolean => fits(pattern)(other.toLowerCase())

/** Whether two patterns with stars could stand for the same: too often rather than too seldom. */
function meet(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()]
  const [headA, headB] = [a.slice(0, a.indexOf('*')), b.slice(0, b.indexOf('*'))]
  const [tailA, tailB] = [a.slice(a.lastIndexOf('*') + 1), b.slice(b.lastIndexOf('*') + 1)]
  return (
    (headA.startsWith(headB) || headB.startsWith(headA)) && (tailA.endsWith(tailB) || tailB.endsWith(tailA))
  )
}

/** By verb, where the pattern ends with a whole part that is a star; otherwise the pattern itself. */
function byVerb(pattern: string): string[] {
  if (/^[*](\/[*])*$/.test(pattern)) return ['read', 'write', 'delete', 'action'].map((verb) => `*/${verb}`)
  if (!pattern.endsWith('/*')) return [pattern]
  const type = pattern.slice(0, -2)
  const own = type.includes('/') ? ['read', 'write', 'delete'].map((verb) => `${type}/${verb}`) : []
  return [...own, ...['read', 'write', 'delete', 'action'].map((verb) => `${type}/*/${verb}`)]
}

export type Part = {
  pattern: string
  /** Set where the log was asked for it. */
  isTold: boolean
  /** Actions of it that were seen in use. */
  used: readonly string[]
  /** Patterns of it that no log tells of. */
  silent: readonly string[]
}

/** What a source told of one role. Of what neither of its lists covers nothing is told. */
export class LoggedUse {
  constructor(private readonly told: Pick<Exercised, 'actions' | 'unseen'>) {}

  parts(right: string): Part[] {
    return byVerb(right).map((pattern) => ({
      pattern,
      isTold: [...this.told.actions, ...(this.told.unseen ?? [])].some((one) => covers(one, pattern)),
      used: this.told.actions.filter((action) => covers(pattern, action)).sort(),
      silent: silentIn(pattern),
    }))
  }

  /** What stays of a right: itself where nothing of it is told. Never anything that it does not cover. */
  left(right: string): string[] {
    const parts = this.parts(right)
    if (!parts.some(({ isTold }) => isTold)) return [right]
    return parts.flatMap(({ pattern, isTold, used, silent }) => {
      if (!isTold || silent.includes(pattern)) return [pattern]
      return isWild(pattern) ? [...used, ...silent] : used.length ? [pattern] : []
    })
  }
}

function silentIn(pattern: string): string[] {
  if (NEVER_LOGGED.some((one) => covers(one, pattern))) return [pattern]
  if (!isWild(pattern)) return []
  const within = NEVER_LOGGED.filter((one) => covers(pattern, one))
  // One that only meets it cannot be cut out: then nothing of it goes.
  const isCrossed = NEVER_LOGGED.some((one) => isWild(one) && !within.includes(one) && meet(pattern, one))
  return isCrossed ? [pattern] : within
}
