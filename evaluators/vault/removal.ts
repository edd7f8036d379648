// How a role, user or entity of a server is turned off and deleted, and policies are taken from it, by the command line of Vault or
// OpenBao. Roles of secret engines are nobody’s to become: they are no identities, and no card asks about them.
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

const TOKEN_ROLE = 'vault.token-role'

/** OpenBao has a command line of its own, with the same words. */
const cli = ({ scope }: Removable): string => (scope.type === 'vault.openbao-cluster' ? 'bao' : 'vault')

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
  `${cli(known)} write ${namespaceOf(known)}-- ${shell`${pathOf(known)} token_policies=${policies.join(',')}`}`
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
        run: `${cli(known)} delete ${namespaceOf(known)}-- ${shell`${pathOf(known)}`}`,
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
    `${cli(known)} write ${namespaceOf(known)}-- ${shell`${at}`} disabled=${value}`
  return {
    off: [{ does: 'Turns it off: its tokens are refused, and nobody signs in as it', run: set('true') }],
    back: [{ does: 'Turns it on again', run: set('false') }],
    end: [{ does: 'Deletes it', run: `${cli(known)} delete ${namespaceOf(known)}-- ${shell`${at}`}` }],
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
      run: `${cli(known)} token revoke ${namespaceOf(known)}-accessor -- ${shell`${known.identity.id}`}`,
    },
  ],
  terraform: [],
  notes: ['A token cannot be turned off for a time: once it is revoked, another one has to be made.'],
})

/** It is named in the path alone, and has no policies of its own that could be taken for a time. */
const removeTokenRole = (known: Removable): DraftPlan => ({
  off: [
    {
      does: 'Shows it, to be kept: what was shown brings it back',
      run: `${cli(known)} read ${namespaceOf(known)}-- ${shell`${pathOf(known)}`}`,
    },
  ],
  back: [],
  end: [
    {
      does: 'Deletes it: nobody makes tokens by it any more',
      run: `${cli(known)} delete ${namespaceOf(known)}-- ${shell`${pathOf(known)}`}`,
    },
  ],
  terraform: inTerraform('vault_token_auth_backend_role'),
  notes: [
    'Whoever may make tokens without a role goes on making them.',
    'Tokens that were made by it stay until they end: revoke them by their accessors.',
  ],
})

function remove(known: Removable): DraftPlan {
  if (known.identity.type === TOKEN_ROLE) return removeTokenRole(known)
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
      : `${cli(known)} write ${namespaceOf(known)}-- ${shell`${`identity/entity/id/${known.identity.id}`} policies=${policies.join(',')}`}`
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

export const vaultRemover: Remover = {
  types: [...ROLES, TOKEN_ROLE, 'vault.entity', 'vault.token'],
  remove,
  reduce,
}
