// The word for where a source stands: one at a time, the most pressing first.
import { describe, expect, test } from 'vitest'
import { nextDueAt, sourceState, type SourceStanding } from './source-state'

const fine: SourceStanding = {
  mode: 'live',
  paused: false,
  intervalMinutes: 60,
  running: false,
  lastEnded: 'complete',
  completeAt: '2026-06-01T11:30:00.000Z',
  partialLooks: 0,
  now: '2026-06-01T12:00:00.000Z',
}

describe('the state', () => {
  test.each<[string, Partial<SourceStanding>]>([
    ['complete', {}],
    ['running', { running: true, paused: true, lastEnded: undefined }],
    ['paused', { paused: true, lastEnded: 'failed' }],
    ['never-run', { lastEnded: undefined, completeAt: undefined }],
    ['failed', { lastEnded: 'failed', completeAt: '2026-01-01T00:00:00.000Z' }],
    ['stale', { completeAt: '2026-06-01T09:59:00.000Z', partialLooks: 3 }],
    ['partial', { partialLooks: 1 }],
    ['partial', { lastEnded: 'cancelled' }],
    ['partial', { completeAt: undefined }],
    ['complete', { completeAt: '2026-06-01T10:00:00.000Z' }],
    [
      'complete',
      { mode: 'import', paused: true, intervalMinutes: 0, completeAt: '2020-01-01T00:00:00.000Z' },
    ],
    ['complete', { mode: 'sample', completeAt: '2020-01-01T00:00:00.000Z' }],
  ])('%s: %o', (state, given) => expect(sourceState({ ...fine, ...given })).toBe(state))
})

describe('the next sync', () => {
  const due = (given: Partial<SourceStanding>, asked?: string) =>
    nextDueAt({ ...fine, ...given }, asked, '2026-06-01T08:00:00.000Z')
  test('is one interval after the last was asked for', () => {
    expect(due({}, '2026-06-01T11:00:00.000Z')).toBe('2026-06-01T12:00:00.000Z')
  })
  test('is at once when there was none', () => expect(due({})).toBe('2026-06-01T08:00:00.000Z'))
  test.each<Partial<SourceStanding>>([
    { paused: true },
    { running: true },
    { mode: 'import' },
    { mode: 'sample' },
  ])('is not for %o', (given) => expect(due(given)).toBeUndefined())
})
