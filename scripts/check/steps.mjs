// The checks of `npm run check`. Each is a tool and its arguments; `hint` says what to do when it fails.
import fs from 'node:fs'
import { openDatabase } from '../database/server.mjs'
import { at } from '../setup/paths.mjs'
import { dummies } from '../setup/secrets.mjs'
import { nodeTool } from '../setup/tool.mjs'

const env = { ...dummies, NODE_ENV: 'test' }

async function types() {
  // Next writes the types of its routes; the build does so too, but nothing here waits for a build.
  const routes = await nodeTool('next/dist/bin/next', ['typegen'], { env })
  if (routes.code !== 0) return routes
  return nodeTool('typescript/bin/tsc', ['--noEmit', '--pretty'], { env })
}

async function drift() {
  const database = await openDatabase()
  const migrations = ['--from-migrations', 'prisma/migrations']
  const args = ['migrate', 'diff', ...migrations, '--to-schema', 'prisma/schema', '--exit-code']
  try {
    return await nodeTool('prisma/build/index.js', args, { env: { ...env, DATABASE_URL: database.ownerUrl } })
  } finally {
    await database.close()
  }
}

const HOUSE_RULES = ['tests/tidy.test.ts', 'tests/layering.test.ts'].filter((file) => fs.existsSync(at(file)))

export const steps = ({ fix }) => [
  {
    name: 'format',
    run: () =>
      nodeTool(
        'prettier/bin/prettier.cjs',
        [fix ? '--write' : '--check', '--log-level=warn', '--cache', '.'],
        { env },
      ),
    hint: 'npm run check -- --fix',
  },
  {
    name: 'lint',
    run: () =>
      nodeTool('eslint/bin/eslint.js', ['--max-warnings=0', ...(fix ? ['--fix'] : []), '.'], { env }),
    hint: '`npm run check -- --fix` repairs what can be repaired mechanically',
  },
  { name: 'types', run: types },
  {
    name: 'house rules',
    run: () =>
      nodeTool('vitest/vitest.mjs', ['run', '--project=unit', '--reporter=dot', ...HOUSE_RULES], { env }),
  },
  {
    name: 'unused code',
    run: () => nodeTool('knip/bin/knip.js', ['--no-progress', '--no-config-hints'], { env }),
    hint: 'remove it, or export it to someone',
  },
  {
    name: 'schema drift',
    run: drift,
    hint: 'prisma/schema says more than prisma/migrations: npm run prisma -- migrate dev --name what-changed',
  },
]
