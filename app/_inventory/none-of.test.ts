import { expect, test } from 'vitest'
import type { LookView } from '@/inventory/queries/types'
import { noneOf } from './none-of'

const look = (over: Partial<LookView>): LookView => ({
  scope: { id: 's', name: 's', sample: false },
  stream: 'all',
  kind: 'grant',
  state: 'complete',
  at: '2026-10-01T00:00:00Z',
  completeAt: '2026-10-01T00:00:00Z',
  gaps: [],
  ...over,
})
const refused = { state: 'partial', completeAt: undefined, why: 'denied', permission: 'demo:List' } as const

test('an empty list says none only where every look of its kind was once whole', () => {
  expect(noneOf([look({})], 'grant', 'It holds none.')).toBe('It holds none.')
  expect(noneOf([look({}), look({ kind: 'trust', ...refused })], 'grant', 'It holds none.')).toBe(
    'It holds none.',
  )
  expect(noneOf([look({}), look({ stream: 'b', ...refused })], 'grant', 'It holds none.')).toBe(
    'Not known: grants were never seen in full (demo:List: access was denied).',
  )
  expect(noneOf([], 'grant', 'It holds none.')).toBe('Not known: no source was asked for grants.')
})
test('a refusal after a whole look leaves the answer of that look', () => {
  const since = look({ ...refused, completeAt: '2026-09-01T00:00:00Z' })
  expect(noneOf([since], 'grant', 'It holds none.')).toBe('It holds none.')
})
