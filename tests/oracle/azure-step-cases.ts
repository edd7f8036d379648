// Steps to more rights, worked out by hand: what leads where, and what looks as if it did.
import type { Held, Principal, Realm } from '@/core/access'
import * as w from './azure-world'

const IDENTITY = `${w.RG}/providers/microsoft.managedidentity/userassignedidentities/id-strong`

export type StepCase = {
  name: string
  held: readonly Held[]
  /** `<way> <to> <id>: <answer>` of every step that has to be there … */
  steps: readonly string[]
  /** … and beginnings of what must not be. */
  never?: readonly string[]
  why: string
  others?: readonly Principal[]
  more?: Partial<Realm>
  own?: Partial<Principal>
}

const assign = (roles: string, types?: string) =>
  `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${roles}}${types === undefined ? '' : ` AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {${types}}`}))`
const except = `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals {${w.OWNER}, ${w.UAA}, ${w.RBAC_ADMIN}}))`
const toPrincipal = `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:PrincipalId] ForAnyOfAnyValues:GuidEquals {77777777-0000-4000-8000-000000000007}))`
const identity = w.principal('strong', [], {
  type: 'azure.managed-identity',
  tags: { assigned: 'by users' },
  aliases: [IDENTITY],
})
const lost = w.principal('lost', [], { type: 'azure.managed-identity', tags: { assigned: 'by users' } })
const custom = (actions: string[], assignable?: string[]) => ({
  rulings: [...w.ROLES, w.role(w.CUSTOM, 'Custom', [{ actions }], assignable)],
})
const machine = { runners: [w.runner(w.VM, ['strong'])] }
const cluster = `${w.RG}/providers/microsoft.containerservice/managedclusters/aks`

const rights: StepCase[] = [
  {
    name: 'giving roles at the root group',
    held: [w.at(w.UAA, w.ROOT_GROUP)],
    steps: ['Z20 administrator: yes'],
    why: 'Owner of everything',
  },
  {
    name: 'giving roles in a subscription',
    held: [w.at(w.UAA, w.S1)],
    steps: ['Z20 more: yes'],
    never: ['Z20 administrator'],
    why: 'Owner of a part',
  },
  {
    name: 'giving roles that are harmless to people only',
    held: [w.at(w.RBAC_ADMIN, w.S1, { condition: assign(w.BACKUP_READER, "'User', 'Group'") })],
    steps: [],
    never: ['Z20'],
    why: 'delegate-role-assignments-examples: not to a service principal, so not to itself',
  },
  {
    name: 'giving two roles',
    held: [
      w.at(w.RBAC_ADMIN, w.ROOT_GROUP, { condition: assign(`${w.BACKUP_CONTRIBUTOR}, ${w.BACKUP_READER}`) }),
    ],
    steps: ['Z20 more: yes'],
    never: ['Z20 administrator'],
    why: 'constrain roles: it can give itself these two',
  },
  {
    name: 'giving all but the privileged roles',
    held: [w.at(w.RBAC_ADMIN, w.ROOT_GROUP, { condition: except })],
    steps: ['Z20 more: yes'],
    never: ['Z20 administrator'],
    why: 'it can make itself Contributor, not Owner',
  },
  {
    name: 'giving any role to another',
    held: [w.at(w.UAA, w.S1, { condition: toPrincipal })],
    steps: [],
    never: ['Z20'],
    why: 'constrain principals: not to itself',
  },
  {
    name: 'a condition that is not understood',
    held: [w.at(w.UAA, w.ROOT_GROUP, { condition: 'what?' })],
    steps: ['Z20 administrator: depends'],
    why: 'it may limit',
  },
  {
    name: 'Contributor gives no roles',
    held: [w.at(w.CONTRIBUTOR, w.S1)],
    steps: ['Z29-storage more: yes'],
    never: ['Z20', 'Z21', 'Z32'],
    why: 'Microsoft.Authorization/*/Write is excepted',
  },
  {
    name: 'eligible for giving roles',
    held: [w.at(w.UAA, '/', { eligible: true })],
    steps: ['Z20 administrator: depends'],
    why: 'once activated',
  },
  {
    name: 'giving roles where that is denied',
    held: [w.at(w.UAA, w.S1)],
    steps: [],
    never: ['Z20'],
    why: 'a denial wins',
    more: { rulings: [...w.ROLES, w.deny(w.S1, { actions: ['Microsoft.Authorization/*'] })] },
  },
  {
    name: 'widening a role that it holds',
    held: [w.at(w.CUSTOM, w.S1)],
    steps: ['Z21 more: yes'],
    why: 'it holds the role, and may write it where it can be assigned',
    more: custom(['Microsoft.Authorization/roleDefinitions/write'], [w.S1]),
  },
  {
    name: 'a role that can be assigned elsewhere as well',
    held: [w.at(w.CUSTOM, w.S1)],
    steps: [],
    never: ['Z21'],
    why: 'writing a role takes the right at every assignable scope',
    more: custom(['Microsoft.Authorization/roleDefinitions/write'], [w.S1, w.S2]),
  },
  {
    name: 'writing roles without holding one',
    held: [w.at(w.OWNER, w.S1)],
    steps: ['Z20 more: yes'],
    never: ['Z21'],
    why: 'a built-in role cannot be written',
  },
  {
    name: 'a role that was not read may give roles',
    held: [w.at(w.CUSTOM, '/')],
    steps: ['Z20 administrator: depends'],
    why: 'it may permit anything',
  },
]

