// Key vaults, which decide by roles or by access policies, worked out by hand.
import type { CanCase } from './azure-can-case'
import * as w from './azure-world'

const GET_SECRET = 'Microsoft.KeyVault/vaults/secrets/getSecret/action'
const VAULT_MODES = 'rbac-access-policy'
const other = {
  rulings: [
    ...w.ROLES,
    {
      id: 'p',
      name: 'Access policy of kv-old',
      type: 'azure.key-vault-access-policy',
      language: 'azure-key-vault',
      aliases: [],
      document: { vault: w.POLICY_VAULT, permissions: { secrets: ['get'] } },
    },
  ],
}
const vaults: CanCase[] = [
  {
    name: 'a policy gives reading secrets',
    held: [w.policy(w.POLICY_VAULT, { secrets: ['get'] })],
    action: GET_SECRET,
    resource: w.POLICY_VAULT,
    answer: 'yes',
    why: `${VAULT_MODES}: Get of secrets`,
  },
  {
    name: 'listing is not reading',
    held: [w.policy(w.POLICY_VAULT, { secrets: ['list'] })],
    action: GET_SECRET,
    resource: w.POLICY_VAULT,
    answer: 'no',
    why: `${VAULT_MODES}: List of secrets`,
  },
  {
    name: 'keys are not secrets',
    held: [w.policy(w.POLICY_VAULT, { keys: ['get', 'list'] })],
    action: GET_SECRET,
    resource: w.POLICY_VAULT,
    answer: 'no',
    why: `${VAULT_MODES}: rights are of one sort`,
  },
  {
    name: 'a policy of another vault',
    held: [w.policy(w.POLICY_VAULT, { secrets: ['get'] })],
    action: GET_SECRET,
    resource: w.VAULT,
    answer: 'no',
    why: 'a policy is of one vault',
  },
  {
    name: 'roles do nothing where policies decide',
    held: [w.at(w.SECRETS_USER, w.RG)],
    action: GET_SECRET,
    resource: w.POLICY_VAULT,
    answer: 'no',
    more: other,
    why: `${VAULT_MODES}: the models exclude each other`,
  },
  {
    name: 'roles where the mode is not given',
    held: [w.at(w.SECRETS_USER, w.VAULT)],
    action: GET_SECRET,
    resource: w.VAULT,
    answer: 'depends',
    why: 'no policy was seen, and the mode is not collected',
  },
  {
    name: 'roles where the mode is told',
    held: [w.at(w.SECRETS_USER, w.VAULT)],
    action: GET_SECRET,
    resource: w.VAULT,
    answer: 'yes',
    context: { enableRbacAuthorization: 'true' },
    why: 'rbac-guide: Key Vault Secrets User',
  },
  {
    name: 'roles where policies are told',
    held: [w.at(w.SECRETS_USER, w.VAULT)],
    action: GET_SECRET,
    resource: w.VAULT,
    answer: 'no',
    context: { enableRbacAuthorization: 'false' },
    why: VAULT_MODES,
  },
  {
    name: 'Contributor reads no secret',
    held: [w.at(w.CONTRIBUTOR, w.S1)],
    action: GET_SECRET,
    resource: w.VAULT,
    answer: 'no',
    why: 'a data action',
  },
  {
    name: 'a policy for an application on behalf of people',
    held: [w.policy(w.POLICY_VAULT, { secrets: ['get'] }, 'other-app')],
    action: GET_SECRET,
    resource: w.POLICY_VAULT,
    answer: 'depends',
    why: 'assign-access-policy: compound identity',
  },
  {
    name: 'managing the vault goes by roles in both modes',
    held: [w.at(w.CONTRIBUTOR, w.S1)],
    action: 'Microsoft.KeyVault/vaults/write',
    resource: w.POLICY_VAULT,
    answer: 'yes',
    more: other,
    why: 'the control plane goes by roles',
  },
]

export const VAULT_CASES: readonly CanCase[] = vaults
