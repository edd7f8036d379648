// Counts a test run from vitest's JSON report. A file that could not be loaded, or whose set-up failed, is a failure.
import fs from 'node:fs'

export function tally(report, exitCode) {
  const files = report?.testResults ?? []
  const count = (...states) =>
    files.flatMap((file) => file.assertionResults).filter((test) => states.includes(test.status)).length
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  const passed = count('passed')
  const failed = count('failed') + broken.length
  // Errors outside tests, or nothing found to run, show only in vitest's exit code or in an empty report.
  const unseen = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0
  return { passed, failed: failed + unseen, skipped: count('skipped', 'pending', 'todo', 'disabled') }
}

export function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

export const line = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`
