// Clusters region by region: what one refusal costs, and that an association is gone only once every region was seen.
import { describe, expect, test } from 'vitest'
import type { Collected, Holds } from '@/core/collect'
import type { Of } from '@/core/observation'
import type { Coverage, Transport } from '@/core/upstream'
import { UpstreamError } from '@/core/upstream'
import { apply, type State } from '@/tests/conformance/reference-inventory'
import { eventsOf } from './fixtures/recorded-world'
import { sampleTransport } from './sample'

const [T1, T2, T3] = ['2026-09-30T12:00:00Z', '2026-10-01T12:00:00Z', '2026-10-02T12:00:00Z']
const KARPENTER = 'a-p5t8r2y6u3j9h4g1z'
type Params = Readonly<Record<string, unknown>>
type Answer = (permission: string, params: Params, answer: () => Promise<unknown>) => unknown

function estate(replace: Answer): Transport & { calls: string[] } {
  const sample = sampleTransport(new Date(T1))
  const calls: string[] = []
  return {
    calls,
    async send(permission, params, signal) {
      calls.push(`${permission} ${String(params['region'] ?? '')}`.trim())
      return await replace(permission, params, () => sample.send(permission, params, signal))
    },
    explain: sample.explain,
  }
}
const refuse = (permission: string, detail = 'refused by the test'): never => {
  throw new UpstreamError('denied', permission, detail)
}
const refusing = (...permissions: string[]) =>
  estate((permission, _, answer) => (permissions.includes(permission) ? refuse(permission) : answer()))
const untouched = () => estate((_, __, answer) => answer())

const rows = (events: readonly Collected[]) =>
  events.flatMap((e) =>
    e.type === 'observations' && e.stream === 'clusters'
      ? e.observations.filter(
          (o): o is Of<'issuer'> | Of<'trust'> => o.kind === 'issuer' || o.kind === 'trust',
        )
      : [],
  )
const associations = (events: readonly Collected[]) =>
  rows(events).filter((o): o is Of<'trust'> => o.kind === 'trust')
function coverage(events: readonly Collected[]): { issuer?: Coverage; trust?: Coverage } {
  for (const e of events) if (e.type === 'coverage' && e.stream === 'clusters') return e.kinds
  throw new Error('the stream was not read')
}
const states = (events: readonly Collected[]) => {
  const { issuer, trust } = coverage(events)
  return [issuer?.state, trust?.state]
}

