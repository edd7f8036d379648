// What one identity does to the score, in words.
import { expect, test } from 'vitest'
import { shareWords, type Shared } from './identity-share'

const ROBOT: Shared = {
  ...{ class: 'machine', retired: false, judged: true, privilege: 'administrator' as const },
  findings: [],
}
const finding = (severity: 'critical' | 'high' | 'low', more = {}) =>
  ({ state: 'open', verdict: 'fail', severity, ...more }) as Shared['findings'][number]

test.each<[string, Partial<Shared>, string | undefined]>([
  ['nothing fails', {}, 'Weighs 8 in the score and keeps 100 % of that: nothing fails.'],
  [
    'the worst counts',
    { findings: [finding('low'), finding('high')] },
    'Weighs 8 in the score and keeps 20 % of that: the worst finding is high.',
  ],
  [
    'what cannot be told opens a range',
    { findings: [finding('critical', { verdict: 'unknown' }), finding('low')] },
    'Weighs 8 in the score and keeps 0 to 90 % of that: the worst finding is low, and what cannot be told could be critical.',
  ],
  [
    'what is settled or excepted does not count',
    { findings: [finding('critical', { state: 'resolved' }), finding('high', { excepted: {} })] },
    'Weighs 8 in the score and keeps 100 % of that: nothing fails.',
  ],
  [
    'not judged, and of no known privilege',
    { judged: false, privilege: 'unknown' },
    'Weighs 1 to 8 in the score and keeps 0 to 100 % of that: no rule was asked about it yet.',
  ],
  ['people are not counted', { class: 'human' }, undefined],
  ['what is gone is not', { retired: true }, undefined],
])('%s', (_, more, words) => {
  expect(shareWords({ ...ROBOT, ...more })).toBe(words)
})
