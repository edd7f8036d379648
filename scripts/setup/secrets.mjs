// Secrets of an installation that was given none: made once, kept in .data/secrets.json. The environment wins.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Failure } from './failure.mjs'
import { DATA, writeWhole } from './paths.mjs'

const NAMES = ['AUTH_SECRET', 'ENCRYPTION_KEY']

function stored(file) {
  if (!fs.existsSync(file)) return {}
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Failure(
      `${file} is damaged.`,
      'Restore it from a backup: stored connection settings can only be read with its ENCRYPTION_KEY.',
    )
  }
}

/** @param {{ folder?: string, env?: Record<string, string | undefined> }} [from] */
export function secrets({ folder = DATA, env = process.env } = {}) {
  const file = path.join(folder, 'secrets.json')
  const kept = stored(file)
  const missing = NAMES.filter((name) => !kept[name] && !env[name])
  for (const name of missing) kept[name] = randomBytes(32).toString('base64url')
  if (missing.length) writeWhole(file, `${JSON.stringify(kept, null, 2)}\n`)
  return Object.fromEntries(NAMES.map((name) => [name, env[name] || kept[name]]))
}

/** What `next build` and tests need to see in the environment; nothing is ever protected with these. */
export const dummies = {
  AUTH_SECRET: 'only-for-builds-and-tests-only-for-builds-and-tests',
  ENCRYPTION_KEY: Buffer.alloc(32, 'only-for-builds-and-tests').toString('base64url'),
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  BASE_URL: 'http://localhost:3000',
}
