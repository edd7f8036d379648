// The parts one by one: questions, who somebody is, what a cluster lets in, what a role covers, levels, and being let in.
import { describe, expect, test } from 'vitest'
import type { Caller, Held, Principal, Realm, Ruling } from '@/core/access'
import { REMOVED } from '@/core/secret-like'
import { Admission } from './admission'
import { Cluster } from './cluster'
import { covers } from './covers'
import { DEFINITIONS, ESCALATIONS } from './escalations'
import { kubernetes } from './index'
import { levelOf } from './levels'
import { requestOf } from './question'
import { readRole } from './rules'
import { subjectOf } from './subjects'

type Rules = Record<string, unknown>[]
const account = (name: string, held: Held[] = []): Principal => ({
  id: `uid:${name}`,
  type: 'kubernetes.service-account',
  name,
  aliases: [`system:serviceaccount:${name.replace('/', ':')}`],
  class: 'machine',
  held,
  trusts: [],
})
const held = (rules: Rules, more: Partial<Held> = {}): Held => ({
  id: 'clusterrole/r',
  name: 'r',
  language: 'kubernetes-rbac',
  effect: 'allow',
  via: 'attached ClusterRoleBinding b',
  document: { rules },
  ...more,
})
const realm = (more: Partial<Realm> = {}): Realm => ({
  id: 'c',
  type: 'kubernetes.cluster',
  name: 'c',
  principals: [],
  elsewhere: [],
  runners: [],
  rulings: [],
  things: [],
  unseen: [],
  ...more,
})

describe('a question', () => {
  const parts: [text: string, resource: string, group: string, subresource: string, name: string][] = [
    ['pods', 'pods', '', '', ''],
    ['pods/exec', 'pods', '', 'exec', ''],
    ['deployments.apps/scale:web', 'deployments', 'apps', 'scale', 'web'],
    [
      'clusterroles.rbac.authorization.k8s.io:system:node',
      'clusterroles',
      'rbac.authorization.k8s.io',
      '',
      'system:node',
    ],
    ['signers.certificates.k8s.io:kubernetes.io/*', 'signers', 'certificates.k8s.io', '', 'kubernetes.io/*'],
    ['*.*', '*', '*', '', ''],
    ['pods/a/b', 'pods', '', 'a/b', ''],
    ['secrets:a.b', 'secrets', '', '', 'a.b'],
  ]
  test.each(parts)('about %s', (text, resource, group, subresource, name) => {
    const request = requestOf({ action: 'get', resource: text, place: 'shop' })
    expect(request).toEqual({
      kind: 'resource',
      verb: 'get',
      resource,
      group,
      subresource,
      name,
      place: 'shop',
    })
  })
  test('about a path', () => {
    expect(requestOf({ action: 'get', resource: '/api/v1:x', place: 'shop' })).toEqual({
      kind: 'url',
      verb: 'get',
      path: '/api/v1:x',
    })
  })
})

describe('who somebody is', () => {
  const who: [id: string, aliases: string[], name: string | undefined, groups: string[]][] = [
    [
      'u',
      ['system:serviceaccount:a:b'],
      'system:serviceaccount:a:b',
      ['system:serviceaccounts', 'system:serviceaccounts:a', 'system:authenticated'],
    ],
    ['n', ['system:node:n1'], 'system:node:n1', ['system:nodes', 'system:authenticated']],
    ['user:alice', [], 'alice', ['system:authenticated']],
    ['user:system:anonymous', [], 'system:anonymous', ['system:unauthenticated']],
    ['group:dev', [], 'dev', ['dev', 'system:authenticated']],
    [
      'group:system:serviceaccounts:a',
      [],
      'system:serviceaccounts:a',
      ['system:serviceaccounts:a', 'system:serviceaccounts', 'system:authenticated'],
    ],
    ['group:system:unauthenticated', [], 'system:unauthenticated', ['system:unauthenticated']],
    ['spiffe', ['spiffe://x/y'], undefined, []],
    ['u', ['system:serviceaccount:a:b:c'], undefined, []],
  ]
  test.each(who)('%s %j', (id, aliases, name, groups) => {
    const subject = subjectOf({ ...account('a/b'), id, aliases, type: 'x' })
    expect(subject?.name).toBe(name)
    expect(subject?.groups ?? []).toEqual(groups)
  })
})

