// Policies whose answer was worked out by hand, each with the reason, and what holds for every set of policies.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { HeldDocument } from '@/core/evaluator'
import { administrator } from './administrator'
import { accessOf, can, CAPABILITIES } from './can'

type Extra = Record<string, unknown>
const rule = (path: string, capabilities: string[], extra: Extra = {}) => ({ path, capabilities, ...extra })
const policy = (name: string, ...paths: ReturnType<typeof rule>[]): HeldDocument => ({
  name,
  effect: 'allow',
  via: 'token',
  document: { paths },
})
const app = (...paths: ReturnType<typeof rule>[]) => [policy('app', ...paths)]
const WRITE = ['create', 'update']
const unread: HeldDocument = { name: 'hidden', effect: 'allow', via: 'token' }

type Case = [why: string, held: HeldDocument[], answer: 'yes' | 'no' | 'depends', says?: RegExp]
const CASES: Case[] = [
  ['root', [policy('root', rule('*', ['root']))], 'yes', /root/],
  ['root is not narrowed by what else there is', [policy('root', rule('*', ['root'])), unread], 'yes'],
  ['its own policy', app(rule('sys/policies/acl/app', ['update'])), 'yes', /app.*sys\/policies\/acl\/app/s],
  ['its own policy by the old path', app(rule('sys/policy/a*', ['update'])), 'yes'],
  ['every policy', app(rule('sys/policies/acl/*', WRITE)), 'yes', /V02/],
  ['every path', app(rule('*', ['read', 'update'])), 'yes'],
  ['reading every path', app(rule('*', ['read', 'list'])), 'no'],
  ['a policy of another', app(rule('sys/policies/acl/other', ['update'])), 'depends', /reaches itself/],
  [
    'every policy but its own',
    app(rule('sys/policies/acl/+', WRITE), rule('sys/policies/acl/app', ['deny'])),
    'depends',
  ],
  [
    'a broad deny does not reach a more special allow',
    app(rule('sys/*', ['deny']), rule('sys/policies/acl/app', ['update'])),
    'yes',
  ],
  [
    'a special rule of another policy takes away',
    [
      policy('app', rule('sys/policies/acl/app', ['read'])),
      policy('all', rule('sys/policies/acl/app*', ['update'])),
    ],
    'depends',
  ],
  ['tokens with any policy', app(rule('auth/token/create', ['update', 'sudo'])), 'yes', /V03/],
  ['tokens with its own policies', app(rule('auth/token/create', ['update'])), 'no', /V04/],
  [
    'sudo from another policy counts',
    [policy('a', rule('auth/token/create', ['update'])), policy('b', rule('auth/token/create', ['sudo']))],
    'yes',
  ],
  [
    'sudo at a less special path does not',
    [policy('a', rule('auth/token/create', ['update'])), policy('b', rule('auth/token/*', ['sudo']))],
    'no',
  ],
  [
    'a token role and its use',
    app(rule('auth/token/roles/x', WRITE), rule('auth/token/create/x', ['update'])),
    'yes',
    /V05/,
  ],
  [
    'a token role and the use of another',
    app(rule('auth/token/roles/x', WRITE), rule('auth/token/create/y', ['update'])),
    'depends',
  ],
  ['roles of a login method', app(rule('auth/approle/role/*', WRITE)), 'depends', /V06/],
  ['secret ids of a role', app(rule('auth/approle/role/ci/secret-id', ['update'])), 'depends', /V07/],
  ['entities', app(rule('identity/entity/id/+', WRITE)), 'depends', /V08/],
  ['login methods without sudo', app(rule('sys/auth/*', WRITE)), 'no'],
  ['login methods with sudo', app(rule('sys/auth/*', [...WRITE, 'sudo'])), 'depends', /V09/],
  [
    'login methods and their users',
    app(rule('sys/auth/*', [...WRITE, 'sudo']), rule('auth/*', WRITE)),
    'yes',
  ],
  ['engines', app(rule('sys/mounts/kv', ['update'])), 'depends', /secrets engines/],
  ['secrets only', app(rule('secret/data/*', [...WRITE, 'read', 'delete', 'sudo'])), 'no'],
  ['nothing', [], 'no'],
  ['a policy that could not be read', [unread], 'depends', /hidden/],
  ['one that could not be read beside one that says all', [...app(rule('*', WRITE)), unread], 'depends'],
  ['a form that is not known', [{ ...unread, document: { rules: [] } }], 'depends'],
  ['a path that the server refuses', app(rule('secret/+*', ['read'])), 'depends'],
  [
    'parameters',
    app(rule('sys/policies/acl/app', ['update'], { allowed_parameters: ['name'] })),
    'depends',
    /parameters name/,
  ],
  ['any parameter', app(rule('sys/policies/acl/app', ['update'], { allowed_parameters: ['*'] })), 'yes'],
  [
    'a second person',
    app(rule('sys/policies/acl/app', ['update'], { further: ['control_group'] })),
    'depends',
    /control_group/,
  ],
  [
    'a path that ends',
    app(rule('sys/policies/acl/app', ['update'], { further: ['expiration'] })),
    'depends',
    /ends at a time/,
  ],
  [
    'a template',
    app(rule('sys/policies/acl/{{identity.entity.name}}', ['update'])),
    'depends',
    /whoever asks/,
  ],
  ['a template in another place', app(rule('secret/data/{{identity.entity.id}}/*', WRITE)), 'no'],
  [
    'a template that gives the same as what is sure',
    app(
      rule('sys/policies/acl/*', ['update']),
      rule('sys/policies/acl/{{identity.entity.name}}', ['update']),
    ),
    'yes',
  ],
]
describe('by hand', () => {
  test.each(CASES)('%s', (_, held, answer, says) => {
    const judged = administrator(held)
    expect(judged).toMatchObject({ answer })
    expect(judged.because.join('\n')).toMatch(says ?? /./)
  })
})

