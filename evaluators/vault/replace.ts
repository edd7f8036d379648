// What takes the place of a secret id, a token or a password: a role that takes tokens of one subject and audience; and of a
// static account of a database one that ends with its lease.
// Source: developer.hashicorp.com/vault/api-docs/auth/jwt, …/auth/kubernetes, …/secret/databases.
import { ofAccount, ofWorkflow } from '../federation/subjects'
import { fillIn } from '../fill-in'
import { block, hcl, reference, type HclBlock, type HclEntry } from '../hcl'
import { plainName, type ProposedFile } from '../proposal'
import {
  ALIKE_MAX,
  inWords,
  stepsOf,
  usedBy,
  wordsOnly,
  type DraftWay,
  type Replaceable,
  type Replacer,
  type Vouching,
} from '../replacement'

const GITHUB = 'https://token.actions.githubusercontent.com'
const [TTL, TTL_MAX] = [3600, 14_400]

const file = (...blocks: readonly HclBlock[]): ProposedFile => ({
  name: 'main.tf',
  language: 'hcl',
  text: hcl(...blocks),
})
const labelOf = ({ identity, credential }: Replaceable): string =>
  plainName(identity?.name ?? credential.name, '_')
const roleName = (known: Replaceable): string => plainName(known.identity?.name ?? known.credential.name, '-')

/** `default` comes along by itself, and nobody is given root by a role. */
const policiesOf = ({ rights }: Replaceable): string[] => [
  ...new Set(
    rights
      .filter(({ effect, id }) => effect === 'allow' && id !== 'default' && id !== 'root')
      .map(({ id }) => id),
  ),
]
function given(known: Replaceable): HclEntry[] {
  const policies = policiesOf(known)
  return [
    ['token_policies', policies.length ? policies : [fillIn('POLICY')]],
    ['token_ttl', TTL],
    ['token_max_ttl', TTL_MAX],
  ]
}
const givenNotes = (known: Replaceable): string[] => [
  policiesOf(known).length
    ? 'The role is given the policies that were seen to be held now, which may be more than is used.'
    : 'No policy of its holder was seen that a role could be given: name the one that it needs.',
  ...(known.rights.some(({ id }) => id === 'root')
    ? ['Its holder has the policy root, which no role gives: name a policy with what is needed of it.']
    : []),
  ...(known.rights.some(({ via }) => via.startsWith('group'))
    ? [
        'Some of its policies come by a group: whoever signs in by the new role is another entity, and in no group.',
      ]
    : []),
  `All of it is of ${inWords(known.scope.name)}: the provider has to be set to that namespace.`,
]

const METHOD = /^auth\/(.+) \(([a-z]+)\)$/
type Mount = { path: string; type: string }
const mountOf = ({ type, name }: Vouching): Mount[] => {
  const [, path, sort] = METHOD.exec(name) ?? []
  return type === 'vault.auth-method' && path !== undefined && sort !== undefined
    ? [{ path, type: sort }]
    : []
}
const mounts = (known: Replaceable, sort: string): string[] =>
  known.issuers
    .flatMap(mountOf)
    .filter(({ type }) => type === sort)
    .map(({ path }) => path)

function byWorkflow(known: Replaceable): DraftWay {
  const { subject, number } = ofWorkflow
  const others = [...mounts(known, 'jwt'), ...mounts(known, 'oidc')]
  return {
    id: 'pipeline',
    title: 'A role that takes the token of one workflow of one repository',
    fits: 'A pipeline of GitHub Actions signs in with it.',
    files: [
      file(
        block(
          'resource',
          ['vault_jwt_auth_backend', 'rollcall_pipeline'],
          ['path', 'rollcall-pipeline'],
          ['oidc_discovery_url', GITHUB],
          ['bound_issuer', GITHUB],
        ),
        block(
          'resource',
          ['vault_jwt_auth_backend_role', labelOf(known)],
          ['backend', reference('vault_jwt_auth_backend.rollcall_pipeline.path')],
          ['role_name', roleName(known)],
          ['role_type', 'jwt'],
          ['bound_audiences', [fillIn('VAULT_AUDIENCE')]],
          ['bound_subject', subject],
          ...(number ? [['bound_claims', { [number.claim]: number.value }] as const] : []),
          ['user_claim', 'sub'],
          ...given(known),
        ),
      ),
    ],
    steps: stepsOf(
      known,
      'Apply main.tf. What signs in now goes on working.',
      'Give the job the permission id-token: write, and let it sign in with a token for this audience. It needs no secret any more.',
    ),
    notes: [
      ...(others.length
        ? [
            `Whose tokens the methods that are there take (${others.slice(0, 5).map(inWords).join(', ')}) was not looked at. Where one takes those of GitHub, leave the first block out and name its path.`,
          ]
        : ['No method that takes tokens of an issuer was seen, so one is made.']),
      ...ofWorkflow.notes,
      ...givenNotes(known),
    ],
  }
}

