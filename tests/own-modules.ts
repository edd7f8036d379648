// Set-up of test files that share a process: each loads Rollcall's own modules anew, and finds clock and environment as the
// first one found them, so that nothing one test leaves in them is met by another. Packages stay loaded: that is most of what
// loading costs. What a file puts in the place of a module would stay, too: such a file is refused.
import { readFileSync } from 'node:fs'
import { expect, vi } from 'vitest'

const kept = globalThis as { environmentOfTests?: NodeJS.ProcessEnv }
kept.environmentOfTests ??= { ...process.env }
for (const name of Object.keys(process.env))
  if (!(name in kept.environmentOfTests)) Reflect.deleteProperty(process.env, name)
Object.assign(process.env, kept.environmentOfTests)
vi.useRealTimers()
vi.resetModules()

const { testPath = '' } = expect.getState()
if (/\bvi\.(mock|doMock)\(/.test(readFileSync(testPath, 'utf8')))
  throw new Error(
    `${testPath} replaces modules, which would last in its process: it needs one of its own. See vitest.config.ts.`,
  )
