// The sentences of a week: the worst change first, none where nothing changed, and never more names than there is room for.
import { expect, test } from 'vitest'
import type { HomeSummary } from '@/inventory/queries/types'
import { nothingChanged, weekSentences } from './week-sentences'

const none = { count: 0, more: false }
const QUIET: HomeSummary['week'] = {
  since: '2026-06-01T00:00:00.000Z',
  newIdentities: none,
  retiredIdentities: none,
  changedIdentities: none,
  newCredentials: none,
  administrators: { count: 0, named: [] },
  escalating: { count: 0, named: [] },
  ownerless: { count: 0, named: [] },
  opened: [],
  closed: [],
  changes: { rules: [], blind: [], seeing: [], added: [], removed: [], policies: [] },
}
const named = (...all: string[]) => all.map((name) => ({ id: name, name }))
const texts = (week: Partial<HomeSummary['week']>) =>
  weekSentences({ ...QUIET, ...week }).map(({ text }) => text)

test('nothing changed: no sentence, and how much was looked at', () => {
  expect(texts({})).toEqual([])
  const sources = { total: 5, lookedAt: 3, attention: [], attentionTotal: 0 }
  expect(nothingChanged(sources)).toBe('Nothing changed that was seen; 3 of 5 sources were looked at.')
  expect(nothingChanged({ ...sources, total: 1, lookedAt: 1 })).toBe(
    'Nothing changed that was seen; 1 of 1 source was looked at.',
  )
})

test('the worst first, what became better last', () => {
  const said = texts({
    closed: [{ ruleId: 'identity-ownerless', count: 2, severity: 2 }],
    newIdentities: { count: 10_000, more: true },
    opened: [{ ruleId: 'credential-long-lived', count: 1, severity: 1 }],
    administrators: { count: 5, named: named('a', 'b', 'c') },
    ownerless: { count: 1, named: named('orphan') },
    changes: {
      ...QUIET.changes,
      blind: named('prod'),
      policies: [{ version: 2, note: '', author: 'Ada', at: '2026-06-02T00:00:00.000Z' }],
    },
  })
  expect(said).toEqual([
    '5 identities are administrators now and were not known to be: a, b, c and 2 more.',
    expect.stringMatching(/: 1 finding opened, high\.$/),
    '1 identity has no owner any more: orphan.',
    '1 scope can no longer be seen whole: prod.',
    'Version 2 of the policy was saved by Ada.',
    'More than 10,000 identities are new.',
    expect.stringMatching(/^2 findings were closed: .+ \(2\)\.$/),
  ])
})

test('rules for which there is no room are counted together', () => {
  const opened = Array.from({ length: 7 }, (_, at) => ({ ruleId: `rule-${at}`, count: 2, severity: 3 }))
  expect(texts({ opened })).toHaveLength(6)
  expect(texts({ opened }).at(-1)).toBe('4 more findings of other rules opened.')
})
