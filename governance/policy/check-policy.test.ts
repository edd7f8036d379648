// What is no policy is told by its field; what is one and probably not meant is told as well.
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY, Policy } from '@/core/policy'
import { rules } from '@/rules'
import { checkPolicy, toIssue } from './check-policy'
import { isSamePolicy } from './pruned'
import { paramFields } from './rule-settings'

const NOW = '2026-10-01T00:00:00.000Z'
const LONG = 'credential-long-lived'
const issues = (raw: unknown) => checkPolicy(raw, NOW).issues.map(toIssue)
const warnings = (raw: unknown) => checkPolicy(raw, NOW).warnings.map(toIssue)
const rule = (settings: unknown, id = LONG) => ({ rules: { [id]: settings } })

test('what is built in is a policy without anything to warn of', () => {
  expect(checkPolicy(DEFAULT_POLICY, NOW)).toMatchObject({ issues: [], warnings: [] })
  expect(checkPolicy({}, NOW)).toMatchObject({ issues: [], warnings: [] })
})

test.each<[string, unknown, string, string]>([
  ['a rule that is not there', rule({}, 'credential-long-livd'), 'rules.credential-long-livd', ''],
  [
    'a rule that is written wrongly',
    rule({ severity: 'low' }, 'credential-longlived'),
    'rules.credential-longlived',
    'Do you mean credential-long-lived?',
  ],
  [
    'a parameter that is not there',
    rule({ params: { ageDayMax: 3 } }),
    `rules.${LONG}.params.ageDayMax`,
    'Do you mean ageDaysMax?',
  ],
  [
    'a text for a number',
    rule({ params: { ageDaysMax: 'ninety' } }),
    `rules.${LONG}.params.ageDaysMax`,
    'must be a number, not a text',
  ],
  [
    'a number in quotes',
    rule({ params: { ageDaysMax: '90' } }),
    `rules.${LONG}.params.ageDaysMax`,
    'without quotes',
  ],
  ['half a day', rule({ params: { ageDaysMax: 0.5 } }), `rules.${LONG}.params.ageDaysMax`, 'a whole number'],
  ['no day', rule({ params: { ageDaysMax: 0 } }), `rules.${LONG}.params.ageDaysMax`, 'more than 0'],
  [
    'parameters of a special case',
    rule({ for: [{ types: ['a'], params: { ageDaysMax: -1 } }] }),
    `rules.${LONG}.for.0.params.ageDaysMax`,
    'more than 0',
  ],
  ['a severity that is none', rule({ severity: 'dreadful' }), `rules.${LONG}.severity`, 'critical, high'],
  ['off without a reason', rule({ off: '' }), `rules.${LONG}.off`, 'say why'],
  ['a field of a rule', rule({ offf: 'because' }), `rules.${LONG}.offf`, 'Do you mean off?'],
  ['a field of the policy', { breakglass: [] }, 'breakglass', 'Do you mean breakGlass?'],
  ['a field of an entry', { suppliers: [{ name: 'x', identity: [] }] }, 'suppliers.0.identity', 'identities'],
  [
    'a day that is none',
    { breakGlass: [{ identity: 'x', why: 'when all fails', until: '2026-02-30' }] },
    'breakGlass.0.until',
    'must be a day',
  ],
  [
    'an entry that lacks a field',
    { breakGlass: [{ identity: 'x', until: '2027-01-01' }] },
    'breakGlass.0.why',
    '',
  ],
  ['a list that is none', { endTags: 'expires' }, 'endTags', 'must be a list, not a text'],
  [
    'an empty pattern',
    { suppliers: [{ name: 'x', identities: [' '] }] },
    'suppliers.0.identities.0',
    'empty',
  ],
  ['too long a list', { endTags: Array.from({ length: 501 }, String) }, 'endTags', 'at most 500'],
  ['too long a text', { endTags: ['x'.repeat(301)] }, 'endTags.0', 'at most 300'],
  ['a list', [], '', 'must be named fields, not a list'],
  ['nothing', null, '', 'not nothing'],
])('%s is told by its field', (_, raw, path, says) => {
  const found = issues(raw)
  expect(found).toHaveLength(1)
  expect(found[0]?.path).toBe(path)
  expect(found[0]?.message).toContain(says)
})

test('each wrong field is told, and what is wrong with a usual parameter is told once', () => {
  const found = issues(
    rule({ params: { ageDaysMax: 0, other: 1 }, for: [{ types: ['a'], severity: 'low' }], severity: 'low' }),
  )
  expect(found.map(({ path }) => path).sort()).toEqual([
    `rules.${LONG}.params.ageDaysMax`,
    `rules.${LONG}.params.other`,
  ])
})

test.each(rules.map((one) => [one.meta.id, one] as const))(
  'the parameters of %s have titles and defaults, are read as they are described, and no others are',
  (id, one) => {
    for (const field of paramFields(one)) {
      expect(field.title).not.toBe(field.name)
      expect(field.default).toBeDefined()
      expect(issues(rule({ params: { [field.name]: field.default } }, id))).toEqual([])
      if (field.min !== undefined) {
        expect(issues(rule({ params: { [field.name]: field.min } }, id))).toEqual([])
        expect(issues(rule({ params: { [field.name]: field.min - 1 } }, id))).toHaveLength(1)
      }
    }
    expect(issues(rule({ params: { thereIsNoSuchOne: 1 } }, id))).toHaveLength(1)
  },
)

describe('warnings', () => {
  const emergency = (identity: string, until: string) => ({
    breakGlass: [{ identity, why: 'when all fails', until }],
  })
  test.each<[string, unknown, string, string]>([
    ['a declaration that is over', emergency('root', '2026-09-30'), 'breakGlass.0.until', 'is over'],
    ['everybody for emergencies', emergency('**', '2027-01-01'), 'breakGlass.0.identity', 'every identity'],
    [
      'everybody of a supplier',
      { suppliers: [{ name: 'Acme', identities: ['a', '*'] }] },
      'suppliers.0.identities.1',
      'Every identity',
    ],
    ['a supplier of nobody', { suppliers: [{ name: 'Acme' }] }, 'suppliers.0.identities', 'no identity'],
    [
      'a special case of everything',
      rule({ for: [{ severity: 'low' }] }),
      `rules.${LONG}.for.0`,
      'everything',
    ],
    ['a special case of nothing', rule({ for: [{ types: [] }] }), `rules.${LONG}.for.0`, 'never fits'],
    [
      'an environment that nobody tells',
      rule({ for: [{ environments: ['production'] }] }, 'secret-old'),
      'rules.secret-old.for.0',
      'never fits',
    ],
    [
      'a place that is every place',
      {
        environments: {
          places: [
            { place: '*', environment: 'x' },
            { place: 'y', environment: 'y' },
          ],
        },
      },
      'environments.places.0',
      'every place',
    ],
  ])('%s', (_, raw, path, says) => {
    expect(issues(raw)).toEqual([])
    expect(warnings(raw)).toEqual([{ path, message: expect.stringContaining(says) }])
  })
  test('the last day is still a day', () => {
    expect(warnings(emergency('root', '2026-10-01'))).toEqual([])
  })
})

test('what says nothing makes no difference', () => {
  const parse = (raw: unknown) => Policy.parse(raw)
  expect(isSamePolicy(parse({}), parse(rule({ params: {} })))).toBe(true)
  expect(isSamePolicy(parse({}), parse(rule({ severity: 'low' })))).toBe(false)
  expect(isSamePolicy(parse({}), parse(rule({ for: [{ types: ['a'] }] })))).toBe(false)
})
