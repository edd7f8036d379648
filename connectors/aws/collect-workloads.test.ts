// What runs, region by region: the role of each, what a refusal costs, and that of environment variables only names come out.
import { describe, expect, test } from 'vitest'
import { collect, type Collected } from '@/core/collect'
import type { Connector } from '@/core/connector'
import type { Of } from '@/core/observation'
import type { Explanation, Transport } from '@/core/upstream'
import { apply } from '@/tests/conformance/reference-inventory'
import aws from './collect'
import { ESTATE, settingsFor, sessionOn } from './fixtures/recorded-world'
import { replayServer } from './fixtures/replay-server'
import { openClient } from './client'

const ACCOUNT = '123456789012'
const [T1, T2] = ['2026-09-30T12:00:00Z', '2026-10-01T12:00:00Z']
const STREAMS = ['functions', 'instances', 'ecs-services', 'build-projects'] as const
type StreamName = (typeof STREAMS)[number]
const connector = {
  ...aws,
  streams: Object.fromEntries(STREAMS.map((name) => [name, aws.streams[name]!])),
} as unknown as Connector
const CANARY = 'canary'
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`
const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:${ACCOUNT}:${rest}`
const variables = { Variables: { PASSWORD: CANARY } }
const environment = [{ name: 'PASSWORD', value: CANARY }]
const CLUSTER = arn('ecs', 'cluster/batch')

/** Two regions, one of them with one of each thing. */
const ANSWERS: Record<string, unknown> = {
  'sts:GetCallerIdentity': { Account: ACCOUNT, Arn: role('x') },
  'iam:ListAccountAliases': { AccountAliases: [] },
  'iam:ListRoles': {
    Roles: ['one', 'two', 'three'].map((name) => ({
      RoleId: `AROA${name}`,
      RoleName: name,
      Arn: role(name),
    })),
  },
  'iam:ListInstanceProfiles': {
    InstanceProfiles: [{ InstanceProfileId: 'AIPA1', Roles: [{ RoleId: 'AROAone' }] }],
  },
  'account:ListRegions': { Regions: [{ RegionName: 'eu-west-1' }, { RegionName: 'us-east-1' }] },
  'lambda:ListFunctions': { Functions: [] },
  'lambda:ListFunctions eu-west-1': {
    Functions: [
      {
        FunctionArn: arn('lambda', 'function:orders'),
        FunctionName: 'orders',
        Role: role('one'),
        Environment: variables,
        Description: CANARY,
      },
    ],
  },
  'ec2:DescribeInstances': { Reservations: [] },
  'ec2:DescribeInstances eu-west-1': {
    Reservations: [
      {
        Instances: [
          {
            InstanceId: 'i-1',
            State: { Name: 'running' },
            IamInstanceProfile: { Arn: 'arn:aws:iam::1:instance-profile/x', Id: 'AIPA1' },
            Tags: [
              { Key: 'Name', Value: 'bastion' },
              { Key: 'note', Value: CANARY },
            ],
            UserData: CANARY,
          },
          { InstanceId: 'i-2', State: { Name: 'running' } },
        ],
      },
    ],
  },
  'ecs:ListClusters': { clusterArns: [] },
  'ecs:ListClusters eu-west-1': { clusterArns: [CLUSTER] },
  'ecs:ListServices': { serviceArns: [arn('ecs', 'service/batch/reports')] },
  'ecs:DescribeServices': {
    services: [
      {
        serviceArn: arn('ecs', 'service/batch/reports'),
        serviceName: 'reports',
        clusterArn: CLUSTER,
        status: 'ACTIVE',
        desiredCount: 2,
        createdAt: T1,
        taskDefinition: 'reports:1',
        events: [{ message: CANARY }],
      },
    ],
    failures: [],
  },
  'ecs:DescribeTaskDefinition': {
    taskDefinition: {
      taskDefinitionArn: 'reports:1',
      taskRoleArn: role('two'),
      executionRoleArn: role('three'),
      containerDefinitions: [{ name: 'x', environment, secrets: environment }],
    },
  },
  'codebuild:ListProjects': { projects: [] },
  'codebuild:ListProjects eu-west-1': { projects: ['images'] },
  'codebuild:BatchGetProjects': {
    projects: [
      {
        name: 'images',
        arn: arn('codebuild', 'project/images'),
        serviceRole: role('three'),
        created: T1,
        environment: { environmentVariables: environment },
      },
    ],
  },
}
class Refused extends Error {
  constructor(readonly explanation: Explanation) {
    super(explanation.detail)
  }
}
const denied: Explanation = { why: 'denied', code: 'AccessDeniedException', detail: 'Not permitted.' }
const leftOut: Explanation = { why: 'left-out', detail: 'Off.' }
const isRefusal = (answer: object): answer is Explanation => 'why' in answer