const PATHS = ['sys/policies/acl/app', 'auth/token/create', 'a/b', 'a/b/', 'a/', 'a', 'a/b/c', 'x']
const patterns = fc.constantFrom(
  ...PATHS,
  '*',
  'a/*',
  'a/+',
  '+/b',
  '+',
  'sys/*',
  'auth/token/*',
  'a/b*',
  '+/b/*',
)
const capabilities = fc.subarray(['read', 'list', 'update', 'create', 'sudo'])
const policies = fc.array(
  fc
    .tuple(
      fc.constantFrom('app', 'b'),
      fc.array(fc.tuple(patterns, fc.oneof(capabilities, fc.constant<string[]>(['deny']))), { maxLength: 5 }),
    )
    .map(([name, rules]) => policy(name, ...rules.map(([path, caps]) => rule(path, caps)))),
  { maxLength: 4 },
)
const RANK = { no: 0, depends: 1, yes: 2 }
const everywhere = (held: readonly HeldDocument[]) => {
  const access = accessOf(held)
  return PATHS.flatMap((path) => CAPABILITIES.map((one) => access.can(path, one).value))
}

describe('for all', () => {
  test('denying a pattern that is there, or removing nothing but a deny, never adds access below it', () => {
    fc.assert(
      fc.property(policies, patterns, (held, path) => {
        const denied = everywhere([...held, policy('deny', rule(path, ['deny']))])
        everywhere(held).forEach((one, at) => expect(RANK[denied[at]!]).toBeLessThanOrEqual(RANK[one]))
      }),
    )
  })
  test('a rule for a pattern that is there already never takes access unless it denies', () => {
    fc.assert(
      fc.property(policies, capabilities, (held, caps) => {
        const [path] = held.flatMap(({ document }) =>
          (document?.['paths'] as { path: string }[]).map((one) => one.path),
        )
        fc.pre(path !== undefined)
        const more = everywhere([...held, policy('more', rule(path!, caps))])
        everywhere(held).forEach((one, at) => expect(RANK[more[at]!]).toBeGreaterThanOrEqual(RANK[one]))
      }),
    )
  })
  test('the order of policies and rules does not matter', () => {
    fc.assert(
      fc.property(policies, (held) => {
        const turned = [...held].reverse().map((one) => ({
          ...one,
          document: { paths: [...(one.document?.['paths'] as unknown[])].reverse() },
        }))
        expect(everywhere(turned)).toEqual(everywhere(held))
        expect(administrator(turned).answer).toBe(administrator(held).answer)
      }),
    )
  })
  test('beside a policy that could not be read nothing is plain', () => {
    fc.assert(
      fc.property(policies, (held) => {
        expect(new Set(everywhere([...held, unread]))).toEqual(new Set(['depends']))
        expect(administrator([...held, unread]).answer).toBe('depends')
      }),
    )
  })
  test('a rule that may have ended is certain only where both cases agree', () => {
    fc.assert(
      fc.property(policies, patterns, capabilities, (held, path, caps) => {
        const open = everywhere([...held, policy('m', rule(path, caps, { further: ['expiration'] }))])
        const there = everywhere([...held, policy('m', rule(path, caps))])
        everywhere(held).forEach((gone, at) => {
          expect(open[at]).toBe(gone === there[at] ? gone : 'depends')
        })
      }),
    )
  })
  test('whatever a document is, nonsense is not taken for a rule', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
        fc.pre(!Array.isArray(document['paths']))
        expect(administrator([{ ...unread, document }]).answer).toBe('depends')
      }),
    )
  })
})

test('ten thousand paths are judged, or said to be too many', () => {
  const plain = Array.from({ length: 10_000 }, (_, n) => rule(`secret/data/team-${n}/*`, ['read']))
  expect(administrator(app(...plain)).answer).toBe('no')
  const own = rule('sys/policies/acl/app', ['update'])
  expect(administrator(app(...plain, own)).answer).toBe('yes')
  const tangled = Array.from({ length: 10_000 }, (_, n) => rule(`sys/policies/+/n${n}`, ['update']))
  const judged = administrator(app(...tangled))
  expect(judged.answer).toBe('depends')
  expect(judged.because.join()).toMatch(/./)
})

test('Vault and OpenBao list a path with a slash at the end differently where rules differ', () => {
  const held = app(rule('a/+', ['list']), rule('a/b/*', ['read']))
  const access = accessOf(held)
  expect(access.can('a/b/', 'list', 'vault').value).toBe('yes')
  expect(access.can('a/b/', 'list', 'openbao').value).toBe('no')
  expect(can(held, 'a/b/', 'list')).toMatchObject({
    value: 'depends',
    because: [expect.stringMatching(/Vault and OpenBao/), expect.anything()],
  })
})
