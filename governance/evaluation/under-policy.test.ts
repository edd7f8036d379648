// What a policy makes of what was read: environments, declared ends, suppliers, emergencies; and what it must not make up.
import { describe, expect, test } from 'vitest'
import { absent, known, unknown } from '@/core/fact'
import { DEFAULT_POLICY, Policy } from '@/core/policy'
import { rules } from '@/rules'
import { identity } from '@/rules/specimens'
import { countAnswers, noCounts, writeAnswers } from './answers'
import { compilePolicy } from './compiled-policy'
import { Judge } from './judge'
import { keepFacts, keptUnit } from './kept-facts'
import { Patterns } from '@/core/patterns'
import type { RawIdentity, RawUnit } from './raw-facts'
import { misfitsOf, RuleSettings } from './settings'
import { identityUnder } from './under-policy'

const NOW = '2026-09-30T00:00:00.000Z'
const policyOf = (given: Partial<Record<keyof Policy, unknown>> = {}): Policy =>
  Policy.parse({ ...DEFAULT_POLICY, ...given })

function raw(different: Partial<RawIdentity> = {}): RawIdentity {
  const { environment: _, supplier: __, endsAt: ___, consumers: ____, reaches: _____, ...own } = identity()
  return {
    ...own,
    calls: ['id-1', 'invoice-export', 'arn:demo:invoice-export'],
    tags: absent('tags.list'),
    places: ['factory'],
    consumers: absent('machines.list'),
    reaches: absent('roles.list'),
    ...different,
  }
}
const under = (different: Partial<RawIdentity>, policy = DEFAULT_POLICY, now = NOW) =>
  identityUnder(raw(different), compilePolicy(policy), now)
const denied = unknown('denied', 'tags.list')

describe('environment', () => {
  test('a tag tells it, whatever the place is called, by the name that stands for it', () => {
    const { subject } = under({ tags: known({ Env: 'PRD' }, 't'), places: ['shop-dev'] })
    expect(subject.environment).toEqual(known('production', 'tag Env'))
  })
  test('a value that no name stands for is an environment of its own', () => {
    expect(under({ tags: known({ env: 'Load-Test-7' }, 't') }).subject.environment).toMatchObject({
      value: 'load-test-7',
    })
  })
  test('else the name of its place tells it, also where tags were not seen', () => {
    const places = ['shop', 'payments-prod']
    for (const tags of [absent('t'), denied])
      expect(under({ tags, places }).subject.environment).toEqual(
        known('production', 'the name payments-prod'),
      )
  })
  test('where nothing tells it is absent, and unknown where tags were not seen', () => {
    expect(under({}).subject.environment.state).toBe('absent')
    expect(under({ tags: denied }).subject.environment).toEqual(denied)
  })
  test('places without an environment are counted, and make what is reached unknown', () => {
    const places = [
      { names: ['a-prod'], count: 2 },
      { names: ['elsewhere'], count: 3 },
    ]
    const { subject } = under({
      consumers: known({ count: 5, names: [], places }, 'w'),
      reaches: known({ places }, 'g'),
    })
    expect(subject.consumers).toMatchObject({ value: { environments: ['production'], unlabelled: 3 } })
    expect(subject.reaches).toMatchObject({
      value: { environments: ['production'], open: expect.stringContaining('elsewhere') },
    })
    expect(under({ reaches: known({ places: places.slice(0, 1) }, 'g') }).subject.reaches).toMatchObject({
      value: { environments: ['production'] },
    })
  })
})

describe('a declared end', () => {
  const ends = (value: string) => under({ tags: known({ Expires: value }, 't') }).subject.endsAt
  test('is the end of its day, or the instant', () => {
    expect(ends('2026-10-01')).toEqual(known('2026-10-01T23:59:59.999Z', 'tag Expires'))
    expect(ends('2026-10-01T10:00:00+02:00')).toMatchObject({ value: '2026-10-01T08:00:00.000Z' })
  })
  test.each(['soon', '2026-02-30', '1', '10/01/2026'])(
    '%s is no day: unknown, with the tag named',
    (value) => {
      expect(ends(value)).toMatchObject({ state: 'unknown', why: 'malformed', source: 'tag Expires' })
    },
  )
  test('none is absent; tags that were not seen are unknown', () => {
    expect(under({}).subject.endsAt.state).toBe('absent')
    expect(under({ tags: denied }).subject.endsAt).toEqual(denied)
  })
})

describe('emergencies and suppliers', () => {
  const policy = policyOf({
    breakGlass: [{ identity: 'ARN:demo:*', why: 'the last way in', until: '2026-09-30' }],
    suppliers: [{ name: 'Acme', identities: ['invoice-*'], endedOn: '2026-08-01' }],
  })
  test('by any of its names, until its day is over, and due then', () => {
    expect(under({}, policy)).toMatchObject({
      subject: { breakGlass: 'the last way in' },
      until: '2026-09-30T23:59:59.999Z',
    })
    const later = under({}, policy, '2026-10-01T00:00:00.000Z')
    expect(later.subject).not.toHaveProperty('breakGlass')
    expect(later.until).toBeUndefined()
  })
  test('the supplier that names it, or none', () => {
    expect(under({}, policy).subject.supplier).toMatchObject({
      value: { name: 'Acme', endedOn: '2026-08-01' },
    })
    expect(under({ calls: ['other'] }, policy).subject.supplier.state).toBe('absent')
    // Whoever stands in no register because none is kept is not known to be no supplier.
    expect(under({}).subject.supplier).toMatchObject({
      state: 'unknown',
      detail: expect.stringMatching(/no register/),
    })
  })
})

