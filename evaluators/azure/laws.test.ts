// Laws of the evaluator: denials only take, grants only give, order means nothing, and what is not known is never made up.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AccessAnswer, Held, Principal, Question, Realm, Ruling } from '@/core/access'
import { azure } from '.'

const TENANT = 'aaaaaaaa-0000-4000-8000-000000000001'
const S = '/subscriptions/s1'
const scopes = [
  '/',
  '/providers/microsoft.management/managementgroups/m',
  S,
  `${S}/resourcegroups/a`,
  `${S}/resourcegroups/b`,
]
const actions = [
  'Microsoft.A/x/read',
  'Microsoft.A/x/write',
  'Microsoft.B/y/act/action',
  'Microsoft.Authorization/roleAssignments/write',
]
const patterns = fc.constantFrom('*', '*/read', 'Microsoft.A/*', '*/x/*', '*/action', ...actions)
const list = fc.array(patterns, { maxLength: 3 })
// An action is of one plane: no role can name it on the other.
const dataActions = ['Microsoft.D/x/items/read', 'Microsoft.D/x/items/act/action']
const dataList = fc.array(fc.constantFrom('*', '*/read', 'Microsoft.D/*', ...dataActions), { maxLength: 3 })
const permission = fc.record({
  actions: list,
  notActions: list,
  dataActions: dataList,
  notDataActions: dataList,
})
const ruling = (id: string, type: string, document: Record<string, unknown>): Ruling => ({
  id,
  name: id,
  type,
  language: 'azure-rbac',
  aliases: [],
  document,
})
const IDS = ['r1', 'r2', 'r3']
const definitions = fc
  .tuple(...IDS.map(() => fc.array(permission, { minLength: 1, maxLength: 2 })))
  .map((all) =>
    all.map((permissions, n) =>
      ruling(IDS[n] ?? '', 'azure.role-definition', {
        kind: 'definition',
        permissions,
        assignableScopes: ['/'],
      }),
    ),
  )
const denial = fc
  .record({
    scope: fc.constantFrom(...scopes),
    permissions: fc.array(permission, { minLength: 1, maxLength: 2 }),
    here: fc.boolean(),
    principals: fc.constantFrom(['*'], ['app'], ['group'], ['other']),
    exclude: fc.constantFrom([], ['app'], ['group'], ['other']),
  })
  .map(({ scope, permissions, here, principals, exclude }) =>
    ruling(`d ${JSON.stringify([scope, permissions, here, principals, exclude])}`, 'azure.deny-assignment', {
      kind: 'denied',
      scope,
      permissions,
      principals,
      excludePrincipals: exclude,
      doNotApplyToChildScopes: here,
    }),
  )
const condition = fc.constantFrom(
  undefined,
  undefined,
  "!(ActionMatches{'*/write'})",
  "@Request[k] StringEquals 'v'",
  'nonsense',
)
const held = fc
  .record({
    role: fc.constantFrom(...IDS, 'unread'),
    scope: fc.constantFrom(...scopes),
    condition,
    eligible: fc.boolean(),
  })
  .map(({ role, scope, condition: text, eligible }): Held => ({
    id: `${eligible} ${role}@${scope} ${text}`,
    name: role,
    language: 'azure-rbac',
    effect: 'allow',
    via: 'attached',
    document: {
      kind: eligible ? 'eligible' : 'assigned',
      role,
      scope,
      ...(text !== undefined && { condition: text, conditionVersion: '2.0' }),
    },
  }))
const question = fc.record({
  action: fc.constantFrom(
    ...[...actions, ...dataActions].flatMap((one) => [one, `control:${one}`, `data:${one}`]),
  ),
  resource: fc.constantFrom(...scopes, `${S}/resourcegroups/a/providers/microsoft.a/x/one`),
})
const world = fc.record({
  rulings: definitions,
  denials: fc.array(denial, { maxLength: 2 }),
  holding: fc.array(held, { maxLength: 4 }),
  asked: question,
})

const person = (id: string, holding: readonly Held[]): Principal => ({
  id,
  type: 'azure.application',
  name: id,
  aliases: [],
  class: 'machine',
  held: holding,
  trusts: [],
})
const realm = (holding: readonly Held[], rulings: readonly Ruling[], more: Partial<Realm> = {}): Realm => ({
  id: TENANT,
  type: 'azure.tenant',
  name: 't',
  principals: [person('app', holding), person('other', [])],
  elsewhere: [],
  runners: [],
  rulings,
  things: [],
  unseen: [],
  ...more,
})
const ask = (one: Realm, asked: Question): AccessAnswer['answer'] =>
  azure.within(one).can('app', asked).answer