describe('what a refusal costs', () => {
  test('nothing is refused', async () => {
    const events = await eventsOf(untouched())
    expect(states(events)).toEqual(['complete', 'complete'])
    expect(rows(events).map(({ kind }) => kind)).toEqual(['issuer', 'trust', 'trust'])
  })
  test('an account without clusters is seen whole, and its roles are not listed once more', async () => {
    const transport = estate((permission, _, answer) =>
      permission === 'eks:ListClusters' ? { clusters: [] } : answer(),
    )
    const events = await eventsOf(transport)
    expect(states(events)).toEqual(['complete', 'complete'])
    expect(rows(events)).toEqual([])
    // Once for the roles themselves, once for their last use, and once for each of three streams of what runs.
    expect(transport.calls.filter((call) => call === 'iam:ListRoles')).toHaveLength(5)
  })
  test('without the list of regions nothing of clusters is asked, and everything else is', async () => {
    const transport = refusing('account:ListRegions')
    const events = await eventsOf(transport)
    expect(states(events)).toEqual(['partial', 'partial'])
    expect(transport.calls.filter((call) => call.startsWith('eks:'))).toEqual([])
    const others = events.filter((e) => e.type === 'coverage' && e.stream === 'principals')
    expect(others).toMatchObject([{ kinds: { trust: { state: 'complete' } } }])
  })
  test('a region that refuses is named, and the others are read', async () => {
    const transport = estate((permission, { region }, answer) =>
      permission === 'eks:ListClusters' && region === 'us-east-1' ? refuse(permission, 'No.') : answer(),
    )
    const events = await eventsOf(transport)
    expect(coverage(events)).toMatchObject({
      issuer: { state: 'partial', why: 'denied', permission: 'eks:ListClusters' },
      trust: { state: 'partial', detail: 'No. Region: us-east-1.' },
    })
    expect(associations(events)).toHaveLength(2)
  })
  test('of many regions a few are named, the rest are counted, and the last is still asked', async () => {
    const Regions = Array.from({ length: 30 }, (_, at) => ({ RegionName: `ap-west-${at + 1}` }))
    const transport = estate((permission, { region }, answer) => {
      if (permission === 'account:ListRegions') return { Regions: [...Regions, { RegionName: 'eu-north-1' }] }
      return permission === 'eks:ListClusters' && region !== 'eu-north-1'
        ? refuse(permission, 'No.')
        : answer()
    })
    const events = await eventsOf(transport)
    expect(coverage(events).trust).toMatchObject({
      detail: 'No. Region: ap-west-1, ap-west-10, ap-west-11, ap-west-12, ap-west-13 and 25 more.',
    })
    expect(associations(events)).toHaveLength(2)
  })
  test('a cluster that cannot be described keeps its associations, without making links up', async () => {
    const events = await eventsOf(refusing('eks:DescribeCluster'))
    expect(states(events)).toEqual(['partial', 'complete'])
    expect(associations(events).map(({ links, joiningUnseen }) => [links, joiningUnseen])).toEqual([
      [undefined, true],
      [undefined, true],
    ])
  })
  test.each(['eks:ListPodIdentityAssociations', 'eks:DescribePodIdentityAssociation', 'iam:ListRoles'])(
    'without %s clusters are known and associations are not',
    async (permission) => {
      const events = await eventsOf(refusing(permission))
      expect(coverage(events)).toMatchObject({
        issuer: { state: 'complete' },
        trust: { state: 'partial', permission, why: 'denied' },
      })
      expect(rows(events).map(({ kind }) => kind)).toEqual(['issuer'])
    },
  )
})

