// Expressions with some of their names known: what they come to, in three values and errors.
import { expect, test } from 'vitest'
import { compiled, evaluate } from './cel'
import { Given, known, unknown, type Value } from './cel-values'
import { denies } from './permissions'

const token = new Given(
  't',
  new Map<string, Value | undefined>([
    ['sub', known('repo:a/b:x')],
    ['gone', undefined],
    ['list', known([known('a'), known('b')])],
    ['truth', known('true')],
  ]),
)
const now = (text: string): unknown => {
  const value = evaluate(compiled(text), {
    root: (name) => (name === 't' ? known(token) : unknown(`${name} is not known`)),
  })
  return value.is === 'known' ? value.value : value.is
}

test.each([
  ["t.sub == 'repo:a/b:x'", true],
  ["t.sub.startsWith('repo:a/') && t.open == 'x'", 'unknown'],
  ["t.sub.startsWith('repo:z/') && t.open == 'x'", false],
  ["t.open == 'x' && t.sub.startsWith('repo:z/')", false],
  ["t.open == 'x' || t.sub.endsWith(':x')", true],
  ["t.gone == 'x'", 'error'],
  ["t.gone == 'x' || t.sub != ''", true],
  ["t.gone == 'x' && t.open == 'y'", 'unknown'],
  ['has(t.gone)', false],
  ['has(t.sub)', true],
  ['has(t.open)', 'unknown'],
  ["!('gone' in t)", true],
  ["'b' in t.list", true],
  ["'c' in t.list", false],
  ["t.list.exists(x, x == 'a')", true],
  ["t.list.all(x, x == 'a')", false],
  ['t.truth == true', 'unknown'],
  ['t.truth == false', false],
  ["t.sub.extract('repo:{name}:')", 'a/b'],
  ["t.sub.extract('none{name}')", ''],
  ["t.sub.matches('^repo:a/[a-z]+:')", true],
  ["t.sub.matches('(a+)+$')", 'unknown'],
  ["t.sub.matches('(?i)REPO')", 'unknown'],
  ["t.sub.split(':')[1]", 'a/b'],
  ["t.open ? 'same' : 'same'", 'same'],
  ["timestamp('2026-01-01T00:00:00Z') < timestamp('2026-01-02T00:00:00Z')", true],
  ["timestamp('yesterday') < timestamp('2026-01-02T00:00:00Z')", 'error'],
  ["['a'].hasOnly(['a', 'b'])", true],
  ["['a', 'c'].hasOnly(['a', 'b'])", false],
  ['t.sub.reverse()', 'unknown'],
  ["t['sub'] + '!'", 'repo:a/b:x!'],
  ['t.', 'unknown'],
  ['', 'unknown'],
  [`${'!'.repeat(7000)}t`, 'unknown'],
  ['t &&'.repeat(1500) + ' t', 'unknown'],
])('%s', (text, expected) => {
  expect(now(text)).toEqual(expected)
})

const isService = (label: string): boolean => ['iam', 'storage'].includes(label)
test.each([
  ['iam.googleapis.com/roles.update', 'yes'],
  ['iam.googleapis.com/roles.*', 'yes'],
  ['iam.googleapis.com/*.*', 'yes'],
  ['iam.googleapis.com/*.update', 'yes'],
  ['iam.googleapis.com/*.create', 'no'],
  ['iam.googleapis.com/role.update', 'no'],
  ['storage.googleapis.com/roles.update', 'no'],
  ['identity.googleapis.com/roles.update', 'unsure'],
  ['roles.update', 'unsure'],
])('deny policies: %s', (pattern, expected) => {
  expect(denies(pattern, 'iam.googleapis.com/roles.update', isService)).toBe(expected)
})
