// The real SDK against recorded answers of EKS: regions, paths, refusals in JSON, and one sign-in for all of it.
import { afterEach, describe, expect, test } from 'vitest'
import { openClient } from './client'
import { ESTATE, eventsOf, settingsFor, sessionOn } from './fixtures/recorded-world'
import { replayServer, type Override } from './fixtures/replay-server'
import { tokenPageOf } from './page'
import type { AwsSettings } from './settings'
import { ClusterAnswer, ClusterName, Region } from './shapes-clusters'

const Regions = tokenPageOf('Regions', 'NextToken', Region)
const Clusters = tokenPageOf('clusters', 'nextToken', ClusterName)
const cleanups: (() => Promise<void> | undefined)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
})
async function open(override: Override = () => undefined, settings: Partial<AwsSettings> = {}) {
  const server = await replayServer(ESTATE, override)
  const client = openClient({ ...settingsFor(server.url), ...settings })
  cleanups.push(server.close, () => client.close?.())
  return { server, client, session: sessionOn(client) }
}
const json = (status: number, code: string, message: string) => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
  body: JSON.stringify({ message }),
})

describe('answers', () => {
  test('each region is asked as itself, and the cluster is read with its date', async () => {
    const { server, session } = await open()
    expect((await session.call('account:ListRegions', {}, Regions)).items).toHaveLength(2)
    for (const region of ['eu-west-1', 'us-east-1'])
      await session.call('eks:ListClusters', { region, maxResults: 100 }, Clusters)
    const { cluster } = await session.call(
      'eks:DescribeCluster',
      { region: 'eu-west-1', name: 'acme-prod' },
      ClusterAnswer,
    )
    expect(cluster).toEqual({
      name: 'acme-prod',
      arn: 'arn:aws:eks:eu-west-1:123456789012:cluster/acme-prod',
      createdAt: '2026-11-22T05:37:04.103Z',
      identity: { oidc: { issuer: 'https://oidc.eks.eu-west-1.amazonaws.com/id/z50I997l2Z' } },
    })
    expect(server.requests.map((form) => `${form.get('Path')} ${form.get('Region')}`)).toEqual([
      '/listRegions us-east-1',
      '/clusters eu-west-1',
      '/clusters us-east-1',
      '/clusters/acme-prod eu-west-1',
    ])
  })
  test.each([undefined, '', 'eu-west-1.evil.example/x'])(
    'the region %j is a bug and no request',
    async (region) => {
      const { server, client } = await open()
      const sent = client.send('eks:ListClusters', { region }, AbortSignal.timeout(5000))
      await expect(sent).rejects.toThrow('names no region')
      expect(server.requests).toEqual([])
    },
  )
  test('a call that writes is no call', async () => {
    const { client } = await open()
    const sent = client.send('eks:CreatePodIdentityAssociation', {}, AbortSignal.timeout(5000))
    await expect(sent).rejects.toThrow('not a call')
  })
})

describe('refusals', () => {
  const listed = async (override: Override) => {
    const { session } = await open(override)
    return await session.ask('eks:ListClusters', { region: 'eu-west-1' }, Clusters)
  }
  test('a service control policy is told from a missing permission, without naming anybody', async () => {
    const message =
      'User: arn:aws:sts::123456789012:assumed-role/canary/x is not authorized to perform: eks:ListClusters on resource: arn:aws:eks:eu-west-1:123456789012:cluster/* with an explicit deny in a service control policy'
    const refused = await listed(() => json(403, 'AccessDeniedException', message))
    expect(refused).toMatchObject({ state: 'unknown', why: 'denied', source: 'eks:ListClusters' })
    const { detail } = refused as { detail: string }
    expect(detail).toMatch(/^eks:ListClusters is not permitted \(AccessDeniedException\): a policy denies it/)
    expect(detail).not.toContain('canary')
  })
  test.each([
    ['ThrottlingException', 429, 'throttled'],
    ['ServerException', 500, 'unreachable'],
    ['InvalidParameterException', 400, 'malformed'],
  ])('%s', async (code, status, why) => {
    expect(await listed(() => json(status, code, 'canary'))).toMatchObject({ why })
  })
  test('a web page instead of an answer is not an empty list', async () => {
    const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>sign in</html>' }
    expect(await listed(() => page)).toMatchObject({ why: 'malformed' })
  })
  test('what is gone says so by its code', async () => {
    const { session } = await open(() =>
      json(404, 'ResourceNotFoundException', 'No cluster found for name: x.'),
    )
    const params = { region: 'eu-west-1', name: 'x' }
    const absentOn = ['ResourceNotFoundException']
    expect(await session.ask('eks:DescribeCluster', params, ClusterAnswer, { absentOn })).toMatchObject({
      state: 'absent',
    })
  })
})

describe('settings', () => {
  test('clusters that are not wanted are left out without a request', async () => {
    const { server, session } = await open(undefined, { clusters: false, workloads: false })
    for (const permission of ['account:ListRegions', 'eks:ListClusters'])
      expect(await session.ask(permission, { region: 'eu-west-1' }, Regions)).toMatchObject({
        why: 'left-out',
      })
    expect(server.requests).toEqual([])
  })
  test('a look that leaves clusters out says so, and reads the rest', async () => {
    const { server, client } = await open(undefined, { clusters: false, workloads: false })
    const looks = (await eventsOf(client)).filter((event) => event.type === 'coverage')
    expect(looks.find(({ stream }) => stream === 'clusters')?.kinds).toMatchObject({
      issuer: { state: 'partial', why: 'left-out' },
      trust: { state: 'partial', why: 'left-out' },
    })
    expect(looks.find(({ stream }) => stream === 'principals')?.kinds.trust?.state).toBe('complete')
    expect(server.requests.filter((form) => form.has('Path'))).toEqual([])
  })
  test('what runs is looked at without clusters, and clusters without a request', async () => {
    const { server, client } = await open(undefined, { clusters: false })
    const looks = (await eventsOf(client)).filter((event) => event.type === 'coverage')
    expect(looks.find(({ stream }) => stream === 'clusters')?.kinds.trust).toMatchObject({
      why: 'left-out',
      detail: 'Looking at EKS clusters is off in the settings of the connection.',
    })
    expect(looks.find(({ stream }) => stream === 'functions')?.kinds.workload?.state).toBe('complete')
    expect(server.requests.filter((form) => form.get('Path')?.startsWith('/clusters'))).toEqual([])
  })
  test('a role is assumed once for all regions', async () => {
    const expiration = new Date(Date.now() + 900_000).toISOString()
    const assumed = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAEXAMPLEEXAMPLE</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`
    const { server, session } = await open(
      (form) =>
        form.get('Action') === 'AssumeRole'
          ? { status: 200, headers: { 'content-type': 'text/xml' }, body: assumed }
          : undefined,
      { roleArn: 'arn:aws:iam::123456789012:role/inventory' },
    )
    await session.call('account:ListRegions', {}, Regions)
    for (const region of ['eu-west-1', 'us-east-1'])
      await session.call('eks:ListClusters', { region }, Clusters)
    expect(server.requests.filter((form) => form.get('Action') === 'AssumeRole')).toHaveLength(1)
  })
})
