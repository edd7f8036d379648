// The parts by themselves: patterns, scopes, conditions, comparisons and expressions of federated credentials.
import { expect, test } from 'vitest'
import { compare, like } from './abac/compare'
import { conditionOf, holds } from './abac/evaluate'
import { ESCALATIONS } from './escalations'
import { clausesOf } from './expression'
import { fits } from './patterns'
import { namesOf, resourceTypeOf, scopeOf, Scopes } from './scopes'

test.each([
  ['*', 'microsoft.a/b/read', true],
  ['*/read', 'microsoft.a/b/read', true],
  ['*/read', 'microsoft.a/b/readx', false],
  ['Microsoft.A/*/read', 'microsoft.a/b/c/read', true],
  ['Microsoft.A/*/read', 'microsoft.a/read', false],
  ['a*a', 'a', false],
  ['a*b*b', 'ab', false],
  ['*b*', 'abc', true],
  ['a.c', 'abc', false],
])('the pattern %s and %s: %s', (pattern, text, expected) => {
  expect(fits(pattern)(text)).toBe(expected)
})

test('scopes are whole parts of a path', () => {
  const scopes = new Scopes('T')
  expect(scopeOf('/Subscriptions/S/')).toBe('/subscriptions/s')
  expect(scopeOf('subscriptions/s')).toBeUndefined()
  expect(scopes.covers('/subscriptions/s', '/subscriptions/s/resourcegroups/a').value).toBe('yes')
  expect(scopes.covers('/subscriptions/s', '/subscriptions/s2').value).toBe('no')
  expect(scopes.covers('/subscriptions/s', undefined).value).toBe('depends')
  expect(scopes.covers('/', undefined).value).toBe('yes')
  expect(resourceTypeOf('/subscriptions/s/resourcegroups/g/providers/microsoft.a/b/1/c/2')).toBe(
    'microsoft.a/b/c',
  )
  expect(resourceTypeOf('/subscriptions/s')).toBeUndefined()
  expect([...namesOf('/x/providers/Microsoft.A/b/One/c/Two')]).toEqual([
    ['microsoft.a/b', 'One'],
    ['microsoft.a/b/c', 'Two'],
  ])
})

test('management groups cover what is known to lie below them, and nothing else', () => {
  const group = (name: string) => `/providers/microsoft.management/managementgroups/${name}`
  const scopes = new Scopes(
    'T',
    new Map([
      ['/subscriptions/s', group('inner')],
      [group('inner'), group('outer')],
      [group('outer'), group('t')],
      ['/subscriptions/lost', group('nowhere')],
      ['/subscriptions/round', group('a')],
      [group('a'), group('b')],
      [group('b'), group('a')],
    ]),
  )
  const covers = (scope: string, target: string) => scopes.covers(scope, target).value
  expect(covers(group('outer'), '/subscriptions/s/resourcegroups/g')).toBe('yes')
  expect(covers(group('outer'), group('inner'))).toBe('yes')
  expect(covers(group('inner'), group('outer'))).toBe('no')
  expect(covers(group('other'), '/subscriptions/s')).toBe('no')
  expect(covers(group('t'), '/subscriptions/s')).toBe('yes')
  // The way up is not known to its end.
  expect(covers(group('other'), '/subscriptions/lost')).toBe('depends')
  expect(covers(group('other'), '/subscriptions/unheard')).toBe('depends')
  expect(covers(group('other'), '/subscriptions/round')).toBe('depends')
})

// The examples of "Azure role assignment condition format and syntax", operator examples.
test.each([
  ['foranyofanyvalues:stringequals', ['red', 'blue'], ['blue', 'green'], true],
  ['foranyofanyvalues:stringequals', ['red', 'blue'], ['orange', 'green'], false],
  ['forallofanyvalues:stringequals', ['red', 'blue'], ['orange', 'red', 'blue'], true],
  ['forallofanyvalues:stringequals', ['red', 'blue'], ['red', 'green'], false],
  ['foranyofallvalues:numericlessthan', ['10', '20'], ['15', '18'], true],
  ['forallofallvalues:numericlessthan', ['10', '20'], ['5', '15', '18'], false],
  ['forallofallvalues:numericlessthan', ['10', '20'], ['25', '30'], true],
  ['forallofallvalues:numericlessthan', ['10', '20'], ['15', '25', '30'], false],
  ['stringlike', ['abcd'], ['a*c?'], true],
  ['stringlike', ['abcd'], ['A*C?'], false],
  ['stringlike', ['abcd'], ['a*c'], false],
  ['stringlikeignorecase', ['abcd'], ['A*C?'], true],
  ['stringnotequals', ['a'], ['b'], true],
  ['guidequals', ['/x/roleDefinitions/AB-1'], ['ab-1'], true],
  ['numericequals', ['1.5'], ['1.5'], undefined],
  ['stringequals', ['a', 'b'], ['a'], undefined],
  ['stringequals', [], ['a'], undefined],
  ['guidlike', ['a'], ['a'], undefined],
])('%s of %j and %j: %s', (operator, left, right, expected) => {
  expect(compare(operator, left, right)).toBe(expected)
})

test('escaped wildcards stand for themselves', () => {
  expect(like('a*c', 'a\\*c')).toBe(true)
  expect(like('abc', 'a\\*c')).toBe(false)
})

test.each([
  ["!(ActionMatches{'microsoft.a/*'})", 'no'],
  ["ActionMatches{'Microsoft.A/*'}", 'yes'],
  ["NOT ActionMatches{'microsoft.b/*'} && ActionMatches{'*'}", 'yes'],
  ["ActionMatches{'x'} || @Request[known] StringEquals 'v'", 'yes'],
  ["@Request[other] StringEquals 'v'", 'depends'],
  ["@Request[other] StringEquals 'v' AND ActionMatches{'x'}", 'no'],
  ["@Request[other] StringEquals 'v' OR ActionMatches{'*'}", 'yes'],
  ['Exists @Request[known]', 'yes'],
  ['Exists @Request[gone]', 'no'],
  ['NOT Exists @Request[gone]', 'yes'],
  ["@Request[gone] StringEquals 'v'", 'depends'],
  ["@Resource[tags:Project<$key_case_sensitive$>] StringEquals 'v'", 'depends'],
  ["(ActionMatches{'*'}", 'depends'],
  ['', 'depends'],
])('the condition %s: %s', (text, expected) => {
  const attributes = new Map([
    ['known', ['v']],
    ['gone', []],
  ])
  expect(holds(conditionOf(text, '2.0'), { action: 'microsoft.a/b/read', attributes }).value).toBe(expected)
})

test.each([
  ["claims['sub'] matches 'repo:a/*'", 1],
  ["claims['sub'] eq 'a' and claims['x'] eq 'it''s'", 2],
  ["claims['sub'] eq 'a' or claims['x'] eq 'b'", undefined],
  ["claims['sub'] == 'a'", undefined],
  ["claims['sub'] eq 'a' and", undefined],
  ['', undefined],
])('the expression %s has %s clauses', (text, count) => {
  expect(clausesOf(text)?.length).toBe(count)
})

test('every escalation has its own id, and says what it takes, what it gives and where that stands', () => {
  expect(new Set(ESCALATIONS.map(({ id }) => id)).size).toBe(ESCALATIONS.length)
  for (const { needs, gives, source, title } of ESCALATIONS)
    expect([needs.length > 0 && needs.every((one) => one !== ''), gives, source, title].every(Boolean)).toBe(
      true,
    )
})
