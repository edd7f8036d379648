// Questions of access in Google Cloud with the answer that its documentation gives (cloud.google.com/iam/docs), worked out by hand.
import { account, bind, computeAccount, emailOf, inPool, outside, realm, role, tree, uid } from './gcp-realms'
import type { Question, Realm } from '@/core/access'

export type CanCase = {
  why: string
  realm: Realm
  who?: string
  ask: [string, string]
  context?: Question['context']
  answer: 'yes' | 'no' | 'depends'
  says?: RegExp
}

const GET = 'storage.objects.get'
const KEYS = 'iam.serviceAccountKeys.create'
const TOKEN = 'iam.serviceAccounts.getAccessToken'
const ACCESS = 'secretmanager.versions.access'
const BUCKET = '//storage.googleapis.com/projects/_/buckets/data'
const SECRET = '//secretmanager.googleapis.com/projects/shop/secrets/db/versions/1'
const VIEWER = 'roles/storage.objectViewer'
const ACCESSOR = 'roles/secretmanager.secretAccessor'
const me = (...held: ReturnType<typeof bind>[]) => account('me', 'shop', held)
const other = account('other', 'shop')
const inheritance: CanCase[] = [
  {
    why: 'a role on the project counts for what is in it',
    realm: realm([me(bind(ACCESSOR, 'projects/shop'))]),
    ask: [ACCESS, SECRET],
    answer: 'yes',
  },
  {
    why: 'a role on the organisation counts for every project in it',
    realm: realm([me(bind(ACCESSOR, 'organizations/1'))]),
    ask: [ACCESS, SECRET],
    answer: 'yes',
  },
  {
    why: 'a role on another project does not',
    realm: realm([me(bind(ACCESSOR, 'projects/lab'))]),
    ask: [ACCESS, SECRET],
    answer: 'no',
  },
  {
    why: 'a role on one secret does not count for the project',
    realm: realm([me(bind(ACCESSOR, '//secretmanager.googleapis.com/projects/shop/secrets/db'))]),
    ask: [ACCESS, 'projects/shop'],
    answer: 'no',
  },
  {
    why: 'a role on a secret counts for its versions',
    realm: realm([me(bind(ACCESSOR, '//secretmanager.googleapis.com/projects/shop/secrets/db'))]),
    ask: [ACCESS, SECRET],
    answer: 'yes',
  },
  {
    why: 'not for a secret whose name begins the same',
    realm: realm([me(bind(ACCESSOR, '//secretmanager.googleapis.com/projects/shop/secrets/d'))]),
    ask: [ACCESS, SECRET],
    answer: 'no',
  },
  {
    why: 'which projects a folder holds is not told without a tree',
    realm: realm([me(bind(ACCESSOR, 'folders/7'))]),
    ask: [ACCESS, SECRET],
    answer: 'depends',
    says: /folders\/7/,
  },
  {
    why: 'a tree tells it',
    realm: realm([me(bind(ACCESSOR, 'folders/7'))], {
      rulings: [tree({ 'projects/shop': 'folders/7', 'folders/7': 'organizations/1' })],
    }),
    ask: [ACCESS, SECRET],
    answer: 'yes',
  },
  {
    why: 'folders within folders inherit',
    realm: realm([me(bind(ACCESSOR, 'folders/7'))], {
      rulings: [
        tree({ 'projects/shop': 'folders/8', 'folders/8': 'folders/7', 'folders/7': 'organizations/1' }),
      ],
    }),
    ask: [ACCESS, SECRET],
    answer: 'yes',
  },
  {
    why: 'a folder beside it gives nothing',
    realm: realm([me(bind(ACCESSOR, 'folders/9'))], {
      rulings: [
        tree({
          'projects/shop': 'folders/7',
          'folders/7': 'organizations/1',
          'folders/9': 'organizations/1',
        }),
      ],
    }),
    ask: [ACCESS, SECRET],
    answer: 'no',
  },
  {
    why: 'what is granted above a project that is read alone was not seen',
    realm: { ...realm([me()]), id: 'projects/shop', type: 'gcp.project' },
    ask: [ACCESS, SECRET],
    answer: 'depends',
    says: /inherits/,
  },
  {
    why: 'and what is denied above it neither',
    realm: { ...realm([me(bind(ACCESSOR, 'projects/shop'))]), id: 'projects/shop', type: 'gcp.project' },
    ask: [ACCESS, SECRET],
    answer: 'depends',
  },
  {
    why: 'a project without anything above is whole',
    realm: {
      ...realm([me(bind(ACCESSOR, 'projects/shop'))], { rulings: [tree({}, {}, [])] }),
      id: 'projects/shop',
      type: 'gcp.project',
    },
    ask: [ACCESS, SECRET],
    answer: 'yes',
  },
  {
    why: 'in which project a bucket lies its name does not tell',
    realm: realm([me(bind(VIEWER, 'projects/shop'))]),
    ask: [GET, BUCKET],
    answer: 'depends',
    says: /in which project/i,
  },
  {
    why: 'a role on the bucket counts for its objects',
    realm: realm([me(bind(VIEWER, '//storage.googleapis.com/data'))]),
    ask: [GET, `${BUCKET}/objects/a`],
    answer: 'yes',
  },
  {
    why: 'roles only add up',
    realm: realm([me(bind('roles/viewer', 'projects/shop'), bind(ACCESSOR, 'projects/shop'))]),
    ask: [ACCESS, SECRET],
    answer: 'yes',
  },
  {
    why: 'a project by its number is the same',
    realm: realm([me(bind(ACCESSOR, 'projects/shop')), computeAccount('shop', '700')]),
    ask: [ACCESS, '//secretmanager.googleapis.com/projects/700/secrets/db'],
    answer: 'yes',
  },
  {
    why: 'a number that nothing knows may be it',
    realm: realm([me(bind(ACCESSOR, 'projects/shop'))]),
    ask: [ACCESS, '//secretmanager.googleapis.com/projects/701/secrets/db'],
    answer: 'depends',
  },
]