describe('a role', () => {
  test.each<[string, unknown]>([
    ['a field that is not known', { verbs: ['get'], resources: ['pods'], apiGroups: [''], when: 'x' }],
    ['a verb that is no text', { verbs: [1], resources: ['pods'], apiGroups: [''] }],
    [
      'a name that was removed',
      { verbs: ['get'], resources: ['secrets'], apiGroups: [''], resourceNames: [REMOVED] },
    ],
    ['no object', 'get pods'],
  ])('with %s could allow anything', (_, one) => {
    const principals = [account('a/b', [held([one as Record<string, unknown>])])]
    const access = kubernetes.within(realm({ principals }))
    expect(access.can('uid:a/b', { action: 'get', resource: 'pods' })).toMatchObject({
      answer: 'depends',
      missing: [expect.stringContaining('Rule 1')],
    })
    expect(access.privileges('uid:a/b')).toMatchObject({ certain: 'none', possible: 'administrator' })
    expect(access.steps('uid:a/b').steps).toMatchObject([
      { to: { kind: 'administrator' }, answer: 'depends' },
      { to: { kind: 'more' }, answer: 'depends' },
    ])
  })
  test('given by a RoleBinding of an unknown namespace is nowhere sure', () => {
    const rules = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }]
    const principals = [account('a/b', [held(rules, { via: 'attached RoleBinding shop/b' })])]
    const access = kubernetes.within(realm({ principals }))
    expect(access.can('uid:a/b', { action: 'get', resource: 'pods', place: 'shop' }).answer).toBe('depends')
    expect(access.privileges('uid:a/b').certain).toBe('none')
  })
  const rules = (...some: Rules) => readRole({ rules: some })!
  const one = (verbs: string[], resources: string[], resourceNames?: string[]) => ({
    verbs,
    apiGroups: [''],
    resources,
    ...(resourceNames && { resourceNames }),
  })
  test.each<[string, Rules, Rules, boolean]>([
    ['more verbs', [one(['get', 'list'], ['pods'])], [one(['get'], ['pods'])], true],
    ['two rules', [one(['get'], ['pods']), one(['list'], ['pods'])], [one(['get', 'list'], ['pods'])], true],
    ['a star', [one(['*'], ['*'])], [one(['get'], ['pods/exec'])], true],
    ['no star for a star', [one(['get', 'list'], ['pods'])], [one(['*'], ['pods'])], false],
    ['names for none', [one(['get'], ['pods'], ['a'])], [one(['get'], ['pods'])], false],
    ['none for names', [one(['get'], ['pods'])], [one(['get'], ['pods'], ['a'])], true],
    ['some names', [one(['get'], ['pods'], ['a'])], [one(['get'], ['pods'], ['a', 'b'])], false],
    [
      'a path',
      [{ verbs: ['get'], nonResourceURLs: ['/a*'] }],
      [{ verbs: ['get'], nonResourceURLs: ['/ab'] }],
      true,
    ],
    [
      'another path',
      [{ verbs: ['get'], nonResourceURLs: ['/a'] }],
      [{ verbs: ['get'], nonResourceURLs: ['/ab'] }],
      false,
    ],
  ])('covers another: %s', (_, mine, theirs, answer) => {
    const role = rules(...mine)
    const grant = { held: held([]), state: 'read' as const, role, place: undefined }
    expect(covers([{ grant, group: undefined }], rules(...theirs))).toBe(answer)
  })
  test.each<[string, Record<string, unknown>, string, string]>([
    ['everything', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, 'administrator', 'sensitive'],
    [
      'everything of some names',
      { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: ['a'] },
      'sensitive',
      'sensitive',
    ],
    [
      'one Secret',
      { verbs: ['get'], apiGroups: [''], resources: ['secrets'], resourceNames: ['a'] },
      'sensitive',
      'sensitive',
    ],
    [
      'Secrets of another group',
      { verbs: ['get'], apiGroups: ['x'], resources: ['secrets'] },
      'read',
      'read',
    ],
    ['delete', { verbs: ['delete'], apiGroups: [''], resources: ['pods'] }, 'write', 'write'],
    ['getting exec', { verbs: ['get'], apiGroups: [''], resources: ['pods/exec'] }, 'write', 'write'],
    [
      'questions about others',
      { verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'] },
      'read',
      'read',
    ],
    ['what everybody may get', { verbs: ['get'], nonResourceURLs: ['/healthz', '/api/*'] }, 'none', 'none'],
    ['metrics', { verbs: ['get'], nonResourceURLs: ['/metrics'] }, 'read', 'none'],
    ['no group', { verbs: ['*'], resources: ['*'] }, 'none', 'none'],
  ])('has a level: %s', (_, one, wide, placed) => {
    expect(levelOf(rules(one), false).level).toBe(wide)
    expect(levelOf(rules(one), true).level).toBe(placed)
  })
})

