// The documents a person applies so that Rollcall may read exactly what it asks for, and never a value.
import type { SetupDocument } from '@/core/connector'
import { KEY_GIVING_READS } from './arm-calls'
import { appRoles, azureActions, dataActions, KEY_VAULT_READER, type Needed } from './grants-needed'
import type { AzureSettings } from './settings'
import { terraform } from './setup-terraform'

type Given = Partial<AzureSettings>
export const ROLE_NAME = 'Rollcall inventory'
export const rootScope = (tenantId: string): string =>
  `/providers/Microsoft.Management/managementGroups/${tenantId}`
const tenantOf = ({ tenantId }: Given): string => tenantId ?? '<tenant id>'

/** In the form `az role definition create` reads. */
export const customRole = (settings: Given): Record<string, unknown> => ({
  Name: ROLE_NAME,
  IsCustom: true,
  Description: 'Reads metadata of machine identities, and no key, secret or token.',
  Actions: azureActions(settings).map(({ name }) => name),
  NotActions: KEY_GIVING_READS,
  DataActions: [],
  NotDataActions: [],
  AssignableScopes: [rootScope(tenantOf(settings))],
})

const comment = ({ name, gives, optional }: Needed): string =>
  `# ${name}${optional ? ' (can be left out)' : ''}: ${gives.join(' ')}`

const GRAPH = '00000003-0000-0000-c000-000000000000'
function makeIdentity({ login }: Given): string[] {
  if (login?.method === 'managed-identity')
    return [
      '# The identity of the machine Rollcall runs on: its object (principal) id.',
      'principal="<object id of the managed identity>"',
    ]
  const made = [
    'app=$(az ad app create --display-name "Rollcall inventory" --query appId -o tsv)',
    'principal=$(az ad sp create --id "$app" --query id -o tsv)',
  ]
  if (login?.method === 'certificate')
    return [
      ...made,
      'az ad app credential reset --id "$app" --create-cert --append --query fileWithCertAndPrivateKey',
    ]
  if (login?.method === 'client-secret')
    return [...made, 'az ad app credential reset --id "$app" --append --years 1 --query password']
  return [
    ...made,
    'az ad app federated-credential create --id "$app" --parameters \'{',
    '  "name": "rollcall",',
    '  "issuer": "<issuer of the cluster Rollcall runs in>",',
    '  "subject": "system:serviceaccount:<namespace>:<service account>",',
    '  "audiences": ["api://AzureADTokenExchange"]',
    "}'",
  ]
}

const commands = (settings: Given): string => {
  const root = rootScope(tenantOf(settings))
  return [
    ...makeIdentity(settings),
    '',
    '# Microsoft Graph: one line for each app role, and what is lost without it.',
    `graph=$(az ad sp show --id ${GRAPH} --query id -o tsv)`,
    'grant() { az rest --method POST --url "https://graph.microsoft.com/v1.0/servicePrincipals/$principal/appRoleAssignments" \\',
    '  --body "{\\"principalId\\":\\"$principal\\",\\"resourceId\\":\\"$graph\\",\\"appRoleId\\":\\"$(az ad sp show --id ' +
      `${GRAPH} --query "appRoles[?value=='$1'].id | [0]" -o tsv)\\"}"; }`,
    ...appRoles(settings).flatMap((one) => [comment(one), `grant ${one.name}`]),
    '',
    '# Azure: the role at the root management group. Whoever assigns it needs access there first.',
    'az role definition create --role-definition rollcall-role.json',
    `az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role "${ROLE_NAME}" --scope ${root}`,
    ...(settings.keyVaultObjects === true
      ? [
          ...dataActions(settings).map(comment),
          `az role assignment create --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --role "${KEY_VAULT_READER.name}" --scope ${root}`,
          '# Vaults that still use access policies: az keyvault set-policy --name <vault> --object-id "$principal" --secret-permissions list --certificate-permissions list',
        ]
      : []),
  ].join('\n')
}

export const setup = (settings: Given): SetupDocument[] => [
  {
    title: 'Role for Azure (rollcall-role.json)',
    language: 'json',
    text: JSON.stringify(customRole(settings), null, 2),
  },
  { title: 'Commands (Azure CLI)', language: 'shell', text: commands(settings) },
  {
    title: 'Terraform',
    language: 'hcl',
    text: terraform(settings, { role: ROLE_NAME, root: rootScope(tenantOf(settings)) }),
  },
  {
    title: 'What each Azure action gives',
    language: 'shell',
    text: azureActions(settings).map(comment).join('\n'),
  },
]
