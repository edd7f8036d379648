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
  overdue: false,
  partialLooks: 0,
}

describe('the state', () => {
  test.each<[string, Partial<SourceStanding>]>([
    ['complete', {}],
    ['running', { running: true, paused: true, lastEnded: undefined }],
    ['paused', { paused: true, lastEnded: 'failed' }],
    ['never-run', { lastEnded: undefined, completeAt: undefined }],
    ['paused', { paused: true, overdue: true }],
    ['failed', { lastEnded: 'failed', overdue: true }],
    ['stale', { overdue: true, partialLooks: 3 }],
    ['stale', { mode: 'import', paused: true, overdue: true }],
    ['partial', { partialLooks: 1 }],
    ['partial', { lastEnded: 'cancelled' }],
    ['partial', { completeAt: undefined }],
    ['complete', { mode: 'import', paused: true, intervalMinutes: 0 }],
    ['complete', { mode: 'sample' }],
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
