// Types of resources that have identities: how each is called here. Others are shown as a resource, with their type in the name.

export const RESOURCE_TYPES: Readonly<Record<string, string>> = {
  'microsoft.compute/virtualmachines': 'azure.virtual-machine',
  'microsoft.compute/virtualmachinescalesets': 'azure.scale-set',
  'microsoft.containerservice/managedclusters': 'azure.aks-cluster',
  'microsoft.web/sites': 'azure.web-app',
  'microsoft.app/containerapps': 'azure.container-app',
  'microsoft.app/jobs': 'azure.container-job',
  'microsoft.containerinstance/containergroups': 'azure.container-group',
  'microsoft.logic/workflows': 'azure.logic-app',
  'microsoft.automation/automationaccounts': 'azure.automation-account',
  'microsoft.datafactory/factories': 'azure.data-factory',
  'microsoft.hybridcompute/machines': 'azure.arc-machine',
}
export const OTHER_RESOURCE = 'azure.resource'

export const typeOfResource = (type: string): string =>
  (Object.hasOwn(RESOURCE_TYPES, type) ? RESOURCE_TYPES[type] : undefined) ?? OTHER_RESOURCE
