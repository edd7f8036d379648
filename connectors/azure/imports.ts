// Files that can be imported without any sign-in, and the commands that make them. The Azure CLI does not say in its answers
// which tenant they are of, so each command writes that first.
import type { ImportFormat } from '@/core/connector'

export const DIRECTORY = 'azure-directory'
export const ASSIGNMENTS_FILE = 'azure-role-assignments'
export const IDENTITIES_FILE = 'azure-identities'

const wrapped = (lists: readonly { list: string; command: string }[], file: string): string => {
  const tenant = `printf '{"tenantId":"%s"' "$(az account show --query tenantId -o tsv)"`
  const parts = lists.map(({ list, command }) => `printf ',"${list}":'; ${command} -o json`)
  return `(${tenant}; ${parts.join('; ')}; echo '}') > ${file}`
}

export const IMPORTS: readonly ImportFormat[] = [
  {
    id: DIRECTORY,
    title: 'Applications and service principals (Azure CLI)',
    command: wrapped(
      [
        { list: 'applications', command: 'az ad app list --all' },
        { list: 'servicePrincipals', command: 'az ad sp list --all' },
      ],
      'entra.json',
    ),
    endings: ['.json'],
  },
  {
    id: ASSIGNMENTS_FILE,
    title: 'Role assignments of a subscription (Azure CLI)',
    command: wrapped(
      [{ list: 'roleAssignments', command: 'az role assignment list --all --include-inherited' }],
      'role-assignments.json',
    ),
    endings: ['.json'],
  },
  {
    id: IDENTITIES_FILE,
    title: 'User-assigned identities of a subscription (Azure CLI)',
    command: wrapped([{ list: 'identities', command: 'az identity list' }], 'identities.json'),
    endings: ['.json'],
  },
]