function estate(changes: Record<string, object>): Transport & { calls: string[] } {
  const answers = { ...ANSWERS, ...changes } as Record<string, object>
  const calls: string[] = []
  return {
    calls,
    async send(permission, params) {
      const question = `${permission} ${String(params['region'] ?? '')}`.trim()
      calls.push(question)
      const found = answers[question] ?? answers[permission]
      if (!found) throw new Error(`not expected: ${question}`)
      if (isRefusal(found)) throw new Refused(found)
      return found
    },
    explain: (error) => (error instanceof Refused ? error.explanation : undefined),
  }
}
async function look(changes: Record<string, object> = {}, held = false) {
  const transport = estate(changes)
  const events: Collected[] = []
  const reading = collect(
    connector,
    sessionOn(transport),
    T1,
    async ({ batch }) => ({ good: batch }),
    undefined,
    async () => held,
  )
  for await (const event of reading) events.push(event as Collected)
  return { events, calls: transport.calls }
}
const rows = (events: readonly Collected[], stream?: StreamName) =>
  events
    .flatMap((e) => (e.type === 'observations' && (!stream || e.stream === stream) ? e.observations : []))
    .filter((o): o is Of<'workload'> => o.kind === 'workload')
const states = (events: readonly Collected[]) =>
  Object.fromEntries(
    events.flatMap((e) => (e.type === 'coverage' ? [[e.stream, e.kinds.workload?.state]] : [])),
  )
const WHOLE = Object.fromEntries(STREAMS.map((name) => [name, 'complete']))
const partial = (stream: StreamName) => ({ ...WHOLE, [stream]: 'partial' })

describe('what runs', () => {
  test('with the unique id of its role, under an ARN that tells the region', async () => {
    const { events } = await look()
    expect(states(events)).toEqual(WHOLE)
    expect(rows(events).map(({ type, nativeId, name, uses }) => [type, nativeId, name, uses])).toEqual([
      ['aws.lambda-function', arn('lambda', 'function:orders'), 'orders', ['AROAone']],
      ['aws.ec2-instance', arn('ec2', 'instance/i-1'), 'bastion', ['AROAone']],
      ['aws.ecs-service', arn('ecs', 'service/batch/reports'), 'batch/reports', ['AROAtwo']],
      ['aws.codebuild-project', arn('codebuild', 'project/images'), 'images', ['AROAthree']],
    ])
    expect(rows(events).every(({ links, namespace }) => !links && namespace === 'eu-west-1')).toBe(true)
  })
  test('and of its environment names alone, of its description and its tags nothing', async () => {
    expect(JSON.stringify((await look()).events)).not.toContain(CANARY)
  })
  test('a role that is gone is named, so that it shows', async () => {
    const { events } = await look({ 'iam:ListRoles': { Roles: [] } })
    const [orders] = rows(events, 'functions')
    expect(orders).toMatchObject({
      uses: [],
      links: [{ to: 'aws.arn', value: role('one'), authority: `aws:${ACCOUNT}`, means: 'this-becomes' }],
    })
  })
  test('an instance keeps no role of a profile that was made anew under the old name', async () => {
    const anew = { InstanceProfiles: [{ InstanceProfileId: 'AIPA2', Roles: [{ RoleId: 'AROAtwo' }] }] }
    const { events } = await look({ 'iam:ListInstanceProfiles': anew })
    expect(rows(events, 'instances').map(({ uses }) => uses)).toEqual([[]])
  })
  test('an instance that has ended for ever is none, one that is stopped is', async () => {
    const of = (Name: string, InstanceId: string) => ({
      InstanceId,
      State: { Name },
      IamInstanceProfile: { Arn: 'arn:x', Id: 'AIPA1' },
    })
    const { events } = await look({
      'ec2:DescribeInstances eu-west-1': {
        Reservations: [{ Instances: [of('terminated', 'i-1'), of('stopped', 'i-2')] }],
      },
    })
    expect(rows(events, 'instances').map(({ name, replicas }) => [name, replicas])).toEqual([
      ['i-2', { state: 'known', value: 0, source: 'ec2:DescribeInstances' }],
    ])
  })
  test('services of two clusters that have one name and an older ARN are two', async () => {
    const other = arn('ecs', 'cluster/night')
    const service = (clusterArn: string) => ({
      serviceArn: arn('ecs', 'service/reports'),
      serviceName: 'reports',
      clusterArn,
      status: 'ACTIVE',
      taskDefinition: 'reports:1',
    })
    const clusters = [CLUSTER, other]
    const { events } = await look({
      'ecs:ListClusters eu-west-1': { clusterArns: [CLUSTER] },
      'ecs:ListServices': { serviceArns: clusters },
      'ecs:DescribeServices': { services: clusters.map(service) },
    })
    expect(rows(events, 'ecs-services').map(({ nativeId, aliases }) => [nativeId, aliases])).toEqual([
      [arn('ecs', 'service/batch/reports'), [arn('ecs', 'service/reports')]],
      [arn('ecs', 'service/night/reports'), [arn('ecs', 'service/reports')]],
    ])
  })
  test('a service that something else deploys runs by its task sets', async () => {
    const [service] = (ANSWERS['ecs:DescribeServices'] as { services: object[] }).services
    const { events } = await look({
      'ecs:DescribeServices': {
        services: [{ ...service, taskDefinition: undefined, taskSets: [{ taskDefinition: 'reports:1' }] }],
      },
    })
    expect(rows(events, 'ecs-services').map(({ uses }) => uses)).toEqual([['AROAtwo']])
  })
})

