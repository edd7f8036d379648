// Ways to more rights through login methods, entities and what the server is made of: V06 to V09.
import { IDENTITY, LOGIN, one, PROTECTED, READ, UPDATE, WRITE, type Definition } from './definition'

/** Where roles, users and groups of login methods are kept, by the words in their paths. */
const LOGIN_PLACES = ['role', 'roles', 'users', 'groups', 'certs', 'map/users', 'map/teams', 'map/policies']
const OTHER_LOGIN =
  'Whether that method lets it log in, and which stronger policies there are, is not known here.'
const IDENTITIES = [
  ...['identity/entity', 'identity/entity/id/{name}', 'identity/entity/name/{name}', 'identity/group'],
  ...[
    'identity/group/id/{name}',
    'identity/group/name/{name}',
    'identity/entity-alias',
    'identity/group-alias',
  ],
  ...['identity/entity-alias/id/{name}', 'identity/group-alias/id/{name}', 'identity/entity/merge'],
]

const setup = (id: string, title: string, path: string, gives: string, sudo?: true): Definition => ({
  id,
  title,
  ways: [one(path, UPDATE, sudo)],
  leads: 'administrator',
  administers: true,
  gives,
  open: 'Whether that leads to more depends on how the server is set up, which is not known here.',
  source: PROTECTED,
})

export const PLACES: readonly Definition[] = [
  {
    id: 'V06',
    title: 'Say which policies a login gets',
    ways: LOGIN_PLACES.map((place) => one(`auth/{mount}/${place}/{name}`, WRITE)),
    leads: 'administrator',
    administers: true,
    gives: 'It can say which policies a login gets.',
    open: OTHER_LOGIN,
    source: LOGIN,
  },
  {
    id: 'V06-own',
    title: 'Rewrite the role that it is',
    ways: [one('{own}', UPDATE), one('{own}/policies', UPDATE)],
    leads: 'administrator',
    gives: 'It can give the role by which it signs in any policy but root, and has it at the next sign-in.',
    source: LOGIN,
  },
  {
    id: 'V06-login',
    title: 'Make or change a login that it can use',
    ways: [one('auth/{mount}/users/{name}', WRITE), one('auth/{mount}/role/{name}', WRITE)],
    leads: 'administrator',
    only: 'The method is one of passwords or of AppRoles: whoever writes its users or roles chooses what signs in.',
    gives: 'It can make or change a user or an AppRole, sign in by it, and gets any policy but root.',
    source: LOGIN,
  },
  {
    id: 'V06-role',
    title: 'Rewrite a role',
    ways: [one('{role}', UPDATE), one('{role}/password', UPDATE)],
    leads: 'target',
    only: 'Of users and AppRoles that is enough to sign in; of other roles it has to be able to meet what it writes.',
    gives: 'It can say whom the role lets in, or by which password.',
    source: LOGIN,
  },
  {
    id: 'V07',
    title: 'Make a secret id for an AppRole',
    ways: [
      [
        { path: '{role}/secret-id', capability: UPDATE },
        { path: '{role}/role-id', capability: READ },
      ],
      [
        { path: '{role}/custom-secret-id', capability: UPDATE },
        { path: '{role}/role-id', capability: READ },
      ],
    ],
    leads: 'target',
    gives: 'It can make a secret id for the AppRole and read its role id: with both it signs in.',
    source: 'OpenBao documentation: api-docs/auth/approle',
  },
  {
    id: 'V07-part',
    title: 'Make a secret id for an AppRole whose role id it cannot read',
    ways: [
      one('auth/{mount}/role/{name}/secret-id', UPDATE),
      one('auth/{mount}/role/{name}/custom-secret-id', UPDATE),
    ],
    leads: 'target',
    administers: true,
    gives: 'It can make secret ids for an AppRole.',
    open: 'Whether it knows the role id, which is no secret, is not known here.',
    source: 'OpenBao documentation: api-docs/auth/approle',
  },
  {
    id: 'V08',
    title: 'Give entities and groups policies',
    ways: IDENTITIES.map((path) => one(path, UPDATE)),
    leads: 'administrator',
    administers: true,
    gives: 'It can give entities or groups policies.',
    open: 'Whether it is one of those entities, or in one of those groups, is not known here.',
    source: IDENTITY,
  },
  {
    id: 'V08-own',
    title: 'Give its own entity or group policies',
    ways: [
      'identity/entity',
      'identity/entity/id/{entity}',
      'identity/entity/name/{entity}',
      'identity/group',
      'identity/group/name/{group}',
    ].map((path) => one(path, UPDATE)),
    leads: 'own-entity',
    only: 'Whoever signs in by a login method has an entity; a new group may have any entity in it.',
    gives: 'It can give its own entity, or a group with it, any policy but root.',
    source: IDENTITY,
  },
  {
    id: 'V08-alias',
    title: 'Tie a login to an entity',
    ways: [one('identity/entity-alias', UPDATE), one('identity/entity/merge', UPDATE)],
    leads: 'target',
    gives: 'It can make a name by which somebody signs in mean the entity.',
    open: 'Whether it can sign in by such a name is not known here.',
    source: IDENTITY,
  },
  {
    id: 'V09',
    title: 'Enable a login method and make a user there',
    ways: [
      [
        { path: 'sys/auth/{name}', capability: UPDATE, sudo: true },
        { path: 'auth/{name}/users/{user}', capability: ['create'] },
      ],
    ],
    leads: 'administrator',
    administers: true,
    gives: 'It can enable a login method and make a user there that gets any policy but root.',
    source: PROTECTED,
  },
  setup('V09-auth', 'Enable login methods', 'sys/auth/{name}', 'It can enable login methods.', true),
  setup('V09-mounts', 'Enable secrets engines', 'sys/mounts/{name}', 'It can enable secrets engines.'),
  setup('V09-remount', 'Move mounts', 'sys/remount', 'It can move mounts.', true),
  setup(
    'V09-plugins',
    'Register plugins',
    'sys/plugins/catalog/{name}',
    'It can register plugins, which run in the server.',
    true,
  ),
  setup(
    'V09-raw',
    'Write raw storage',
    'sys/raw/{name}',
    'It can write below the encryption of the server.',
    true,
  ),
  {
    id: 'V09-audit',
    title: 'Turn off audit devices',
    ways: [[{ path: 'sys/audit/{name}', capability: ['delete'], sudo: true }]],
    leads: 'nothing',
    gives: 'It can act unseen, with no more rights.',
    source: PROTECTED,
  },
]
