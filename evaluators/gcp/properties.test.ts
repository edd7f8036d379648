// What has to be true of every realm of Google Cloud: denies only take, grants only give, order means nothing, less knowledge
// never turns an answer into its opposite, and nonsense never becomes a plain yes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccessAnswer, Caller, Held, Principal, Realm, Ruling } from '@/core/access'
import { gcp } from '.'

const ROLES: Readonly<Record<string, readonly string[]>> = {
  'organizations/1/roles/tokens': ['iam.serviceAccounts.getAccessToken'],
  'organizations/1/roles/policies': [
    'resourcemanager.projects.setIamPolicy',
    'iam.serviceAccountKeys.create',
  ],
  'organizations/1/roles/secrets': ['secretmanager.versions.access'],
}
const MANAGER = '//cloudresourcemanager.googleapis.com/'
const PLACES = ['organizations/1', 'folders/7', 'projects/a', 'projects/b'].map((node) => MANAGER + node)
const CONDITIONS = [
  ...[undefined, 'true', 'false', 'request.time < timestamp("2030-01-01T00:00:00Z")'],
  ...[
    'resource.service == "secretmanager.googleapis.com"',
    'resource.name.startsWith("projects/a")',
    '((',
    'x.y()',
  ],
]
const ACTIONS = Object.values(ROLES).flat()
const RESOURCES = [
  'projects/a',
  '11',
  '12',
  '//secretmanager.googleapis.com/projects/a/secrets/s',
  'projects/b',
  'organizations/1',
]

const held: fc.Arbitrary<Held> = fc
  .record({
    role: fc.constantFrom(...Object.keys(ROLES)),
    resource: fc.constantFrom(...PLACES, '//iam.googleapis.com/projects/a/serviceAccounts/11'),
    condition: fc.constantFrom(...CONDITIONS),
  })
  .map(({ role, resource, condition }) => ({
    ...{
      id: `${role}@${resource}#${condition}`,
      name: role,
      language: 'gcp-iam',
      effect: 'allow' as const,
      via: 'attached',
    },
    document: { role, resource, ...(condition !== undefined && { condition: { expression: condition } }) },
  }))
const denial: fc.Arbitrary<Ruling> = fc
  .record({
    node: fc.constantFrom(...PLACES),
    permission: fc.constantFrom(
      ...[
        'iam.googleapis.com/*.*',
        'iam.googleapis.com/serviceAccounts.getAccessToken',
        'secretmanager.googleapis.com/*.*',
      ],
      ...['cloudresourcemanager.googleapis.com/projects.setIamPolicy', 'iam.googleapis.com/*.create'],
    ),
    who: fc.constantFrom(
      'principalSet://goog/public:all',
      'principalSet://goog/group/x@y.z',
      'principal://iam.googleapis.com/projects/-/serviceAccounts/p0@a.iam.gserviceaccount.com',
    ),
    tags: fc.boolean(),
  })
  .map(({ node, permission, who, tags }) => ({
    ...{
      id: `policies/${node}/${permission}/${who}`,
      name: 'd',
      type: 'gcp.deny-policy',
      language: 'gcp-deny',
      aliases: [],
    },
    document: {
      resource: node,
      rules: [
        {
          deniedPrincipals: [who],
          deniedPermissions: [permission],
          ...(tags && { denialCondition: { expression: "resource.matchTag('a', 'b')" } }),
        },
      ],
    },
  }))
const rolesOf = (): Ruling[] =>
  Object.entries(ROLES).map(([id, includedPermissions]) => ({
    ...{
      id,
      name: id,
      type: 'gcp.role',
      language: 'gcp-iam',
      aliases: [],
      document: { includedPermissions },
    },
  }))
