// Every operator, from the table of the IAM user guide, for keys that are there, absent and not known.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contextOf, judgeConditions, UNKNOWN, type Context } from './conditions'
import { OPERATORS } from './condition-operators'

type Row = [operator: string, wanted: unknown, given: string | string[], answer: 'yes' | 'no' | 'depends']
const ROWS: Row[] = [
  ['StringEquals', 'a', 'a', 'yes'],
  ['StringEquals', ['a', 'b'], 'b', 'yes'],
  ['StringEquals', 'a', 'A', 'no'],
  ['StringEquals', 'a*', 'a*', 'yes'],
  ['stringequals', 'a', 'a', 'yes'],
  ['StringNotEquals', ['a', 'b'], 'c', 'yes'],
  ['StringNotEquals', ['a', 'b'], 'b', 'no'],
  ['StringEqualsIgnoreCase', 'AB', 'ab', 'yes'],
  ['StringNotEqualsIgnoreCase', 'AB', 'ab', 'no'],
  ['StringLike', 'a?c*', 'abcd', 'yes'],
  ['StringLike', 'A*', 'abc', 'no'],
  ['StringNotLike', 'a*', 'abc', 'no'],
  ['StringLike', '*', '', 'yes'],
  ['NumericEquals', '10', '10.0', 'yes'],
  ['NumericNotEquals', '10', '11', 'yes'],
  ['NumericLessThan', '10', '9', 'yes'],
  ['NumericLessThan', '10', '10', 'no'],
  ['NumericLessThanEquals', '10', '10', 'yes'],
  ['NumericGreaterThan', '9', '10', 'yes'],
  ['NumericGreaterThanEquals', 10, '10', 'yes'],
  ['NumericEquals', '10', 'ten', 'no'],
  ['NumericEquals', 'ten', '10', 'depends'],
  ['DateEquals', '2024-05-01T00:00:00Z', '1714521600', 'yes'],
  ['DateNotEquals', '2024-05-01', '2024-05-02', 'yes'],
  ['DateLessThan', '2024-05-01', '2024-04-30T23:59:59Z', 'yes'],
  ['DateLessThanEquals', '2024-05-01', '2024-05-01', 'yes'],
  ['DateGreaterThan', '2024-05-01', '2024-05-01', 'no'],
  ['DateGreaterThanEquals', '2024-05-01', '2024-05-01', 'yes'],
  ['Bool', 'true', 'TRUE', 'yes'],
  ['Bool', true, 'false', 'no'],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', 'yes'],
  ['BinaryEquals', 'QmluYXJ5', 'qmluYXJ5', 'no'],
  ['IpAddress', '203.0.113.0/24', '203.0.113.9', 'yes'],
  ['IpAddress', '203.0.113.9', '203.0.113.8', 'no'],
  ['IpAddress', '2001:db8::/32', '2001:DB8:0:1::', 'yes'],
  ['IpAddress', '::/0', '203.0.113.9', 'no'],
  ['IpAddress', '0.0.0.0/0', '203.0.113.9', 'yes'],
  ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', 'yes'],
  ['IpAddress', '203.0.113.0/33', '203.0.113.9', 'depends'],
  ['ArnEquals', 'arn:aws:sns:*:1:*', 'arn:aws:sns:eu-west-1:1:topic', 'yes'],
  ['ArnLike', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/a:b', 'yes'],
  ['ArnLike', 'arn:aws:*:topic', 'arn:aws:sns:eu-west-1:1:topic', 'depends'],
  ['ArnNotEquals', 'arn:aws:sns:*:1:*', 'arn:aws:sns:eu-west-1:2:topic', 'yes'],
  ['ArnNotLike', 'arn:aws:sns:*:1:*', 'no arn', 'yes'],
  ['Null', 'true', 'a', 'no'],
  ['Null', 'false', 'a', 'yes'],
  ['Null', 'true', [], 'yes'],
  ['Null', 'maybe', 'a', 'depends'],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['x', 'b'], 'yes'],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['x', 'y'], 'no'],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], 'yes'],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'y'], 'no'],
  ['ForAllValues:StringNotLike', ['a*'], ['b', 'ax'], 'no'],
  ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], 'yes'],
  ['StringEquals', 'a', ['a', 'b'], 'depends'],
  ['StringEquals', 'a', [], 'no'],
  ['StringNotEquals', 'a', [], 'yes'],
  ['StringEqualsIfExists', 'a', [], 'yes'],
  ['StringEqualsIfExists', 'a', 'b', 'no'],
  ['BoolIfExists', 'false', [], 'yes'],
  ['ForAllValues:StringEquals', 'a', [], 'yes'],
  ['ForAnyValue:StringEquals', 'a', [], 'no'],
  ['ForAnyValue:StringNotEquals', 'a', [], 'no'],
  ['ForAnyValue:StringEqualsIfExists', 'a', [], 'yes'],
  ['NumericNotEquals', '1', [], 'yes'],
  ['NotIpAddress', '10.0.0.0/8', [], 'yes'],
  ['StringSounds', 'a', 'a', 'depends'],
  ['StringEquals', [], 'a', 'depends'],
]
test.each(ROWS)('%s %j of %j: %s', (operator, wanted, given, answer) => {
  const judged = judgeConditions({ [operator]: { 'X:Key': wanted } }, contextOf({ 'x:key': given }))
  expect(judged.value).toBe(answer)
  expect(judged.because.join('\n')).toMatch(/x:key/i)
})