const RANK = { no: 0, depends: 1, yes: 2 }
const RUNS = { numRuns: 150 }

test('a denial more never gives access', () => {
  fc.assert(
    fc.property(world, denial, ({ rulings, denials, holding, asked }, more) => {
      const before = ask(realm(holding, [...rulings, ...denials]), asked)
      expect(RANK[ask(realm(holding, [...rulings, ...denials, more]), asked)]).toBeLessThanOrEqual(
        RANK[before],
      )
    }),
    RUNS,
  )
})

test('a grant less never gives access', () => {
  fc.assert(
    fc.property(world, ({ rulings, denials, holding, asked }) => {
      const all = [...rulings, ...denials]
      expect(RANK[ask(realm(holding.slice(1), all), asked)]).toBeLessThanOrEqual(
        RANK[ask(realm(holding, all), asked)],
      )
    }),
    RUNS,
  )
})

test('order means nothing', () => {
  fc.assert(
    fc.property(world, ({ rulings, denials, holding, asked }) => {
      const all = [...rulings, ...denials]
      const turned = realm([...holding].reverse(), [...all].reverse())
      expect(ask(turned, asked)).toBe(ask(realm(holding, all), asked))
      const [one, other] = [azure.within(turned), azure.within(realm(holding, all))]
      expect([one.privileges('app').certain, one.privileges('app').possible]).toEqual([
        other.privileges('app').certain,
        other.privileges('app').possible,
      ])
    }),
    RUNS,
  )
})

test('knowing less never turns an answer into its opposite, nor an open one into a plain one', () => {
  const parts = fc.constantFrom('grants' as const, 'rulings' as const)
  fc.assert(
    fc.property(world, fc.nat(20), parts, ({ rulings, denials, holding, asked }, index, part) => {
      const all = [...rulings, ...denials]
      const known = ask(realm(holding, all), asked)
      const blind = holding.map((one, n): Held => {
        const { document, ...rest } = one
        return n === index % holding.length || !document ? rest : one
      })
      const cut = all.map((one, n): Ruling => {
        const { document, ...rest } = one
        return n === index % all.length || !document ? rest : one
      })
      const less = [
        realm(blind, all),
        realm(holding, cut),
        realm(holding, all, { unseen: [{ part, words: 'Not seen.' }] }),
        // What was not seen is not there.
        realm(holding.slice(1), all, { unseen: [{ part: 'grants', words: 'Not seen.' }] }),
      ]
      for (const one of less) expect(['depends', known]).toContain(ask(one, asked))
    }),
    { numRuns: 300 },
  )
})

test('levels: what is certain is possible', () => {
  const order = ['administrator', 'escalates', 'sensitive', 'write', 'read', 'none']
  fc.assert(
    fc.property(world, ({ rulings, denials, holding }) => {
      const { certain, possible, because } = azure
        .within(realm(holding, [...rulings, ...denials]))
        .privileges('app')
      expect(order.indexOf(possible)).toBeLessThanOrEqual(order.indexOf(certain))
      expect(because.length).toBeGreaterThan(0)
    }),
    RUNS,
  )
})

test('whatever is in the documents, nothing is thrown and nothing is a plain yes', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('/', S, '*', 'definition', 'assigned', 'graph', 'constructor', '__proto__'),
  )
  const languages = fc.constantFrom('azure-rbac', 'entra', 'azure-key-vault', 'other', 'toString')
  const json = fc.dictionary(
    fc.constantFrom(
      'kind',
      'role',
      'scope',
      'permissions',
      'vault',
      'id',
      'value',
      'principals',
      'conditions',
      'x',
    ),
    fc.jsonValue({ maxDepth: 3 }),
  )
  const garbage = fc
    .record({ language: languages, document: json, id: text })
    .map(({ language, document, id }): Held => ({
      id,
      name: id,
      language,
      effect: 'allow',
      via: id,
      document: document as Record<string, unknown>,
    }))
  fc.assert(
    fc.property(
      fc.array(garbage, { maxLength: 4 }),
      text,
      text,
      fc.dictionary(text, text),
      (holding, action, resource, context) => {
        const rulings = holding.map(({ via: _, effect: __, ...one }): Ruling => ({
          ...one,
          type: 'azure.role-definition',
          aliases: [],
        }))
        const trusts = holding.map(({ id, document }) => ({
          id,
          principalType: 'federated' as const,
          principal: id,
          effect: 'allow' as const,
          actions: [],
          ...(document && { conditions: document }),
        }))
        const app = { ...person('app', holding), trusts }
        const one = azure.within({
          ...realm([], rulings),
          principals: [app],
          things: [{ kind: 'secret', id: action, type: 'azure.key-vault-secret', name: action }],
          runners: [{ id: resource, type: 'x', name: 'x', aliases: [], uses: ['app'] }],
        })
        expect(one.can('app', { action, resource, context }).answer).not.toBe('yes')
        expect(one.admits('app', { kind: 'token', issuer: resource, claims: context }).answer).not.toBe('yes')
        expect(one.privileges('app').certain).toBe('none')
        one.steps('app')
        one.pitfalls('app')
        expect(one.can(action, { action, resource }).answer).not.toBe('yes')
      },
    ),
    { numRuns: 400 },
  )
})

