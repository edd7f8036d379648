// Calls of Azure Resource Manager, Azure Resource Graph and key vaults, by the action that permits each.
import type { Call } from './call'

export const ARM_CALLS = {
  'Microsoft.Authorization/roleAssignments/read': {
    api: 'authorization',
    path: '{scope}/providers/Microsoft.Authorization/roleAssignments',
    gives: 'Who holds which role where, and under which condition.',
  },
} as const satisfies Record<string, Call>
