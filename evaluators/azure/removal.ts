// How an application or managed identity is turned off and deleted, and roles are taken from it, by the command line of Azure.
// Source: learn.microsoft.com/cli/azure/ad/sp, /role/assignment, /identity; Microsoft Graph v1.0, servicePrincipal and roleAssignments.
import { fillIn } from '../fill-in'
import {
  inTerraform,
  leftOut,
  type Act,
  type DraftPlan,
  type HeldGrant,
  type Removable,
  type Remover,
} from '../removal'
import { shell } from '../shell'

const PRINCIPALS = [
  'azure.service-principal',
  'azure.application',
  'azure.legacy-principal',
  'azure.agent-identity',
]
const MANAGED = 'azure.managed-identity'

const enabled = (id: string, on: boolean): string =>
  `${shell`az ad sp update --id=${id}`} --set accountEnabled=${on ? 'true' : 'false'}`

const inUrl = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
const ARM_ASSIGNMENT = /\/providers\/Microsoft\.Authorization\/roleAssignments\/[^/]+$/i
/** Undefined where it is held through a group, or its form is not known. */
function takeAway(id: string, { id: grant, via, name }: HeldGrant): Act | undefined {
  if (via !== 'attached') return undefined
  const does = `Takes away ${name}`
  if (ARM_ASSIGNMENT.test(grant)) return { does, run: shell`az role assignment delete --ids=${grant}` }
  const appRole = /\/app-role-assignment\/([^/]+)$/.exec(grant)?.[1]
  if (appRole !== undefined)
    return {
      does,
      run: shell`az rest --method=delete --url=https://graph.microsoft.com/v1.0/servicePrincipals/${inUrl(id)}/appRoleAssignments/${inUrl(appRole)}`,
    }
  const directory = /^directory-role-assignment\/([^/]+)$/.exec(grant)?.[1]
  if (directory === undefined) return undefined
  return {
    does,
    run: shell`az rest --method=delete --url=https://graph.microsoft.com/v1.0/roleManagement/directory/roleAssignments/${inUrl(directory)}`,
  }
}

function removePrincipal({ identity }: Removable): DraftPlan {
  const { id, type, keys } = identity
  const appId = keys.find((key) => key.type === 'azure.client-id')?.value ?? fillIn('APPLICATION_ID')
  return {
    off: [{ does: 'Turns it off: nobody signs in as it any more', run: enabled(id, false) }],
    back: [{ does: 'Turns it on again', run: enabled(id, true) }],
    end: [
      { does: 'Deletes it from this tenant', run: shell`az ad sp delete --id=${id}` },
      ...(type === 'azure.application'
        ? [
            {
              does: 'Deletes its registration, with its secrets and certificates',
              run: shell`az ad app delete --id=${appId}`,
            },
          ]
        : []),
    ],
    terraform: inTerraform(
      'azuread_service_principal',
      'azuread_application where the registration is yours',
    ),
    notes: [
      'What was deleted can be restored for 30 days.',
      'Tokens that were handed out before stay valid until they end, about an hour as a rule.',
      ...(type === 'azure.service-principal'
        ? [
            'Where the application is another organisation’s, somebody who may consent can bring it back into the tenant.',
          ]
        : []),
    ],
  }
}

function removeManaged(known: Removable): DraftPlan {
  const { id, aliases } = known.identity
  const resource = aliases.find((alias) => /^\/subscriptions\//i.test(alias))
  const isOwn =
    resource !== undefined && /\/Microsoft\.ManagedIdentity\/userAssignedIdentities\//i.test(resource)
  const acts = known.grants.flatMap((grant) => takeAway(id, grant) ?? [])
  return {
    off: acts,
    back: [],
    end: isOwn ? [{ does: 'Deletes it', run: shell`az identity delete --ids=${resource}` }] : [],
    terraform: inTerraform(
      isOwn ? 'azurerm_user_assigned_identity' : 'the identity block of the resource it belongs to',
    ),
    notes: [
      'A managed identity cannot be turned off: without its roles it may do nothing. Note them before, so that they can be given back.',
      ...(isOwn
        ? []
        : ['It belongs to one resource, and ends when the identity of that resource is set to none.']),
      ...leftOut(
        known.grants.filter((grant) => !takeAway(id, grant)),
        'it is held through a group, or by consent.',
      ),
    ],
  }
}

function reduce(known: Removable): DraftPlan {
  const { id } = known.identity
  return {
    off: known.drops.flatMap((grant) => takeAway(id, grant) ?? []),
    back: [],
    end: [],
    terraform: inTerraform('azurerm_role_assignment', 'azuread_app_role_assignment of these roles'),
    notes: [
      'Note what is assigned before it is taken away (az role assignment list): giving it back is a new assignment.',
      ...leftOut(
        known.drops.filter((grant) => !takeAway(id, grant)),
        'it is held through a group, or by consent.',
      ),
    ],
  }
}

export const azureRemover: Remover = {
  types: [...PRINCIPALS, MANAGED],
  remove: (known) => (known.identity.type === MANAGED ? removeManaged(known) : removePrincipal(known)),
  reduce,
}
