// What nobody can judge yet is unknown, whatever else is held: never "no permissions".
import { expect, test } from 'vitest'
import type { LookRow } from './absence'
import { privilegeFact, UNREAD, type HeldGrant } from './privilege'

const at = new Date('2026-10-01T00:00:00Z')
const whole: LookRow[] = [
  {
    stream: 'grants',
    kind: 'grant',
    at,
    state: 'complete',
    why: null,
    permission: null,
    detail: null,
    completeAt: at,
    about: [],
  },
]
const statement = (Effect: string) => ({ Statement: [{ Effect, Action: '*', Resource: '*' }] })
const grant = (language: string, document?: Record<string, unknown>): HeldGrant => ({
  name: language,
  effect: 'allow',
  via: 'attached',
  language,
  ...(document && { document }),
})
const everything = grant('aws-iam', statement('Allow'))
const nothing = grant('aws-iam', statement('Deny'))
const foreign = grant('some-language', { rules: [] })

test.each([
  [[foreign], '1 grant is not evaluated yet'],
  [[foreign, foreign, nothing], '2 grants are not evaluated yet'],
  [[foreign, grant(UNREAD)], '1 grant is not evaluated yet'],
])('documents that no evaluator reads (%#)', (held, detail) => {
  expect(privilegeFact(held, whole)).toEqual({
    state: 'unknown',
    why: 'not-collected',
    source: 'grants in some-language',
    detail,
  })
})
test('where rights are written in a language that nobody reads, holding no grant means nothing', () => {
  const said = { state: 'unknown', source: 'grants in some-language', detail: 'rights are not evaluated yet' }
  expect(privilegeFact([], whole, ['some-language'])).toMatchObject(said)
  expect(privilegeFact([], [], ['some-language'])).toMatchObject(said)
  expect(privilegeFact([grant(UNREAD)], whole, ['some-language'])).toMatchObject(said)
  expect(privilegeFact([], whole, ['aws-iam'])).toMatchObject({ value: { class: 'none' } })
  expect(privilegeFact([], [], ['aws-iam'])).toMatchObject({
    state: 'unknown',
    detail: 'no source was asked',
  })
})
test('an administrator is one, whatever the rest says', () => {
  expect(privilegeFact([foreign, everything], whole)).toMatchObject({ value: { class: 'administrator' } })
})
test('what can be judged is judged', () => {
  expect(privilegeFact([nothing], whole)).toMatchObject({ value: { class: 'limited' } })
  expect(privilegeFact([grant(UNREAD)], whole)).toMatchObject({ value: { class: 'conditional' } })
  expect(privilegeFact([], whole)).toMatchObject({ value: { class: 'none' } })
})
