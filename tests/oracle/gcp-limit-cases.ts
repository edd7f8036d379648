// Questions of access in Google Cloud with what denies, bounds and conditions it: the answer that its documentation gives (cloud.google.com/iam/docs), worked out by hand.
import {
  account,
  asPrincipal,
  bind,
  boundary,
  bounds,
  computeAccount,
  deny,
  EVERYBODY,
  realm,
  ruling,
  uid,
} from './gcp-realms'

import type { CanCase } from './gcp-grant-cases'
const KEYS = 'iam.serviceAccountKeys.create'
const TOKEN = 'iam.serviceAccounts.getAccessToken'
const ACCESS = 'secretmanager.versions.access'
const SECRET = '//secretmanager.googleapis.com/projects/shop/secrets/db/versions/1'
const TABLE = '//bigquery.googleapis.com/projects/shop/datasets/orders/tables/t'
const ACCESSOR = 'roles/secretmanager.secretAccessor'
const me = (...held: ReturnType<typeof bind>[]) => account('me', 'shop', held)
const other = account('other', 'shop')
const denyKeys = {
  deniedPrincipals: [EVERYBODY],
  deniedPermissions: ['iam.googleapis.com/serviceAccountKeys.create'],
}

const WHOLE = '//cloudresourcemanager.googleapis.com/organizations/1'
const denied: CanCase[] = [
  {
    why: 'a deny policy goes before every grant',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other], {
      rulings: [deny('organizations/1', denyKeys)],
    }),
    ask: [KEYS, uid('other')],
    answer: 'no',
    says: /takes iam\.serviceAccountKeys\.create away/,
  },
  {
    why: 'and whatever was not seen gives nothing back',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other], {
      rulings: [deny('organizations/1', denyKeys)],
      unseen: [{ part: 'grants', words: 'x' }],
    }),
    ask: [KEYS, uid('other')],
    answer: 'no',
  },
  {
    why: 'it counts below where it is attached, and not beside',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other], {
      rulings: [deny('projects/lab', denyKeys)],
    }),
    ask: [KEYS, uid('other')],
    answer: 'yes',
  },
  {
    why: 'an exception lets the principal through',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other], {
      rulings: [deny('organizations/1', { ...denyKeys, exceptionPrincipals: [asPrincipal('me', 'shop')] })],
    }),
    ask: [KEYS, uid('other')],
    answer: 'yes',
  },
  {
    why: 'an exception for a group is open for whom the group is not read',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other], {
      rulings: [
        deny('organizations/1', {
          ...denyKeys,
          exceptionPrincipals: ['principalSet://goog/group/admins@example.com'],
        }),
      ],
    }),
    ask: [KEYS, uid('other')],
    answer: 'depends',
    says: /admins@example\.com/,
  },
  {
    why: 'who holds something through that group is in it',
    realm: realm(
      [me(bind('roles/editor', 'projects/shop', undefined, 'group group:admins@example.com')), other],
      {
        rulings: [
          deny('organizations/1', {
            ...denyKeys,
            exceptionPrincipals: ['principalSet://goog/group/admins@example.com'],
          }),
        ],
      },
    ),
    ask: [KEYS, uid('other')],
    answer: 'yes',
  },
  {
    why: 'a group of permissions means each of them',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other], {
      rulings: [
        deny('organizations/1', {
          ...denyKeys,
          deniedPermissions: ['iam.googleapis.com/serviceAccountKeys.*'],
        }),
      ],
    }),
    ask: [KEYS, uid('other')],
    answer: 'no',
  },
  {
    why: 'a permission that is taken out of the group stays',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other], {
      rulings: [
        deny('organizations/1', {
          ...denyKeys,
          deniedPermissions: ['iam.googleapis.com/serviceAccountKeys.*'],
          exceptionPermissions: ['iam.googleapis.com/serviceAccountKeys.create'],
        }),
      ],
    }),
    ask: [KEYS, uid('other')],
    answer: 'yes',
  },
  {
    why: 'resourcemanager goes by another domain',
    realm: realm([me(bind('roles/owner', 'projects/shop'))], {
      rulings: [
        deny('organizations/1', {
          ...denyKeys,
          deniedPermissions: ['cloudresourcemanager.googleapis.com/projects.setIamPolicy'],
        }),
      ],
    }),
    ask: ['resourcemanager.projects.setIamPolicy', 'projects/shop'],
    answer: 'no',
  },
  {
    why: 'another principal is meant',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other], {
      rulings: [deny('organizations/1', { ...denyKeys, deniedPrincipals: [asPrincipal('other', 'shop')] })],
    }),
    ask: [KEYS, uid('other')],
    answer: 'yes',
  },
  {
    why: 'all service accounts of the project are meant',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other], {
      rulings: [
        deny('organizations/1', {
          ...denyKeys,
          deniedPrincipals: [
            'principalSet://cloudresourcemanager.googleapis.com/projects/shop/type/ServiceAccount',
          ],
        }),
      ],
    }),
    ask: [KEYS, uid('other')],
    answer: 'no',
  },
  {
    why: 'its condition asks for tags, which are not collected',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other], {
      rulings: [
        deny('organizations/1', {
          ...denyKeys,
          denialCondition: { expression: "!resource.matchTag('1/env', 'test')" },
        }),
      ],
    }),
    ask: [KEYS, uid('other')],
    answer: 'depends',
    says: /tags/,
  },
  {
    why: 'a deny policy that was not read may deny anything',
    realm: realm([me(bind(ACCESSOR, 'projects/shop'))], {
      rulings: [
        ruling(
          'gcp.deny-policy',
          'policies/cloudresourcemanager.googleapis.com%2Forganizations%2F1/denypolicies/x',
        ),
      ],
    }),
    ask: [ACCESS, SECRET],
    answer: 'depends',
  },
  {
    why: 'but not where it is not attached',
    realm: realm([me(bind(ACCESSOR, 'projects/shop'))], {
      rulings: [
        ruling(
          'gcp.deny-policy',
          'policies/cloudresourcemanager.googleapis.com%2Fprojects%2Flab/denypolicies/x',
        ),
      ],
    }),
    ask: [ACCESS, SECRET],
    answer: 'yes',
  },
  {
    why: 'deny policies that were not listed leave a yes open',
    realm: realm([me(bind(ACCESSOR, 'projects/shop'))], {
      unseen: [{ part: 'rulings', words: 'deny policies were not read' }],
    }),
    ask: [ACCESS, SECRET],
    answer: 'depends',
    says: /deny policies were not read/i,
  },
]

