// Two versions of one thing, field by field.
import { expect, test } from 'vitest'
import { absent, known, unknown } from '@/core/fact'
import { docChanges, docDifferences } from './doc-changes'

const base = {
  kind: 'identity',
  nativeId: 'x',
  name: 'deploy',
  tags: known({ team: 'a' }, 's'),
  lastUsedAt: absent('s'),
}

test('fields that differ are told old to new, in words', () => {
  const after = { ...base, name: 'deploy-2', lastUsedAt: unknown('denied', 's') }
  expect(docChanges(base, after)).toEqual([
    { field: 'name', from: 'deploy', to: 'deploy-2' },
    { field: 'lastUsedAt', from: 'none', to: 'unknown (denied)' },
  ])
})

test('an older or newer look at the same answer is no change', () => {
  const after = { ...base, tags: { ...base.tags, at: '2026-01-01T00:00:00Z', source: 'other' } }
  expect(docChanges(base, after)).toEqual([])
})

test('an answer that could not be confirmed is one', () => {
  const tags = { ...base.tags, unconfirmed: { why: 'denied' as const, since: '2026-01-01T00:00:00Z' } }
  expect(docChanges(base, { ...base, tags })).toEqual([
    { field: 'tags', from: '{"team":"a"}', to: '{"team":"a"} (not confirmed: denied)' },
  ])
})

test('a document that changed is not written out', () => {
  const [before, after] = [1, 2].map((n) => ({ document: known({ Statement: [n] }, 's') }))
  expect(docChanges(before!, after!)).toEqual([
    { field: 'document', from: 'an older text', to: 'a newer text' },
  ])
})

test('of what was seen in use, the window that moves on and the count are no change; another action is one', () => {
  const seen = (to: string, actions: string[], total: number) => ({
    exercised: known({ from: '2026-06-01T00:00:00Z', to, actions, total }, 's'),
  })
  const before = seen('2026-08-30T00:00:00Z', ['roles.list'], 37)
  const later = seen('2026-08-31T00:00:00Z', ['roles.list'], 38)
  expect([docChanges(before, later), docDifferences(before, later)]).toEqual([[], []])
  const more = seen('2026-08-31T00:00:00Z', ['roles.list', 'roles.get'], 38)
  const change = { field: 'exercised', from: 'roles.list', to: 'roles.list, roles.get' }
  expect([docChanges(before, more), docDifferences(before, more)]).toEqual([[change], [change]])
  expect(docDifferences(before, { exercised: unknown('denied', 's') })).toEqual([
    { field: 'exercised', from: 'roles.list', to: 'unknown', unseen: 'after' },
  ])
})
