// What is looked at again, and what is not, as people read it.
import { expect, test } from 'vitest'
import { goesOnWords, leftWords, resumesOf, resumesWords, type Resumes } from './resume-words'

const at = '2026-11-22T14:05:40.000Z'
const resumes: Resumes = {
  runId: 'r1',
  of: '2026-11-22T13:59:00.000Z',
  at,
  streams: 3,
  scopes: false,
  attempt: 2,
  since: '2026-11-22T13:59:01.000Z',
}

test.each([
  [
    { streams: 2, scopes: false },
    '2 streams were throttled; Rollcall looks at them again at 2026-11-22 14:05 UTC.',
  ],
  [
    { streams: 1, scopes: false },
    '1 stream was throttled; Rollcall looks at it again at 2026-11-22 14:05 UTC.',
  ],
  [
    { streams: 0, scopes: true },
    'The list of scopes was throttled; Rollcall looks at it again at 2026-11-22 14:05 UTC.',
  ],
  [
    { streams: 1, scopes: true },
    '1 stream and the list of scopes were throttled; Rollcall looks at them again at 2026-11-22 14:05 UTC.',
  ],
])('%o', (what, says) => expect(goesOnWords({ ...what, at })).toBe(says))

test('what is left to the next sync says why', () => {
  expect([
    leftWords({ streams: 2, scopes: false }, 'tried'),
    leftWords({ streams: 1, scopes: false }, 'paused'),
    leftWords({ streams: 0, scopes: true }, 'due'),
  ]).toEqual([
    '2 streams were still throttled after 4 further attempts; the next sync looks at them again.',
    '1 stream was throttled; the next sync looks at it again, as the source is paused.',
    'The list of scopes was throttled; the next sync looks at it again, as it comes first.',
  ])
})

test('a run that resumes says what, and every other run that it does not', () => {
  expect(resumesOf({ resumes })).toEqual(resumes)
  expect(resumesWords(resumes)).toBe(
    'Resumes 3 streams of the run of 2026-11-22 13:59 UTC that were throttled: attempt 2 of 4.',
  )
  expect(resumesOf(null)).toBeUndefined()
  expect(resumesOf({ understood: [], ignored: [], dropped: [] })).toBeUndefined()
  expect(resumesOf({ resumes: { ...resumes, at: undefined } })).toBeUndefined()
})
