// Tells actions on a resource from actions on the data in it: which of the two an action is, its name does not say.
import type { Permissions, Plane } from './roles'

/** Data actions of the operations reference that are asked about most ("Azure permissions", isDataAction). */
export const DATA_ACTIONS = [
  'Microsoft.KeyVault/vaults/secrets/getSecret/action',
  'Microsoft.KeyVault/vaults/secrets/setSecret/action',
  'Microsoft.KeyVault/vaults/secrets/readMetadata/action',
  'Microsoft.KeyVault/vaults/secrets/delete',
  'Microsoft.KeyVault/vaults/keys/read',
  'Microsoft.KeyVault/vaults/keys/decrypt/action',
  'Microsoft.KeyVault/vaults/keys/sign/action',
  'Microsoft.KeyVault/vaults/keys/unwrap/action',
  'Microsoft.KeyVault/vaults/certificates/read',
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write',
  'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete',
  'Microsoft.Storage/storageAccounts/queueServices/queues/messages/read',
  'Microsoft.Storage/storageAccounts/tableServices/tables/entities/read',
  'Microsoft.Compute/virtualMachines/login/action',
  'Microsoft.Compute/virtualMachines/loginAsAdmin/action',
  'Microsoft.ServiceBus/namespaces/messages/receive/action',
  'Microsoft.EventHub/namespaces/messages/receive/action',
] as const

/** Types of resources whose reading, writing and deleting is about the resource. */
const RESOURCES = [
  'microsoft.compute/virtualmachines',
  'microsoft.compute/virtualmachinescalesets',
  'microsoft.compute/disks',
  'microsoft.storage/storageaccounts',
  'microsoft.storage/storageaccounts/blobservices/containers',
  'microsoft.keyvault/vaults',
  'microsoft.containerservice/managedclusters',
  'microsoft.web/sites',
  'microsoft.managedidentity/userassignedidentities',
  'microsoft.authorization/roleassignments',
  'microsoft.authorization/roledefinitions',
  'microsoft.authorization/policyassignments',
  'microsoft.resources/subscriptions/resourcegroups',
  'microsoft.resources/deployments',
  'microsoft.network/virtualnetworks',
]
const POWER = ['start', 'restart', 'poweroff', 'deallocate'].map(
  (verb) => `microsoft.compute/virtualmachines/${verb}/action`,
)
const KNOWN_CONTROL = new Set([
  ...RESOURCES.flatMap((type) => ['read', 'write', 'delete'].map((verb) => `${type}/${verb}`)),
  ...POWER,
])

export class Planes {
  private readonly control = new Set(KNOWN_CONTROL)
  private readonly data = new Set<string>(DATA_ACTIONS.map((one) => one.toLowerCase()))

  constructor(definitions: Iterable<Permissions>, control: Iterable<string>) {
    for (const action of control) this.control.add(action.toLowerCase())
    for (const one of definitions) {
      for (const action of one.literal('control')) this.control.add(action.toLowerCase())
      for (const action of one.literal('data')) this.data.add(action.toLowerCase())
    }
  }

  /** Which of the two an action is; both where nothing that was read tells. */
  of(action: string): readonly Plane[] {
    const [control, data] = [this.control.has(action), this.data.has(action)]
    if (control === data) return ['control', 'data']
    return control ? ['control'] : ['data']
  }
}

/** `data:` or `control:` before an action says which it is. */
export function forced(action: string): { action: string; plane: Plane | undefined } {
  const [, plane, rest] = /^(data|control):(.*)$/is.exec(action) ?? []
  return plane === undefined || rest === undefined
    ? { action: action.trim().toLowerCase(), plane: undefined }
    : { action: rest.trim().toLowerCase(), plane: plane.toLowerCase() as Plane }
}
