// A rule cannot change unnoticed: its text is locked by hash. UPDATE_REVISIONS=1 locks the text as it is now.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rules } from './index'
import { revisionOf } from './revisions'

const LOCK = `${import.meta.dirname}/revisions.json`

/** The same on every system, however its checkout ends lines. */
const hashOf = (id: string): string =>
  createHash('sha256')
    .update(readFileSync(`${import.meta.dirname}/${id}/rule.ts`, 'utf8').replaceAll('\r\n', '\n'))
    .digest('hex')

test('every rule is locked at the text it has', () => {
  const actual = Object.fromEntries(rules.map(({ meta }) => [meta.id, hashOf(meta.id)]))
  if (process.env.UPDATE_REVISIONS === '1') writeFileSync(LOCK, JSON.stringify(actual, null, 2) + '\n')
  const locked: unknown = JSON.parse(readFileSync(LOCK, 'utf8'))
  expect(locked, 'a rule has changed; UPDATE_REVISIONS=1 locks it anew').toEqual(actual)
})

test('a rule that was never locked has no revision', () => {
  expect(() => revisionOf('constructor')).toThrow(/no revision of constructor/)
  expect(revisionOf('identity-ownerless')).toMatch(/^[0-9a-f]{64}$/)
})
