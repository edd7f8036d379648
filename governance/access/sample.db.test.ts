// The sample organisation, analysed: relations that are so for a reason, within its sources and between them.
import { afterAll, describe, expect, test } from 'vitest'
import { parseInput } from '@/governance/command'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { can } from './questions/can'
import { BecomeQuestion, PathQuestion, ReachQuestion } from './questions/input'
import { paths, reach, whoCanBecome } from './questions/reach'
import type { NodeView, StepView } from './questions/views'

const ACCOUNT = 'halden-production'
const auditor = actorAs('auditor')

afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

/** @param type which of those of this name, as the beginning of its type */
async function of(type: string, name: string) {
  const identity = await db.identity.findFirstOrThrow({ where: { name, type: { startsWith: type } } })
  const verdict = await db.accessVerdict.findUniqueOrThrow({ where: { identityId: identity.id } })
  return { ...verdict, id: identity.id }
}
const between = async (from: [string, string], to: [string, string]) => {
  const [a, b] = [await of(...from), await of(...to)]
  const steps = await db.accessStep.findMany({ where: { fromId: a.id, toId: b.id } })
  return steps.map(({ by, certainty }) => `${by} ${certainty}`).sort()
}
const nameOf = (to: StepView['to']): string =>
  'scope' in to ? `${to.kind} of ${to.scope.name}` : (to.end?.name ?? '')
const names = (nodes: NodeView[]) => nodes.map(({ end }) => end?.name)
const finding = async (ruleId: string, subjectName: string) =>
  (await db.finding.findFirst({ where: { ruleId, subjectName, state: 'open' } }))?.verdict

describe('within the account', () => {
  test.each(['breakglass', 'sofia.berg', 'svc-terraform', 'Root user', 'lambda-legacy-migration'])(
    '%s holds everything: administrator',
    async (name) => expect(await of('aws.', name)).toMatchObject({ certain: 'administrator', hops: 0 }),
  )
  test('who reads a bucket holds data and no more, and is not near an administrator', async () => {
    expect(await of('aws.', 'lambda-thumbnailer')).toMatchObject({
      possible: 'sensitive',
      hops: null,
      openHops: null,
    })
    expect(await finding('identity-escalates', 'lambda-thumbnailer')).toBeUndefined()
  })
  test('a policy that could not be read may be everything, and nothing certain', async () => {
    expect(await of('aws.', 'lambda-broken-policy')).toMatchObject({
      certain: 'none',
      possible: 'administrator',
    })
    expect(await finding('identity-administrator', 'lambda-broken-policy')).toBe('unknown')
  })
  test('karpenter runs an instance as edi-gateway, which may do everything: it escalates', async () => {
    // How surely is said by the ceilings of the organization; that it does is said in any case.
    const [step, ...more] = await between(['aws.', 'karpenter'], ['aws.', 'edi-gateway'])
    expect([step, more]).toEqual([expect.stringMatching(/^ec2-run (possible|depends)$/), []])
    const { hops, openHops, possible } = await of('aws.', 'karpenter')
    expect([openHops, possible]).toEqual([1, 'write'])
    expect(hops).toBe(step === 'ec2-run possible' ? 1 : null)
    const said = await finding('identity-escalates', 'karpenter')
    expect(said).toBe(step === 'ec2-run possible' ? 'fail' : 'unknown')
  })
  test('a trust that takes tokens of any repository is a weakness of its own', async () => {
    expect(await finding('identity-trusts-anyone', 'github-no-subject')).toBe('fail')
  })
})

