// Kinds of tests: unit (no database; many files share a process), alone (no database; each file in a process of its own),
// db (each file on a database of its own; many share a process), db-alone (each in a process of its own) and db-sampled (each
// on a copy of the sample organisation) run side by side, the longest first; then e2e and e2e-sampled (a browser), two
// files at a time; undisturbed (db) after them. Run through `npm test`, which prepares what they need: scripts/test/.
import os from 'node:os'
import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/longest-first.mjs'

/** Whole journeys of minutes, whose steps other tests take one by one: taken where they are named. */
const LONG = ['tests/e2e/{whole-campaign,verified-gone}.spec.ts']
const isLongNamed = process.argv.some((word) => /whole-campaign|verified-gone/.test(word))
const NOT_OURS = [...configDefaults.exclude, '.next/**', '.data/**', ...(isLongNamed ? [] : LONG)]
/** What depends on the process it runs in: packages that sign in remember what they found; others start processes. */
const ALONE = [
  'connectors/**/{client,client-clusters,connector,laws,live,login}.test.ts',
  'connectors/**/seen-elements.test.ts',
  'evaluators/**/live.test.ts',
  'tests/{contract,startup}/**/*.test.ts',
]
/** What replaces modules, steers the clock or the output of its process, or breaks what all of it shares. */
const DB_ALONE = [
  '{cli,jobs,tests}/**/*.db.test.ts',
  'governance/{auth,connections,imports,runs,sample}/**/*.db.test.ts',
  'governance/*.db.test.ts',
  'governance/evaluation/facts/*.db.test.ts',
]
/** About the sample organisation: each on a copy of one that is filled once in a run. */
const DB_SAMPLED = [
  'governance/{access,packs}/**/sample.db.test.ts',
  'governance/evaluation/{facts/sample,sample-rules}.db.test.ts',
  'app/api/v1/limited.db.test.ts',
  'governance/sample/organisation.db.test.ts',
  'jobs/judging/*.db.test.ts',
]
/** Journeys that begin where the sample organisation was added. */
const E2E_SAMPLED = [
  'tests/e2e/{access,as-of,audits,campaigns,deliveries,exceptions,notifications,owners,packs,policy,reviews,roles,whole-campaign}.spec.ts',
]
/** What asserts how soon something is seen has the machine for itself, after all others. */
const UNDISTURBED = ['tests/live-cluster/following.db.test.ts']
const E2E = [
  {
    name: 'e2e',
    include: ['tests/e2e/**/*.spec.ts'],
    exclude: [...NOT_OURS, ...E2E_SAMPLED],
    setupFiles: ['tests/postgres.ts'],
  },
  {
    name: 'e2e-sampled',
    include: E2E_SAMPLED,
    exclude: NOT_OURS,
    setupFiles: ['tests/postgres.ts', 'tests/sample/setup.ts'],
  },
]
/** One more than there are cores: many tests wait. Not many more: the database server has 100 connections. */
const maxWorkers = Math.min(4, os.availableParallelism() + 1)
/** Tests make much that is garbage a moment later, which is cleaned up more cheaply in large steps. */
const execArgv = ['--max-semi-space-size=32']
const common = { pool: 'forks', maxWorkers, execArgv } as const

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    silent: 'passed-only',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          ...common,
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...NOT_OURS, '**/*.db.test.ts', ...ALONE],
          setupFiles: ['tests/own-modules.ts'],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'alone',
          include: ALONE,
          exclude: [...NOT_OURS, '**/*.db.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: [...NOT_OURS, ...DB_ALONE, ...DB_SAMPLED],
          setupFiles: ['tests/own-modules.ts', 'tests/postgres.ts'],
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'db-alone',
          include: DB_ALONE,
          exclude: [...NOT_OURS, ...UNDISTURBED, ...DB_SAMPLED],
          setupFiles: ['tests/postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'db-sampled',
          include: DB_SAMPLED,
          exclude: NOT_OURS,
          setupFiles: ['tests/postgres.ts', 'tests/sample/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          ...common,
          name: 'undisturbed',
          include: UNDISTURBED,
          setupFiles: ['tests/postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      ...E2E.map(({ name, include, exclude, setupFiles }) => ({
        extends: true as const,
        test: {
          ...common,
          maxWorkers: 2,
          ...{ name, include, exclude, setupFiles },
          // A page on a busy machine takes its time to come alive.
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 240_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      })),
    ],
  },
})
