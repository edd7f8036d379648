// How two policies differ, in words: nothing that differs is left out.
import { expect, test } from 'vitest'
import { DEFAULT_POLICY, Policy } from '@/core/policy'
import { changeWords, policyChanges } from './policy-changes'

const LONG = 'credential-long-lived'
const with_ = (more: object) => Policy.parse({ ...DEFAULT_POLICY, ...more })
const said = (from: Policy, to: Policy) => policyChanges(from, to).map(changeWords)

const [production, ...others] = DEFAULT_POLICY.environments.names
const environments = (more: object) => with_({ environments: { ...DEFAULT_POLICY.environments, ...more } })

test.each<[Policy, string[]]>([
  [DEFAULT_POLICY, []],
  [with_({ rules: { [LONG]: {} } }), []],
  [
    with_({ rules: { [LONG]: { params: { ageDaysMax: 60 }, severity: 'high' } } }),
    [
      'Credential is long-lived: Days until a new value: 60 (new)',
      'Credential is long-lived: Severity: high (new)',
    ],
  ],
  [
    with_({ rules: { [LONG]: { off: 'rotated elsewhere' } } }),
    ['Credential is long-lived: Turned off: rotated elsewhere (new)'],
  ],
  [
    with_({
      rules: { [LONG]: { for: [{ types: ['a', 'b'], environments: ['test'], params: { ageDaysMax: 30 } }] } },
    }),
    ['Credential is long-lived: For types a, b in environments test: Days until a new value: 30 (new)'],
  ],
  [environments({ tags: ['env'] }), ['Environments: Tags: environment, env, stage → env']],
  [
    environments({ names: [{ ...production, also: ['prod'] }, ...others] }),
    ['Environments: Names of production: prod, prd, live (production) → prod (production)'],
  ],
  [
    environments({ names: [...others, production] }),
    [
      expect.stringMatching(
        /^Environments: Order: Names of production → .* → Names of production$/,
      ) as string,
    ],
  ],
  [
    environments({ names: others }),
    ['Environments: Names of production: no longer prod, prd, live (production)'],
  ],
  [with_({ ownerTags: ['cost-owner'] }), ['Owner tags: Tags: cost-owner (new)']],
  [with_({ endTags: [] }), [expect.stringMatching(/^End tags: Tags: expires, .* → $/) as string]],
  [
    with_({ breakGlass: [{ identity: 'root', why: 'when all fails', until: '2027-01-01' }] }),
    ['Emergency identities: root: until 2027-01-01: when all fails (new)'],
  ],
  [
    with_({
      suppliers: [{ name: 'Acme', identities: ['acme-*'], endedOn: '2026-01-01', contact: 'a@b.example' }],
    }),
    ['Suppliers: Acme: acme-*; ended on 2026-01-01; a@b.example (new)'],
  ],
])('case %#', (to, words) => {
  expect(said(DEFAULT_POLICY, to)).toEqual(words)
  // The way back says as much.
  expect(said(to, DEFAULT_POLICY)).toHaveLength(words.length)
})

test('a rule that is no longer there keeps its id', () => {
  expect(said(with_({ rules: { gone: { params: { x: [1, 2] } } } }), DEFAULT_POLICY)).toEqual([
    'gone: x: no longer 1, 2',
  ])
})
