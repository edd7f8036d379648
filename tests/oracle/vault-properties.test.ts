// What holds for every namespace: ignorance is never an answer, order says nothing, and less is never more.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PRIVILEGES, type Access, type Caller, type Held, type Principal, type Realm } from '@/core/access'
import { vaultPlatform } from '@/evaluators/vault/platform'
import {
  alias,
  entity,
  issuer,
  nameless,
  path,
  policy,
  realmOf,
  role,
  secret,
  trust,
  unread,
} from './vault-world'

const RUNS = { numRuns: 40 }
const RANK = { no: 0, depends: 1, yes: 2 }
const rank = (level: (typeof PRIVILEGES)[number]): number => PRIVILEGES.indexOf(level)
const CAPABILITIES = ['read', 'list', 'update', 'create', 'delete', 'sudo', 'deny']
const PATHS = [
  ...[
    'kv/data/a',
    'kv/data/*',
    'kv/data/+',
    'kv/*',
    '*',
    'database/creds/orders',
    'database/creds/+',
    'sys/policies/acl/p1',
  ],
  ...[
    'sys/policies/acl/*',
    'auth/token/create',
    'auth/token/create/+',
    'auth/approle/role/+/secret-id',
    'sys/auth/*',
  ],
  ...[
    'auth/approle/role/*',
    'identity/entity',
    'kv/data/{{identity.entity.name}}',
    'kv/data/{{identity.groups.ids.x.name}}',
  ],
]
const QUESTIONS = [
  'kv/data/a',
  'kv/data/b',
  'kv/data/ana',
  'database/creds/orders',
  'sys/policies/acl/p1',
  'auth/approle/role/r/secret-id',
  'sys/auth/new',
  'kv/',
]
const rules = fc.uniqueArray(
  fc.record({
    path: fc.constantFrom(...PATHS),
    capabilities: fc.uniqueArray(fc.constantFrom(...CAPABILITIES), { maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 5, selector: (one) => one.path },
)
const policies: fc.Arbitrary<Held[]> = fc
  .array(rules, { minLength: 1, maxLength: 3 })
  .map((all) =>
    all.map((paths, at) => policy(`p${at}`, ...paths.map((one) => path(one.path, one.capabilities)))),
  )

const OTHERS: Principal[] = [
  role('approle', 'r', []),
  role('token', 't', [policy('p9')], { tags: { allowed_policies: 'p9' } }),
  entity('e', 'ana', [], { trusts: [alias('e', 'a', 'approle', 'x', { role_name: 'me' })] }),
]
const THINGS = [secret('kv/a'), secret('kv/b'), issuer('database', 'database', 'orders')]
const worldOf = (held: Held[], rest: Partial<Realm> = {}): Realm =>
  realmOf([role('approle', 'me', held), ...OTHERS], { things: THINGS, ...rest })
const ME = 'auth_approle_1/role/me'
const answers = (access: Access): ('yes' | 'no' | 'depends')[] =>
  QUESTIONS.flatMap((resource) =>
    CAPABILITIES.slice(0, 6).map((action) => access.can(ME, { action, resource }).answer),
  )
const steps = (access: Access): string[] =>
  access
    .steps(ME)
    .steps.map(({ by, to, answer }) => `${by} ${JSON.stringify(to)} ${answer}`)
    .sort()
/** Only to the same, or to depends. */
const isLessKnown = (before: readonly string[], after: readonly string[]): void =>
  after.forEach((one, at) => expect(['depends', before[at]]).toContain(one))

describe('for all', () => {
  test('the order of policies, paths and principals says nothing', () => {
    fc.assert(
      fc.property(policies, (held) => {
        const turned = [...held].reverse().map((one) => ({
          ...one,
          document: { paths: [...(one.document?.['paths'] as unknown[])].reverse() },
        }))
        const realm = worldOf(turned)
        const [before, after] = [
          vaultPlatform.within(worldOf(held)),
          vaultPlatform.within({ ...realm, principals: [...realm.principals].reverse() }),
        ]
        expect(answers(after)).toEqual(answers(before))
        expect(steps(after)).toEqual(steps(before))
        const { certain, possible } = before.privileges(ME)
        expect(after.privileges(ME)).toMatchObject({ certain, possible })
      }),
      RUNS,
    )
  })
  test('denying at a pattern that is there never adds access', () => {
    fc.assert(
      fc.property(policies, fc.nat(), (held, pick) => {
        const all = held.flatMap(({ document }) => document?.['paths'] as { path: string }[])
        const at = all[pick % all.length]!.path
        const before = answers(vaultPlatform.within(worldOf(held)))
        const after = answers(vaultPlatform.within(worldOf([...held, policy('no', path(at, 'deny'))])))
        after.forEach((one, index) => expect(RANK[one]).toBeLessThanOrEqual(RANK[before[index]!]))
      }),
      RUNS,
    )
  })
  test('taking capabilities away, with the pattern left, never adds access', () => {
    fc.assert(
      fc.property(policies, fc.constantFrom('read', 'update', 'create', 'sudo'), (held, capability) => {
        const less = held.map((one) => ({
          ...one,
          document: {
            paths: (one.document?.['paths'] as { capabilities: string[] }[]).map((rule) => ({
              ...rule,
              capabilities: rule.capabilities.filter((each) => each !== capability),
            })),
          },
        }))
        const [before, after] = [vaultPlatform.within(worldOf(held)), vaultPlatform.within(worldOf(less))]
        const was = answers(before)
        answers(after).forEach((one, at) => expect(RANK[one]).toBeLessThanOrEqual(RANK[was[at]!]))
        expect(rank(after.privileges(ME).certain)).toBeGreaterThanOrEqual(rank(before.privileges(ME).certain))
        const sure = new Set(steps(before))
        for (const step of steps(after)) if (step.endsWith(' yes')) expect(sure).toContain(step)
      }),
      RUNS,
    )
  })
  const lesser: [string, (held: Held[]) => Realm][] = [
    ['a document', (held) => worldOf([unread('p0'), ...held.slice(1)])],
    ['another policy', (held) => worldOf([...held, unread('more')])],
    ['grants', (held) => worldOf(held, { unseen: [{ part: 'grants', words: 'not read' }] })],
    ['which server it is', (held) => worldOf(held, { type: 'vault.other' })],
    [
      'entities',
      (held) => ({
        ...worldOf(held),
        principals: [role('approle', 'me', held)],
        unseen: [{ part: 'principals', words: 'not read' }],
      }),
    ],
    [
      'policies',
      (held) => worldOf([...held, nameless('gone')], { unseen: [{ part: 'rulings', words: 'not read' }] }),
    ],
  ]
  test.each(lesser)('knowing less of %s never turns an answer into its opposite', (_, less) => {
    fc.assert(
      fc.property(policies, (held) => {
        const [before, after] = [vaultPlatform.within(worldOf(held)), vaultPlatform.within(less(held))]
        isLessKnown(answers(before), answers(after))
        expect(rank(after.privileges(ME).certain)).toBeGreaterThanOrEqual(rank(before.privileges(ME).certain))
        expect(rank(after.privileges(ME).possible)).toBeLessThanOrEqual(rank(before.privileges(ME).certain))
      }),
      RUNS,
    )
  })
  test('of a token, a claim less never turns an answer into its opposite', () => {
    const claims = { sub: 'repo:acme/app:x', aud: 'vault', ref: 'main', email: [] as string[] }
    const bound = fc.record(
      {
        bound_subject: fc.constantFrom('repo:acme/app:x', 'other'),
        bound_audiences: fc.constantFrom(['vault'], ['other']),
        bound_claims: fc.constantFrom({ ref: ['main'] }, { ref: ['m*'] }, { email: ['a'] }),
        bound_claims_type: fc.constantFrom('glob', 'string', 'odd'),
        user_claim: fc.constantFrom('sub', 'email', 'ref'),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(bound, fc.subarray(Object.keys(claims)), (conditions, kept) => {
        const me = role('jwt', 'j', [], { trusts: [trust('j', { principal: 'issuer.example', conditions })] })
        const access = vaultPlatform.within(realmOf([me]))
        const knock = (some: Record<string, string | string[]>): Caller => ({
          kind: 'token',
          issuer: 'https://issuer.example',
          claims: some,
        })
        const before = access.admits(me.id, knock(claims)).answer
        const less = Object.fromEntries(Object.entries(claims).filter(([name]) => kept.includes(name)))
        expect(['depends', before]).toContain(access.admits(me.id, knock(less)).answer)
      }),
      RUNS,
    )
  })
})

describe('garbage', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '{{',
      '}}',
      '*',
      '+',
      '/',
      'kv/data/{{identity.entity.name}}',
      '__proto__',
      'constructor',
    ),
  )
  const json = fc.jsonValue() as fc.Arbitrary<never>
  test('random documents, names, trusts and questions never throw, and never give a plain yes', () => {
    fc.assert(
      fc.property(json, text, text, text, json, (document, name, action, resource, conditions) => {
        const held: Held[] = [{ id: name, name, language: 'vault', effect: 'allow', via: name, document }]
        const me: Principal = {
          ...role('kubernetes', 'me', held),
          trusts: [trust(name, { principal: resource, conditions, principalType: 'federated' })],
          tags: { allowed_policies: name },
        }
        const things = [
          { ...secret('kv/a'), id: name, name: resource },
          { ...issuer('aws', 'aws', 'x'), id: resource, name },
        ]
        const access = vaultPlatform.within(
          realmOf([me, { ...me, id: name, type: name, aliases: [resource] }], { things, elsewhere: [me] }),
        )
        expect(
          access.can(me.id, { action, resource, context: { now: name, parameters: [resource] } }).answer,
        ).not.toBe('yes')
        expect(access.can(resource, { action, resource }).answer).not.toBe('yes')
        for (const { answer } of access.steps(me.id).steps) expect(answer).not.toBe('yes')
        access.steps(name)
        expect(access.privileges(me.id).certain).toBe('none')
        access.pitfalls(me.id)
        access.pitfalls(name)
        const callers: Caller[] = [
          { kind: 'service', name },
          { kind: 'token', issuer: name, claims: { [action]: resource } },
          { kind: 'principal', id: name, realm: name, aliases: [action] },
        ]
        for (const caller of callers) expect(access.admits(resource, caller).answer).not.toBe('yes')
        for (const caller of callers) access.admits(me.id, caller)
      }),
      { numRuns: 200 },
    )
  })
  test('paths of random text never throw, and one that nobody allowed is not allowed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ path: text, capabilities: fc.constantFrom(['read'], ['deny'], []) }), {
          maxLength: 6,
        }),
        text,
        (paths, resource) => {
          const access = vaultPlatform.within(
            worldOf([policy('p', ...paths.map((one) => path(one.path, [...one.capabilities])))]),
          )
          expect(access.can(ME, { action: 'delete', resource }).answer).not.toBe('yes')
          access.steps(ME)
          access.privileges(ME)
          access.pitfalls(ME)
        },
      ),
      { numRuns: 150 },
    )
  })
  test('a policy of three thousand paths is judged, or said to be too much', () => {
    const monster = policy(
      'monster',
      ...Array.from({ length: 3_000 }, (_, at) =>
        path(`kv/data/${at % 97}/+/${at}/*`, at % 3 ? 'read' : 'deny'),
      ),
    )
    const access = vaultPlatform.within(worldOf([monster]))
    expect(access.can(ME, { action: 'read', resource: 'kv/data/1/x/1/y' }).answer).toBe('yes')
    expect(access.can(ME, { action: 'read', resource: 'kv/data/0/x/0/y' }).answer).toBe('no')
    expect(access.privileges(ME).certain).not.toBe('administrator')
    expect(access.steps(ME).steps.filter(({ answer }) => answer === 'yes')).toEqual([
      expect.objectContaining({ by: 'V21' }),
    ])
  })
})