const bounded: CanCase[] = [
  {
    why: 'within the boundary',
    realm: realm([me(bind('roles/editor', 'projects/shop')), other], {
      rulings: [boundary('b', '3', 'projects/shop'), bounds('b', WHOLE)],
    }),
    ask: [KEYS, uid('other')],
    answer: 'yes',
  },
  {
    why: 'a resource outside is out of reach',
    realm: realm([me(bind('roles/editor', 'organizations/1')), account('far', 'lab')], {
      rulings: [boundary('b', '3', 'projects/shop'), bounds('b', WHOLE)],
    }),
    ask: [KEYS, uid('far')],
    answer: 'no',
    says: /out of reach/,
  },
  {
    why: 'a boundary that was not read could widen it',
    realm: realm([me(bind('roles/editor', 'organizations/1')), account('far', 'lab')], {
      rulings: [boundary('b', '3', 'projects/shop'), bounds('b', WHOLE)],
      unseen: [{ part: 'rulings', words: 'x' }],
    }),
    ask: [KEYS, uid('far')],
    answer: 'depends',
  },
  {
    why: 'an older version does not block those permissions',
    realm: realm([me(bind('roles/editor', 'organizations/1')), account('far', 'lab')], {
      rulings: [boundary('b', '1', 'projects/shop'), bounds('b', WHOLE)],
    }),
    ask: [KEYS, uid('far')],
    answer: 'yes',
  },
  {
    why: 'boundaries add up',
    realm: realm([me(bind('roles/editor', 'organizations/1')), account('far', 'lab')], {
      rulings: [
        boundary('b', '3', 'projects/shop'),
        bounds('b', WHOLE),
        boundary('c', '3', 'projects/lab'),
        bounds('c', '//cloudresourcemanager.googleapis.com/projects/shop'),
      ],
    }),
    ask: [KEYS, uid('far')],
    answer: 'yes',
  },
  {
    why: 'one that is for pools alone is not for service accounts',
    realm: realm([me(bind('roles/editor', 'organizations/1')), account('far', 'lab')], {
      rulings: [
        boundary('b', '3', 'projects/shop'),
        bounds('b', WHOLE, "principal.type == 'iam.googleapis.com/WorkloadPoolIdentity'"),
      ],
    }),
    ask: [KEYS, uid('far')],
    answer: 'yes',
  },
  {
    why: 'of other permissions the version is not known here',
    realm: realm([me(bind(ACCESSOR, 'organizations/1')), account('far', 'lab')], {
      rulings: [boundary('b', '3', 'projects/lab'), bounds('b', WHOLE)],
    }),
    ask: [ACCESS, SECRET],
    answer: 'depends',
  },
]

