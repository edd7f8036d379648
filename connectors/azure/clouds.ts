// The hosts of each cloud of Microsoft.
import type { Api } from './call'
import type { Cloud } from './settings'

export type Hosts = { login: string; graph: string; arm: string; armScope: string; vaultSuffix: string }

/** As Microsoft lists them under "national clouds"; each cloud signs in and is read apart from the others. */
export const HOSTS: Readonly<Record<Cloud, Hosts>> = {
  public: {
    login: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    arm: 'https://management.azure.com',
    armScope: 'https://management.azure.com/.default',
    vaultSuffix: '.vault.azure.net',
  },
  'us-government': {
    login: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    arm: 'https://management.usgovcloudapi.net',
    armScope: 'https://management.usgovcloudapi.net/.default',
    vaultSuffix: '.vault.usgovcloudapi.net',
  },
  china: {
    login: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    arm: 'https://management.chinacloudapi.cn',
    armScope: 'https://management.chinacloudapi.cn/.default',
    vaultSuffix: '.vault.azure.cn',
  },
}

/** What every address of an API begins with; of a vault: of that vault. */
export function baseOf(api: Exclude<Api, 'login'>, hosts: Hosts, vaultHost = ''): string {
  if (api === 'graph') return `${hosts.graph}/v1.0`
  if (api === 'graph-beta') return `${hosts.graph}/beta`
  return api === 'vault' ? `https://${vaultHost}` : hosts.arm
}

/** What a token is asked for. A vault of another cloud, or a host that is no vault, gets none. */
export function tokenScopeOf(api: Api, hosts: Hosts): string {
  if (api === 'graph' || api === 'graph-beta' || api === 'login') return `${hosts.graph}/.default`
  return api === 'vault' ? `https://${hosts.vaultSuffix.slice(1)}/.default` : hosts.armScope
}
