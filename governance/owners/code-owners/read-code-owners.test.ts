import { describe, expect, test } from 'vitest'
import { ownersOfPath, readCodeOwners, whoIs } from './read-code-owners'

const WORKFLOW = '.github/workflows/any.yml'
const ownersIn = (text: string, path = WORKFLOW) =>
  ownersOfPath(readCodeOwners(text), path).map(({ line, owners }) => [line, ...owners])

describe('the last rule that fits counts', () => {
  test.each([
    ['* @acme/all', [[1, '@acme/all']]],
    ['* @acme/all\n/.github/ @acme/ci ann@b.c', [[2, '@acme/ci', 'ann@b.c']]],
    ['/.github/ @acme/ci\n* @acme/all', [[2, '@acme/all']]],
    ['* @acme/all\n.github/workflows/ @acme/ci # who deploys', [[2, '@acme/ci']]],
    ['* @acme/all\n*.yml @acme/yaml', [[2, '@acme/yaml']]],
    ['* @acme/all\n/.github/workflows/deploy.yml @acme/ci', [[1, '@acme/all']]],
    // What is in the folder itself, and nothing deeper.
    ['* @acme/all\n/.github/* @acme/ci', [[1, '@acme/all']]],
    ['* @acme/all\n/.github/workflows/* @acme/ci', [[2, '@acme/ci']]],
    ['* @acme/all\n/docs/ @acme/docs', [[1, '@acme/all']]],
    ['**/workflows/** @acme/ci', [[1, '@acme/ci']]],
    // Whose owners cannot be read: nobody, and not whom an earlier rule names.
    ['* @acme/all\n/.github/ @acme/ci nobody', []],
    // Nobody owns it any more.
    ['* @acme/all\n/.github/', []],
    ['# nothing\n\n', []],
  ])('%j', (text, owners) => {
    expect(ownersIn(text)).toEqual(owners)
  })
  test('in each section, which may have owners of its own', () => {
    const text = '* @all\n\n^[Pipelines][2] @ci\n.gitlab-ci.yml\n[Docs] @docs\n/docs/\n[Security]\n*.yml @sec'
    expect(ownersIn(text, '.gitlab-ci.yml')).toEqual([
      [1, '@all'],
      [4, '@ci'],
      [8, '@sec'],
    ])
  })
})

test('what is no rule is told by its line, and the others count', () => {
  const { rules, notRead } = readCodeOwners('* @all\n!/x @bo\n[a-z]x y\n*.[ch] @c\n/a\\ b/ @d\n/e nobody')
  expect(rules.map(({ pattern }) => pattern)).toEqual(['*', '/a\\ b/', '/e'])
  expect(notRead.map(({ line }) => line)).toEqual([2, 4, 6])
})

test.each([
  ['ann@b.c', { role: 'person', name: 'ann@b.c' }],
  ['@acme/platform', { role: 'team', name: 'platform' }],
  ['@group/sub/ops', { role: 'team', name: 'ops' }],
  ['@ann', { role: 'unclear', name: 'ann' }],
])('%s is %j', (owner, who) => {
  expect(whoIs(owner)).toEqual(who)
})
