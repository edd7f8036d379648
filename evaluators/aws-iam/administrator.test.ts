// What has to hold for every set of documents: denies only take, allows only give, ignorance is never certain.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HeldDocument } from '@/core/evaluator'
import { administrator } from './administrator'
import { covers } from './glob'

const RANK = { no: 0, depends: 1, yes: 2 }
const rankOf = (held: readonly HeldDocument[]) => RANK[administrator(held).answer]

const actions = fc.constantFrom(
  ...['*', 'iam:*', 's3:*', 'iam:Create*', 'iam:*Role', 'iam:*User*', 'iam:*Policy', 'iam:PutRolePolicy'],
  ...[
    'iam:PutUserPolicy',
    'iam:Attach*',
    'iam:Get*',
    'sts:AssumeRole',
    'iam:CreatePolicyVersion',
    'iam:Delete*',
  ],
  ...['iam:*Group', 'iam:*GroupPolicy', 'iam:Detach*'],
)
const resources = fc.constantFrom(
  ...['*', 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:user/*', 'arn:aws:iam::*:role/app-*', 'arn:aws:s3:::*'],
  ...['arn:aws:iam::*:role/*-ci', 'arn:aws:iam::123456789012:*', 'arn:aws:iam::*:user/${aws:username}'],
  ...['arn:aws:iam::*:policy/*', 'arn:aws:iam::*:group/team'],
)
const listOf = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 3 })
const statementOf = (effect: 'Allow' | 'Deny') =>
  fc
    .record({
      action: listOf(actions),
      resource: listOf(resources),
      notAction: fc.integer({ max: 3 }).map((n) => n === 0),
      notResource: fc.integer({ max: 5 }).map((n) => n === 0),
      condition: fc.integer({ max: 3 }).map((n) => n === 0),
    })
    .map(({ action, resource, notAction, notResource, condition }) => ({
      Effect: effect,
      ...(notAction ? { NotAction: action } : { Action: action }),
      ...(notResource ? { NotResource: resource } : { Resource: resource }),
      ...(condition && { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
    }))
const statements = fc.oneof(statementOf('Allow'), statementOf('Allow'), statementOf('Deny'))
const documentOf = (effect: HeldDocument['effect']) =>
  fc
    .tuple(fc.array(statements, { maxLength: 3 }), fc.constantFrom('attached', 'inline', 'group'))
    .map(([Statement, via]): HeldDocument => ({ name: 'P', effect, via, document: { Statement } }))
const holdings = fc
  .tuple(
    fc.array(documentOf('allow'), { maxLength: 3 }),
    fc.array(documentOf('limit'), { maxLength: 1 }),
    fc.boolean(),
  )
  .map(([own, limits, bound]) => [...own, ...(bound ? limits : [])])
const holding = (Statement: unknown, via = 'attached'): HeldDocument => ({
  name: 'Q',
  effect: 'allow',
  via,
  document: { Statement },
})
const RUNS = { numRuns: 150 }

test('adding a deny never adds access', () => {
  fc.assert(
    fc.property(holdings, statementOf('Deny'), (held, deny) => {
      expect(rankOf([...held, holding([deny])])).toBeLessThanOrEqual(rankOf(held))
    }),
    RUNS,
  )
})

test('removing a grant never adds access', () => {
  fc.assert(
    fc.property(holdings, statementOf('Allow'), (held, allow) => {
      expect(rankOf(held)).toBeLessThanOrEqual(rankOf([...held, holding([allow])]))
    }),
    RUNS,
  )
})

test('adding a boundary never adds access', () => {
  fc.assert(
    fc.property(holdings, documentOf('limit'), (held, limit) => {
      expect(rankOf([...held, limit])).toBeLessThanOrEqual(rankOf(held))
    }),
    RUNS,
  )
})

test('the order of documents and statements does not matter', () => {
  fc.assert(
    fc.property(holdings, (held) => {
      const reversed = [...held].reverse().map((one) => ({
        ...one,
        document: { Statement: [...(one.document?.Statement as unknown[])].reverse() },
      }))
      expect(rankOf(reversed)).toBe(rankOf(held))
    }),
    RUNS,
  )
})

test('saying a statement twice changes nothing', () => {
  fc.assert(
    fc.property(holdings, (held) => {
      expect(rankOf([...held, ...held.filter(({ effect }) => effect === 'allow')])).toBe(rankOf(held))
    }),
    RUNS,
  )
})

test('with an unreadable document it is never plainly yes, and no only where nothing could make it more', () => {
  const unreadable: HeldDocument = { name: 'Hidden', effect: 'allow', via: 'attached' }
  const everything = holding([{ Effect: 'Allow', Action: '*', Resource: '*' }])
  fc.assert(
    fc.property(holdings, (held) => {
      const { answer, because } = administrator([...held, unreadable])
      expect(answer).not.toBe('yes')
      const atMost = rankOf([...held, everything])
      if (atMost > 0) expect(answer).toBe('depends')
      if (answer === 'depends') expect(because.join()).toMatch(/./)
    }),
    RUNS,
  )
})

test('whatever a document is, there is an answer, and nonsense is not taken for permission', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
      fc.pre(!('Statement' in document))
      expect(administrator([{ name: 'N', effect: 'allow', via: 'inline', document }]).answer).toBe('depends')
    }),
  )
  fc.assert(
    fc.property(fc.jsonValue(), (Statement) => {
      fc.pre(!Array.isArray(Statement))
      expect(administrator([holding(Statement)]).answer).toBe('depends')
    }),
  )
})

/** Up to six letters: what a few patterns of three leave free is shorter. */
const NAMES = Array.from({ length: 5 })
  .reduce<string[][]>(
    (byLength) => [
      ...byLength,
      (byLength.at(-1) ?? []).flatMap((name) => ['a', 'b', 'x'].map((one) => name + one)),
    ],
    [['a', 'b', 'x']],
  )
  .flat()
const ends = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 3 })
const roleStatements = fc.array(
  fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Action: fc.constantFrom('iam:CreateRole', 'iam:PutRolePolicy', 'iam:*Role*', 'sts:AssumeRole'),
    end: ends,
  }),
  { minLength: 1, maxLength: 6 },
)

test('a new role is found exactly where trying every short name finds one', () => {
  fc.assert(
    fc.property(roleStatements, (of) => {
      const bare = of.map(({ Effect, Action, end }) => ({
        Effect,
        Action,
        Resource: `arn:aws:iam::*:role/${end}`,
      }))
      const may = (action: string, name: string, effect: string) =>
        of.some(
          (one) =>
            one.Effect === effect &&
            covers(one.Action.toLowerCase(), action.toLowerCase()) &&
            covers(one.end, name),
        )
      const allowed = (action: string, name: string) =>
        may(action, name, 'Allow') && !may(action, name, 'Deny')
      const found = NAMES.some(
        (name) =>
          allowed('iam:CreateRole', name) &&
          (allowed('iam:PutRolePolicy', name) || allowed('iam:AttachRolePolicy', name)) &&
          !may('sts:AssumeRole', name, 'Deny'),
      )
      expect(administrator([holding(bare)]).answer === 'yes').toBe(found)
    }),
    { numRuns: 300 },
  )
})
