// The connector against a running emulator with hundreds of roles: counts what comes out against what was put in.
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import type { Kind, Of } from '@/core/observation'
import type { Transport } from '@/core/upstream'
import { openClient } from './client'
import { eventsOf, settingsFor } from './fixtures/recorded-world'
import { CLUSTER_REGION, seedMoto, type Seeded } from './fixtures/seed-moto'

const isInstalled = (process.env.PATH ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'moto_server')))
const name = isInstalled
  ? 'an emulated account'
  : 'an emulated account (skipped: moto_server is not on the PATH)'
const SIZE = { roles: 300, users: 100 }

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

async function start(): Promise<{ url: string; server: ChildProcess }> {
  const port = await freePort()
  const env = { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' }
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env,
    detached: true,
  })
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 150; tries++) {
    const up = await fetch(`${url}/moto-api/`).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return { url, server }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the emulator did not start')
}

describe.skipIf(!isInstalled)(name, () => {
  let seeded: Seeded
  let events: Collected[]
  let server: ChildProcess | undefined
  const of = <K extends Kind>(kind: K) =>
    events
      .flatMap((e) => (e.type === 'observations' ? e.observations : []))
      .filter((o): o is Of<K> => o.kind === kind)
  const states = () =>
    Object.fromEntries(
      events.flatMap((e) =>
        e.type === 'coverage' ? [[e.stream, Object.values(e.kinds).map((c) => c.state)]] : [],
      ),
    )

  beforeAll(async () => {
    const started = await start()
    server = started.server
    seeded = await seedMoto(started.url, SIZE)
    const client = openClient(settingsFor(started.url))
    // The one call of EKS that it lacks and that all others follow from.
    const regions = { Regions: [{ RegionName: CLUSTER_REGION }, { RegionName: 'us-east-1' }] }
    const transport: Transport = {
      ...client,
      send: async (permission, params, signal) =>
        permission === 'account:ListRegions' ? regions : await client.send(permission, params, signal),
    }
    events = await eventsOf(transport, new Date().toISOString())
    await client.close?.()
  }, 120_000)
  afterAll(() => {
    // The whole group: a version manager's shim runs the server as its child.
    if (server?.pid !== undefined) process.kill(-server.pid)
  })

  test('every identity is seen, once', () => {
    const identities = of('identity')
    expect(identities.filter((i) => i.type === 'aws.iam-role')).toHaveLength(seeded.roles)
    expect(identities.filter((i) => i.type === 'aws.iam-user')).toHaveLength(seeded.users)
    expect(new Set(identities.map((i) => i.nativeId)).size).toBe(seeded.roles + seeded.users + 1)
    expect(
      identities.filter((i) => i.type === 'aws.iam-role').every((i) => i.maxSessionSeconds.state === 'known'),
    ).toBe(true)
    expect(identities.find((i) => i.name === 'role-0007')?.description).toMatchObject({ value: 'rôle 7' })
  })

  test('every key, with its status', () => {
    const keys = of('credential').filter((c) => c.type === 'aws.access-key')
    expect(keys).toHaveLength(seeded.accessKeys)
    expect(keys.filter((c) => c.enabled.state === 'known' && !c.enabled.value)).toHaveLength(
      seeded.inactiveKeys,
    )
    expect(of('credential').filter((c) => c.type === 'aws.console-password')).toHaveLength(seeded.passwords)
  })

  test('every grant, entitlement, trust and owner', () => {
    // What the root user may do is not seeded: every account has it.
    const grants = of('grant').filter((g) => !g.nativeId.includes('/root/'))
    expect(grants.filter((g) => g.via === 'attached')).toHaveLength(
      seeded.attachedToRoles + seeded.attachedToUsers,
    )
    expect(grants.filter((g) => g.via === 'inline')).toHaveLength(seeded.inlineOfRoles + seeded.inlineOfUsers)
    expect(grants.filter((g) => g.via === 'group')).toHaveLength(seeded.groupMembers)
    const entitlements = new Map(of('entitlement').map((e) => [e.nativeId, e]))
    expect([...entitlements.values()].filter((e) => e.document.state !== 'known')).toEqual([])
    expect([...entitlements.values()].filter((e) => e.type === 'aws.managed-policy')).toHaveLength(
      seeded.policies + 1,
    )
    expect(grants.filter((g) => !entitlements.has(g.entitlement))).toEqual([])
    expect(of('trust')).toHaveLength(seeded.roles)
    expect(of('owner-hint')).toHaveLength(seeded.owners)
    expect(of('workload')).toHaveLength(seeded.instanceProfiles)
    expect(of('issuer').filter((i) => i.type === 'aws.oidc-provider')).toHaveLength(1)
  })

  test('a cluster in the region it is in, and none elsewhere', () => {
    const clusters = of('issuer').filter((i) => i.type === 'aws.eks-cluster')
    expect(clusters.map((i) => i.nativeId)).toEqual([
      expect.stringMatching(new RegExp(`^arn:aws:eks:${CLUSTER_REGION}:\\d{12}:cluster/emulated$`)),
    ])
    expect(clusters[0]?.links).toEqual([
      expect.objectContaining({
        to: 'oidc.issuer',
        value: expect.stringMatching(/^oidc\.eks\.eu-west-1\./) as string,
      }),
    ])
  })

  test('classes follow from trust and keys', () => {
    const count = (type: string, as: string) =>
      of('identity').filter((i) => i.type === type && i.class === as).length
    expect(count('aws.iam-role', 'machine')).toBe((SIZE.roles / 4) * 3)
    expect(count('aws.iam-role', 'unclear')).toBe(SIZE.roles / 4)
    expect(count('aws.iam-user', 'machine')).toBe((SIZE.users / 5) * 4)
    expect(count('aws.iam-user', 'human')).toBe(seeded.passwords)
  })

  test('what the emulator lacks is partial, everything else complete', () => {
    const partial = Object.entries(states()).filter(([, kinds]) => kinds.includes('partial'))
    // It has no row for the root user and does not know service-specific credentials, Pod Identity associations, and what was
    // used when.
    expect(partial.map(([stream]) => stream).sort()).toEqual([
      'clusters',
      'credential-report',
      'last-accessed',
      'service-credentials',
    ])
  })
})
