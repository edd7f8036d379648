// A recorded cluster and a made-up Google Cloud through the whole pipeline: whom bindings, pools and annotations mean, what
// leads nowhere, and that a refusal erases nothing.
import { beforeAll, describe, expect, test } from 'vitest'
import gcp from '@/connectors/gcp/collect'
import { WHOLE } from '@/connectors/gcp/fixtures/recorded-world'
import kubernetes from '@/connectors/kubernetes/collect'
import { WORLD as CLUSTER } from '@/connectors/kubernetes/fixtures/recorded-world'
import type { Connector } from '@/core/connector'
import type { Transport } from '@/core/upstream'
import { applyRun } from '@/inventory/apply'
import { joinChanges } from '@/inventory/joins/join-changes'
import { observe } from '@/inventory/observe'
import { db } from '@/prisma/client'
import { replay } from '@/tests/conformance'

let looks = 0
/** Each look is a day later than the one before. */
const nextDay = (): string => `2026-11-${10 + ++looks}T08:00:00.000Z`
const connections = new Map<string, string>()
async function connectionOf(connectorId: string): Promise<string> {
  const held = connections.get(connectorId)
  if (held) return held
  const settings = Buffer.from('x')
  const { id } = await db.connection.create({
    data: { connectorId, name: connectorId, mode: 'live', settings, intervalMinutes: 60, createdBy: 'test' },
  })
  connections.set(connectorId, id)
  return id
}
async function sync(connector: unknown, transport: Transport): Promise<void> {
  const at = nextDay()
  const { manifest } = connector as Connector
  const connectionId = await connectionOf(manifest.id)
  const run = await db.run.create({
    data: { connectionId, trigger: 'test', requestedBy: 'test', startedAt: at, observedAt: at },
  })
  await observe({
    connector: connector as Connector,
    transport,
    connection: { id: connectionId, connectorId: manifest.id, mode: 'live' },
    runId: run.id,
    observedAt: at,
    signal: new AbortController().signal,
  })
  await applyRun({ runId: run.id, send: async () => undefined })
  await joinChanges()
}

type Edge = { from: string; to: string | null; value: string; state: string }
const edges = (keyType: string, fromKind = 'trust'): Promise<Edge[]> => db.$queryRaw<Edge[]>`
  WITH named AS (
    SELECT id, name FROM identity UNION ALL SELECT id, name FROM issuer UNION ALL SELECT id, name FROM secret
    UNION ALL SELECT id, name FROM entitlement
  )
  SELECT f.name AS "from", t.name AS "to", e.key_value AS value, e.state
  FROM edge e JOIN named f ON f.id = coalesce(e.from_identity_id, e.from_row_id) LEFT JOIN named t ON t.id = e.to_row_id
  WHERE e.key_type = ${keyType} AND e.from_kind = ${fromKind} ORDER BY 1, 2, 3`
const CART = 'cart-worker@acme-shop-prod.iam.gserviceaccount.com'
const DEPLOYER = 'deployer@acme-ci.iam.gserviceaccount.com'

const without = (permission: string): Transport => {
  const whole = replay(WHOLE)
  return {
    async send(name, params, signal) {
      if (name === permission) return { nothing: 'understood' }
      return whole.send(name, params, signal)
    },
    explain: (error) => whole.explain(error),
  }
}

beforeAll(() => sync(gcp, replay(WHOLE)), 120_000)

describe('Google Cloud alone', () => {
  test('of clusters that nobody reads nothing is called missing', async () => {
    const rows = await edges('oidc.subject')
    expect(rows.length).toBeGreaterThan(3)
    expect([...new Set(rows.map(({ state }) => state))]).toEqual(['unknown'])
  })
  test('a service account that was deleted is named by the id it had, and is dangling', async () => {
    const rows = await edges('gcp.unique-id')
    expect(rows).toMatchObject([
      { from: DEPLOYER, to: null, value: '104500000000000000099', state: 'dangling' },
    ])
  })
  test('who can become whom within it is joined', async () => {
    const rows = await edges('gcp.service-account-email')
    expect(rows.map(({ from, to, state }) => [from, to, state])).toContainEqual([CART, DEPLOYER, 'matched'])
  })
  test('what a binding gives leads to its role', async () => {
    const rows = await edges('gcp.role', 'entitlement')
    expect(rows.length).toBeGreaterThan(8)
    expect([...new Set(rows.map(({ state }) => state))]).toEqual(['matched'])
  })
})

describe('with the cluster', () => {
  beforeAll(() => sync(kubernetes, replay(CLUSTER)), 120_000)
  test('an annotation and the binding that permits it meet', async () => {
    const declared = await edges('gcp.service-account-email', 'identity')
    expect(declared.map(({ from, to, state }) => [from, to, state])).toContainEqual([
      'shop/cart-worker',
      CART,
      'matched',
    ])
    const permitted = await edges('gcp.workload-identity')
    expect(permitted.map(({ from, to, state }) => [from, to, state])).toContainEqual([
      CART,
      'shop/cart-worker',
      'matched',
    ])
  })
  test('a principal that holds a role directly is that service account', async () => {
    const rows = await edges('gcp.workload-identity', 'identity')
    expect(rows.map(({ from, to, state }) => [from, to, state])).toContainEqual([
      'acme-shop-prod.svc.id.goog[shop/web-frontend]',
      'shop/web-frontend',
      'matched',
    ])
  })
  test('a subject of its issuer is who bears it, and one that is not there is dangling', async () => {
    const rows = (await edges('oidc.subject')).filter(({ value }) => value.startsWith('oidc.eks'))
    expect(rows.map(({ from, to, state }) => [from, to, state])).toEqual([
      [DEPLOYER, 'ci/gha-deployer', 'matched'],
      [DEPLOYER, null, 'dangling'],
    ])
  })
  test('the provider relies on the issuer of the cluster', async () => {
    const rows = await edges('oidc.issuer', 'issuer')
    const found = rows.find(({ from }) => from.startsWith('clusters/acme-prod'))
    expect(found).toMatchObject({ state: 'matched' })
  })
})

describe('after a look that was refused in part', () => {
  const held = () =>
    Promise.all([
      db.identity.count({ where: { type: { startsWith: 'gcp.' }, retiredAt: null } }),
      db.grant.count({ where: { retiredAt: null } }),
      db.trust.count({ where: { retiredAt: null } }),
      db.credential.count({ where: { retiredAt: null } }),
      db.edge.count({ where: { state: 'matched' } }),
    ])
  test.each([
    'iam.serviceAccounts.list',
    'resourcemanager.folders.list',
    'cloudasset.assets.searchAllIamPolicies',
    'iam.workloadIdentityPoolProviders.list',
    'cloudidentity.memberships.list',
    'iam.roles.get',
  ])(
    '%s: everything stands',
    async (permission) => {
      const before = await held()
      await sync(gcp, without(permission))
      expect(await held()).toEqual(before)
    },
    60_000,
  )
  test('and the next whole look changes nothing', async () => {
    const before = await held()
    await sync(gcp, replay(WHOLE))
    expect(await held()).toEqual(before)
  }, 60_000)
})