const resources: StepCase[] = [
  {
    name: 'running commands on a machine',
    held: [w.at(w.CONTRIBUTOR, w.RG)],
    steps: [`Z22-run-command runner ${w.VM}: yes`],
    why: 'Contributor covers runCommand',
    more: machine,
  },
  {
    name: 'of another group',
    held: [w.at(w.CONTRIBUTOR, `${w.S1}/resourcegroups/rg`)],
    steps: [],
    never: ['Z22'],
    why: 'scopes are parts of a path',
    more: machine,
  },
  {
    name: 'of a management group that may be above',
    held: [w.at(w.CONTRIBUTOR, w.GROUP)],
    steps: [`Z22-run-command runner ${w.VM}: depends`],
    why: 'the hierarchy is not collected',
    more: machine,
  },
  {
    name: 'a reader runs nothing',
    held: [w.at(w.READER, '/')],
    steps: [],
    never: ['Z'],
    why: 'it reads',
    more: machine,
  },
  {
    name: 'signing in to a machine',
    held: [w.at(w.CUSTOM, w.RG)],
    steps: [`Z22-login runner ${w.VM}: depends`],
    why: 'howto-vm-sign-in: takes an extension',
    more: {
      ...machine,
      rulings: [
        ...w.ROLES,
        w.role(w.CUSTOM, 'Login', [{ dataActions: ['Microsoft.Compute/virtualMachines/*'] }]),
      ],
    },
  },
  {
    name: 'a runbook takes writing and starting',
    held: [w.at(w.CUSTOM, w.RG)],
    steps: [],
    never: ['Z25'],
    why: 'automation-role-based-access-control: an operator starts what there is',
    more: {
      ...custom(['Microsoft.Automation/automationAccounts/jobs/write']),
      runners: [w.runner(`${w.RG}/providers/microsoft.automation/automationaccounts/aa`, ['x'])],
    },
  },
  {
    name: 'both from two roles, on one account',
    held: [w.at(w.CUSTOM, w.RG), w.at(w.CUSTOM.replace('c', 'd'), w.RG)],
    steps: [`Z25 runner ${w.RG}/providers/microsoft.automation/automationaccounts/aa: yes`],
    why: 'roles add up',
    more: {
      rulings: [
        w.role(w.CUSTOM, 'Starts', [{ actions: ['Microsoft.Automation/automationAccounts/jobs/write'] }]),
        w.role(w.CUSTOM.replace('c', 'd'), 'Writes', [
          { actions: ['Microsoft.Automation/automationAccounts/runbooks/write'] },
        ]),
      ],
      runners: [w.runner(`${w.RG}/providers/microsoft.automation/automationaccounts/aa`, ['x'])],
    },
  },
  {
    name: 'runners that were not read',
    held: [w.at(w.CONTRIBUTOR, w.S1)],
    steps: ['Z22-run-command more: depends'],
    why: 'which machines there are is not known',
    more: { unseen: [{ part: 'runners', words: 'Resources were not read.' }] },
  },
  {
    name: 'an identity on own compute',
    held: [w.at(w.MI_OPERATOR, w.RG), w.at(w.CONTRIBUTOR, `${w.S2}/resourcegroups/own`)],
    steps: ['Z23-virtual-machine principal strong: yes'],
    why: 'assign here, compute there',
    others: [identity],
  },
  {
    name: 'assigning without compute',
    held: [w.at(w.MI_OPERATOR, w.RG)],
    steps: [],
    never: ['Z23'],
    why: 'nothing to put it on',
    others: [identity],
  },
  {
    name: 'compute without assigning',
    held: [w.at(w.CONTRIBUTOR, `${w.S2}/resourcegroups/own`)],
    steps: [],
    never: ['Z23-virtual-machine principal'],
    why: 'the identity lies elsewhere',
    others: [identity],
  },
  {
    name: 'a federated credential of its own',
    held: [w.at(w.CONTRIBUTOR, w.RG)],
    steps: ['Z24 principal strong: yes'],
    why: 'managed-identity federated credentials',
    others: [identity],
  },
  {
    name: 'an identity of which it is not given where it lies',
    held: [w.at(w.CONTRIBUTOR, w.RG)],
    steps: ['Z24 more: depends'],
    never: ['Z24 principal'],
    why: 'not given',
    others: [lost],
  },
  {
    name: 'the same, from above everything',
    held: [w.at(w.CONTRIBUTOR, w.ROOT_GROUP)],
    steps: ['Z24 principal lost: yes'],
    why: 'wherever it lies',
    others: [lost],
  },
  {
    name: 'a cluster',
    held: [w.at(w.CONTRIBUTOR, w.RG)],
    steps: ['Z28-admin-credential more: depends', 'Z28-run-command more: depends'],
    why: 'local accounts may be switched off',
    more: {
      things: [{ kind: 'issuer', id: `aks-issuer/${cluster}`, type: 'azure.aks-issuer', name: 'aks (x)' }],
    },
  },
  {
    name: 'access policies of a vault',
    held: [w.at(w.CONTRIBUTOR, w.RG)],
    steps: ['Z30-policies more: yes', 'Z30-vault more: yes'],
    why: 'rbac-access-policy: Contributor can give itself data access',
    others: [w.principal('other', [w.policy(w.POLICY_VAULT, { secrets: ['get'] })])],
  },
  {
    name: 'vaults of unknown mode',
    held: [w.at(w.CONTRIBUTOR, w.RG)],
    steps: ['Z30-vault more: depends'],
    why: 'a vault may go by roles',
  },
  {
    name: 'a secret by a policy',
    held: [w.policy(w.POLICY_VAULT, { secrets: ['get'] })],
    steps: ['Z31 thing kv-old.vault.azure.net/db: yes'],
    why: 'Get of secrets',
    more: { things: [w.secret('kv-old', 'db')] },
  },
  {
    name: 'a secret by a role, where policies decide',
    held: [w.at(w.SECRETS_USER, w.RG)],
    steps: [],
    never: ['Z31'],
    why: 'roles do nothing there',
    more: { things: [w.secret('kv-old', 'db')] },
    others: [w.principal('other', [w.policy(w.POLICY_VAULT, { secrets: ['list'] })])],
  },
]

export const STEP_CASES: readonly StepCase[] = [...rights, ...resources]
