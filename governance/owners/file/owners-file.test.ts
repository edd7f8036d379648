// The form of an OWNERS file: every mistake by line, with what to write instead.
import { describe, expect, test } from 'vitest'
import { likeOf } from './matched'
import { readOwnersFile } from './owners-file'

const lines = (...all: string[]) => all.join('\n')
const HEAD = ['version: 1', 'owners:']

test('is read with the line of each entry', () => {
  const { entries, issues } = readOwnersFile(
    lines(
      '# who answers',
      ...HEAD,
      '  - match: { name: "payments-*" }',
      '    team: Payments',
      '',
      '  - match:',
      '      scope: production',
      '      label: { app: "shop-?" }',
      '    person: ann@b.c',
      '    backup: bo@b.c',
    ),
  )
  expect(issues).toEqual([])
  expect(entries).toEqual([
    { line: 4, match: { name: 'payments-*' }, words: { team: 'Payments' } },
    {
      line: 7,
      match: { scope: 'production', label: { app: 'shop-?' } },
      words: { person: 'ann@b.c', backup: 'bo@b.c' },
    },
  ])
})

describe('refused', () => {
  test.each<[string, string[], number, RegExp]>([
    ['nothing', [''], 1, /empty.*version: 1/],
    ['no YAML', ['owners: ['], 1, /./],
    ['a form that is not known', ['version: 2', 'owners: []'], 1, /1/],
    ['a field that is misspelt', [...HEAD, '  - match: { name: "a" }', '    persn: a@b.c'], 4, /person/],
    ['nobody who answers', [...HEAD, '  - match: { name: "a" }'], 3, /add person, team/],
    ['nothing that is matched', [...HEAD, '  - team: A', '    match: {}'], 4, /name, type, scope or label/],
    ['a match by what there is not', [...HEAD, '  - team: A', '    match: { nam: "a" }'], 4, /name\?/],
    ['an empty pattern', [...HEAD, '  - team: A', '    match: { name: "" }'], 4, /empty/],
    [
      'a person who is a list',
      [...HEAD, '  - match: { name: a }', '    person: [a]'],
      4,
      /a text, not a list/,
    ],
    ['a reference', ['version: 1', 'owners: &a', '  - *a'], 3, /References/],
    ['too deep', [`a: ${'['.repeat(200)}`], 1, /nested/],
    ['a NUL', ['version: 1 \u0000'], 1, /NUL/],
    ['too much', ['#'.repeat(1024 * 1024 + 1)], 1, /1 MB/],
  ])('%s', (_, text, line, words) => {
    const { entries, issues } = readOwnersFile(lines(...text))
    expect(entries).toEqual([])
    expect(issues[0]).toMatchObject({ line, message: expect.stringMatching(words) as string })
  })
  test('too many entries', () => {
    const entry = ['  - match: { name: a }', '    team: A']
    const { issues } = readOwnersFile(lines(...HEAD, ...Array.from({ length: 501 }, () => entry).flat()))
    expect(issues[0]?.message).toContain('at most 500')
  })
})

test('patterns mean stars and question marks, and nothing else', () => {
  expect(likeOf('a*b?c%_\\')).toBe('a%b_c\\%\\_\\\\')
})