describe('between the sources', () => {
  test('trust that names the subject lets the service account in; its annotation alone says nothing certain', async () => {
    const steps = await between(['kubernetes.', 'checkout/checkout-api'], ['aws.', 'checkout-api'])
    expect(steps).toEqual(['declared depends', 'permitted possible'])
  })
  test('whatever only names another thing depends on the other side', async () => {
    const declared = await db.accessStep.findMany({ where: { by: 'declared' } })
    expect(declared.length).toBeGreaterThan(0)
    expect(new Set(declared.map(({ certainty }) => certainty))).toEqual(new Set(['depends']))
    expect(declared.every(({ missing }) => missing.length > 0)).toBe(true)
  })
  test('what was seen happening is said to be seen', async () => {
    const observed = await db.accessStep.findMany({ where: { by: 'observed' } })
    expect(new Set(observed.map(({ certainty }) => certainty))).toEqual(new Set(['observed']))
  })
  test('one service account, three sources: its role, its identity in Azure, and what these reach', async () => {
    const from = await of('kubernetes.', 'billing/invoice-export')
    const { reached } = await reach(auditor, parseInput(ReachQuestion, { from: from.id }))
    expect(names(reached)).toEqual(expect.arrayContaining(['invoice-export', 'id-invoice-export']))
  })
  test('no step leads from or to anything that is not there', async () => {
    const [row] = await db.$queryRaw<{ lost: number }[]>`
      SELECT count(*)::int AS lost FROM access_step s WHERE
        s.from_kind = 'identity' AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.id = s.from_id AND i.retired_at IS NULL)
        OR s.to_kind = 'identity' AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.id = s.to_id AND i.retired_at IS NULL)`
    expect(row?.lost).toBe(0)
  })
  test('each identity of a source that is judged has a verdict, and none says more than is possible', async () => {
    const [row] = await db.$queryRaw<{ none: number; wrong: number }[]>`
      SELECT count(*) FILTER (WHERE v.identity_id IS NULL)::int AS none,
        count(*) FILTER (WHERE array_position(l.levels, v.possible) > array_position(l.levels, v.certain))::int AS wrong
      FROM identity i JOIN scope s ON s.id = i.scope_id LEFT JOIN access_verdict v ON v.identity_id = i.id,
        (SELECT ARRAY['administrator', 'escalates', 'sensitive', 'write', 'read', 'none'] AS levels) l
      WHERE i.retired_at IS NULL AND s.type IN ('aws.account', 'azure.tenant', 'gcp.organization', 'kubernetes.cluster')`
    expect(row).toEqual({ none: 0, wrong: 0 })
  })
})

describe('into the cluster', () => {
  const CLUSTER = 'halden-prod'
  const intoCluster = async (name: string) => {
    const { id } = await of('aws.', name)
    const scope = await db.scope.findFirstOrThrow({ where: { name: CLUSTER } })
    const steps = await db.accessStep.findMany({ where: { fromId: id, toScopeId: scope.id } })
    return steps.map(({ by, toKind, certainty }) => `${by} ${toKind} ${certainty}`)
  }
  test('the role of the pipeline is administrator of the cluster by an access policy that no role there shows', async () => {
    expect(await intoCluster('github-deploy')).toEqual(['K01 administrator possible'])
    expect(await of('aws.', 'github-deploy')).toMatchObject({ certain: 'sensitive', hops: 1 })
    expect(await finding('identity-escalates', 'github-deploy')).toBe('fail')
  })
  test('who only views is let in, and comes to nothing more', async () => {
    const name = 'AWSReservedSSO_Auditor_9e8d7c6b5a403f21'
    expect(await intoCluster(name)).toEqual(['K28 more possible'])
    expect(await of('aws.', name)).toMatchObject({ hops: null })
  })
  test('a role that is gone is still named by its entry, and takes no step', async () => {
    const edge = await db.edge.findFirstOrThrow({
      where: { keyType: 'aws.arn', keyValue: { endsWith: ':role/storefront-deploy' }, means: 'becomes-this' },
    })
    expect(edge).toMatchObject({ state: 'dangling', fromKind: 'entitlement', toIdentityId: null })
    const steps = await db.accessStep.findMany({ where: { because: { has: edge.reason } } })
    expect(steps).toEqual([])
  })
  test('from a token of the forge to everything in the cluster, over the cloud', async () => {
    const { id } = await of('aws.', 'github-deploy')
    const link = await db.joinLink.findFirstOrThrow({ where: { identityId: id, toType: 'oidc.subject' } })
    const from = `token:https://${link.value.replaceAll('*', 'main')}`
    const asked = parseInput(PathQuestion, { from, to: `administrator:${CLUSTER}` })
    const { paths: ways } = await paths(auditor, asked)
    expect(ways.map((way) => way.map(({ to }) => nameOf(to)))).toContainEqual([`administrator of ${CLUSTER}`])
  })
  test('a popped notebook reaches its node, whoever runs there, and so everything', async () => {
    const pod = await db.workload.findFirstOrThrow({ where: { name: 'data/notebook-anna' } })
    const answer = await reach(auditor, parseInput(ReachQuestion, { from: pod.id, certain: 'true' }))
    const node = answer.reached.find(({ step }) => step.by === 'K29')
    expect(node).toMatchObject({ hops: 1, step: { certainty: 'possible', from: { kind: 'workload' } } })
    expect(node?.step.because.join(' ')).toMatch(/mounts \/ of its node/)
    expect(answer.reached.find(({ end }) => end?.name === 'ci/deployer')).toMatchObject({
      hops: 2,
      step: { by: 'K27', certainty: 'possible' },
    })
    expect(answer.everything.map(({ scope }) => scope.name)).toContain(CLUSTER)
  })
  test('what runs beside it and is kept in its container reaches its service account alone', async () => {
    const one = await db.workload.findFirstOrThrow({ where: { name: 'routing/route-planner' } })
    const steps = await db.accessStep.findMany({ where: { fromId: one.id } })
    expect(steps.map(({ by }) => by)).toEqual(['runs-as'])
  })
})