describe('what a cluster lets in', () => {
  const ruling = (
    type: string,
    name: string,
    document?: Record<string, unknown>,
    aliases: string[] = [],
  ): Ruling => ({
    ...{ id: name, type, name, language: 'kubernetes-admission', aliases },
    ...(document && { document }),
  })
  const refusing = (...rulings: Ruling[]) =>
    new Admission(new Cluster(realm({ rulings }))).refusing('CREATE', 'pods', 'shop')
  const pods = { apiGroups: [''], operations: ['CREATE'], resources: ['pods'] }
  const policy = (rules = [pods]) =>
    ruling('kubernetes.admission-policy', 'p', { matchConstraints: { resourceRules: rules } })
  const bound = (actions: string[], more: Record<string, unknown> = {}) =>
    ruling('kubernetes.admission-binding', 'b', { policyName: 'p', validationActions: actions, ...more })
  test('a policy counts where it is bound to deny', () => {
    expect(refusing(policy(), bound(['Deny']))).toMatchObject([expect.stringContaining('policy p')])
    expect(refusing(policy(), bound(['Warn', 'Audit']))).toEqual([])
    expect(refusing(policy())).toEqual([])
    expect(refusing(policy([{ ...pods, resources: ['services'] }]), bound(['Deny']))).toEqual([])
    expect(refusing(bound(['Deny']))).toEqual([])
    const elsewhere = {
      matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ci' } } },
    }
    expect(refusing(policy(), bound(['Deny'], elsewhere))).toEqual([])
    const maybe = { matchResources: { namespaceSelector: { matchLabels: { team: 'x' } } } }
    expect(refusing(policy(), bound(['Deny'], maybe))).toHaveLength(1)
  })
  test.each<[selector: object, labels: Record<string, string>, picks: number]>([
    [{ matchLabels: { team: 'x' } }, { team: 'x' }, 1],
    [{ matchLabels: { team: 'x' } }, { team: 'y' }, 0],
    [{ matchLabels: { team: 'x' } }, {}, 0],
    [{ matchLabels: { team: 'x' } }, { team: REMOVED }, 1],
    [{ matchLabels: { team: 'x' } }, { [REMOVED]: 'x' }, 1],
    [{ matchLabels: { 'kubernetes.io/metadata.name': 'shop' } }, {}, 1],
    [{ matchExpressions: [{ key: 'team', operator: 'In', values: ['x'] }] }, {}, 0],
    [{ matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['x'] }] }, {}, 1],
    [{ matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['x'] }] }, { team: 'x' }, 0],
    [{ matchExpressions: [{ key: 'team', operator: 'Exists' }] }, {}, 0],
    [{ matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] }, { team: 'x' }, 0],
    [{ matchExpressions: [{ key: 'team', operator: 'Somehow' }] }, {}, 1],
  ])('the selector %j where the namespace has the labels %j: %i', (namespaceSelector, labels, picks) => {
    const told = ruling('kubernetes.namespace-labels', 'shop', { labels })
    expect(refusing(policy(), bound(['Deny'], { matchResources: { namespaceSelector } }), told)).toHaveLength(
      picks,
    )
  })
  test('a webhook that could not be read may be asked about anything', () => {
    expect(refusing(ruling('kubernetes.validating-webhooks', 'w'))).toHaveLength(1)
  })
  test('a level is that of its label, and one that is none keeps privileged pods out', () => {
    const levels = (['privileged', 'baseline', 'nonsense', undefined] as const).map((enforce, at) =>
      ruling('kubernetes.pod-security', `${at}`, enforce && { enforce }, [`namespace/${at}`]),
    )
    const admission = new Admission(new Cluster(realm({ rulings: levels })))
    expect(['0', '1', '2', '3', '4'].map((one) => admission.levelOf(one))).toEqual([
      'privileged',
      'kept-out',
      'kept-out',
      'unset',
      'unseen',
    ])
  })
})

