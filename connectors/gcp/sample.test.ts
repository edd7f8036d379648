// The sample organisation: replayed as of today, and part of the same made-up company as the other samples.
import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Of } from '@/core/observation'
import { isCall } from './calls'
import { eventsOf, observationsOf } from './fixtures/recorded-world'
import { sampleTransport } from './sample'
import sample from './sample/organisation.json'

const NOW = new Date('2031-03-04T05:06:07Z')
const events = await eventsOf(sampleTransport(NOW), NOW.toISOString())
const all = observationsOf(events)

test('asks for calls of the table alone', () => {
  expect(sample.answers.map(({ call }) => call).filter((call) => !isCall(call))).toEqual([])
})
test('shows what may not be read, and nothing else that is partial', () => {
  const partial = events.flatMap((event) =>
    event.type === 'coverage'
      ? Object.entries(event.kinds).flatMap(([kind, c]) =>
          c.state === 'partial' ? [`${event.stream} ${kind}: ${c.why}`] : [],
        )
      : [],
  )
  expect(partial).toEqual(['restrictions entitlement: denied'])
})
test('keeps its ages', () => {
  const key = all.find(
    (one): one is Of<'credential'> => one.kind === 'credential' && one.name.startsWith('4be1f0'),
  )!
  expect(key.expiresAt).toMatchObject({ state: 'absent' })
  const age = key.createdAt.state === 'known' ? NOW.getTime() - Date.parse(key.createdAt.value) : 0
  expect(Math.round(age / 86_400_000)).toBe(1324)
})
test('has machines, accounts of others, and what is nobody', () => {
  const classes = all.flatMap((one) => (one.kind === 'identity' ? [one.class] : []))
  for (const one of ['machine', 'provider', 'unclear'] as const) expect(classes).toContain(one)
  expect(
    all.find((one) => one.kind === 'identity' && one.type === 'gcp.foreign-service-account'),
  ).toMatchObject({
    vendor: { state: 'known', value: 'finch-analytics' },
  })
})
test('names what the other samples have', () => {
  const values = all.flatMap((one) => one.links ?? []).map(({ value }) => value)
  expect(values).toContain(
    'oidc.eks.eu-north-1.amazonaws.com/id/4F1A7C2E9B3D4E60|system:serviceaccount:data:etl',
  )
  expect(values).toContain('token.actions.githubusercontent.com|repo:halden/shop:*')
  expect(values).toContain('410258837719/route-planner')
})
test('the role of AWS comes in by the very name that its provider makes of it', () => {
  const provider = all.find(
    (one): one is Of<'entitlement'> =>
      one.kind === 'entitlement' && one.nativeId.includes('workloadIdentityPools/aws/providers/halden'),
  )
  expect(provider?.document).toMatchObject({
    state: 'known',
    value: {
      attributeMapping: {
        // What Google sets where nothing else is set: the session without its name.
        'attribute.aws_role':
          "assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn",
      },
    },
  })
  const members = all.flatMap((one) => (one.kind === 'trust' ? [one.principal] : []))
  expect(members.filter((one) => one.includes('attribute.aws_role'))).toEqual([
    expect.stringMatching(/attribute\.aws_role\/arn:aws:sts::410258837719:assumed-role\/route-planner$/),
  ])
})
test('shows which project lies in which folder', () => {
  const trees = all.flatMap((one) =>
    one.kind === 'entitlement' && one.type === 'gcp.tree' && one.document.state === 'known'
      ? [one.document.value]
      : [],
  )
  expect(trees).toEqual([
    {
      parents: { 'projects/halden-data': 'folders/904417', 'projects/halden-maps': 'folders/904417' },
      numbers: { 'halden-data': '731000000011', 'halden-maps': '731000000012' },
    },
    { parents: { 'folders/904417': 'organizations/582049173364' }, numbers: {} },
  ])
})
test('every trust points at somebody who is there', () => {
  const ids = new Set(all.flatMap((one) => (one.kind === 'identity' ? [one.nativeId] : [])))
  expect(
    all.flatMap((one) => (one.kind === 'trust' && !ids.has(one.identity) ? [one.nativeId] : [])),
  ).toEqual([])
})
test('is small', () => {
  expect(statSync(`${import.meta.dirname}/sample/organisation.json`).size).toBeLessThan(40 * 1024)
})
test('shows what was seen in use of a role, what was not, and where nobody can tell', () => {
  const seen = all.flatMap((one) => (one.kind === 'grant' && one.exercised ? [one.exercised] : []))
  const counts = seen.flatMap((one) => (one.state === 'known' ? [one.value.actions.length] : []))
  expect(counts.sort()).toEqual([0, 2, 2, 3])
  expect(seen.some((one) => one.state === 'unknown' && one.detail?.includes('projects/halden-maps'))).toBe(
    true,
  )
})