test('patterns are matched whole, without regard to case, and the first that fits counts', () => {
  const patterns = new Patterns([
    ['*-prod', 1],
    ['a.b-prod', 2],
    ['x+y', 3],
  ])
  expect(patterns.first(['A.B-PROD'])).toBe(1)
  expect(patterns.first(['X+Y'])).toBe(3)
  expect(patterns.first(['my-prod-1'])).toBeUndefined()
})

const unit = (different: Partial<RawIdentity> = {}): RawUnit => ({
  kind: 'identity',
  identity: raw(different),
  credentials: [],
})
const ownerless = rules.find(({ meta }) => meta.id === 'identity-ownerless')
if (!ownerless) throw new Error('the rule these tests ask is not there')
const judgeBy = (policy: Policy) => new Judge(NOW, policy, [ownerless])

describe('settings', () => {
  test('the first special setting that fits counts; what is for environments does not fit where none is known', () => {
    const settings = new RuleSettings(ownerless, {
      severity: 'high',
      for: [
        { environments: ['production'], severity: 'critical' },
        { types: ['sample.*'], severity: 'low' },
      ],
    })
    expect(settings.of('sample.robot', 'production').decided).toBe('critical')
    expect(settings.of('sample.robot', undefined).decided).toBe('low')
    expect(settings.of('other', undefined).decided).toBe('high')
  })
  test('another setting is another revision; equal ones are the same', () => {
    const of = (severity?: 'high' | 'low') =>
      new RuleSettings(ownerless, { for: [], ...(severity && { severity }) }).of('a', undefined).revision
    expect(of('high')).toBe(of('high'))
    expect(new Set([of(), of('high'), of('low')]).size).toBe(3)
  })
  test('what no rule understands is told, and its defaults count', () => {
    const lived = rules.filter(({ meta }) => meta.id === 'credential-long-lived')
    const policy = policyOf({
      rules: { 'credential-long-lived': { params: { ageDaysMax: -1 } }, nobody: {} },
    })
    expect(misfitsOf(policy, lived).map(({ ruleId }) => ruleId)).toEqual(['nobody', 'credential-long-lived'])
    const [rule] = lived
    if (!rule) throw new Error('the rule these tests ask is not there')
    const settled = new RuleSettings(rule, policy.rules['credential-long-lived']).of('a', undefined)
    expect(settled.params).toEqual({ ageDaysMax: 90 })
  })
  test('the severity a policy sets is what is kept, and latency lowers it', () => {
    const judge = judgeBy(policyOf({ rules: { 'identity-ownerless': { severity: 'critical' } } }))
    const none = { owner: absent('hints') }
    expect(judge.judge(unit(none)).open).toMatchObject([{ severity: 0, verdict: { severity: 'critical' } }])
    expect(judge.judge(unit({ ...none, enabled: known(false, 'l') })).open).toMatchObject([{ severity: 2 }])
  })
  test('a rule that is off is not asked', () => {
    const judge = judgeBy(policyOf({ rules: { 'identity-ownerless': { off: 'we know' } } }))
    expect(judge.judge(unit({ owner: absent('h') }))).toMatchObject({ open: [], answers: '' })
    expect([...judge.off]).toEqual([['identity-ownerless', 'we know']])
  })
  test('what is for emergencies is exempt, and that is told', () => {
    const policy = policyOf({ breakGlass: [{ identity: 'id-1', why: 'fire', until: '2026-12-31' }] })
    expect(judgeBy(policy).judge(unit({ owner: absent('h') })).answers).toBe('x')
  })
})

describe('what is kept', () => {
  test('is judged as what was read, and says nothing of when it was confirmed', () => {
    const at = (day: string) => ({ ...absent('hints'), at: `2026-09-${day}T00:00:00.000Z` })
    const [one, other] = [unit({ owner: at('01') }), unit({ owner: at('02') })]
    expect(keepFacts(one)).toBe(keepFacts(other))
    const judge = judgeBy(DEFAULT_POLICY)
    expect(judge.judge(keptUnit(keepFacts(one))).digest).toBe(judge.judge(one).digest)
    expect(judge.judge(one).digest).not.toBe('')
  })
  test('that it could not be confirmed is another answer', () => {
    const doubt = { why: 'denied', since: NOW } as const
    expect(keepFacts(unit({ owner: { ...absent('h'), unconfirmed: doubt } }))).not.toBe(
      keepFacts(unit({ owner: absent('h') })),
    )
  })
})

test('answers are counted as they were given, and do not grow with what belongs to a subject', () => {
  const many = Array.from({ length: 5000 }, (_, at) => (at % 2 ? 'pf' : 'ux'))
  const written = writeAnswers('pn', many)
  expect(written.length).toBeLessThan(60)
  const [own, belonging] = [
    [noCounts(), noCounts()],
    [noCounts(), noCounts()],
  ]
  countAnswers(written, 3, own, belonging)
  expect(own).toMatchObject([{ pass: 3 }, { notApplicable: 3, exempt: 0 }])
  expect(belonging).toMatchObject([
    { pass: 7500, unknown: 7500, fail: 0 },
    { fail: 7500, notApplicable: 7500, exempt: 7500 },
  ])
})
