// Locks of the database have numbers, and a number belongs to one purpose: two that share one would wait for each other, and
// each could believe itself protected from the other.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const ROOT = path.dirname(import.meta.dirname)
const SPACE = 7306
/** However it is written: a number that is put in by a variable is none that can be looked up here. */
const USE = new RegExp(`xact_lock(?:_shared)?\\(${SPACE}(?:::int)?, ([^)]+)\\)`, 'g')
const FOLDERS = ['app', 'cli', 'governance', 'inventory', 'jobs', 'prisma/migrations']

/** By number: where the lock is taken. Several places mean the same purpose. */
const OWNERS: Record<string, string> = {
  1: 'inventory/joins/',
  2: 'governance/access/',
  3: 'governance/evaluation/evaluate-scope.ts',
  4: 'prisma/migrations/20261123130000_activity_chain/',
  5: 'governance/directory/',
  6: 'governance/owners/',
  7: 'governance/evaluation/note-touched.ts',
  8: 'governance/policy/',
  9: 'governance/triage/',
  10: 'governance/packs/keys/',
}

test('each number is of one purpose', () => {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|sql)$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
  const used = files.flatMap((file) =>
    [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(USE)].map(([, number = '']) => ({
      file,
      number,
    })),
  )
  expect(used.length).toBeGreaterThan(6)
  expect(used.filter(({ file, number }) => !file.startsWith(OWNERS[number] ?? 'nobody'))).toEqual([])
})