function byAccount(known: Replaceable): DraftWay[] {
  const found = mounts(known, 'kubernetes')
  return (found.length ? found.slice(0, ALIKE_MAX) : [fillIn('KUBERNETES_MOUNT')]).map((path, at) => ({
    id: at ? `pods-${at + 1}` : 'pods',
    title: `A role of ${found.length ? `auth/${inWords(path)}` : 'a method for a cluster'} that takes the token of one service account`,
    fits: 'Something that runs in a cluster signs in with it.',
    files: [
      file(
        block(
          'resource',
          ['vault_kubernetes_auth_backend_role', labelOf(known)],
          ['backend', path],
          ['role_name', roleName(known)],
          ['bound_service_account_names', [fillIn('SERVICE_ACCOUNT')]],
          ['bound_service_account_namespaces', [fillIn('NAMESPACE')]],
          ['audience', fillIn('VAULT_AUDIENCE')],
          ...given(known),
        ),
      ),
    ],
    steps: stepsOf(
      known,
      'Apply main.tf. What signs in now goes on working.',
      'Give the pod a token for this audience (a projected volume, or the agent of Vault), and let it sign in with that.',
    ),
    notes: [
      found.length
        ? 'Which cluster the method is for was not looked at here.'
        : 'No method of the type kubernetes was seen: set one up for the cluster first.',
      'Entities go by the uid of the service account, unless the method is told otherwise: one made anew under the name is another.',
      ...ofAccount.notes,
      ...usedBy(known, ({ type }) => type.startsWith('kubernetes.')),
      ...givenNotes(known),
    ],
  }))
}

const asPeople = (known: Replaceable): DraftWay => ({
  id: 'people',
  title: 'Sign-in of people through the directory of the organisation',
  fits: 'A person signs in with it.',
  files: [],
  steps: wordsOnly(
    known,
    'Let people sign in by the OIDC method, through the directory in which they are kept, with a role whose bound_claims name the group that may.',
    'Give the policies to that group.',
  ),
  notes: ['No configuration is made for it: what the directory tells of people is its own.'],
})

const STATIC = /^.* \((.+)\/static-roles\/(.+)\)$/s
function dynamic(known: Replaceable): DraftWay {
  const [, mount, role] = STATIC.exec(known.credential.name) ?? []
  const name = plainName(role ?? known.credential.name, '-')
  return {
    id: 'dynamic',
    title: 'A dynamic role: an account for each lease, which ends with it',
    fits: 'What uses the account can ask for another one each time it starts, and before its lease ends.',
    files: [
      file(
        block(
          'resource',
          ['vault_database_secret_backend_role', name.replaceAll('-', '_')],
          ['backend', mount ?? fillIn('DATABASE_MOUNT')],
          ['name', name],
          ['db_name', fillIn('DATABASE')],
          ['creation_statements', [fillIn('CREATION_STATEMENTS')]],
          ['default_ttl', TTL],
          ['max_ttl', TTL_MAX],
        ),
      ),
    ],
    steps: [
      ...stepsOf(
        known,
        `Apply main.tf, and give what uses the account a policy with read on ${inWords(mount ?? fillIn('DATABASE_MOUNT'))}/creds/${name} in place of the path of the static role.`,
        'Let it read an account there when it starts, and renew the lease or read another one before it ends.',
      ),
      'The static role goes first, and then the account in the database: deleting the role alone leaves the account there, with its last password.',
    ],
    notes: [
      'Where objects belong to the account, others have to be let at them: accounts that come and go own nothing.',
      'Which rights the account has in the database was not looked at: that is kept in the database.',
      `All of it is of ${inWords(known.scope.name)}: the provider has to be set to that namespace.`,
    ],
  }
}

const DELETED: Readonly<Record<string, string>> = {
  'vault.secret-id':
    'A secret id is destroyed by its accessor. When none is needed any more, the AppRole itself is deleted.',
  'vault.token': 'A token is revoked by its accessor, and all that was made by it ends with it.',
  'vault.userpass-password': 'A password ends with its user.',
}

export const vaultReplacer: Replacer = {
  types: ['vault.secret-id', 'vault.token', 'vault.userpass-password', 'vault.database-account'],
  replace(known) {
    const { type } = known.credential
    if (type === 'vault.database-account') return [dynamic(known)]
    const ways = [...byAccount(known), byWorkflow(known)]
    const all = type === 'vault.userpass-password' ? [...ways, asPeople(known)] : ways
    const deleted = DELETED[type]
    return all.map((way) => (deleted ? { ...way, notes: [...way.notes, deleted] } : way))
  },
}
