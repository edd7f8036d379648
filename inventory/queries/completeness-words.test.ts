// The sentence under every answer.
import { expect, test } from 'vitest'
import { completenessWords } from './completeness-words'
import type { FullCompleteness } from './types'

const rests = (given: Partial<FullCompleteness>): string =>
  completenessWords({
    state: 'complete',
    scopes: 1,
    stale: [],
    missing: [],
    missingTotal: 0,
    beyond: 0,
    ...given,
  })
const missing = (kind: string) => ({
  scope: 'prod',
  kind,
  why: 'denied' as const,
  permission: `List:${kind}`,
  detail: '',
})

test.each<[Partial<FullCompleteness>, string]>([
  [{ state: 'none', scopes: 0 }, 'Nothing was looked at so far: connect a source or import a file.'],
  [{ asOf: '2026-11-22T10:04:31.000Z' }, 'Looked at 1 scope at 2026-11-22T10:04Z.'],
  [
    { scopes: 3, asOf: '2026-11-22T10:04:31.000Z' },
    'Looked at 3 scopes, the oldest look at 2026-11-22T10:04Z.',
  ],
  [
    { state: 'partial', missing: [missing('credential')], missingTotal: 1 },
    'Looked at 1 scope, none of it in full; not seen: credential of prod (denied: List:credential).',
  ],
  [
    {
      state: 'partial',
      missing: ['a', 'b', 'c', 'd'].map(missing),
      missingTotal: 9,
      stale: [{ scope: 'dev' }],
    },
    'Looked at 1 scope, none of it in full; not seen: a of prod (denied: List:a), b of prod (denied: List:b), c of prod (denied: List:c) and 6 more; out of date: dev.',
  ],
])('%o', (given, words) => expect(rests(given)).toBe(words))
