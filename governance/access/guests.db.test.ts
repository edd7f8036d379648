// Who is let into a cluster by documents that another scope holds: judged where it is let in, told also where nobody reads that.
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Fact } from '@/core/fact'
import { known, unknown } from '@/core/fact'
import type { Of } from '@/core/observation'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import {
  all,
  documentOf,
  forgetAll,
  holds,
  newSource,
  NORTH,
  policy,
  role,
  roleArn,
  scopeOf,
  see,
  type Source,
  stepsOf,
  verdictOf,
} from '@/tests/granted-world'
import { identity, refused } from '@/tests/scripted-source'

const CLUSTER = 'cluster-1'
const TOKENS = 'tokens.example/cluster-1'
const known200 = known('2026-01-01T00:00:00Z', 'demo')

let north: Source, cluster: Source
beforeEach(async () => {
  ;[north, cluster] = [await newSource(), await newSource()]
})
afterEach(forgetAll)
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const issuer = (nativeId: string, type: string, value: string): Of<'issuer'> => ({
  kind: 'issuer',
  nativeId,
  aliases: [],
  keys: [{ type, value }],
  type: 'demo.issuer',
  name: nativeId,
  audiences: unknown('not-offered', 'demo'),
  createdAt: known200,
  expiresAt: unknown('not-offered', 'demo'),
})
type Policies = { policy: string; scope: 'cluster' }[]
const ADMIN: Policies = [{ policy: 'AmazonEKSClusterAdminPolicy', scope: 'cluster' }]
const VIEW: Policies = [{ policy: 'AmazonEKSViewPolicy', scope: 'cluster' }]
const says = (policies: Policies): Fact<Record<string, unknown>> =>
  known({ username: 'ci', groups: [], type: 'STANDARD', createdAt: '2026-02-01T00:00:00Z', policies }, 'demo')

/** Lets the role into the cluster; the second link says what it brings, as the connector's does. */
const entry = (policies: Policies, name = 'ci'): Of<'entitlement'> => ({
  ...policy('entry', says(policies), 'eks-access-entry'),
  gives: 'nothing',
  links: [
    {
      relation: 'permitted',
      means: 'becomes-this',
      to: 'demo.arn',
      match: 'exact',
      value: roleArn(name),
      reason: 'An entry lets it in.',
    },
    ...[
      ['demo.cluster', 'arn:cluster-1', 'It is about this cluster.'],
      ['oidc.issuer', TOKENS, `It brings ${policies.map((one) => one.policy).join(', ')}.`],
    ].map(([to = '', value = '', reason = '']) => ({
      relation: 'declared' as const,
      means: 'relied-on' as const,
      kind: 'issuer' as const,
      to,
      match: 'exact' as const,
      value,
      reason,
    })),
  ],
})
const account = (policies: Policies, ...more: Parameters<typeof all>) =>
  all(
    role('ci', NORTH, { createdAt: known200 }),
    policy('p-read', documentOf({ Action: 's3:ListBucket' })),
    holds('ci', 'p-read'),
    issuer('arn:cluster-1', 'demo.cluster', 'arn:cluster-1'),
    entry(policies),
    ...more,
  )
const VIEWER = known({ rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] }, 'demo')
const inside = () =>
  all(
    identity('group:viewers', { type: 'kubernetes.group', name: 'viewers' }),
    policy('clusterrole/viewer', VIEWER, 'kubernetes-rbac'),
    holds('group:viewers', 'clusterrole/viewer'),
    issuer(TOKENS, 'oidc.issuer', TOKENS),
  )
const outward = async () => (await stepsOf(scopeOf(CLUSTER))).filter((step) => step.startsWith('ci>'))

describe('a cluster that is read', () => {
  beforeEach(async () => {
    await see(cluster, CLUSTER, 1, inside())
    await see(north, NORTH, 2, account(ADMIN))
  })
  test('the role is administrator there, and escalates where it is at home', async () => {
    expect(await outward()).toEqual(['ci>administrator by K01, possible'])
    expect(await verdictOf(NORTH, 'ci')).toMatchObject({ certain: 'read', possible: 'read', hops: 1 })
    expect((await stepsOf(scopeOf(NORTH))).filter((step) => step.startsWith('ci>'))).toEqual([])
  })
  test('an entry that says less takes the step away, without a look at the cluster', async () => {
    await see(north, NORTH, 3, account(VIEW))
    expect(await outward()).toEqual(['ci>more by K28, possible'])
    expect(await verdictOf(NORTH, 'ci')).toMatchObject({ hops: null })
  })
  test('a refused look at the account takes nothing away', async () => {
    await see(north, NORTH, 3, { ...all(), fails: refused() })
    expect(await outward()).toEqual(['ci>administrator by K01, possible'])
  })
  test('a role that is gone takes its step along, without a look at the cluster', async () => {
    const { observations, ...rest } = account(ADMIN)
    const left = observations.filter((one) => one.kind !== 'grant' && one.nativeId !== 'ci')
    await see(north, NORTH, 3, { ...rest, observations: left })
    expect(await outward()).toEqual([])
  })
  test('one that is made anew under its name is not let in by the entry of before', async () => {
    const { observations, ...rest } = account(ADMIN)
    const anew = role('ci-2', NORTH, {
      name: 'ci',
      aliases: [roleArn('ci')],
      keys: [{ type: 'demo.arn', value: roleArn('ci') }],
      createdAt: known('2026-06-01T00:00:00Z', 'demo'),
    })
    const left = observations.filter((one) => one.kind !== 'grant' && one.nativeId !== 'ci')
    await see(north, NORTH, 3, { ...rest, observations: [...left, anew] })
    expect(await outward()).toEqual([])
  })
})

describe('a cluster that nobody reads', () => {
  test('who is let in is told by the account, as depending', async () => {
    await see(north, NORTH, 1, account(ADMIN))
    const steps = await db.accessStep.findMany({ where: { scopeId: scopeOf(NORTH) } })
    const { id: to } = await db.issuer.findFirstOrThrow({ where: { nativeId: 'arn:cluster-1' } })
    expect(steps).toMatchObject([{ toId: to, toKind: 'issuer', by: 'permitted', certainty: 'depends' }])
    expect(steps[0]?.because).toEqual(['An entry lets it in.'])
    expect(await verdictOf(NORTH, 'ci')).toMatchObject({ hops: null })
  })
  test('once it is read, that is told there', async () => {
    await see(north, NORTH, 1, account(ADMIN))
    await see(cluster, CLUSTER, 2, inside())
    expect(await stepsOf(scopeOf(NORTH))).toEqual([])
    expect(await outward()).toEqual(['ci>administrator by K01, possible'])
  })
})
