// Whom one comes to act as: each case from the documentation ("RBAC good practices", "User impersonation" and others).
import { accountId } from './kubernetes-realm'
import {
  ALL,
  clusterRole,
  everywhere,
  placed,
  RBAC,
  rule,
  SHOP,
  wide,
  type Stepped,
} from './kubernetes-cases'

const each = (start: string, ids: readonly string[]): string[] => ids.map((id) => `${start} ${id}`)

export const STEP_CASES: readonly Stepped[] = [
  {
    because: 'K01: everything',
    world: wide(ALL),
    steps: ['yes K01 administrator'],
    level: ['administrator'],
  },
  {
    because: 'everything in one namespace is no administrator of the cluster',
    world: placed(ALL),
    steps: each('yes K11', SHOP),
    not: ['K01', 'K15'],
    level: ['sensitive'],
  },
  {
    because: 'every verb but those of RBAC is not everything',
    world: wide([rule('get list watch create update patch delete', '*', '*')]),
    steps: ['yes K19 more'],
    not: ['K01', 'K03', 'K06'],
    level: ['sensitive', 'escalates'],
  },
  {
    because: 'K02: the group that bypasses RBAC',
    world: {
      accounts: [],
      clusterRoles: [clusterRole('view', [])],
      clusterRoleBindings: [everywhere('group:system:masters', 'view')],
    },
    who: 'group:system:masters',
    steps: ['yes K02 administrator'],
    level: ['administrator'],
  },
  {
    because: 'K03: escalate, and the role that says so is its own',
    world: wide([rule('escalate update', 'clusterroles', RBAC)]),
    steps: ['yes K03 administrator'],
    level: ['escalates'],
  },
  {
    because: 'K03 limited to a role of others is a step more',
    world: wide([rule('escalate update', 'clusterroles', RBAC, 'cluster-admin')]),
    steps: ['depends K03 administrator'],
    level: ['write', 'escalates'],
  },
  {
    because: 'K03: escalate of any role and update of one that others hold',
    world: wide([
      rule('escalate', 'clusterroles', RBAC),
      rule('update', 'clusterroles', RBAC, 'cluster-admin'),
    ]),
    steps: ['depends K03 administrator'],
    not: ['K24'],
    level: ['write', 'escalates'],
  },
  {
    because: 'escalate of one role and update of another is none',
    world: wide([rule('escalate', 'clusterroles', RBAC, 'r'), rule('update', 'clusterroles', RBAC, 'x')]),
    steps: [],
    not: ['K03'],
    level: ['write'],
  },
  {
    because: 'update without escalate is none',
    world: wide([rule('update patch create', 'clusterroles', RBAC)]),
    steps: [],
    not: ['K03', 'K24'],
    level: ['write'],
  },
  {
    because: 'escalate in a namespace does not reach ClusterRoles',
    world: placed([rule('escalate update', 'clusterroles', RBAC)]),
    steps: [],
    not: ['K03'],
  },
  {
    because: 'K03 in a namespace, of the Role it holds',
    world: placed([rule('escalate patch', 'roles', RBAC)]),
    steps: ['yes K03-namespace more', ...each('yes K03-namespace', SHOP)],
    level: ['write'],
  },
  {
    because: 'K04: bind without names',
    world: wide([rule('bind', 'clusterroles', RBAC), rule('create', 'clusterrolebindings', RBAC)]),
    steps: ['yes K04 administrator'],
    level: ['escalates'],
  },
  {
    because: 'K04: bind of cluster-admin by name',
    world: wide([
      rule('bind', 'clusterroles', RBAC, 'cluster-admin'),
      rule('create', 'clusterrolebindings', RBAC),
    ]),
    steps: ['yes K04 administrator'],
  },
  {
    because: 'K04: bind of a weaker role',
    world: wide([rule('bind', 'clusterroles', RBAC, 'view'), rule('create', 'clusterrolebindings', RBAC)], {
      clusterRoles: [clusterRole('view', [rule('get', 'pods')])],
    }),
    steps: ['yes K04 more'],
    level: ['write'],
  },
  {
    because: 'K04: bind of a role that it holds already',
    world: wide([rule('bind', 'clusterroles', RBAC, 'r'), rule('create', 'clusterrolebindings', RBAC)]),
    steps: [],
    not: ['K04'],
  },
  {
    because: 'bind belongs on roles, not on bindings',
    world: wide([rule('bind create', 'clusterrolebindings', RBAC)]),
    steps: [],
    not: ['K04'],
    level: ['write'],
  },
  {
    because: 'K05: bindings without bind',
    world: placed([rule('create update', 'rolebindings', RBAC)]),
    steps: [],
    not: ['K04-namespace', 'K05'],
    level: ['write'],
  },
  {
    because: 'K04 in a namespace gives that namespace',
    world: placed([rule('bind', 'clusterroles', RBAC), rule('create', 'rolebindings', RBAC)]),
    steps: ['yes K04-namespace more', ...each('yes K04-namespace', SHOP)],
    not: ['K04'],
    level: ['write'],
  },
  {
    because: 'K04 by a binding that is there',
    world: wide([rule('bind', 'clusterroles', RBAC), rule('patch', 'clusterrolebindings', RBAC)]),
    steps: ['yes K04-existing administrator'],
    level: ['escalates'],
  },
  {
    because: 'K06: groups need a user too',
    world: wide([rule('impersonate', 'groups')]),
    steps: [],
    not: ['K06', 'K06-groups'],
    level: ['write'],
  },
  {
    because: 'K06: users and groups',
    world: wide([rule('impersonate', 'users groups')]),
    steps: ['yes K06-groups administrator'],
    level: ['escalates'],
  },
  {
    because: 'K06: a service account will do for the groups',
    world: wide([rule('impersonate', 'groups'), rule('impersonate', 'serviceaccounts')]),
    steps: ['yes K06-groups administrator'],
  },
  {
    because: 'K06: limited to one group',
    world: wide([rule('impersonate', 'users'), rule('impersonate', 'groups', '', 'dev')], {
      clusterRoleBindings: [everywhere('group:dev', 'r')],
    }),
    steps: ['yes K06-groups group:dev'],
    level: ['write'],
  },
  {
    because: 'K06: users known by name',
    world: wide([rule('impersonate', 'users', '', 'alice')], {
      clusterRoleBindings: [everywhere('user:alice user:bob', 'cluster-admin')],
    }),
    steps: ['yes K06 user:alice'],
    level: ['write'],
  },
  {
    because: 'impersonating users in a namespace is nothing',
    world: placed([rule('impersonate', 'users groups')]),
    steps: [],
    not: ['K06', 'K06-groups'],
  },
  {
    because: 'K07: service accounts of the namespace',
    world: placed([rule('impersonate', 'serviceaccounts')]),
    steps: each('yes K07', SHOP),
  },
  {
    because: 'K08: tokens',
    world: placed([rule('create', 'serviceaccounts/token')]),
    steps: each('yes K08', SHOP),
    level: ['write'],
  },
  {
    because: 'K08: tokens of one, by name',
    world: placed([rule('create', 'serviceaccounts/token', '', 'web')]),
    steps: [`yes K08 ${accountId('shop/web')}`],
  },
  {
    because: 'K08: of that name in every namespace',
    world: wide([rule('create', 'serviceaccounts/token', '', 'default')]),
    steps: [`yes K08 ${accountId('shop/default')}`, `yes K08 ${accountId('ci/default')}`],
  },
  {
    because: 'creating service accounts issues no tokens',
    world: placed([rule('create', 'serviceaccounts')]),
    steps: [],
    not: ['K08'],
  },
  {
    because: 'K09: Secrets that are there',
    world: placed([rule('list', 'secrets')], {
      things: [
        { kind: 'secret', id: 's1', type: 'kubernetes.secret', name: 'shop/db' },
        { kind: 'secret', id: 's2', type: 'kubernetes.secret', name: 'ci/db' },
      ],
    }),
    steps: ['yes K09 s1', 'depends K09 more'],
    level: ['sensitive'],
  },
  {
    because: 'K10: make a Secret and read it',
    world: placed([rule('create get', 'secrets')]),
    steps: each('yes K10', SHOP),
  },
  {
    because: 'K10: making without reading',
    world: placed([rule('create', 'secrets')]),
    steps: [],
    not: ['K10', 'K09'],
    level: ['write'],
  },
]
