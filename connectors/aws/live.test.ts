// The connector against a running emulator with hundreds of roles: counts what comes out against what was put in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Collected } from '@/core/collect'
import type { Kind, Of } from '@/core/observation'
import type { Transport } from '@/core/upstream'
import { openClient } from './client'
import { eventsOf, settingsFor } from './fixtures/recorded-world'
import { CLUSTER_REGION, seedMoto, type Seeded } from './fixtures/seed-moto'
import { againstMoto, HAS_MOTO, startMoto, type Moto } from './fixtures/start-moto'

const SIZE = { roles: 300, users: 100 }

describe.skipIf(!HAS_MOTO)(againstMoto('an emulated account'), () => {
  let seeded: Seeded
  let events: Collected[]
  let moto: Moto | undefined
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
    moto = await startMoto()
    seeded = await seedMoto(moto.url, SIZE)
    const client = openClient(settingsFor(moto.url))
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
  afterAll(() => moto?.stop())

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
