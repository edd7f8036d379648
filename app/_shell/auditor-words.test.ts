import { expect, test } from 'vitest'
import { auditorWords } from './auditor-words'

const until = '2027-02-22T00:00:00.000Z'

test.each([
  [{}, 'You read as an auditor.'],
  [{ until }, 'You read as an auditor until 21 Feb 2027.'],
  [{ within: ['a'] }, 'You read as an auditor, within 1 scope.'],
  [{ until, within: ['a', 'b', 'c'] }, 'You read as an auditor until 21 Feb 2027, within 3 scopes.'],
  [
    { within: [] },
    'You read as an auditor, and see nothing: the scopes you were limited to are not there any more. Ask an administrator.',
  ],
])('%o', (limits, words) => expect(auditorWords({ role: 'auditor', ...limits })).toBe(words))

test('nothing is said to others', () => expect(auditorWords({ role: 'analyst', until })).toBeUndefined())
