// What has to be granted so that every call of the table may be made: actions of Azure, app roles of Microsoft Graph, and the
// role on key vaults. What is lost without each comes from the table.
import { ACTIVITY, DATA_ACTIONS, QUERY_ACTION } from './arm-calls'
import { needsOf, type Call } from './call'
import { CALLS } from './calls'
import type { AzureSettings } from './settings'

type Given = Partial<AzureSettings>
export type Needed = { name: string; gives: string[]; optional: boolean }

/** Custom roles with data actions cannot be assigned at a management group: this built-in role can, and gives no value. */
export const KEY_VAULT_READER = {
  name: 'Key Vault Reader',
  id: '21090545-7ca7-4776-b22c-e363652d74d2',
  dataActions: ['Microsoft.KeyVault/vaults/*/read', 'Microsoft.KeyVault/vaults/secrets/readMetadata/action'],
}

function isWanted(name: string, { api }: Call, settings: Given): boolean {
  if (api === 'graph-beta') return settings.previewApis !== false
  if (name === ACTIVITY) return settings.activityDays !== 0
  return DATA_ACTIONS.includes(name) ? settings.keyVaultObjects === true : true
}

/** By what is needed, each once, with all that it gives. */
function neededFor(of: (row: Call) => boolean, settings: Given): Needed[] {
  const needed = new Map<string, Needed>()
  for (const [name, row] of Object.entries(CALLS)) {
    const needs = needsOf(name, row)
    if (!of(row) || needs === '' || !isWanted(name, row, settings)) continue
    const held = needed.get(needs) ?? { name: needs, gives: [], optional: true }
    held.gives.push(row.gives)
    held.optional &&= row.optional === true
    needed.set(needs, held)
  }
  return [...needed.values()]
}

export const appRoles = (settings: Given): Needed[] =>
  neededFor(({ api }) => api === 'graph' || api === 'graph-beta', settings)

export function azureActions(settings: Given): Needed[] {
  const actions = neededFor(
    ({ api }) => api === 'arm' || api === 'authorization' || api === 'query',
    settings,
  )
  const query = { name: QUERY_ACTION, gives: ['Asking Azure Resource Graph at all.'], optional: false }
  return [...actions, query]
}

export const dataActions = (settings: Given): Needed[] => neededFor(({ api }) => api === 'vault', settings)
