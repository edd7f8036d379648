// Access entries of EKS: what one refusal costs, what is kept through it, and that an entry is gone only once all were listed.
import { describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import type { Of } from '@/core/observation'
import type { Transport } from '@/core/upstream'
import { UpstreamError } from '@/core/upstream'
import { apply, type State } from '@/tests/conformance/reference-inventory'
import { eventsOf } from './fixtures/recorded-world'
import { sampleTransport } from './sample'

const [T1, T2, T3] = ['2026-09-30T12:00:00Z', '2026-10-01T12:00:00Z', '2026-10-02T12:00:00Z']
const LIST = 'eks:ListAccessEntries'
const ENTRY = 'eks:DescribeAccessEntry'
const POLICIES = 'eks:ListAssociatedAccessPolicies'
const CI = 'arn:aws:iam::410258837719:role/github-deploy'
type Params = Readonly<Record<string, unknown>>
type Answer = (permission: string, params: Params, answer: () => Promise<unknown>) => unknown

function estate(replace: Answer): Transport & { calls: string[] } {
  const sample = sampleTransport(new Date(T1))
  const calls: string[] = []
  return {
    calls,
    async send(permission, params, signal) {
      calls.push(permission)
      return await replace(permission, params, () => sample.send(permission, params, signal))
    },
    explain: sample.explain,
  }
}
const refuse = (permission: string): never => {
  throw new UpstreamError('denied', permission, 'refused by the test')
}
const refusing = (...permissions: string[]) =>
  estate((permission, _, answer) => (permissions.includes(permission) ? refuse(permission) : answer()))
const untouched = () => estate((_, __, answer) => answer())
/** A cluster of another authentication mode. */
const inMode = (authenticationMode: string | undefined) =>
  estate(async (permission, _, answer) => {
    const given = (await answer()) as { cluster?: object }
    return permission === 'eks:DescribeCluster'
      ? { cluster: { ...given.cluster, accessConfig: { authenticationMode } } }
      : given
  })

const rows = (events: readonly Collected[], type = 'aws.eks-access-entry') =>
  events.flatMap((e) =>
    e.type === 'observations' && e.stream === 'clusters'
      ? e.observations.filter((o): o is Of<'entitlement'> => o.kind === 'entitlement' && o.type === type)
      : [],
  )
function coverage(events: readonly Collected[]) {
  for (const e of events) if (e.type === 'coverage' && e.stream === 'clusters') return e.kinds
  throw new Error('the stream was not read')
}
const held = (state: State, of: string) =>
  [...state.values()].filter(
    (row) => row.active && row.kind === 'entitlement' && row.nativeId.includes(`/${of}/`),
  )

describe('what an entry says', () => {
  test('as whom, in which groups, with which policies, and which cluster it is about', async () => {
    const events = await eventsOf(untouched())
    expect(coverage(events).entitlement).toMatchObject({ state: 'complete' })
    const found = rows(events)
    expect(found.map(({ name }) => name)).toEqual([
      'role/aws-reserved/sso.amazonaws.com/eu-north-1/AWSReservedSSO_Auditor_9e8d7c6b5a403f21 in halden-prod',
      'role/github-deploy in halden-prod',
      'role/storefront-deploy in halden-prod',
    ])
    const ci = found.find(({ name }) => name.includes('github-deploy'))
    expect(ci).toMatchObject({
      gives: 'nothing',
      document: {
        state: 'known',
        value: {
          principalArn: CI,
          type: 'STANDARD',
          groups: [],
          policies: [{ policy: 'AmazonEKSClusterAdminPolicy', scope: 'cluster' }],
        },
      },
    })
    expect(ci?.links?.map(({ means, to, value }) => [means, to, value])).toEqual([
      ['becomes-this', 'aws.arn', CI],
      ['relied-on', 'aws.eks-cluster', 'arn:aws:eks:eu-north-1:410258837719:cluster/halden-prod'],
      ['relied-on', 'oidc.issuer', 'oidc.eks.eu-north-1.amazonaws.com/id/4F1A7C2E9B3D4E60'],
    ])
    expect(ci?.links?.[0]?.reason).toMatch(/halden-prod as .*, since 2026-01-20\.$/)
    expect(ci?.links?.[2]?.reason).toMatch(/with AmazonEKSClusterAdminPolicy in the whole cluster\.$/)
  })
  test('whether the ConfigMap counts as well is told beside it', async () => {
    const [mode] = rows(await eventsOf(untouched()), 'aws.eks-authentication')
    expect(mode).toMatchObject({ gives: 'nothing', document: { value: { mode: 'API_AND_CONFIG_MAP' } } })
  })
})

describe('the authentication mode', () => {
  test('a cluster that heeds its ConfigMap only is not asked for entries: there are none', async () => {
    const transport = inMode('CONFIG_MAP')
    const events = await eventsOf(transport)
    expect(transport.calls.filter((call) => [LIST, ENTRY, POLICIES].includes(call))).toEqual([])
    expect(coverage(events).entitlement).toMatchObject({ state: 'complete' })
    expect(rows(events, 'aws.eks-authentication')).toHaveLength(1)
  })
  test.each(['API', undefined])('a cluster of mode %s is', async (mode) => {
    const events = await eventsOf(inMode(mode))
    expect(rows(events)).toHaveLength(3)
    expect(rows(events, 'aws.eks-authentication')).toHaveLength(mode === undefined ? 0 : 1)
  })
})

describe('what a refusal costs', () => {
  test.each([LIST, ENTRY])('without %s entries are not known, and all else is', async (permission) => {
    const events = await eventsOf(refusing(permission))
    expect(coverage(events)).toMatchObject({
      issuer: { state: 'complete' },
      trust: { state: 'complete' },
      entitlement: { state: 'partial', permission, why: 'denied' },
    })
    expect(rows(events)).toEqual([])
  })
  test('without policies an entry is there, and what it says is unknown', async () => {
    const events = await eventsOf(refusing(POLICIES))
    expect(coverage(events).entitlement).toMatchObject({ state: 'partial', permission: POLICIES })
    expect(rows(events).map(({ document }) => document.state)).toEqual(['unknown', 'unknown', 'unknown'])
    expect(rows(events).map(({ joiningUnseen }) => joiningUnseen)).toEqual([true, true, true])
  })
  test('a cluster that cannot be described keeps its entries, without making links up', async () => {
    const events = await eventsOf(refusing('eks:DescribeCluster'))
    expect(coverage(events).entitlement).toMatchObject({ state: 'partial' })
    expect(
      rows(events).map(({ links, joiningUnseen }) => [links?.map(({ to }) => to), joiningUnseen]),
    ).toEqual(Array.from({ length: 3 }, () => [['aws.arn', 'aws.eks-cluster'], true]))
  })
  test('policies are read to their last page', async () => {
    const more = { policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSSecretReaderPolicy' }
    const transport = estate(async (permission, { nextToken }, answer) => {
      if (permission !== POLICIES) return answer()
      if (nextToken === 'second')
        return { associatedAccessPolicies: [{ ...more, accessScope: { type: 'cluster' } }] }
      return { ...((await answer()) as object), nextToken: 'second' }
    })
    const documents = rows(await eventsOf(transport)).map(({ document }) => document)
    expect(documents).toHaveLength(3)
    for (const document of documents)
      expect(document.state === 'known' && document.value['policies']).toEqual([
        expect.anything(),
        expect.anything(),
      ])
  })
})

describe('an entry that was taken away', () => {
  const without: Answer = async (permission, _, answer) => {
    const given = (await answer()) as { accessEntries?: string[] }
    if (permission !== LIST) return given
    return { accessEntries: given.accessEntries?.filter((arn) => arn !== CI) }
  }
  test('stays while entries are refused, with what it said, and goes once all were listed', async () => {
    const first = apply(new Map(), await eventsOf(untouched()), T1)
    expect(held(first.state, 'github-deploy')).toHaveLength(1)
    const second = apply(first.state, await eventsOf(refusing(LIST), T2), T2)
    expect(held(second.state, 'github-deploy')).toHaveLength(1)
    const third = apply(second.state, await eventsOf(estate(without), T3), T3)
    expect(held(third.state, 'github-deploy')).toHaveLength(0)
    expect(held(third.state, 'storefront-deploy')).toHaveLength(1)
  })
})
