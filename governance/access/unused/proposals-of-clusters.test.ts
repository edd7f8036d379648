// Proposals for subjects of a cluster: enough for what its log tells, never more than now.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Held, Principal, Question, Realm } from '@/core/access'
import { requestIn } from '@/evaluators/kubernetes/propose'
import { held, judging, propose, realmOf, WHO } from './proposing'

describe('a cluster', () => {
  const platform = judging('kubernetes.cluster')
  const account = (own: readonly Held[], rest: Partial<Realm> = {}) =>
    realmOf(
      'kubernetes.cluster',
      {
        type: 'kubernetes.service-account',
        name: 'shop/job',
        aliases: ['system:serviceaccount:shop:job'],
        held: own,
      },
      rest,
    )
  const role = (rules: unknown[], place?: string): Held =>
    held({
      id: `${place ?? ''}/role`,
      language: 'kubernetes-rbac',
      via: `attached Binding ${place ?? 'x'}`,
      ...(place && { place }),
      document: { rules },
    })
  const ALL = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }

  test('what was seen becomes roles by namespace, and nothing else is left', () => {
    const realm = account([role([ALL])])
    const uses = [
      'get pods in shop (12 times)',
      'list pods in shop',
      'patch deployments/scale.apps in shop',
      'list nodes',
      'denied: get secrets in shop',
    ]
    const { proposal, answer } = propose(platform, realm, uses)
    expect(answer).toMatchObject({ made: true, asked: 4 })
    expect(answer.files[0]?.text).toBe(
      `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: "rollcall-shop-job"
rules:
- apiGroups: [""]
  resources: ["nodes"]
  verbs: ["list"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: "rollcall-shop-job"
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: "rollcall-shop-job"
subjects:
- kind: ServiceAccount
  name: "job"
  namespace: "shop"
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: "rollcall-shop-job"
  namespace: "shop"
rules:
- apiGroups: [""]
  resources: ["pods"]
  verbs: ["get","list"]
- apiGroups: ["apps"]
  resources: ["deployments/scale"]
  verbs: ["patch"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: "rollcall-shop-job"
  namespace: "shop"
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: "rollcall-shop-job"
subjects:
- kind: ServiceAccount
  name: "job"
  namespace: "shop"
`.replaceAll('","', '", "'),
    )
    const after = proposal.made ? platform.within(proposal.realm) : undefined
    expect(after?.can(WHO, { action: 'get', resource: 'secrets', place: 'shop' }).answer).toBe('no')
  })
  test('a rule for some names stays one for these names', () => {
    const realm = account([
      role(
        [{ verbs: ['get'], apiGroups: [''], resources: ['secrets'], resourceNames: ['db', 'mail'] }],
        'shop',
      ),
    ])
    const { answer } = propose(platform, realm, ['get secrets in shop'])
    expect(answer).toMatchObject({ made: true, asked: 2 })
    expect(answer.files[0]?.text).toContain('resourceNames: ["db", "mail"]')
  })
  test.each([
    ['nothing tells', [role([ALL])], [], /Nothing tells what it uses/],
    ['only what was refused', [role([ALL])], ['denied: get pods'], /Nothing tells/],
    [
      'it has that no more',
      [role([{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }])],
      ['delete nodes'],
      /seen to delete nodes, and nothing that it holds now/,
    ],
    [
      'a role was not read',
      [held({ id: 'x', language: 'kubernetes-rbac' })],
      ['get pods'],
      /could not be read/,
    ],
  ])('withheld where %s', (_, own, uses, why) => {
    const { answer } = propose(platform, account(own), uses)
    expect(answer).toMatchObject({ made: false, files: [] })
    expect(answer.why).toMatch(why)
  })
  test('what it has by a group it keeps, and needs no role for', () => {
    const group: Principal = {
      id: 'group:system:serviceaccounts',
      type: 'kubernetes.group',
      name: 'system:serviceaccounts',
      aliases: [],
      class: 'unclear',
      trusts: [],
      held: [role([{ verbs: ['get'], apiGroups: [''], resources: ['pods'] }])],
    }
    const { answer } = propose(platform, account([role([ALL], 'shop')], { principals: [group] }), [
      'get pods in data',
    ])
    expect(answer).toMatchObject({ made: true, asked: 1 })
    expect(answer.notes.join()).toContain('by a group')
  })
  test('lines that are no request are none', () => {
    for (const what of [
      'acted as bob',
      'bob acted as it',
      'signed in with the old token kept in Secret x',
      'get a path of the API server',
    ])
      expect(requestIn(what)).toBeUndefined()
    expect(requestIn('acted as system:serviceaccount:ci:deployer')).toMatchObject({
      verb: 'impersonate',
      name: 'deployer',
      place: 'ci',
    })
  })

  const word = fc.constantFrom('get', 'list', 'create', '*')
  const kind = fc.constantFrom('pods', 'secrets', 'pods/log', 'nodes', '*')
  const rule = fc.record({
    verbs: fc.array(word, { minLength: 1, maxLength: 2 }),
    apiGroups: fc.constantFrom([''], ['apps'], ['*']),
    resources: fc.array(kind, { minLength: 1, maxLength: 2 }),
    resourceNames: fc.constantFrom([], [], ['a'], ['a', 'b']),
  })
  const place = fc.constantFrom(undefined, 'shop', 'data')
  const roles = fc.array(fc.record({ rules: fc.array(rule, { maxLength: 3 }), place }), { maxLength: 3 })
  const use = fc
    .record({
      verb: fc.constantFrom('get', 'list', 'create'),
      kind: fc.constantFrom('pods', 'secrets', 'pods/log', 'nodes'),
      group: fc.constantFrom('', '.apps'),
      place,
    })
    .map((one) => `${one.verb} ${one.kind}${one.group}${one.place ? ` in ${one.place}` : ''}`)
  test('it is never more than now, and enough for what was seen', () => {
    fc.assert(
      fc.property(roles, fc.array(use, { minLength: 1, maxLength: 4 }), (own, uses) => {
        const realm = account(own.map((one, at) => ({ ...role(one.rules, one.place), id: `role-${at}` })))
        const { proposal, answer } = propose(platform, realm, uses)
        if (!proposal.made) return
        // What the builder makes always stands up to the evaluator.
        expect(answer.why).toBe('')
        const [now, then] = [platform.within(realm), platform.within(proposal.realm)]
        for (const action of ['get', 'list', 'create', 'delete'])
          for (const resource of [
            'pods',
            'secrets',
            'secrets:a',
            'secrets:c',
            'pods/log',
            'nodes',
            'pods.apps',
          ])
            for (const where of [undefined, 'shop', 'data']) {
              const question: Question = { action, resource, ...(where && { place: where }) }
              if (then.can(WHO, question).answer !== 'no') expect(now.can(WHO, question).answer).toBe('yes')
            }
      }),
      { numRuns: 150 },
    )
  })
})
