// Examples of issuers that the policy lists, and that it does not list.
import { expect, test } from 'vitest'
import { absent, known } from '@/core/fact'
import { evaluate } from '@/core/rule'
import type { Issuers } from '@/core/subject'
import { identity } from '../specimens'
import { ruleTester } from '../tester'
import rule from './rule'

const row = (name: string, ...also: string[]) => ({ name, also })
const trusting = (rows: Issuers['rows'], more?: string) =>
  identity({
    issuers: known(
      { count: rows.length, names: rows.map(({ name }) => name), rows, ...(more !== undefined && { more }) },
      'trust',
    ),
  })
const PIPELINE = row('token.pipelines.example', 'provider/pipelines')
const STRANGE = row('id.strange.example')
const SAYS = 'It takes the word of id.strange.example, which the policy does not list.'

ruleTester(rule, {
  now: '2026-09-30T00:00:00Z',
  params: { listed: ['Token.Pipelines.example', '*.clusters.example'] },
  pass: [
    identity(),
    trusting([PIPELINE]),
    trusting([row('a provider', 'TOKEN.pipelines.example')]), // by another of its names
    trusting([PIPELINE, row('one.clusters.example')]),
  ],
  fail: [
    { given: trusting([STRANGE]), says: SAYS },
    { given: trusting([PIPELINE, STRANGE]), says: SAYS },
    { given: trusting([STRANGE], 'one says nothing'), says: SAYS },
    // What only begins with one that is listed is another.
    {
      given: trusting([row('token.pipelines.example.strange.example')]),
      says: 'It takes the word of token.pipelines.example.strange.example, which the policy does not list.',
    },
    {
      given: { ...trusting([STRANGE, row('b.example')]), actsBy: absent('trust.list') },
      says: 'It takes the word of id.strange.example and b.example, which the policy does not list.',
      severity: 'info',
      latent: 'Nothing can act as it: it has no credential, no workload, and nobody is trusted to become it.',
    },
  ],
  depends: [
    {
      given: trusting([PIPELINE], 'who vouches for x is not told'),
      says: 'there may be others: who vouches for x is not told.',
    },
  ],
  notApplicable: [
    { ...trusting([STRANGE]), class: 'human' },
    { ...trusting([STRANGE]), class: 'provider' },
  ],
})

test('says nothing of anybody as long as the policy lists nothing', () => {
  const verdict = evaluate(rule, trusting([PIPELINE]), { listed: [] }, '2026-09-30T00:00:00Z')
  expect(verdict).toEqual({ state: 'not-applicable' })
})