describe('variables with secrets in plain', () => {
  test.each<[StreamName, string]>([
    ['functions', 'lambda:ListFunctions'],
    ['ecs-services', 'ecs:DescribeTaskDefinition'],
    ['build-projects', 'codebuild:BatchGetProjects'],
  ])('%s tell them by name', async (stream, source) => {
    const { events } = await look()
    expect(rows(events, stream).map(({ plainSecrets }) => plainSecrets)).toEqual([
      { state: 'known', value: { count: 1, names: ['PASSWORD'] }, source },
    ])
  })
  test('an instance lists none, so that nothing is known', async () => {
    const { events } = await look()
    expect(rows(events, 'instances')).toMatchObject([
      { plainSecrets: { state: 'unknown', why: 'not-offered' } },
    ])
  })
})

describe('what a refusal costs', () => {
  test.each<[string, StreamName]>([
    ['lambda:ListFunctions us-east-1', 'functions'],
    ['ec2:DescribeInstances us-east-1', 'instances'],
    ['ecs:ListClusters us-east-1', 'ecs-services'],
    ['codebuild:ListProjects us-east-1', 'build-projects'],
  ])('%s: that region, and the rest is read', async (question, stream) => {
    const { events } = await look({ [question]: denied })
    expect(states(events)).toEqual(partial(stream))
    expect(rows(events)).toHaveLength(4)
    const coverage = events.find((e) => e.type === 'coverage' && e.stream === stream)
    expect(coverage).toMatchObject({ kinds: { workload: { detail: 'Not permitted. Region: us-east-1.' } } })
  })
  test.each<[string, object, StreamName]>([
    ['iam:ListInstanceProfiles', denied, 'instances'],
    ['ecs:ListServices', denied, 'ecs-services'],
    ['ecs:DescribeServices', denied, 'ecs-services'],
    ['ecs:DescribeServices', { services: [], failures: [] }, 'ecs-services'],
    ['ecs:DescribeTaskDefinition', denied, 'ecs-services'],
    ['codebuild:BatchGetProjects', denied, 'build-projects'],
    ['codebuild:BatchGetProjects', { projects: [] }, 'build-projects'],
  ])('%s, answered with %j: what rests on it is not told at all', async (permission, answer, stream) => {
    const { events } = await look({ [permission]: answer })
    expect(states(events)).toEqual(partial(stream))
    expect(rows(events, stream)).toEqual([])
  })
  test('without roles nothing is said to run as none', async () => {
    const { events } = await look({ 'iam:ListRoles': denied })
    expect(rows(events).map(({ type }) => type)).toEqual(['aws.ec2-instance'])
    expect(states(events)).toEqual({
      functions: 'partial',
      instances: 'complete',
      'ecs-services': 'partial',
      'build-projects': 'partial',
    })
  })
  test('a service and a project that are gone by now are simply gone', async () => {
    const { events } = await look({
      'ecs:DescribeServices': { services: [], failures: [{ arn: 'x', reason: 'MISSING' }] },
      'codebuild:BatchGetProjects': { projects: [], projectsNotFound: ['images'] },
    })
    expect(states(events)).toEqual(WHOLE)
    expect(rows(events)).toHaveLength(2)
  })
  test('what the settings leave out is asked once, and not region by region', async () => {
    const { events, calls } = await look({
      'lambda:ListFunctions': leftOut,
      'lambda:ListFunctions eu-west-1': leftOut,
    })
    expect(calls.filter((call) => call.startsWith('lambda:'))).toHaveLength(1)
    const coverage = events.find((e) => e.type === 'coverage' && e.stream === 'functions')
    expect(coverage).toMatchObject({ kinds: { workload: { why: 'left-out', detail: 'Off.' } } })
  })
  test.each([true, false])('a region turned off, where something is held: %s', async (held) => {
    const off = {
      Regions: [
        { RegionName: 'eu-west-1', RegionOptStatus: 'DISABLED' },
        { RegionName: 'us-east-1', RegionOptStatus: 'ENABLED' },
      ],
    }
    const { events, calls } = await look({ 'account:ListRegions': off }, held)
    expect(new Set(Object.values(states(events)))).toEqual(new Set([held ? 'partial' : 'complete']))
    expect(calls.some((call) => call.endsWith('eu-west-1'))).toBe(false)
  })
  test('what was seen stays until every region answers', async () => {
    const first = apply(new Map(), (await look()).events, T1)
    const gone = { 'lambda:ListFunctions eu-west-1': { Functions: [] } }
    const inPart = await look({ ...gone, 'lambda:ListFunctions us-east-1': denied })
    expect(apply(first.state, inPart.events, T2).changes).toEqual([])
    const { changes } = apply(first.state, (await look(gone)).events, T2)
    expect(changes.map(({ type, nativeId }) => [type, nativeId])).toEqual([
      ['retired', arn('lambda', 'function:orders')],
    ])
  })
})