test.each([
  ['StringEquals', 'a', 'depends'],
  ['StringNotEquals', 'a', 'depends'],
  ['StringEqualsIfExists', '*', 'depends'],
  ['StringLikeIfExists', '*', 'yes'],
  ['StringLike', '*', 'depends'],
  ['ForAllValues:StringLike', '*', 'yes'],
  ['Null', 'true', 'depends'],
])('a key that is not known: %s %s is %s', (operator, wanted, answer) => {
  expect(judgeConditions({ [operator]: { k: wanted } }, UNKNOWN).value).toBe(answer)
})

test('a value known by how it begins', () => {
  const context: Context = () => ({ absent: 'no', start: 'AROAX:' })
  const answer = (operator: string, wanted: string) =>
    judgeConditions({ [operator]: { 'aws:userid': wanted } }, context).value
  expect(answer('StringLike', 'AROAX:*')).toBe('yes')
  expect(answer('StringLike', 'AROA*')).toBe('yes')
  expect(answer('StringLike', 'AROAX:ci')).toBe('depends')
  expect(answer('StringEquals', 'AROAX:ci')).toBe('depends')
  expect(answer('StringEquals', 'AROAY:ci')).toBe('no')
  expect(answer('StringNotLike', 'AROAY:*')).toBe('yes')
})

test('variables: filled in, absent with a default, unknown, and not in dates', () => {
  const context = contextOf({
    'aws:username': 'ann',
    'aws:PrincipalTag/none': [],
    s: 'ann',
    d: '${aws:username}',
    star: '*',
  })
  const answer = (operator: string, key: string, wanted: string) =>
    judgeConditions({ [operator]: { [key]: wanted } }, context).value
  expect(answer('StringEquals', 's', '${AWS:username}')).toBe('yes')
  expect(answer('StringEquals', 's', "${aws:PrincipalTag/none, 'ann'}")).toBe('yes')
  expect(answer('StringEquals', 's', '${aws:PrincipalTag/none}')).toBe('no')
  expect(answer('StringNotEquals', 's', '${aws:PrincipalTag/none}')).toBe('depends')
  expect(answer('StringEquals', 's', '${aws:SourceVpc}')).toBe('depends')
  expect(answer('StringEquals', 's', 'x${aws:SourceVpc}')).toBe('no')
  expect(answer('StringLike', 's', '${star}')).toBe('no')
  expect(answer('StringLike', 's', '${*}')).toBe('no')
  expect(answer('Bool', 'd', '${aws:username}')).toBe('yes')
})

test('what holds for every operator: a negation is the opposite for a key that is known', () => {
  const pairs = [...OPERATORS.keys()]
    .filter((name) => /not/.test(name))
    .map((name) => [name.replace('not', ''), name] as const)
  const value = fc.constantFrom('a', 'A', '10', '9', '2024-05-01', '10.0.0.1', 'arn:aws:s3:::b', 'a*', 'true')
  expect(pairs.length).toBe(8)
  fc.assert(
    fc.property(
      fc.constantFrom(...pairs),
      value,
      fc.array(value, { minLength: 1, maxLength: 2 }),
      ([plain, negated], given, wanted) => {
        const answer = (operator: string) =>
          judgeConditions({ [operator]: { k: wanted } }, contextOf({ k: given })).value
        const opposite = { yes: 'no', no: 'yes', depends: 'depends' }[answer(plain)]
        expect(answer(negated)).toBe(opposite)
      },
    ),
  )
})

test('knowing nothing of a key is never plain where two values of it differ', () => {
  const operator = fc.constantFrom(...OPERATORS.keys())
  const value = fc.constantFrom('a', 'b', '10', '2024-05-01', '10.0.0.1', 'true', 'false', 'arn:aws:s3:::b')
  fc.assert(
    fc.property(
      operator,
      value,
      fc.constantFrom('', 'ForAnyValue:', 'ForAllValues:'),
      fc.constantFrom('', 'IfExists'),
      fc.constantFrom<string | string[]>('a', '10', 'true', []),
      (name, wanted, before, after, given) => {
        const conditions = { [`${before}${name}${after}`]: { k: wanted } }
        const known = judgeConditions(conditions, contextOf({ k: given })).value
        expect(['depends', known]).toContain(judgeConditions(conditions, UNKNOWN).value)
      },
    ),
    { numRuns: 500 },
  )
})

test('whatever a Condition element is, there is an answer', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (raw) => {
      expect(['yes', 'no', 'depends']).toContain(judgeConditions(raw, UNKNOWN).value)
    }),
  )
})
