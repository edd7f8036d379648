// What is edited and sent again unchanged is the same policy; what is typed becomes what is meant.
import { expect, test } from 'vitest'
import { DEFAULT_POLICY, Policy } from '@/core/policy'
import { isSamePolicy } from '@/governance/policy/pruned'
import { ruleFields } from '@/governance/policy/rule-settings'
import { at, cleaned, draftOf, put, type Draft } from './draft'

const RULES = ruleFields()
const LONG = ['rules', 'credential-long-lived']
const full = Policy.parse({
  ...DEFAULT_POLICY,
  rules: {
    'credential-long-lived': {
      params: { ageDaysMax: 60 },
      severity: 'high',
      for: [
        { types: ['a'], environments: ['test'], params: { ageDaysMax: 10 } },
        { types: ['b'], severity: 'low' },
      ],
    },
    'identity-environment-crossed': { params: { productions: ['production', 'live'] } },
    'identity-ownerless': { off: 'kept elsewhere' },
  },
  breakGlass: [{ identity: 'root', why: 'when all fails', until: '2027-01-01' }],
  suppliers: [
    { name: 'Acme', identities: ['a*'], endedOn: '2026-01-01', contact: 'x' },
    { name: 'B', identities: [] },
  ],
})

test.each([DEFAULT_POLICY, full])('what is not changed stays what it is', (policy) => {
  expect(isSamePolicy(Policy.parse(cleaned(draftOf(policy), RULES)), policy)).toBe(true)
})

const edited = (...edits: [(string | number)[], unknown][]) =>
  cleaned(
    edits.reduce<Draft>((draft, [path, value]) => put(draft, path, value) as Draft, draftOf(DEFAULT_POLICY)),
    RULES,
  )

test.each<[(string | number)[], unknown, (string | number)[], unknown]>([
  [[...LONG, 'params', 'ageDaysMax'], ' 30 ', [...LONG, 'params', 'ageDaysMax'], 30],
  [[...LONG, 'params', 'ageDaysMax'], '3 weeks', [...LONG, 'params', 'ageDaysMax'], '3 weeks'],
  [[...LONG, 'params', 'ageDaysMax'], '', LONG, undefined],
  [[...LONG, 'severity'], '', LONG, undefined],
  [[...LONG, 'off'], '', [...LONG, 'off'], ''],
  [[...LONG, 'for'], [{ types: ['a', '', ' '], environments: [''] }], [...LONG, 'for', 0], { types: ['a'] }],
  [['endTags'], ['a', '', '  b '], ['endTags'], ['a', 'b']],
  [
    ['suppliers'],
    [{ name: 'A', identities: [''], endedOn: '', contact: ' ' }],
    ['suppliers', 0],
    { name: 'A', identities: [] },
  ],
])('%j as %j', (path, typed, where, sent) => {
  expect(at(edited([path, typed]), where)).toEqual(sent)
})

test('an entry is taken out, and what was there before is not touched', () => {
  const before = { list: [{ a: 1 }, { a: 2 }] }
  expect(put(before, ['list', 0], undefined)).toEqual({ list: [{ a: 2 }] })
  expect(put(before, ['list', 1, 'a'], 3)).toEqual({ list: [{ a: 1 }, { a: 3 }] })
  expect(before).toEqual({ list: [{ a: 1 }, { a: 2 }] })
})
