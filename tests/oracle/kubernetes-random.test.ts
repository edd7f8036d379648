// Ten thousand random questions about random clusters, answered by the evaluator as by the algorithm of the API server.
import { expect, test } from 'vitest'
import type { Question } from '@/core/access'
import { kubernetes } from '@/evaluators/kubernetes'
import {
  ACCOUNTS,
  OWN_GROUPS,
  attributesNear,
  randomFrom,
  randomObjects,
  resourceText,
  USERS,
} from './kubernetes-random'
import { accountId, realmOf } from './kubernetes-realm'
import { authorize, filledIn, signedIn } from './kubernetes-reference'

const WORLDS = 150
const QUESTIONS = 100
const SEED = 20_261_123

test('the evaluator answers as the API server does', () => {
  const random = randomFrom(SEED)
  let asked = 0
  let allowed = 0
  const different: unknown[] = []
  for (let at = 0; at < WORLDS; at++) {
    const objects = randomObjects(random)
    const filled = filledIn(objects)
    const realm = realmOf({ accounts: ACCOUNTS, nodes: ['n1'], ...objects })
    const access = kubernetes.within(realm)
    const users = USERS.filter((name) => realm.principals.some(({ id }) => id === `user:${name}`))
    for (let turn = 0; turn < QUESTIONS; turn++) {
      const isUser = users.length > 0 && random.chance(0.3)
      const groups = random.some(OWN_GROUPS, 2)
      const name = isUser ? random.one(users) : random.one(ACCOUNTS)
      const user = isUser
        ? signedIn(name, name === 'system:anonymous' ? [] : groups)
        : signedIn(`system:serviceaccount:${name.replace('/', ':')}`)
      const attributes = attributesNear(objects, random)
      const question: Question = {
        action: attributes.verb,
        resource: resourceText(attributes),
        ...(attributes.namespace && { place: attributes.namespace }),
        ...(isUser && { context: { groups } }),
      }
      const theirs = authorize(filled, user, attributes)
      const { answer } = access.can(isUser ? `user:${name}` : accountId(name), question)
      asked++
      if (theirs) allowed++
      if (answer !== (theirs ? 'yes' : 'no')) different.push({ user, question, answer, theirs })
    }
  }
  expect(different.slice(0, 5)).toEqual([])
  expect(asked).toBeGreaterThanOrEqual(10_000)
  expect(allowed).toBeGreaterThan(1_000)
  expect(asked - allowed).toBeGreaterThan(1_000)
})