test('a monster is answered, if not with a plain yes', () => {
  const holding = Array.from({ length: 4_000 }, (_, n): Held => ({
    id: `h${n}`,
    name: 'x',
    language: 'azure-rbac',
    effect: 'allow',
    via: 'attached',
    document: {
      kind: 'assigned',
      role: 'r1',
      scope: `${S}/resourcegroups/g${n}`,
      condition: `${'('.repeat(500)}@Request[k] StringLike '${'*a'.repeat(50)}'${')'.repeat(500)}`,
    },
  }))
  const definition = ruling('r1', 'azure.role-definition', {
    kind: 'definition',
    permissions: [{ actions: ['*'.repeat(400), `${'*a'.repeat(200)}*`] }],
    assignableScopes: ['/'],
  })
  const access = azure.within(realm(holding, [definition]))
  expect(access.can('app', { action: 'Microsoft.A/x/read', resource: `${S}/resourcegroups/g7` }).answer).toBe(
    'depends',
  )
  expect(access.privileges('app').certain).toBe('none')
  expect(access.steps('app').steps.length).toBeGreaterThan(0)
})

test('a key vault goes by what is told of it, and is open where nothing is', () => {
  const vault = `${S}/resourcegroups/g/providers/microsoft.keyvault/vaults/v`
  const data = 'Microsoft.KeyVault/vaults/secrets/getSecret/action'
  const reader = ruling('r1', 'azure.role-definition', {
    kind: 'definition',
    permissions: [{ actions: [], notActions: [], dataActions: [data], notDataActions: [] }],
    assignableScopes: ['/'],
  })
  const holding: Held = {
    id: 'h',
    name: 'x',
    language: 'azure-rbac',
    effect: 'allow',
    via: 'attached',
    document: { kind: 'assigned', role: 'r1', scope: vault },
  }
  const asked = (...rulings: Ruling[]) =>
    azure.within(realm([holding], [reader, ...rulings])).can('app', { action: data, resource: vault }).answer
  const told = (rbac: boolean): Ruling => ({
    ...ruling(vault, 'azure.key-vault', { id: vault, host: 'v.vault.azure.net', rbac }),
    language: 'azure-key-vault',
  })
  expect([asked(), asked(told(true)), asked(told(false))]).toEqual(['depends', 'yes', 'no'])
  // What tells where something lies denies nothing.
  const groups: Ruling = {
    ...ruling('m', 'azure.management-groups', { parents: {} }),
    language: 'azure-management-groups',
  }
  expect(asked(told(true), groups)).toBe('yes')
})

test('somebody whom a deny assignment names by its type is no group to be in', () => {
  const reader = ruling('r1', 'azure.role-definition', {
    kind: 'definition',
    permissions: [{ actions: ['*/read'], notActions: [] }],
    assignableScopes: ['/'],
  })
  const holding: Held = {
    id: 'h',
    name: 'x',
    language: 'azure-rbac',
    effect: 'allow',
    via: 'attached',
    document: { kind: 'assigned', role: 'r1', scope: S },
  }
  const asked = (principalTypes: Record<string, string>) =>
    azure
      .within(
        realm(
          [holding],
          [
            reader,
            ruling('d', 'azure.deny-assignment', {
              kind: 'denied',
              scope: S,
              permissions: [{ actions: ['*'], notActions: [] }],
              principals: ['one'],
              excludePrincipals: [],
              principalTypes,
              doNotApplyToChildScopes: false,
            }),
          ],
        ),
      )
      .can('app', { action: 'control:Microsoft.A/x/read', resource: `${S}/resourcegroups/g` }).answer
  expect([asked({}), asked({ one: 'group' }), asked({ one: 'serviceprincipal' })]).toEqual([
    'depends',
    'depends',
    'yes',
  ])
})
