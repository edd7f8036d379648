// The engine answers unknown before a rule is asked, and never stores a message with a hole.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { absent, known, unknown } from './fact'
import { defineRule, evaluate, fill, type Depends, type Hit } from './rule'
import type { CredentialSubject } from './subject'

const now = '2026-09-30T00:00:00Z'
const subject = (different: Partial<CredentialSubject> = {}): CredentialSubject => ({
  kind: 'credential',
  id: 'c-1',
  name: 'key',
  type: 'sample.key',
  form: 'static-key',
  identityName: 'robot',
  identityClass: 'machine',
  createdAt: known('2026-01-01T00:00:00Z', 'list'),
  rotatedAt: absent('list'),
  expiresAt: absent('list', 'keys do not expire'),
  lastUsedAt: known('2026-09-01T00:00:00Z', 'use'),
  enabled: known(true, 'list'),
  identityEnabled: known(true, 'list'),
  lifetimeSeconds: absent('list'),
  siblings: absent('list'),
  supersededBy: absent('list'),
  alternative: absent('list'),
  environment: absent('policy'),
  ...different,
})

/** A rule that answers as told, and keeps what it was asked. */
function ruleAnswering(answer: Hit | Depends | null) {
  const asked: unknown[] = []
  const rule = defineRule({
    meta: {
      id: 'credential-unused',
      title: 'Unused',
      severity: 'medium',
      subject: 'credential',
      topic: 'lifetime',
      needs: ['lastUsedAt', 'expiresAt'],
      params: z.object({ daysMax: z.number() }),
      controls: [],
      messages: { idle: 'Idle for {{days}} of {{daysMax}} days.' },
      remedy: 'Delete it.',
    },
    applies: ({ form }) => form === 'static-key',
    check: (at) => {
      const { lastUsedAt, expiresAt, enabled } = at.subject
      asked.push({ ...at, subject: { lastUsedAt, expiresAt, enabled } })
      return answer
    },
  })
  return { asked, ask: (of: CredentialSubject) => evaluate(rule, of, { daysMax: 90 }, now) }
}
const hit: Hit = { message: 'idle', data: { days: 100, daysMax: 90 } }

describe('evaluate', () => {
  test('an unknown need is answered before the rule is asked', () => {
    const { ask, asked } = ruleAnswering(null)
    expect(ask(subject({ lastUsedAt: unknown('denied', 'use') }))).toEqual({
      state: 'unknown',
      missing: ['lastUsedAt'],
      message: 'Cannot tell without knowing when it was last used.',
      evidence: [
        { fact: 'lastUsedAt', state: 'unknown', source: 'use', why: 'denied' },
        { fact: 'expiresAt', state: 'absent', source: 'list' },
      ],
    })
    expect(asked).toEqual([])
  })
  test('every need that is missing is named', () => {
    const both = { lastUsedAt: unknown('denied', 'use'), expiresAt: unknown('not-offered', 'list') } as const
    expect(ruleAnswering(null).ask(subject(both))).toMatchObject({ missing: ['lastUsedAt', 'expiresAt'] })
  })
  test('a subject it does not speak of is not applicable, whatever is unknown', () => {
    const { ask, asked } = ruleAnswering(hit)
    const other = subject({ form: 'certificate', lastUsedAt: unknown('denied', 'use') })
    expect(ask(other)).toEqual({ state: 'not-applicable' })
    expect(asked).toEqual([])
  })
  test('what it does not need may be unknown', () => {
    expect(ruleAnswering(null).ask(subject({ enabled: unknown('denied', 'list') })).state).toBe('pass')
  })
  test('needs are unwrapped: a value, or null for absent; other facts stay facts', () => {
    const { ask, asked } = ruleAnswering(null)
    ask(subject())
    expect(asked).toMatchObject([
      {
        subject: { lastUsedAt: '2026-09-01T00:00:00Z', expiresAt: null, enabled: { state: 'known' } },
        params: { daysMax: 90 },
        now,
      },
    ])
  })
  test('a hit fails with its message filled in, and its own severity or the rule’s', () => {
    expect(ruleAnswering(hit).ask(subject())).toMatchObject({
      state: 'fail',
      message: 'Idle for 100 of 90 days.',
      severity: 'medium',
    })
    expect(ruleAnswering({ ...hit, severity: 'high' }).ask(subject())).toMatchObject({ severity: 'high' })
  })
  test('"it depends" is unknown, with nothing missing', () => {
    const verdict = ruleAnswering({ depends: 'on a condition.' }).ask(subject())
    expect(verdict).toMatchObject({ state: 'unknown', missing: [], message: 'It depends: on a condition.' })
  })
  test('evidence keeps value, source, age and doubt', () => {
    const at = '2026-08-01T00:00:00Z'
    const lastUsedAt = { ...known(now, 'use'), at, unconfirmed: { why: 'throttled', since: now } } as const
    expect(ruleAnswering(null).ask(subject({ lastUsedAt }))).toEqual({
      state: 'pass',
      evidence: [
        { fact: 'lastUsedAt', state: 'known', value: now, source: 'use', at, why: 'throttled' },
        { fact: 'expiresAt', state: 'absent', source: 'list' },
      ],
    })
  })
  test('a message nobody wrote is a bug', () => {
    expect(() => ruleAnswering({ message: 'gone', data: {} }).ask(subject())).toThrow(/no message gone/)
  })
  test('a message with a hole is a bug', () => {
    expect(() => ruleAnswering({ ...hit, data: { days: 100 } }).ask(subject())).toThrow(
      /no value for \{\{daysMax\}\}/,
    )
  })
  test('a need that the subject does not have is a bug', () => {
    const { lastUsedAt: _, ...rest } = subject()
    expect(() => ruleAnswering(null).ask(rest as CredentialSubject)).toThrow(
      /needs lastUsedAt, which is not a fact/,
    )
  })
})

describe('fill', () => {
  test('fills every place, once', () => {
    expect(fill('{{a}} and {{b}} and {{a}}', { a: '{{b}}', b: 0 })).toBe('{{b}} and 0 and {{b}}')
  })
  test('a hole throws', () => expect(() => fill('{{a}}', {})).toThrow(/no value for \{\{a\}\}/))
  test('what every object has by birth fills no hole', () => {
    expect(() => fill('{{constructor}}', {})).toThrow(/no value/)
  })
})
