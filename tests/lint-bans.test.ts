// Proves that the lint rules which guard design decisions report what they forbid, and only there.
import { ESLint } from 'eslint'
import { describe, expect, test } from 'vitest'

// Snippets belong to no file of the TypeScript project, so rules that need types are left out here.
const eslint = new ESLint({
  overrideConfig: {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
    },
  },
})

async function rulesBroken(filePath: string, code: string) {
  const results = await eslint.lintText(code, { filePath })
  return results.flatMap((result) => result.messages.map((message) => message.ruleId ?? message.message))
}

const SWALLOW = 'export const f = async (g: () => Promise<void>) => { try { await g() } catch { return } }\n'
const CATCH = 'export const f = (g: () => Promise<void>) => g().catch(() => undefined)\n'
const SECOND = 'export const f = (g: () => Promise<void>) => g().then(() => 1, () => 2)\n'
const ENV = 'export const secret = process.env.SECRET\n'
const LONG = `export function f() {\n${'  Date.now()\n'.repeat(61)}}\n`

describe('forbidden', () => {
  test.each([
    ['any', 'core/x.ts', 'export const x: any = 1\n', '@typescript-eslint/no-explicit-any'],
    ['the environment', 'inventory/x.ts', ENV, 'no-restricted-syntax'],
    ['the environment in a connector', 'connectors/demo/x.ts', ENV, 'no-restricted-syntax'],
    ['try in a connector', 'connectors/demo/x.ts', SWALLOW, 'no-restricted-syntax'],
    ['.catch in a connector', 'connectors/demo/x.ts', CATCH, 'no-restricted-syntax'],
    ['a second argument of .then in a connector', 'connectors/demo/x.ts', SECOND, 'no-restricted-syntax'],
    ['console', 'governance/x.ts', "console.log('x')\n", 'no-console'],
    ['long functions', 'core/x.ts', LONG, 'max-lines-per-function'],
    ['long files', 'core/x.ts', 'export {}\n'.repeat(401), 'max-lines'],
    [
      'switching rules off without a reason',
      'core/x.ts',
      '/* eslint-disable no-console */\nconsole.log(1)\n',
      'house/reasons',
    ],
    [
      'images without a description',
      'app/x.tsx',
      'export const X = () => <img src="x" />\n',
      'jsx-a11y/alt-text',
    ],
    [
      'hooks under a condition',
      'app/x.tsx',
      "import { useState } from 'react'\nexport function X({ on }: { on: boolean }) {\n  if (on) useState(1)\n  return null\n}\n",
      'react-hooks/rules-of-hooks',
    ],
  ])('%s', async (_, file, code, rule) => {
    expect(await rulesBroken(file, code)).toContain(rule)
  })
})

describe('allowed', () => {
  test.each([
    ['the environment in env.ts', 'env.ts', ENV],
    ['the environment in tests', 'tests/x.ts', ENV],
    ['try outside connectors', 'jobs/x.ts', SWALLOW],
    ['try in a test of a connector', 'connectors/demo/connector.test.ts', SWALLOW],
    ['console at the command line', 'cli/main.ts', "console.log('x')\n"],
    ['long functions in tests', 'core/x.test.ts', LONG],
    [
      'switching a rule off with a reason',
      'core/x.ts',
      '/* eslint-disable no-console -- shown to the operator */\nconsole.log(1)\n',
    ],
  ])('%s', async (_, file, code) => {
    expect(await rulesBroken(file, code)).toEqual([])
  })
})
