// How a role, user or entity of a server is turned off and deleted, and policies are taken from it, by the command line of Vault.
// Source: developer.hashicorp.com/vault/docs/commands; /vault/api-docs/secret/identity/entity and the auth methods.
import { fillIn } from '../fill-in'
import {
  inTerraform,
  leftOut,
  type DraftPlan,
  type HeldGrant,
  type Removable,
  type Remover,
} from '../removal'
import { shell } from '../shell'

/** Roles that are found at a path, by the field in which their policies are. */
const ROLES = [
  'vault.approle-role',
  'vault.kubernetes-role',
  'vault.jwt-role',
  'vault.cert-role',
  'vault.userpass-user',
  'vault.aws-role',
  'vault.azure-role',
  'vault.gcp-role',
]

/** `auth/<mount>/role/<name>`, as the alias has it. */
const pathOf = ({ identity }: Removable): string =>
  identity.aliases.find((alias) => alias.startsWith('auth/')) ?? `auth/${fillIn('ROLE_PATH')}`
/** `<cluster>/<namespace>`: in the root namespace nothing has to be said. */
function namespaceOf({ scope }: Removable): string {
  const [, ...parts] = scope.id.split('/')
  const namespace = parts.join('/')
  return namespace ? `${shell`-namespace=${namespace}`} ` : ''
}

/** An empty list would be taken as the standard: what may do nothing is named. */
const policiesSet = (known: Removable, policies: readonly string[]): string =>
  `vault write ${namespaceOf(known)}-- ${shell`${pathOf(known)} token_policies=${policies.join(',')}`}`
const ownPolicies = (grants: readonly HeldGrant[]): string[] =>
  grants.filter(({ via, name }) => via === 'attached' && name !== 'default').map(({ name }) => name)

function removeRole(known: Removable): DraftPlan {
  const policies = ownPolicies(known.grants)
  return {
    off: [
      {
        does: 'Takes all policies from it: whoever signs in by it from now on may do nothing',
        run: policiesSet(known, []),
      },
    ],
    back: policies.length
      ? [{ does: 'Gives its policies back, as they were seen', run: policiesSet(known, policies) }]
      : [],
    end: [
      {
        does: 'Deletes it, and what proves it',
        run: `vault delete ${namespaceOf(known)}-- ${shell`${pathOf(known)}`}`,
      },
    ],
    terraform: inTerraform('the role of its auth method, such as vault_approle_auth_backend_role'),
    notes: [
      'Tokens that were handed out before keep their policies until they end: revoke them by the path of the method, vault lease revoke -prefix.',
      'Writing the policies changes nothing else of the role. Look at it before: vault read of the same path.',
    ],
  }
}

function removeEntity(known: Removable): DraftPlan {
  const { id } = known.identity
  const at = `identity/entity/id/${id}`
  const set = (value: 'true' | 'false') =>
    `vault write ${namespaceOf(known)}-- ${shell`${at}`} disabled=${value}`
  return {
    off: [{ does: 'Turns it off: its tokens are refused, and nobody signs in as it', run: set('true') }],
    back: [{ does: 'Turns it on again', run: set('false') }],
    end: [{ does: 'Deletes it', run: `vault delete ${namespaceOf(known)}-- ${shell`${at}`}` }],
    terraform: inTerraform('vault_identity_entity'),
    notes: [
      'Whoever signs in by a method that knew it gets a new entity, with the policies of the method alone.',
    ],
  }
}

const removeToken = (known: Removable): DraftPlan => ({
  off: [],
  back: [],
  end: [
    {
      does: 'Revokes it, and everything that was made by it',
      run: `vault token revoke ${namespaceOf(known)}-accessor -- ${shell`${known.identity.id}`}`,
    },
  ],
  terraform: [],
  notes: ['A token cannot be turned off for a time: once it is revoked, another one has to be made.'],
})

function remove(known: Removable): DraftPlan {
  if (known.identity.type === 'vault.entity') return removeEntity(known)
  return known.identity.type === 'vault.token' ? removeToken(known) : removeRole(known)
}

function reduce(known: Removable): DraftPlan {
  const { type } = known.identity
  const all = ownPolicies(known.grants)
  const dropped = new Set(ownPolicies(known.drops))
  const rest = all.filter((name) => !dropped.has(name))
  const isRole = ROLES.includes(type)
  const set = (policies: readonly string[]) =>
    isRole
      ? policiesSet(known, policies)
      : `vault write ${namespaceOf(known)}-- ${shell`${`identity/entity/id/${known.identity.id}`} policies=${policies.join(',')}`}`
  const isWritten = dropped.size > 0 && type !== 'vault.token'
  return {
    off: isWritten ? [{ does: `Leaves it ${rest.join(', ') || 'no policy'}`, run: set(rest) }] : [],
    back: isWritten ? [{ does: 'Gives back what it had, as it was seen', run: set(all) }] : [],
    end: [],
    terraform: inTerraform('the policies in the role or entity'),
    notes: [
      ...(type === 'vault.token'
        ? ['The policies of a token cannot be changed: revoke it, and make another one.']
        : []),
      ...leftOut(
        known.drops.filter(({ name }) => !dropped.has(name)),
        'it comes with a group, or to everybody.',
      ),
    ],
  }
}

export const vaultRemover: Remover = { types: [...ROLES, 'vault.entity', 'vault.token'], remove, reduce }