const principal = (at: number, all: readonly Held[]): Principal => {
  const email = `p${at}@${at % 2 ? 'b' : 'a'}.iam.gserviceaccount.com`
  return {
    ...{
      id: `1${at}`,
      type: 'gcp.service-account',
      name: email,
      class: 'machine',
      enabled: true,
      held: all,
      trusts: [],
    },
    aliases: [email, `projects/${at % 2 ? 'b' : 'a'}/serviceAccounts/${email}`],
  }
}
const realmOf = (holdings: readonly (readonly Held[])[], denials: readonly Ruling[]): Realm => ({
  ...{
    id: 'organizations/1',
    type: 'gcp.organization',
    name: 'o',
    elsewhere: [],
    runners: [],
    things: [],
    unseen: [],
  },
  principals: holdings.map((all, at) => principal(at, all)),
  rulings: [...rolesOf(), ...denials],
})
const world = fc.record({
  holdings: fc.array(fc.uniqueArray(held, { maxLength: 4, selector: ({ id }) => id }), {
    minLength: 1,
    maxLength: 3,
  }),
  denials: fc.uniqueArray(denial, { maxLength: 2, selector: ({ id }) => id }),
  action: fc.constantFrom(...ACTIONS),
  resource: fc.constantFrom(...RESOURCES),
})
type Asked = { action: string; resource: string }
const ask = (realm: Realm, { action, resource }: Asked): AccessAnswer['answer'] =>
  gcp.within(realm).can('10', { action, resource }).answer
const RANK = { no: 0, depends: 1, yes: 2 }
const RUNS = { numRuns: 150 }

test('a deny policy more never gives', () => {
  fc.assert(
    fc.property(world, denial, ({ holdings, denials, ...asked }, more) => {
      const [before, after] = [denials, [...denials, more]].map((all) => ask(realmOf(holdings, all), asked))
      expect(RANK[after ?? 'yes']).toBeLessThanOrEqual(RANK[before ?? 'no'])
    }),
    RUNS,
  )
})
test('a grant less never gives', () => {
  fc.assert(
    fc.property(world, ({ holdings, denials, ...asked }) => {
      const [own = [], ...others] = holdings
      const before = ask(realmOf(holdings, denials), asked)
      const after = ask(realmOf([own.slice(1), ...others], denials), asked)
      expect(RANK[after]).toBeLessThanOrEqual(RANK[before])
    }),
    RUNS,
  )
})
test('order means nothing', () => {
  fc.assert(
    fc.property(world, ({ holdings, denials, ...asked }) => {
      const realm = realmOf(holdings, denials)
      const turned = {
        ...realm,
        principals: realm.principals.map((one) => ({ ...one, held: [...one.held].reverse() })).reverse(),
        rulings: [...realm.rulings].reverse(),
      }
      expect(ask(turned, asked)).toBe(ask(realm, asked))
      const [a, b] = [realm, turned].map((one) => gcp.within(one))
      expect(b?.privileges('10').certain).toBe(a?.privileges('10').certain)
      const keys = (access = a) =>
        access
          ?.steps('10')
          .steps.map(({ to, by, answer }) => JSON.stringify([to, by, answer]))
          .sort()
      expect(keys(b)).toEqual(keys(a))
    }),
    RUNS,
  )
})
test('less knowledge never turns an answer into its opposite', () => {
  const parts = ['grants', 'rulings', 'principals', 'trusts', 'runners'] as const
  fc.assert(
    fc.property(
      world,
      fc.nat(),
      fc.constantFrom(...parts, 'document', 'ruling'),
      ({ holdings, denials, ...asked }, at, what) => {
        const realm = realmOf(holdings, denials)
        const before = ask(realm, asked)
        const after = ask(lessOf(realm, what, at), asked)
        if (after !== 'depends') expect(after).toBe(before)
      },
    ),
    { numRuns: 300 },
  )
})
function lessOf(
  realm: Realm,
  what: Realm['unseen'][number]['part'] | 'document' | 'ruling',
  at: number,
): Realm {
  const blank = <T extends { document?: unknown }>(all: readonly T[]): T[] =>
    all.map((one, index) => (index === at % Math.max(1, all.length) ? { ...one, document: undefined } : one))
  if (what === 'ruling') return { ...realm, rulings: blank(realm.rulings) }
  if (what === 'document')
    return { ...realm, principals: realm.principals.map((one) => ({ ...one, held: blank(one.held) })) }
  const unseen = [{ part: what, words: 'x' }]
  if (what === 'rulings') return { ...realm, rulings: without(realm.rulings, at), unseen }
  if (what !== 'grants') return { ...realm, unseen }
  // What was not seen is not there.
  return {
    ...realm,
    principals: realm.principals.map((one) => ({ ...one, held: without(one.held, at) })),
    unseen,
  }
}
const without = <T>(all: readonly T[], at: number): T[] =>
  all.filter((_, index) => index !== at % Math.max(1, all.length))