const roles: CanCase[] = [
  {
    why: 'a role on the project counts for every service account of it',
    realm: realm([me(bind('roles/iam.serviceAccountTokenCreator', 'projects/shop')), other]),
    ask: [TOKEN, emailOf('other', 'shop')],
    answer: 'yes',
  },
  {
    why: 'Editor makes keys',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other]),
    ask: [KEYS, uid('other')],
    answer: 'yes',
  },
  {
    why: 'Editor sets no policies',
    realm: realm([me(bind('roles/editor', 'projects/shop'))]),
    ask: ['resourcemanager.projects.setIamPolicy', 'projects/shop'],
    answer: 'no',
  },
  {
    why: 'Owner makes no access tokens by itself',
    realm: realm([me(bind('roles/owner', 'projects/shop')), other]),
    ask: [TOKEN, emailOf('other', 'shop')],
    answer: 'no',
  },
  {
    why: 'what a role holds that was not read stays open',
    realm: realm([me(bind('roles/spanner.admin', 'projects/shop'))]),
    ask: ['spanner.databases.drop', 'projects/shop'],
    answer: 'depends',
    says: /spanner\.admin/,
  },
  {
    why: 'Editor that was not read: what the reference tells of it',
    realm: { ...realm([me(bind('roles/editor', 'projects/shop')), other]), rulings: [] },
    ask: ['iam.serviceAccounts.actAs', uid('other')],
    answer: 'yes',
    says: /reference/,
  },
  {
    why: 'Editor that was not read holds no setIamPolicy',
    realm: { ...realm([me(bind('roles/editor', 'projects/shop'))]), rulings: [] },
    ask: ['resourcemanager.projects.setIamPolicy', 'projects/shop'],
    answer: 'no',
  },
  {
    why: 'Editor that was not read: other permissions stay open',
    realm: { ...realm([me(bind('roles/editor', 'projects/shop'))]), rulings: [] },
    ask: ['pubsub.topics.create', 'projects/shop'],
    answer: 'depends',
  },
  {
    why: 'a role that was deleted gives nothing',
    realm: realm([me(bind('projects/shop/roles/x', 'projects/shop'))], {
      rulings: [
        { ...role('projects/shop/roles/x'), document: { deleted: true, includedPermissions: [ACCESS] } },
      ],
    }),
    ask: [ACCESS, SECRET],
    answer: 'no',
  },
  {
    why: 'nor one that is disabled',
    realm: realm([me(bind('projects/shop/roles/x', 'projects/shop'))], {
      rulings: [
        { ...role('projects/shop/roles/x'), document: { stage: 'DISABLED', includedPermissions: [ACCESS] } },
      ],
    }),
    ask: [ACCESS, SECRET],
    answer: 'no',
  },
  {
    why: 'a name of a permission in the form of deny policies is the same',
    realm: realm([me(bind('roles/resourcemanager.projectIamAdmin', 'projects/shop'))]),
    ask: ['cloudresourcemanager.googleapis.com/projects.setIamPolicy', 'projects/shop'],
    answer: 'yes',
  },
  {
    why: 'grants that were not all seen leave a no open',
    realm: realm([me()], { unseen: [{ part: 'grants', words: 'groups were not read' }] }),
    ask: [ACCESS, SECRET],
    answer: 'depends',
    says: /groups were not read/i,
  },
  {
    why: 'everybody holds what allUsers holds',
    realm: realm([me(), outside('allUsers', [bind(VIEWER, '//storage.googleapis.com/data')])]),
    ask: [GET, `${BUCKET}/objects/a`],
    answer: 'yes',
  },
  {
    why: 'a workload of a pool is not among those signed in to Google',
    realm: realm([
      outside(inPool('subject/a')),
      outside('allAuthenticatedUsers', [bind(VIEWER, '//storage.googleapis.com/data')]),
    ]),
    who: inPool('subject/a'),
    ask: [GET, `${BUCKET}/objects/a`],
    answer: 'no',
  },
  {
    why: 'a service account is',
    realm: realm([me(), outside('allAuthenticatedUsers', [bind(VIEWER, '//storage.googleapis.com/data')])]),
    ask: [GET, `${BUCKET}/objects/a`],
    answer: 'yes',
  },
  {
    why: 'a subject of a pool holds what the whole pool holds',
    realm: realm([
      outside(inPool('subject/a')),
      outside(inPool('*'), [bind(ACCESSOR, 'projects/shop')]),
      other,
    ]),
    who: inPool('subject/a'),
    ask: [ACCESS, SECRET],
    answer: 'yes',
  },
  {
    why: 'whether it bears an attribute is not known',
    realm: realm([
      outside(inPool('subject/a')),
      outside(inPool('attribute.repository/x/y'), [bind(ACCESSOR, 'projects/shop')]),
      other,
    ]),
    who: inPool('subject/a'),
    ask: [ACCESS, SECRET],
    answer: 'depends',
  },
  {
    why: 'one subject is not another',
    realm: realm([
      outside(inPool('subject/a')),
      outside(inPool('subject/b'), [bind(ACCESSOR, 'projects/shop')]),
      other,
    ]),
    who: inPool('subject/a'),
    ask: [ACCESS, SECRET],
    answer: 'no',
  },
]

const garbage: CanCase[] = [
  {
    why: 'a principal that is not there',
    realm: realm([me()]),
    who: 'nobody',
    ask: [ACCESS, SECRET],
    answer: 'depends',
  },
  {
    why: 'no name of a permission',
    realm: realm([me(bind(ACCESSOR, 'projects/shop'))]),
    ask: ['*', SECRET],
    answer: 'depends',
  },
  {
    why: 'no name of a resource',
    realm: realm([me(bind(ACCESSOR, 'organizations/1'))]),
    ask: [ACCESS, 'db'],
    answer: 'depends',
  },
  {
    why: 'a binding that was not read may give anything',
    realm: realm([me({ ...bind(ACCESSOR, 'projects/shop'), document: undefined } as never)]),
    ask: [GET, BUCKET],
    answer: 'depends',
  },
  {
    why: 'a document in another language may as well',
    realm: realm([me({ ...bind(ACCESSOR, 'projects/shop'), language: 'rego' })]),
    ask: [ACCESS, SECRET],
    answer: 'depends',
  },
]

export const GRANT_CASES: readonly CanCase[] = [...inheritance, ...roles, ...garbage]
