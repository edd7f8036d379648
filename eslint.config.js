// Lint rules. Those that guard a design decision say so in their message, and tests/lint-bans.test.ts proves they fire.
import js from '@eslint/js'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const CODE = ['**/*.{ts,tsx}']
const TESTS = ['**/*.test.{ts,tsx}', '**/*.spec.ts', 'tests/**']

const NODE_GLOBALS = [
  'process',
  'console',
  'fetch',
  'URL',
  'Buffer',
  'performance',
  'WebAssembly',
  'AbortSignal',
  'AbortController',
]
const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'globalThis']

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only env.ts reads the environment: import { env } from there.',
}
const completeness =
  'A connector earns completeness by returning: an error must end the stream, or rows vanish silently. Let it throw; ' +
  'use session.ask for what may be refused, and absentOn for what may be missing.'
const noSwallowing = [
  { selector: 'TryStatement', message: completeness },
  { selector: "CallExpression[callee.property.name='catch']", message: completeness },
  { selector: "CallExpression[callee.property.name='then'][arguments.length>1]", message: completeness },
  { selector: "MemberExpression[property.name='allSettled']", message: completeness },
]

/** An eslint-disable without a reason after "--" is a puzzle for the next reader. */
const reasons = {
  meta: { type: 'suggestion', schema: [] },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments())
        if (/^\s*eslint-disable/.test(comment.value) && !/--\s*\S/.test(comment.value))
          context.report({ loc: comment.loc, message: 'Say why after "--": eslint-disable-… rule -- reason' })
    },
  }),
}

const globals = (names) => Object.fromEntries(names.map((name) => [name, 'readonly']))

export default defineConfig(
  globalIgnores([
    '.next/',
    '.data/',
    'coverage/',
    'next-env.d.ts',
    'prisma/generated/',
    '**/fixtures/',
    'public/',
  ]),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { house: { rules: { reasons } } },
    rules: {
      ...js.configs.recommended.rules,
      'house/reasons': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', 400],
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
    },
  },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: globals([...NODE_GLOBALS, ...TIMERS]) } },
  { files: CODE, extends: [tseslint.configs.recommended] },
  {
    files: CODE,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', noEnvironment],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
    },
  },
  {
    files: ['**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended, jsxA11y.flatConfigs.recommended],
  },
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    rules: { 'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['connectors/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnvironment, ...noSwallowing] },
  },
  {
    // What keeps up with a source is its network side: that a line ends is an answer there, and no stream is read.
    files: ['connectors/*/follow/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', noEnvironment] },
  },
  { files: ['cli/**', 'jobs/worker.ts'], rules: { 'no-console': 'off' } },
  {
    files: [...TESTS, 'env.ts', '*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: TESTS, rules: { 'max-lines-per-function': 'off', 'no-console': 'off' } },
)
