// Ways to more rights in Google Cloud, worked out by hand: which step there is, how certain, and the ones that look like one.
import { account, bind, deny, EVERYBODY, outside, realm, role, tree } from './gcp-realms'
import type { PrivilegeLevel, Realm } from '@/core/access'

/** `to`: name of a service account, `administrator` or `more`; undefined: there is no such step. */
export type StepCase = {
  why: string
  realm: Realm
  by: string
  to: string
  answer: 'yes' | 'depends' | undefined
  says?: RegExp
}
export type LevelCase = { why: string; realm: Realm; certain: PrivilegeLevel; possible: PrivilegeLevel }

const TOKENS = 'roles/iam.serviceAccountTokenCreator'
const me = (...held: ReturnType<typeof bind>[]) => account('me', 'shop', held)
const robot = account('robot', 'shop')
const chief = account('chief', 'shop', [bind('roles/resourcemanager.organizationAdmin', 'organizations/1')])
const hasOnly = (...roles: string[]) =>
  `api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly([${roles.map((one) => `'${one}'`).join(', ')}])`
const custom = (name: string, ...permissions: string[]) => role(`projects/shop/roles/${name}`, ...permissions)
const holdsCustom = (name: string, ...permissions: string[]) => ({
  held: bind(`projects/shop/roles/${name}`, 'projects/shop'),
  rulings: [custom(name, ...permissions)],
})
/** A realm in which `me` holds one custom role on the project. */
const withPermissions = (permissions: string[], given: Partial<Realm> = {}, others = [robot]) => {
  const { held, rulings } = holdsCustom('x', ...permissions)
  return realm([me(held), ...others], { ...given, rulings: [...rulings, ...(given.rulings ?? [])] })
}
export const STEP_CASES: readonly StepCase[] = [
  {
    why: 'a role on the project reaches each service account of it',
    realm: realm([me(bind(TOKENS, 'projects/shop')), robot]),
    by: 'G01',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'not those of another',
    realm: realm([me(bind(TOKENS, 'projects/lab')), robot]),
    by: 'G01',
    to: 'robot',
    answer: undefined,
  },
  {
    why: 'one on the service account reaches that one',
    realm: realm([me(bind(TOKENS, 'sa:shop/robot')), robot]),
    by: 'G03',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'a service account is no step to itself',
    realm: realm([me(bind(TOKENS, 'projects/shop')), robot]),
    by: 'G01',
    to: 'me',
    answer: undefined,
  },
  {
    why: 'one that is disabled gives nothing until it is enabled',
    realm: realm([me(bind(TOKENS, 'projects/shop')), account('robot', 'shop', [], { enabled: false })]),
    by: 'G01',
    to: 'robot',
    answer: 'depends',
    says: /disabled/,
  },
  {
    why: 'a folder reaches those of it, which is not told',
    realm: realm([me(bind(TOKENS, 'folders/7')), robot]),
    by: 'G01',
    to: 'robot',
    answer: 'depends',
  },
  {
    why: 'a tree tells it',
    realm: realm([me(bind(TOKENS, 'folders/7')), robot], {
      rulings: [tree({ 'projects/shop': 'folders/7', 'folders/7': 'organizations/1' })],
    }),
    by: 'G01',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'Editor makes keys',
    realm: realm([me(bind('roles/editor', 'projects/shop')), robot]),
    by: 'G02',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'unless a deny policy forbids it',
    realm: realm([me(bind('roles/editor', 'projects/shop')), robot], {
      rulings: [
        deny('organizations/1', {
          deniedPrincipals: [EVERYBODY],
          deniedPermissions: ['iam.googleapis.com/serviceAccountKeys.create'],
        }),
      ],
    }),
    by: 'G02',
    to: 'robot',
    answer: undefined,
  },
  {
    why: 'unseen deny policies are named and take nothing away',
    realm: realm([me(bind('roles/editor', 'projects/shop')), robot], {
      unseen: [{ part: 'rulings', words: 'deny policies' }],
    }),
    by: 'G02',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'delegation asks for a second one that may make tokens',
    realm: withPermissions(['iam.serviceAccounts.implicitDelegation'], {}, [robot, account('end', 'lab')]),
    by: 'G05',
    to: 'end',
    answer: undefined,
  },
  {
    why: 'with one that may it reaches the end',
    realm: withPermissions(['iam.serviceAccounts.implicitDelegation'], {}, [
      account('robot', 'shop', [bind(TOKENS, 'sa:lab/end')]),
      account('end', 'lab'),
    ]),
    by: 'G05',
    to: 'end',
    answer: 'yes',
    says: /Between them stands robot/,
  },
  {
    why: 'an identity token opens only what takes it',
    realm: withPermissions(['iam.serviceAccounts.getOpenIdToken']),
    by: 'G06',
    to: 'robot',
    answer: 'depends',
  },
  {
    why: 'who sets the policy of a service account becomes it',
    realm: withPermissions(['iam.serviceAccounts.setIamPolicy']),
    by: 'G07',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'the policy of the organisation is everything',
    realm: realm([me(bind('roles/resourcemanager.organizationAdmin', 'organizations/1'))]),
    by: 'G08',
    to: 'administrator',
    answer: 'yes',
  },
  {
    why: 'the policy of a project is more, and not everything',
    realm: realm([me(bind('roles/resourcemanager.projectIamAdmin', 'projects/shop'))]),
    by: 'G08',
    to: 'administrator',
    answer: undefined,
  },
  {
    why: 'it is more',
    realm: realm([me(bind('roles/resourcemanager.projectIamAdmin', 'projects/shop'))]),
    by: 'G08',
    to: 'more',
    answer: 'yes',
  },
  {
    why: 'and reaches the service accounts of the project',
    realm: realm([me(bind('roles/resourcemanager.projectIamAdmin', 'projects/shop')), robot]),
    by: 'G08',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'projects.setIamPolicy on the organisation does not set the policy of the organisation',
    realm: realm([me(bind('roles/resourcemanager.projectIamAdmin', 'organizations/1'))]),
    by: 'G08',
    to: 'administrator',
    answer: undefined,
  },
  {
    why: 'who may grant Viewer alone gets no tokens by it',
    realm: realm([
      me(bind('roles/resourcemanager.projectIamAdmin', 'projects/shop', hasOnly('roles/viewer'))),
      robot,
    ]),
    by: 'G08',
    to: 'robot',
    answer: undefined,
  },
  {
    why: 'it comes to hold what Viewer holds',
    realm: realm([
      me(bind('roles/resourcemanager.projectIamAdmin', 'projects/shop', hasOnly('roles/viewer'))),
    ]),
    by: 'G08',
    to: 'more',
    answer: 'yes',
  },
  {
    why: 'who may grant Owner gets everything of the project',
    realm: realm([
      me(bind('roles/resourcemanager.projectIamAdmin', 'projects/shop', hasOnly('roles/owner'))),
      robot,
    ]),
    by: 'G08',
    to: 'robot',
    answer: 'yes',
  },
  {
    why: 'an expiring grant is not certain',
    realm: realm([
      me(bind(TOKENS, 'projects/shop', 'request.time < timestamp("2026-12-01T00:00:00Z")')),
      robot,
    ]),
    by: 'G01',
    to: 'robot',
    answer: 'depends',
    says: /until 2026-12-01/,
  },
  {
    why: 'a custom role that it holds and can change',
    realm: withPermissions(['iam.roles.update']),
    by: 'G09',
    to: 'more',
    answer: 'yes',
  },
  {
    why: 'one of another project it cannot change',
    realm: realm([me(bind('projects/lab/roles/x', 'projects/shop')), account('l', 'lab')], {
      rulings: [role('projects/lab/roles/x', 'iam.roles.update')],
    }),
    by: 'G09',
    to: 'more',
    answer: undefined,
  },
  {
    why: 'a custom role on the organisation becomes everything',
    realm: realm([me(bind('organizations/1/roles/x', 'organizations/1'))], {
      rulings: [role('organizations/1/roles/x', 'iam.roles.update')],
    }),
    by: 'G09',
    to: 'administrator',
    answer: 'yes',
  },
]