describe('a region that is turned off', () => {
  const turnedOff = (RegionOptStatus: string) =>
    estate(async (permission, _, answer) =>
      permission === 'account:ListRegions'
        ? {
            Regions: [
              { RegionName: 'eu-north-1', RegionOptStatus },
              { RegionName: 'me-south-1', RegionOptStatus: 'DISABLED' },
              { RegionName: 'cn-north-1', RegionOptStatus: 'DISABLED' },
              { RegionName: 'us-east-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
            ],
          }
        : answer(),
    )
  /** What a state holds, as the inventory answers it. */
  const holding =
    (state: State): Holds =>
    async ({ stream, kind, beginnings }) =>
      [...state.values()].some(
        (row) =>
          row.active &&
          row.stream === stream &&
          row.kind === kind &&
          beginnings.some((beginning) => row.nativeId.startsWith(beginning)),
      )
  const active = (state: State) =>
    [...state.values()].filter((row) => row.active && row.stream === 'clusters').map(({ kind }) => kind)
  const all = ['issuer', ...Array<string>(4).fill('entitlement'), 'trust', 'trust']

  test('is not asked, and costs nothing where nothing was ever seen in it', async () => {
    const transport = turnedOff('DISABLED')
    const events = await eventsOf(transport, undefined, async () => false)
    expect(states(events)).toEqual(['complete', 'complete'])
    expect(transport.calls.filter((call) => call.startsWith('eks:'))).toEqual(['eks:ListClusters us-east-1'])
  })
  test('is asked about what is held of it, by region', async () => {
    const asked: Parameters<Holds>[0][] = []
    await eventsOf(turnedOff('DISABLED'), undefined, async (at) => (asked.push(at), false))
    const ofClusters = asked.filter(({ stream }) => stream === 'clusters')
    expect(ofClusters.map(({ kind, beginnings }) => [kind, beginnings])).toEqual(
      ['issuer', 'trust', 'entitlement'].map((kind) => [
        kind,
        ['arn:aws-cn:eks:cn-north-1:', 'arn:aws:eks:eu-north-1:', 'arn:aws:eks:me-south-1:'],
      ]),
    )
  })
  test('keeps what was seen in it before', async () => {
    const first = apply(new Map(), await eventsOf(turnedOff('ENABLED')), T1)
    expect(active(first.state)).toEqual(all)
    const off = await eventsOf(turnedOff('DISABLED'), T2, holding(first.state))
    expect(coverage(off)).toMatchObject({
      trust: {
        state: 'partial',
        permission: 'account:ListRegions',
        detail: expect.stringMatching(/eu-north-1/),
      },
    })
    const second = apply(first.state, off, T2)
    expect(active(second.state)).toEqual(all)
  })
  test.each(['DISABLING', 'ENABLING', 'SOMETHING_NEW'])('is asked while it is %s', async (status) => {
    const transport = turnedOff(status)
    await eventsOf(transport, undefined, async () => false)
    expect(transport.calls).toContain('eks:ListClusters eu-north-1')
  })
})

describe('which associations are rows', () => {
  const changed = (change: object) =>
    estate(async (permission, { associationId }, answer) => {
      const given = (await answer()) as { association?: object }
      return permission === 'eks:DescribePodIdentityAssociation' && associationId === KARPENTER
        ? { association: { ...given.association, ...change } }
        : given
    })
  test.each([
    ['a role of another account', 'arn:aws:iam::210987654321:role/karpenter'],
    ['a role that is gone', 'arn:aws:iam::410258837719:role/karpenter-of-before'],
  ])('not that of %s', async (_, roleArn) => {
    const events = await eventsOf(changed({ roleArn }))
    expect(states(events)).toEqual(['complete', 'complete'])
    expect(associations(events)).toHaveLength(1)
  })
  test('not one whose role does not let EKS in', async () => {
    const events = await eventsOf(
      estate(async (permission, _, answer) => {
        const text = JSON.stringify(await answer())
        return JSON.parse(
          permission === 'iam:ListRoles' ? text.replace('pods.eks.amazonaws.com', 'ec2.amazonaws.com') : text,
        ) as unknown
      }),
    )
    expect(associations(events).map(({ principal }) => principal.split(':').at(-1))).toEqual(['karpenter'])
  })
  test('one that ended while it was looked at is simply gone', async () => {
    class Gone extends Error {}
    const base = estate((permission, { associationId }, answer) => {
      if (permission === 'eks:DescribePodIdentityAssociation' && associationId === KARPENTER) throw new Gone()
      return answer()
    })
    const gone = { why: 'not-offered' as const, detail: 'gone', code: 'ResourceNotFoundException' }
    const events = await eventsOf({
      ...base,
      explain: (error) => (error instanceof Gone ? gone : base.explain(error)),
    })
    expect(states(events)).toEqual(['complete', 'complete'])
    expect(associations(events)).toHaveLength(1)
  })
})

describe('an association that was taken away', () => {
  const without: Answer = async (permission, _, answer) => {
    const given = (await answer()) as { associations?: { associationId: string }[] }
    if (permission !== 'eks:ListPodIdentityAssociations') return given
    return { associations: given.associations?.filter(({ associationId }) => associationId !== KARPENTER) }
  }
  const held = (state: State) =>
    [...state.values()].filter(({ active, nativeId }) => active && nativeId.endsWith(KARPENTER)).length

  test('stays while a region refuses, and goes with the first look that saw all', async () => {
    const first = apply(new Map(), await eventsOf(untouched()), T1)
    expect(held(first.state)).toBe(1)
    const inPart = estate((permission, params, answer) =>
      permission === 'eks:ListClusters' && params['region'] === 'us-east-1'
        ? refuse(permission)
        : without(permission, params, answer),
    )
    const second = apply(first.state, await eventsOf(inPart), T2)
    expect(held(second.state)).toBe(1)
    const third = apply(second.state, await eventsOf(estate(without)), T3)
    expect(held(third.state)).toBe(0)
    expect(third.changes.filter(({ type }) => type === 'retired')).toHaveLength(1)
  })
})