describe('questions', () => {
  test('who can become edi-gateway: whoever runs instances with it, and who becomes that', async () => {
    const { id } = await of('aws.', 'edi-gateway')
    const { become, administrators } = await whoCanBecome(
      auditor,
      parseInput(BecomeQuestion, { identity: id }),
    )
    expect(names(become)).toEqual(
      expect.arrayContaining(['karpenter', 'kube-system/karpenter', 'edi-gateway']),
    )
    expect(become.find(({ end }) => end?.name === 'karpenter')).toMatchObject({
      hops: 1,
      step: { by: 'ec2-run' },
    })
    expect(administrators.count).toBeGreaterThan(0)
  })
  test('from a pod of the cluster over AWS to everything in the account', async () => {
    const asked = parseInput(PathQuestion, { from: 'kube-system/karpenter', to: `administrator:${ACCOUNT}` })
    const { paths: ways } = await paths(auditor, asked)
    const told = ways.map((way) => way.map(({ to }) => nameOf(to)))
    expect(told).toContainEqual(['karpenter', 'edi-gateway', `administrator of ${ACCOUNT}`])
  })
  test('a token of the forge: whoever has any branch may do everything', async () => {
    const trust = await db.trust.findFirstOrThrow({
      where: { identityId: (await of('aws.', 'github-any-branch')).id },
    })
    const issuer = /oidc-provider\/(.+)$/.exec(trust.principal)?.[1]
    const link = await db.joinLink.findFirstOrThrow({
      where: { identityId: trust.identityId, toType: 'oidc.subject' },
    })
    const subject = link.value.slice(link.value.indexOf('|') + 1).replaceAll('*', 'main')
    const answer = await reach(
      auditor,
      parseInput(ReachQuestion, { from: `token:https://${issuer}|${subject}` }),
    )
    expect(names(answer.from.nodes)).toContain('github-any-branch')
    expect(answer.everything.map(({ scope }) => scope.name)).toContain(ACCOUNT)
    const other = await reach(
      auditor,
      parseInput(ReachQuestion, { from: `token:https://${issuer}|repo:x/y:ref:z` }),
    )
    expect(names(other.from.nodes)).not.toContain('github-any-branch')
  })
  test('a key that opens nothing reaches nothing', async () => {
    const { id } = await of('aws.', 'svc-print-server')
    const answer = await reach(auditor, parseInput(ReachQuestion, { from: id }))
    expect(answer).toMatchObject({ reached: [], everything: [] })
  })
  test('can: a plain no where nothing allows it, and the statement where one does', async () => {
    const identity = (await of('aws.', 'svc-print-server')).id
    const no = await can(auditor, { identity, action: 'iam:CreateUser', resource: '*' })
    expect(no.answer).toBe('no')
    const all = (await of('aws.', 'breakglass')).id
    const most = await can(auditor, { identity: all, action: 'iam:CreateUser', resource: '*' })
    expect(most.answer).not.toBe('no')
    expect(most.because.join(' ')).toContain('AdministratorAccess')
  })
})
