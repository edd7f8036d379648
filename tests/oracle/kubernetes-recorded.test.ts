// The roles and bindings of a running server (1.36.2), with what it answered about itself and what its algorithm says.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { kubernetes } from '@/evaluators/kubernetes'
import { attributesNear, randomFrom, resourceText } from './kubernetes-random'
import { accountId, realmOf } from './kubernetes-realm'
import { authorize, signedIn, type Objects } from './kubernetes-reference'

const recorded = JSON.parse(
  readFileSync(`${import.meta.dirname}/kubernetes-recorded.json`, 'utf8'),
) as Objects & { accounts: string[] }
const access = kubernetes.within(realmOf(recorded))
const ASKING = accountId('monitoring/nhi-inventory')

describe('what the server said to the service account that asked', () => {
  const ANSWERS: [action: string, resource: string, place: string | undefined, answer: 'yes' | 'no'][] = [
    // SelfSubjectAccessReview
    ['list', 'secrets', undefined, 'no'],
    ['list', 'pods', undefined, 'yes'],
    // Refused with 403
    ['create', 'serviceaccounts/token:payments-api', 'payments', 'no'],
    // SelfSubjectRulesReview in namespace payments
    ['create', 'selfsubjectaccessreviews.authorization.k8s.io', 'payments', 'yes'],
    ['create', 'selfsubjectreviews.authentication.k8s.io', 'payments', 'yes'],
    ['watch', 'clusterrolebindings.rbac.authorization.k8s.io', 'payments', 'yes'],
    ['list', 'certificatesigningrequests.certificates.k8s.io', 'payments', 'yes'],
    ['get', 'clusterspiffeids.spire.spiffe.io', 'payments', 'yes'],
    ['list', 'secrets', 'payments', 'no'],
  ]
  test.each(ANSWERS)('%s %s', (action, resource, place, answer) => {
    expect(access.can(ASKING, { action, resource, ...(place !== undefined && { place }) }).answer).toBe(
      answer,
    )
  })
})

test('six thousand questions about all of its service accounts are answered as its algorithm does', () => {
  const random = randomFrom(36)
  const places = [...new Set(recorded.accounts.map((one) => one.split('/')[0] ?? ''))]
  let allowed = 0
  const different: unknown[] = []
  for (let turn = 0; turn < 6_000; turn++) {
    const account = random.one(recorded.accounts)
    const near = attributesNear(recorded, random)
    const attributes = near.isResourceRequest ? { ...near, namespace: random.one(['', ...places]) } : near
    const theirs = authorize(
      recorded,
      signedIn(`system:serviceaccount:${account.replace('/', ':')}`),
      attributes,
    )
    const question = {
      action: attributes.verb,
      resource: resourceText(attributes),
      place: attributes.namespace,
    }
    const { answer } = access.can(accountId(account), question)
    if (theirs) allowed++
    if (answer !== (theirs ? 'yes' : 'no')) different.push({ account, question, answer, theirs })
  }
  expect(different.slice(0, 5)).toEqual([])
  expect(allowed).toBeGreaterThan(100)
})

test('who is strong there', () => {
  const strong = recorded.accounts.flatMap((name) => {
    const { certain } = access.privileges(accountId(name))
    return certain === 'administrator' || certain === 'escalates' ? [`${certain} ${name}`] : []
  })
  // Bound to cluster-admin; may impersonate users and groups without a name; may escalate and update ClusterRoles.
  expect(strong.sort()).toEqual([
    'administrator ci/gha-deployer',
    'escalates ci/legacy-jenkins',
    'escalates kube-system/clusterrole-aggregation-controller',
  ])
})