const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'projects/',
    '//',
    'roles/owner',
    'principalSet://',
    'allUsers',
    '(('.repeat(400),
    '!'.repeat(6000),
  ),
)
const nonsense = fc.oneof(fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>, text)
const document = fc.dictionary(
  fc.oneof(
    text,
    fc.constantFrom(
      'role',
      'resource',
      'condition',
      'rules',
      'includedPermissions',
      'attributeMapping',
      'pool',
      'policy',
      'principalSet',
      'parents',
    ),
  ),
  nonsense,
  { maxKeys: 6 },
)
const TYPES = [
  'gcp.role',
  'gcp.deny-policy',
  'gcp.access-boundary',
  'gcp.access-boundary-binding',
  'gcp.workload-identity-rule',
  'gcp.tree',
  'x',
]

test('nonsense is never a plain yes, and never an error', () => {
  const garbage = fc.record({
    id: text,
    documents: fc.array(document, { maxLength: 3 }),
    rulings: fc.array(fc.tuple(fc.constantFrom(...TYPES), text, document), { maxLength: 4 }),
    names: fc.array(text, { minLength: 4, maxLength: 4 }),
  })
  fc.assert(
    fc.property(garbage, ({ id, documents, rulings, names: [a = '', b = '', c = '', d = ''] }) => {
      const all = documents.map((one, at) => ({
        id: `${at}`,
        name: a,
        language: 'gcp-iam',
        effect: 'allow' as const,
        via: b,
        document: one,
      }))
      const trusts = [
        {
          id: a,
          principalType: 'federated' as const,
          principal: b,
          effect: 'allow' as const,
          actions: [c],
          conditions: { expression: d },
        },
      ]
      const realm: Realm = {
        ...realmOf([], []),
        id,
        principals: [{ ...principal(0, all), id: a, name: b, aliases: [c, d], trusts }],
        rulings: rulings.map(([type, name, one]) => ({
          id: name,
          name,
          type,
          language: 'x',
          aliases: [a],
          document: one,
        })),
        runners: [{ id: b, type: 'gcp.function', name: c, aliases: [d], uses: [a] }],
        things: [{ kind: 'secret', id: d, type: 'gcp.secret', name: d }],
      }
      const access = gcp.within(realm)
      for (const [action, resource] of [
        [b, c],
        ['iam.serviceAccounts.getAccessToken', d],
        [d, 'projects/a'],
      ] as const)
        expect(access.can(a, { action, resource, context: { [b]: c, 'request.time': d } }).answer).not.toBe(
          'yes',
        )
      expect(access.steps(a).steps.filter(({ answer }) => answer === 'yes')).toEqual([])
      expect(['administrator', 'escalates']).not.toContain(access.privileges(a).certain)
      const callers: Caller[] = [
        { kind: 'token', issuer: b, claims: { [c]: d, sub: [a] } },
        { kind: 'service', name: d },
        { kind: 'principal', id: d, aliases: [b], realm: c },
      ]
      for (const caller of callers) expect(access.admits(a, caller).answer).not.toBe('yes')
      expect(Array.isArray(access.pitfalls(a))).toBe(true)
    }),
    { numRuns: 250 },
  )
})
