// What is true of ways to more rights and of weak trust in every realm of AWS, tried on random ones.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Held, Principal, Step } from '@/core/access'
import { aws } from '@/evaluators/aws-iam/platform'
import {
  allow,
  arn,
  attached,
  boundary,
  byAccount,
  byService,
  deny,
  inline,
  profile,
  realm,
  role,
  trust,
  user,
} from './aws-escalation-realm'

const ACTIONS = [
  'iam:PassRole',
  'lambda:CreateFunction',
  'lambda:InvokeFunction',
  'ec2:RunInstances',
  'iam:PutUserPolicy',
  'iam:AttachUserPolicy',
  'iam:CreateAccessKey',
  'iam:DeleteAccessKey',
  'iam:UpdateAssumeRolePolicy',
  'iam:PutRolePolicy',
  'iam:CreatePolicyVersion',
  'iam:CreateServiceSpecificCredential',
  'iam:*',
  'lambda:*',
  'sts:AssumeRole',
  's3:*',
]
const RESOURCES = [
  '*',
  arn('role', 'app*'),
  arn('role', 'app'),
  arn('user', 'me'),
  arn('policy', 'p*'),
  arn('user', '*'),
]
const CONDITIONS = [
  undefined,
  { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
]
const actions = fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 4 })
const statement = fc
  .tuple(actions, fc.constantFrom(...RESOURCES), fc.constantFrom(...CONDITIONS), fc.nat(4))
  .map(([of, on, when, kind]) => (kind === 0 ? deny(of, on, when) : allow(of, on, when)))
const documents = fc
  .array(fc.array(statement, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 })
  .map((all) => all.map((statements, at) => attached(`p${at}`, ...statements)))

const others: Principal[] = [
  role('app', [], [byService('lambda.amazonaws.com'), byService('ec2.amazonaws.com')]),
  role('app-admin', [attached('theirs', allow('*'))], [byService('lambda.amazonaws.com'), byAccount()]),
  user('other'),
]
const stepsOf = (held: readonly Held[]): readonly Step[] =>
  aws.within(realm([user('me', held), ...others], { runners: [profile('p', 'AROA-app')] })).steps('AIDA-me')
    .steps
const keyOf = ({ by, to }: Step): string => `${by} ${'id' in to ? to.id : ''}`
const answersOf = (steps: readonly Step[]): Map<string, Step['answer']> =>
  new Map(steps.map((step) => [keyOf(step), step.answer]))
const RUNS = { numRuns: 120 }

/** Ways that a deny makes possible: they take one off. */
const ABOUT_DENIES = /deny|boundary/
test('one more deny never adds a step, and makes none more certain', () => {
  fc.assert(
    fc.property(documents, actions, fc.constantFrom(...RESOURCES), (held, of, on) => {
      const before = answersOf(stepsOf(held))
      for (const [key, answer] of answersOf(stepsOf([...held, inline(deny(of, on))]))) {
        if (ABOUT_DENIES.test(key)) continue
        expect(before.has(key)).toBe(true)
        if (answer === 'yes') expect(before.get(key)).toBe('yes')
      }
    }),
    RUNS,
  )
})

test('a grant taken away never adds a step', () => {
  fc.assert(
    fc.property(documents, (held) => {
      const grants = held.map((one) => ({
        ...one,
        document: {
          ...one.document,
          Statement: (one.document?.Statement as { Effect: string }[]).filter(
            ({ Effect }) => Effect === 'Allow',
          ),
        },
      }))
      const all = answersOf(stepsOf(grants))
      for (const key of answersOf(stepsOf(grants.slice(1))).keys()) expect(all.has(key)).toBe(true)
    }),
    RUNS,
  )
})

test('the order of documents means nothing', () => {
  fc.assert(
    fc.property(documents, (held) => {
      expect(answersOf(stepsOf([...held].reverse()))).toEqual(answersOf(stepsOf(held)))
    }),
    RUNS,
  )
})

test('a document that cannot be read makes no step certain, and leaves a principal with steps with one that is open', () => {
  fc.assert(
    fc.property(documents, fc.nat(3), (held, which) => {
      const at = which % held.length
      const before = answersOf(stepsOf(held))
      const { document: _, ...lost } = held[at]!
      const after = stepsOf(held.map((one, n) => (n === at ? lost : one)))
      expect(after.some(({ by, answer }) => by === 'unread-policy' && answer === 'depends')).toBe(true)
      // Whatever the lost one denied could make a step possible, and so never certain.
      for (const step of after) if (step.answer === 'yes') expect(before.get(keyOf(step))).toBe('yes')
    }),
    RUNS,
  )
})

test('a boundary never adds a step but those over the boundary', () => {
  fc.assert(
    fc.property(documents, fc.array(statement, { minLength: 1, maxLength: 3 }), (held, cap) => {
      const before = answersOf(stepsOf(held))
      for (const key of answersOf(stepsOf([...held, boundary('cap', ...cap)])).keys())
        if (!ABOUT_DENIES.test(key)) expect(before.has(key)).toBe(true)
    }),
    RUNS,
  )
})

test('garbage is never certain of anything, and never throws', () => {
  const junk = fc.dictionary(fc.constantFrom('Statement', 'Version', 'Effect', 'x'), fc.jsonValue())
  fc.assert(
    fc.property(junk, fc.string(), fc.string(), fc.jsonValue(), (document, principal, action, condition) => {
      const mine = user('me', [{ ...attached('junk', allow('s3:*')), document }])
      const weak = role(
        'weak',
        [],
        [
          trust({
            principalType: 'federated',
            principal,
            actions: [action],
            conditions: { StringLike: condition },
          }),
          trust({ principalType: 'service', principal, conditions: { x: condition } }),
          trust({ principalType: 'account', principal }),
        ],
      )
      const access = aws.within(realm([mine, weak]))
      expect(access.steps('AIDA-me').steps.filter(({ answer }) => answer === 'yes')).toEqual([])
      expect(() => access.pitfalls(weak.id)).not.toThrow()
    }),
    RUNS,
  )
})

test('what is asked of everybody is asked of each: no answer depends on who was asked before', () => {
  fc.assert(
    fc.property(documents, (held) => {
      const all = realm([user('me', held), user('twin', held), ...others], {
        runners: [profile('p', 'AROA-app')],
      })
      const [one, two] = [aws.within(all), aws.within(all)]
      one.steps('AIDA-twin')
      expect(answersOf(one.steps('AIDA-me').steps)).toEqual(answersOf(two.steps('AIDA-me').steps))
    }),
    { numRuns: 60 },
  )
})