const whole = { unseen: [] }
export const LEVEL_CASES: readonly LevelCase[] = [
  { why: 'nothing', realm: realm([me()], whole), certain: 'none', possible: 'none' },
  {
    why: 'Viewer of a project reads',
    realm: realm([me(bind('roles/viewer', 'projects/shop'))]),
    certain: 'read',
    possible: 'read',
  },
  {
    why: 'secrets are sensitive',
    realm: realm([me(bind('roles/secretmanager.secretAccessor', 'projects/shop'))]),
    certain: 'sensitive',
    possible: 'sensitive',
  },
  {
    why: 'Owner of the organisation',
    realm: realm([me(bind('roles/owner', 'organizations/1'))]),
    certain: 'administrator',
    possible: 'administrator',
  },
  {
    why: 'Owner of a project in it',
    realm: realm([me(bind('roles/owner', 'projects/shop'))]),
    certain: 'administrator',
    possible: 'administrator',
  },
  {
    why: 'Owner of the project that is all there is',
    realm: {
      ...realm([me(bind('roles/owner', 'projects/shop'))], { rulings: [tree({}, {}, [])] }),
      id: 'projects/shop',
      type: 'gcp.project',
    },
    certain: 'administrator',
    possible: 'administrator',
  },
  {
    why: 'who can become an administrator escalates',
    realm: realm([me(bind(TOKENS, 'sa:shop/chief')), chief]),
    certain: 'escalates',
    possible: 'escalates',
  },
  {
    why: 'Editor of the project an administrator is in makes a key for it',
    realm: realm([me(bind('roles/editor', 'projects/shop')), chief]),
    certain: 'escalates',
    possible: 'escalates',
  },
  {
    why: 'Editor of another does not',
    realm: realm([me(bind('roles/editor', 'projects/lab')), chief]),
    certain: 'sensitive',
    possible: 'sensitive',
  },
  {
    why: 'until a date: possible, not certain',
    realm: realm([
      me(bind('roles/owner', 'organizations/1', 'request.time < timestamp("2026-12-01T00:00:00Z")')),
    ]),
    certain: 'none',
    possible: 'administrator',
  },
  {
    why: 'a role that was not read may be anything',
    realm: realm([me(bind('roles/x.y', 'organizations/1'))]),
    certain: 'none',
    possible: 'administrator',
  },
  {
    why: 'unseen grants may add up to anything',
    realm: realm([me(bind('roles/viewer', 'projects/shop'))], {
      unseen: [{ part: 'grants', words: 'groups' }],
    }),
    certain: 'read',
    possible: 'administrator',
  },
  {
    why: 'an unseen ceiling does not lower what is granted',
    realm: realm([me(bind('roles/owner', 'organizations/1'))], {
      unseen: [{ part: 'rulings', words: 'deny policies' }],
    }),
    certain: 'administrator',
    possible: 'administrator',
  },
  {
    why: 'what everybody holds makes nobody privileged',
    realm: realm([
      me(),
      outside('allUsers', [bind('roles/storage.objectViewer', '//storage.googleapis.com/data')]),
    ]),
    certain: 'none',
    possible: 'none',
  },
  {
    why: 'what is denied is not held',
    realm: realm([me(bind('roles/resourcemanager.organizationAdmin', 'organizations/1'))], {
      rulings: [
        deny('organizations/1', {
          deniedPrincipals: [EVERYBODY],
          deniedPermissions: ['organizations', 'folders', 'projects'].map(
            (kind) => `cloudresourcemanager.googleapis.com/${kind}.setIamPolicy`,
          ),
        }),
      ],
    }),
    certain: 'none',
    possible: 'none',
  },
]
