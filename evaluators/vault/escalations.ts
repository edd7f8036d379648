// Sets of permissions that lead to more than what is held: data, one definition each.

export type Need = {
  /** `{name}` is one name, the same in all needs of a definition; `{held}` is a policy that it holds. */
  path: string
  /** Any one of these. */
  capability: readonly string[]
  /** Needed as well at the same path: it is protected, or acts otherwise without. */
  sudo?: true
}
export type Escalation = {
  id: string
  needs: readonly Need[]
  /** What it lets one do, in words. */
  gives: string
  /** What decides that is not known here; undefined where nothing is left to decide. */
  open?: string
  /** Where to read of it. */
  source: string
}

const WRITE = ['create', 'update'] as const
const UPDATE = ['update'] as const
const POLICIES = 'OpenBao documentation: concepts/policies'
const TOKEN = 'OpenBao documentation: api-docs/auth/token'
const PROTECTED = 'OpenBao documentation: concepts/policies, root-protected API endpoints'

/** Where roles, users and groups of login methods are kept, by the words in their paths. */
const LOGIN_PLACES = ['role', 'roles', 'users', 'groups', 'certs', 'map/users', 'map/teams', 'map/policies']
const OTHER_LOGIN =
  'Whether that method lets it log in, and which stronger policies there are, is not known here.'

export const ESCALATIONS: readonly Escalation[] = [
  ...['sys/policies/acl/', 'sys/policy/'].flatMap((place): Escalation[] => [
    {
      id: 'V02',
      needs: [{ path: `${place}{held}`, capability: UPDATE }],
      gives: 'It can rewrite a policy that it holds, so that it allows everything.',
      source: POLICIES,
    },
    {
      id: 'V02',
      needs: [{ path: `${place}{name}`, capability: UPDATE }],
      gives: 'It can write policies.',
      open: 'Whether one of those that it can write reaches itself is not known here.',
      source: POLICIES,
    },
  ]),
  ...['auth/token/create', 'auth/token/create-orphan'].map((path): Escalation => ({
    id: 'V03',
    needs: [{ path, capability: WRITE, sudo: true }],
    gives: 'It can make tokens with any policy but root.',
    source: TOKEN,
  })),
  {
    id: 'V05',
    needs: [
      { path: 'auth/token/roles/{name}', capability: WRITE },
      { path: 'auth/token/create/{name}', capability: WRITE },
    ],
    gives: 'It can write a token role and make tokens by it, with any policy but root.',
    source: TOKEN,
  },
  {
    id: 'V05',
    needs: [{ path: 'auth/token/create/{name}', capability: WRITE }],
    gives: 'It can make tokens by a token role.',
    open: 'Which policies the role allows is not known here.',
    source: TOKEN,
  },
  {
    id: 'V05',
    needs: [{ path: 'auth/token/roles/{name}', capability: WRITE }],
    gives: 'It can change token roles.',
    open: 'Whether it can make tokens by one is not known here.',
    source: TOKEN,
  },
  ...LOGIN_PLACES.map((place): Escalation => ({
    id: 'V06',
    needs: [{ path: `auth/{mount}/${place}/{name}`, capability: WRITE }],
    gives: `It can say which policies a login gets (${place}).`,
    open: OTHER_LOGIN,
    source: 'OpenBao documentation: api-docs/auth',
  })),
  {
    id: 'V07',
    needs: [{ path: 'auth/{mount}/role/{name}/secret-id', capability: WRITE }],
    gives: 'It can make secret ids for an AppRole.',
    open: 'Whether that role holds more than it does is not known here.',
    source: 'OpenBao documentation: api-docs/auth/approle',
  },
  ...[
    ...['identity/entity', 'identity/entity/id/{name}', 'identity/entity/name/{name}', 'identity/group'],
    ...[
      'identity/group/id/{name}',
      'identity/group/name/{name}',
      'identity/entity-alias',
      'identity/group-alias',
    ],
    ...['identity/entity-alias/id/{name}', 'identity/group-alias/id/{name}', 'identity/entity/merge'],
  ].map((path): Escalation => ({
    id: 'V08',
    needs: [{ path, capability: WRITE }],
    gives: `It can give entities or groups policies (${path.replace('{name}', '…')}).`,
    open: 'Whether it is one of those entities, or in one of those groups, is not known here.',
    source: 'OpenBao documentation: api-docs/secret/identity',
  })),
  {
    id: 'V09',
    needs: [
      { path: 'sys/auth/{name}', capability: WRITE, sudo: true },
      { path: 'auth/{name}/users/{user}', capability: WRITE },
    ],
    gives: 'It can enable a login method and make a user there that gets any policy but root.',
    source: PROTECTED,
  },
  ...[
    { path: 'sys/auth/{name}', gives: 'It can enable login methods.', sudo: true },
    { path: 'sys/mounts/{name}', gives: 'It can enable secrets engines.', sudo: false },
    { path: 'sys/remount', gives: 'It can move mounts.', sudo: true },
    {
      path: 'sys/plugins/catalog/{name}',
      gives: 'It can register plugins, which run in the server.',
      sudo: true,
    },
    { path: 'sys/raw/{name}', gives: 'It can write below the encryption of the server.', sudo: true },
  ].map(({ path, gives, sudo }): Escalation => ({
    id: 'V09',
    needs: [{ path, capability: WRITE, ...(sudo && { sudo: true as const }) }],
    gives,
    open: 'Whether that leads to more depends on how the server is set up, which is not known here.',
    source: PROTECTED,
  })),
]

/** Not an escalation, though it looks like one. */
export const HARMLESS = {
  id: 'V04',
  needs: [{ path: 'auth/token/create', capability: UPDATE }],
  gives: 'It can make tokens with a part of its own policies, which is no more than it has.',
  source: TOKEN,
} as const
