// How `npm test` counts, and what it prepares.
import { describe, expect, test } from 'vitest'
import { needs } from '@/scripts/test/selection.mjs'
import { line, tally } from '@/scripts/test/tally.mjs'

const file = (status: string, ...states: string[]) => ({
  status,
  assertionResults: states.map((state) => ({ status: state })),
})

describe('counts', () => {
  test.each([
    [
      'all kinds',
      [file('failed', 'passed', 'failed', 'skipped', 'todo'), file('passed', 'passed')],
      1,
      [2, 1, 2],
    ],
    ['a file that cannot be loaded', [file('failed'), file('passed', 'passed')], 1, [1, 1, 0]],
    ['a failed set-up', [file('failed', 'skipped', 'skipped')], 1, [0, 1, 2]],
    ['an error outside tests', [file('passed', 'passed')], 1, [1, 1, 0]],
    ['nothing', [], 0, [0, 1, 0]],
    ['only skipped ones', [file('passed', 'skipped')], 0, [0, 1, 1]],
    ['success', [file('passed', 'passed', 'passed')], 0, [2, 0, 0]],
  ])('%s', (_, testResults, exitCode, expected) => {
    expect(Object.values(tally({ testResults }, exitCode))).toEqual(expected)
  })

  test('no report is a failure', () => {
    expect(line(tally(undefined, 0))).toBe('0 passed, 1 failed, 0 skipped')
  })
})

test.each([
  [[], true, true],
  [['--project', 'unit'], false, false],
  [['--project=unit', 'core'], false, false],
  [['--project=unit', '--project=alone'], false, false],
  [['--project', 'unit', '--project', 'db'], true, false],
  [['core/fact.test.ts'], false, false],
  [['core/fact.test.ts', 'inventory/apply.db.test.ts'], true, false],
  [['inventory'], true, true],
  [['tests/e2e/login.spec.ts'], true, true],
])('%j needs a database: %s, pages: %s', (args, database, pages) => {
  expect(needs(args)).toEqual({ database, pages })
})