describe('being let in', () => {
  const issuer = {
    kind: 'issuer' as const,
    id: 'i',
    type: 'kubernetes.token-issuer',
    name: 'oidc.example/id',
  }
  const access = kubernetes.within(
    realm({
      principals: [account('a/b'), { ...account('x/y'), id: 'user:alice', aliases: [] }],
      things: [issuer],
    }),
  )
  const token = (sub: string, from = 'https://oidc.example/id'): Caller => ({
    kind: 'token',
    issuer: from,
    claims: { sub },
  })
  test.each<[string, Caller, 'yes' | 'no' | 'depends']>([
    ['uid:a/b', token('system:serviceaccount:a:b'), 'depends'],
    ['uid:a/b', token('system:serviceaccount:a:c'), 'no'],
    ['uid:a/b', token('system:serviceaccount:a:b', 'https://other.example'), 'depends'],
    ['uid:a/b', { kind: 'service', name: 'x' }, 'no'],
    ['uid:a/b', { kind: 'principal', id: 'uid:a/b', aliases: [], realm: 'c' }, 'yes'],
    ['user:alice', token('alice'), 'depends'],
    ['nobody', token('alice'), 'depends'],
  ])('%s by %j', (id, caller, answer) => {
    expect(access.admits(id, caller)).toMatchObject({ answer })
  })
})

test('where one namespace is read, what holds in the whole cluster is not known', () => {
  const rules = [{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }]
  const principals = [account('shop/b', [held(rules, { place: 'shop', via: 'attached RoleBinding shop/b' })])]
  const access = kubernetes.within(realm({ id: 'c/shop', type: 'kubernetes.namespace', principals }))
  const ask = (action: string, place?: string) =>
    access.can('uid:shop/b', { action, resource: 'pods', ...(place && { place }) })
  expect(ask('get', 'shop').answer).toBe('yes')
  expect(ask('delete', 'shop').answer).toBe('depends')
  expect(ask('get', 'ci').missing?.join()).toMatch(/namespace ci is not collected/)
  expect(access.privileges('uid:shop/b')).toMatchObject({ certain: 'read', possible: 'administrator' })
})

test('steps are bounded, the strongest first, and say where they were cut', () => {
  const rules = [{ verbs: ['create'], apiGroups: [''], resources: ['serviceaccounts/token'] }]
  const all = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }]
  const others = Array.from({ length: 1_500 }, (_, at) => account(`ns/${at}`))
  const strong = account('zz/strong', [held(all, { id: 'clusterrole/all' })])
  const access = kubernetes.within(realm({ principals: [account('a/b', [held(rules)]), ...others, strong] }))
  const { steps, more } = access.steps('uid:a/b')
  expect(more).toBe(true)
  expect(steps).toHaveLength(1_000)
  expect(steps[0]?.to).toEqual({ kind: 'principal', id: 'uid:zz/strong' })
})

test('the table names each definition once, and what one stands back for stands before it', () => {
  const ids = ESCALATIONS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const [at, { unless }] of DEFINITIONS.entries())
    if (unless !== undefined) expect(ids.slice(0, at)).toContain(unless)
  for (const { source, gives } of ESCALATIONS) expect(source && gives).toBeTruthy()
})