describe('the real SDK', () => {
  test('reads recorded answers in every protocol, each region as itself, and lets no variable out', async () => {
    const server = await replayServer(ESTATE)
    const client = openClient(settingsFor(server.url))
    const events: Collected[] = []
    for await (const event of collect(connector, sessionOn(client), T1)) events.push(event)
    await client.close?.()
    await server.close()
    expect(JSON.stringify(ESTATE)).toContain('canary-env-of-a-build')
    expect(JSON.stringify(events)).not.toContain('canary')
    expect(states(events)).toEqual(WHOLE)
    const plain = rows(events).flatMap(({ name, plainSecrets }) =>
      plainSecrets?.state === 'known' ? [[name, ...plainSecrets.value.names]] : [],
    )
    expect(plain).toEqual([
      ['orders-consumer', 'LEGACY_DB_PASSWORD'],
      ['acme-shop-build', 'SONAR_TOKEN'],
    ])
    const count = (stream: StreamName) => rows(events, stream).length
    expect(STREAMS.map(count)).toEqual([4, 5, 2, 1])
    const regions = server.requests.map((form) => form.get('Region')).filter((one) => one !== undefined)
    expect(new Set(regions)).toEqual(new Set(['eu-west-1', 'us-east-1']))
  })
  test('is not asked where the settings do not want it', async () => {
    const server = await replayServer(ESTATE)
    const client = openClient({ ...settingsFor(server.url), workloads: false, clusters: false })
    const sent = client.send('lambda:ListFunctions', { region: 'eu-west-1' }, AbortSignal.timeout(5000))
    const refused: unknown = await sent.catch((error: unknown) => client.explain(error))
    expect(refused).toMatchObject({ why: 'left-out' })
    await client.close?.()
    await server.close()
    expect(server.requests).toEqual([])
  })
})
