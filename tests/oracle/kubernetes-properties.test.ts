// What holds for every cluster: nothing comes from less, the order of things says nothing, and ignorance is never an answer.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Access, Held, Principal, Realm } from '@/core/access'
import { PRIVILEGES } from '@/core/access'
import { kubernetes } from '@/evaluators/kubernetes'
import { ACCOUNTS, attributesNear, randomFrom, randomObjects, resourceText } from './kubernetes-random'
import { accountId, realmOf } from './kubernetes-realm'
import type { Objects } from './kubernetes-reference'

const RUNS = { numRuns: 25 }
const QUESTIONS = 12
const RANK = { no: 0, depends: 1, yes: 2 }
const seeds = fc.integer({ min: 1, max: 1_000_000 })
const rankOf = (level: (typeof PRIVILEGES)[number]): number => PRIVILEGES.indexOf(level)

/** Random rights, a few of which are dangerous, so that there are steps to compare. */
function worldOf(seed: number): { realm: Realm; objects: Objects } {
  const random = randomFrom(seed)
  const objects = randomObjects(random)
  const group = 'rbac.authorization.k8s.io'
  const strong = [
    { verbs: ['escalate', 'update', 'create', 'bind'], apiGroups: [group], resources: ['clusterroles'] },
    { verbs: ['create'], apiGroups: [''], resources: ['pods', 'serviceaccounts/token', 'secrets'] },
    { verbs: ['get', 'list'], apiGroups: [''], resources: ['secrets', 'nodes/proxy'] },
    { verbs: ['impersonate'], apiGroups: [''], resources: ['users', 'groups', 'serviceaccounts'] },
    { verbs: ['create'], apiGroups: [group], resources: ['clusterrolebindings', 'rolebindings'] },
    { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  ]
  for (const role of [...objects.roles, ...objects.clusterRoles])
    if (!role.aggregationRule && random.chance(0.3)) role.rules = [...(role.rules ?? []), random.one(strong)]
  const levels = { shop: random.one(['privileged', 'baseline', undefined]), ci: 'restricted' }
  return { realm: realmOf({ accounts: ACCOUNTS, nodes: ['n1'], levels, ...objects }), objects }
}
function answers(access: Access, seed: number, objects: Objects) {
  const random = randomFrom(seed + 7)
  return ACCOUNTS.flatMap((name) =>
    Array.from({ length: QUESTIONS }, () => {
      const attributes = attributesNear(objects, random)
      const { answer } = access.can(accountId(name), {
        action: attributes.verb,
        resource: resourceText(attributes),
        place: attributes.namespace,
      })
      return answer
    }),
  )
}
const surely = (access: Access, id: string): string[] =>
  access
    .steps(id)
    .steps.flatMap(({ answer, by, to }) => (answer === 'yes' ? [`${by} ${JSON.stringify(to)}`] : []))
const withHeld = (realm: Realm, change: (held: readonly Held[], principal: Principal) => Held[]): Realm => ({
  ...realm,
  principals: realm.principals.map((one) => ({ ...one, held: change(one.held, one) })),
})

describe('for all', () => {
  test('taking a binding away never adds anything', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { realm, objects } = worldOf(seed)
        const random = randomFrom(seed)
        const before = kubernetes.within(realm)
        const after = kubernetes.within(withHeld(realm, (held) => held.filter(() => random.chance(0.5))))
        const less = answers(after, seed, objects)
        answers(before, seed, objects).forEach((one, at) =>
          expect(RANK[less[at]!]).toBeLessThanOrEqual(RANK[one]),
        )
        for (const id of ACCOUNTS.map(accountId))
          expect(rankOf(after.privileges(id).certain)).toBeGreaterThanOrEqual(
            rankOf(before.privileges(id).certain),
          )
      }),
      RUNS,
    )
  })
  test('the order of principals, bindings and rules does not matter', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { realm, objects } = worldOf(seed)
        const turned = withHeld(realm, (held) =>
          [...held].reverse().map((one) => {
            const rules = one.document?.['rules']
            return Array.isArray(rules)
              ? { ...one, document: { ...one.document, rules: [...rules].reverse() } }
              : one
          }),
        )
        const before = kubernetes.within(realm)
        const after = kubernetes.within({ ...turned, principals: [...turned.principals].reverse() })
        expect(answers(after, seed, objects)).toEqual(answers(before, seed, objects))
        for (const { id } of realm.principals) {
          expect(surely(after, id).sort()).toEqual(surely(before, id).sort())
          const { certain, possible } = before.privileges(id)
          expect(after.privileges(id)).toMatchObject({ certain, possible })
        }
      }),
      RUNS,
    )
  })
  const lesser: [string, (realm: Realm, seed: number) => Realm][] = [
    [
      'documents',
      (realm, seed) => {
        const random = randomFrom(seed)
        return withHeld(realm, (held) =>
          held.map(({ document, ...one }) => ({
            ...one,
            ...(document && random.chance(0.6) && { document }),
          })),
        )
      },
    ],
    ['rulings', (realm) => ({ ...realm, rulings: [], unseen: [{ part: 'rulings', words: 'not read' }] })],
    ['namespaces of bindings', (realm) => withHeld(realm, (held) => held.map(({ place: _, ...one }) => one))],
    [
      'bindings',
      (realm) => ({ ...withHeld(realm, () => []), unseen: [{ part: 'grants', words: 'not read' }] }),
    ],
  ]
  test.each(lesser)('knowing less of %s never turns an answer round', (_, change) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { realm, objects } = worldOf(seed)
        const before = kubernetes.within(realm)
        const after = kubernetes.within(change(realm, seed))
        const less = answers(after, seed, objects)
        answers(before, seed, objects).forEach((one, at) => expect([one, 'depends']).toContain(less[at]))
        for (const id of ACCOUNTS.map(accountId)) {
          const known = before.privileges(id)
          const unknown = after.privileges(id)
          expect(rankOf(unknown.certain)).toBeGreaterThanOrEqual(rankOf(known.certain))
          expect(rankOf(unknown.possible)).toBeLessThanOrEqual(rankOf(known.possible))
          const steps = surely(before, id)
          for (const step of surely(after, id)) expect(steps).toContain(step)
        }
      }),
      RUNS,
    )
  })
  test('a document of another language beside the others makes nothing plain that it could deny', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { realm, objects } = worldOf(seed)
        const strange: Held = {
          id: 'x',
          name: 'x',
          language: 'other',
          effect: 'limit',
          via: 'attached',
          document: {},
        }
        const after = kubernetes.within(withHeld(realm, (held) => [...held, strange]))
        expect(new Set(answers(after, seed, objects))).toEqual(new Set(['depends']))
      }),
      { numRuns: 10 },
    )
  })
  test('nonsense is no right', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', '/', ':', '*', 'pods/exec'),
    )
    const documents = fc.oneof(
      fc.dictionary(texts, fc.jsonValue()),
      fc.record({ rules: fc.jsonValue() }),
      fc.record({
        rules: fc.array(
          fc.record({ verbs: fc.jsonValue(), resources: fc.array(fc.integer(), { minLength: 1 }) }),
        ),
      }),
    )
    fc.assert(
      fc.property(fc.array(documents), texts, texts, texts, (some, id, action, resource) => {
        const held = some.map((document, at): Held => ({
          ...{
            id: `clusterrole/${at}`,
            name: `${at}`,
            language: 'kubernetes-rbac',
            effect: 'allow',
            via: id,
          },
          document: document as Record<string, unknown>,
        }))
        const principal = { ...realmOf({ accounts: ['a/b'] }).principals[0]!, held }
        const rulings = some.map((document, at) => ({
          ...{
            id: `role/${at}`,
            type: 'kubernetes.pod-security',
            name: id,
            language: id,
            aliases: [id, `namespace/${id}`],
          },
          document: document as Record<string, unknown>,
        }))
        const access = kubernetes.within({
          ...realmOf({ accounts: [] }),
          principals: [principal, { ...principal, id }],
          rulings,
        })
        for (const who of [principal.id, id, action]) {
          const question = { action, resource, place: id, context: { groups: id } }
          expect(access.can(who, question).answer).not.toBe('yes')
          expect(access.privileges(who).certain).toBe('none')
          expect(surely(access, who)).toEqual([])
          expect(access.admits(who, { kind: 'token', issuer: id, claims: {} }).answer).not.toBe('yes')
        }
      }),
    )
  })
})
