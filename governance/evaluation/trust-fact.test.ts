// Where not all trust was read, a weakness that was not seen is not one that is not there.
import { describe, expect, test } from 'vitest'
import { evaluate } from '@/core/rule'
import { TRUST_TOPICS, trustTopicOf } from '@/core/trust-topics'
import anyone from '@/rules/identity-trusts-anyone/rule'
import service from '@/rules/identity-service-unbound/rule'
import { identity } from '@/rules/specimens'
import type { LookRow } from './absence'
import type { VerdictRow } from './rows'
import { trustFact } from './trust-fact'

const NOW = '2026-09-30T00:00:00Z'
const at = new Date('2026-09-29T00:00:00Z')
const look = (different: Partial<LookRow> = {}): LookRow => ({
  stream: 'roles',
  kind: 'trust',
  at,
  state: 'complete',
  why: null,
  permission: null,
  detail: null,
  completeAt: at,
  about: [],
  ...different,
})
const refused = look({ state: 'partial', why: 'denied', permission: 'roles.get', completeAt: null })
const verdict = (...pitfalls: VerdictRow['pitfalls']) => ({ platform: 'sample', pitfalls }) as VerdictRow
const seen = { id: 'F16', answer: 'yes', severity: 'low', because: ['The service acts for others.'] } as const
const ask = (rule: typeof anyone, of: VerdictRow, looks: LookRow[]) =>
  evaluate(rule, identity({ trustWeaknesses: trustFact(of, looks) }), {}, NOW).state

describe('a weakness that was seen', () => {
  const of = verdict({ ...seen, because: [...seen.because] })
  test('is told by the rule of its topic, whatever else was not read', () => {
    expect(ask(service, of, [look()])).toBe('fail')
    expect(ask(service, of, [refused])).toBe('fail')
  })
  test('lets the others pass only where all trust was read', () => {
    expect(ask(anyone, of, [look()])).toBe('pass')
    expect(ask(anyone, of, [refused])).toBe('unknown')
  })
})

test('none is none only where all trust was read', () => {
  expect(trustFact(verdict(), [look()]).state).toBe('absent')
  expect(trustFact(verdict(), [refused]).state).toBe('unknown')
  expect(trustFact(undefined, [look()]).state).toBe('unknown')
})

test('every row of the table is about a topic, by its severity where that says who is let in', () => {
  const rows = Array.from({ length: 29 }, (_, n) => `F${String(n + 1).padStart(2, '0')}`)
  for (const id of rows) expect(TRUST_TOPICS).toContain(trustTopicOf(id, 'high'))
  expect([trustTopicOf('F20', 'critical'), trustTopicOf('F20', 'low')]).toEqual(['anyone', 'subject'])
})