const when = (expression: string) =>
  realm([me(bind('roles/bigquery.dataViewer', 'projects/shop', expression))])
const conditional: CanCase[] = [
  {
    why: 'an expiring grant holds until then',
    realm: when('request.time < timestamp("2026-12-01T00:00:00Z")'),
    ask: ['bigquery.tables.getData', TABLE],
    answer: 'depends',
    says: /until 2026-12-01T00:00:00Z/,
  },
  {
    why: 'asked for a moment before',
    realm: when('request.time < timestamp("2026-12-01T00:00:00Z")'),
    context: { 'request.time': '2026-11-30T23:59:59Z' },
    ask: ['bigquery.tables.getData', TABLE],
    answer: 'yes',
  },
  {
    why: 'asked for the very moment',
    realm: when('request.time < timestamp("2026-12-01T00:00:00Z")'),
    context: { 'request.time': '2026-12-01T00:00:00Z' },
    ask: ['bigquery.tables.getData', TABLE],
    answer: 'no',
  },
  {
    why: 'the name of the resource is known',
    realm: when('resource.name.startsWith("projects/shop/datasets/orders")'),
    ask: ['bigquery.tables.getData', TABLE],
    answer: 'yes',
  },
  {
    why: 'and another one',
    realm: when('resource.name.startsWith("projects/shop/datasets/people")'),
    ask: ['bigquery.tables.getData', TABLE],
    answer: 'no',
  },
  {
    why: 'one false side decides, whatever the other is',
    realm: when('resource.type == "bigquery.googleapis.com/Dataset" && request.auth.claims.x == "y"'),
    ask: ['bigquery.tables.getData', TABLE],
    answer: 'no',
  },
  {
    why: 'one true side decides too',
    realm: when('request.auth.claims.x == "y" || resource.service == "bigquery.googleapis.com"'),
    ask: ['bigquery.tables.getData', TABLE],
    answer: 'yes',
  },
  {
    why: 'tags are not collected',
    realm: when("resource.matchTag('1/env', 'prod')"),
    ask: ['bigquery.tables.getData', TABLE],
    answer: 'depends',
    says: /tags/,
  },
  {
    why: 'an expression that cannot be read decides nothing',
    realm: when('resource.name = = '),
    ask: ['bigquery.tables.getData', TABLE],
    answer: 'depends',
    says: /cannot be read/,
  },
  {
    why: 'a function that is not known decides nothing',
    realm: when('resource.name.reverse() == "x"'),
    ask: ['bigquery.tables.getData', TABLE],
    answer: 'depends',
  },
  {
    why: 'secrets go by the number of their project, which may be the one asked for',
    realm: realm([
      me(bind(ACCESSOR, 'projects/shop', 'resource.name.startsWith("projects/70012/secrets/db")')),
    ]),
    ask: [ACCESS, SECRET],
    answer: 'depends',
  },
  {
    why: 'and is not, where it is known',
    realm: realm([
      me(bind(ACCESSOR, 'projects/shop', 'resource.name.startsWith("projects/70012/secrets/db")')),
      computeAccount('shop', '70013'),
    ]),
    ask: [ACCESS, SECRET],
    answer: 'no',
  },
  {
    why: 'whatever the number is, the name does not end so',
    realm: realm([
      me(bind(ACCESSOR, 'projects/shop', 'resource.name.endsWith("/secrets/other/versions/1")')),
    ]),
    ask: [ACCESS, SECRET],
    answer: 'no',
  },
  {
    why: 'IAM tells conditions nothing of service accounts',
    realm: realm([
      me(bind('roles/iam.serviceAccountTokenCreator', 'projects/shop', 'resource.name.endsWith("x")')),
      other,
    ]),
    ask: [TOKEN, uid('other')],
    answer: 'depends',
  },
  {
    why: 'which roles may be granted is part of the request',
    realm: realm([
      me(
        bind(
          'roles/resourcemanager.projectIamAdmin',
          'projects/shop',
          "api.getAttribute('iam.googleapis.com/modifiedGrantsByRole', []).hasOnly(['roles/viewer'])",
        ),
      ),
    ]),
    ask: ['resourcemanager.projects.setIamPolicy', 'projects/shop'],
    answer: 'depends',
    says: /certain roles/,
  },
]

export const LIMIT_CASES: readonly CanCase[] = [...denied, ...bounded, ...conditional]
