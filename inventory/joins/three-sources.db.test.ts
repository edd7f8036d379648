// A recorded cluster, the vault its workloads sign in to and the account both reach, through the whole pipeline: every join
// that the people who made the estate wrote down comes out, and what leads nowhere is told from what cannot be told.
import { beforeAll, describe, expect, test } from 'vitest'
import aws from '@/connectors/aws/collect'
import { recordedWorld as recordedAccount } from '@/connectors/aws/fixtures/recorded-world'
import kubernetes from '@/connectors/kubernetes/collect'
import { NAME, WORLD } from '@/connectors/kubernetes/fixtures/recorded-world'
import { LIST } from '@/connectors/kubernetes/permissions'
import vault from '@/connectors/vault/collect'
import { recordedWorld as recordedVault, VAULT, WHOLE } from '@/connectors/vault/fixtures/recorded-world'
import type { Connector } from '@/core/connector'
import type { Transport } from '@/core/upstream'
import { applyRun } from '@/inventory/apply'
import { observe } from '@/inventory/observe'
import { db } from '@/prisma/client'
import { replay } from '@/tests/conformance'
import expected from './fixtures/expected-joins.json'
import { joinChanges } from './join-changes'

const T = (n: number) => `2026-11-${20 + n}T08:00:00.000Z`
const connections = new Map<string, string>()
async function connectionOf(connectorId: string): Promise<string> {
  const held = connections.get(connectorId)
  if (held) return held
  const { id } = await db.connection.create({
    data: {
      connectorId,
      name: connectorId,
      mode: 'live',
      settings: Buffer.from('x'),
      intervalMinutes: 60,
      createdBy: 'test',
    },
  })
  connections.set(connectorId, id)
  return id
}
async function sync(connector: unknown, transport: Transport, at: string): Promise<void> {
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

type Edge = { from: string; fromType: string; to: string | null; value: string; state: string; why: string }
/** Edges by the name they ask for: who says so, whom it means, and how sure that is. */
const edges = (keyType: string, fromType?: string): Promise<Edge[]> => db.$queryRaw<Edge[]>`
  WITH named AS (
    SELECT id, name, type FROM identity UNION ALL SELECT id, name, type FROM issuer UNION ALL SELECT id, name, type FROM secret
    UNION ALL SELECT id, name, type FROM credential UNION ALL SELECT id, name, type FROM workload
    UNION ALL SELECT id, name, type FROM entitlement
  )
  SELECT f.name AS "from", f.type AS "fromType", t.name AS "to", e.key_value AS value, e.state, e.why
  FROM edge e JOIN named f ON f.id = coalesce(e.from_identity_id, e.from_row_id) LEFT JOIN named t ON t.id = e.to_row_id
  WHERE e.key_type = ${keyType} AND (${fromType ?? null}::text IS NULL OR f.type = ${fromType ?? null})
  ORDER BY 1, 3, 4`
const matched = (rows: Edge[]): string[] =>
  rows.filter(({ state }) => state === 'matched').map(({ from, to }) => `${from} - ${to}`)
const states = (rows: Edge[]): string[] => [...new Set(rows.map(({ state }) => state))].sort()
const roleName = (arn: string): string => arn.split('/').at(-1) ?? ''

/** Verdict on a role that a service account gets by EKS Pod Identity. */
const ASSOCIATED = 'an association of EKS Pod Identity, made up: the server lacks the call'

const ACCOUNTS = expected.serviceAccounts.map((one) => ({ ...one, full: `${one.namespace}/${one.name}` }))
/** Roles for everything are not repeated under each account. */
const everyAccount = async (): Promise<string[]> =>
  (await db.identity.findMany({ where: { type: 'kubernetes.service-account' } })).map(({ name }) => name)

/** The vault was recorded after this one had been deleted and made anew: its entity bears the newer uid. */
const REMADE = 'payments/settlement-batch'
const NEWER_UID = '4276ae3b-6871-4c56-8923-71e6692341b1'
const ENTITIES = ACCOUNTS.flatMap(({ full, vaultEntities }) => {
  const { vault: id } = vaultEntities as { vault?: string }
  return id === undefined ? [] : [[id, full]]
}).sort()
/** Entities that name a service account by its uid, and whom that means. */
const entities = async (): Promise<(string | null)[][]> => {
  const rows = await db.$queryRaw<{ entity: string; account: string | null; state: string }[]>`
    SELECT f.native_id AS entity, t.name AS account, e.state FROM edge e JOIN identity f ON f.id = e.from_identity_id
    LEFT JOIN identity t ON t.id = e.to_identity_id WHERE e.key_type = 'kubernetes.uid' ORDER BY 1`
  return rows.map(({ entity, account, state }) => [entity, account, state])
}

const cluster = (without?: string): Transport => {
  const whole = replay(WORLD)
  return {
    async send(permission, params, signal) {
      if (permission === without) return {}
      return whole.send(permission, params, signal)
    },
    explain: (error) => whole.explain(error),
  }
}

beforeAll(async () => {
  const answers = await recordedVault(VAULT, { ...WHOLE, alsoKnownAs: ['vault.acme.example:443'] })
  await sync(vault, replay(answers), T(1))
}, 120_000)

describe('the vault alone', () => {
  test('tells of no service account whether it is there', async () => {
    const rows = [...(await edges('kubernetes.subject')), ...(await edges('kubernetes.uid'))]
    expect(rows.length).toBeGreaterThan(15)
    expect(states(rows)).toEqual(['unknown'])
  })
})

describe('with a cluster that was read in part', () => {
  beforeAll(() => sync(kubernetes, cluster(LIST.serviceAccounts), T(2)), 60_000)
  test('nobody is said not to be there', async () => {
    const rows = [...(await edges('kubernetes.subject')), ...(await edges('kubernetes.uid'))]
    expect(states(rows)).toEqual(['unknown'])
    const ghost = rows.find(({ from }) => from === 'inventory-ghost')
    expect(ghost?.why).toContain('was read only in part')
  })
})

describe('with the whole cluster', () => {
  beforeAll(() => sync(kubernetes, cluster(), T(3)), 60_000)

  test('the vault roles that let a service account in are joined to it', async () => {
    const rows = await edges('kubernetes.subject', 'vault.kubernetes-role')
    const written = ACCOUNTS.flatMap(({ full, vaultRoles }) =>
      vaultRoles.flatMap(({ server, role }) => (server === 'vault' ? [`${role} - ${full}`] : [])),
    )
    const wide = ['everything', 'any-sa-in-ci', 'default-everywhere']
    for (const join of written) expect(matched(rows)).toContain(join)
    const others = matched(rows).filter((join) => !wide.some((role) => join.startsWith(`${role} - `)))
    expect(others.every((join) => written.includes(join))).toBe(true)
    const all = await everyAccount()
    const under = (role: string, fits: (full: string) => boolean) =>
      all.filter(fits).map((full) => `${role} - ${full}`)
    expect(
      matched(rows)
        .filter((join) => wide.some((role) => join.startsWith(`${role} - `)))
        .sort(),
    ).toEqual(
      [
        ...under('everything', () => true),
        ...under('any-sa-in-ci', (full) => full.startsWith('ci/')),
        ...under('default-everywhere', (full) => full.endsWith('/default')),
      ].sort(),
    )
  })
  test('entities are the service accounts that signed in as them, by uid; one that did so later is not there yet', async () => {
    const now = ENTITIES.filter(([, full]) => full !== REMADE)
    expect((await entities()).filter(([, , state]) => state === 'matched')).toEqual(
      now.map(([id, full]) => [id, full, 'matched']),
    )
    const [later] = ENTITIES.filter(([, full]) => full === REMADE)
    expect((await entities()).filter(([, account]) => account === null)).toEqual([
      [later?.[0], null, 'dangling'],
    ])
  })
  test('a service account that does not exist is dangling; one of a cluster that is not connected is unknown', async () => {
    const rows = await edges('kubernetes.subject', 'vault.kubernetes-role')
    const leads = rows.filter(({ to }) => to === null).map(({ from, state }) => `${from} ${state}`)
    expect(leads).toContain('inventory-ghost dangling')
    expect(leads).toContain('cert-manager dangling')
    expect(leads.filter((lead) => lead.startsWith('billing '))).toEqual([
      'billing unknown',
      'billing unknown',
    ])
    const issuer = (await edges('kubernetes.service-account')).filter(({ from }) => from === 'acme-internal')
    expect(issuer.map(({ state }) => state)).toEqual(['dangling'])
  })
  test('copied secrets lead to their store and path', async () => {
    const kept = await edges('vault.path', 'kubernetes.external-secret')
    expect(matched(kept)).toEqual(['shop/smtp-credentials - kv/shop/smtp'])
    const [flow] = expected.secretFlows.filter(({ source }) => source === 'Vault kv/shop/smtp')
    expect(flow?.externalSecret).toBe('shop/smtp-credentials')
    const key = (await edges('kubernetes.secret')).filter(({ from }) => from === 'ci/npm-token')
    expect(key.map(({ value, state }) => [value.split('|')[1], state])).toEqual([
      ['kube-system/aws-static', 'dangling'],
    ])
  })
  test('workloads run as the accounts that were written down', async () => {
    const rows = await db.workload.findMany({ select: { aliases: true, uses: true } })
    for (const { uid, namespace, workloads } of ACCOUNTS) {
      const found = rows.filter(({ uses }) => uses.includes(uid)).map(({ aliases }) => aliases[0])
      const written = workloads.map(({ controller }) => controller.replace('/', `|${namespace}/`))
      expect(found.sort()).toEqual(written.sort())
    }
  })
  test('of an account that is not connected nothing is said to be missing', async () => {
    const asked = [
      ...(await edges('aws.arn')),
      ...(await edges('aws.access-key-id')),
      ...(await edges('aws.secret')),
      ...(await edges('aws.parameter')),
      ...(await edges('gcp.service-account-email')),
      ...(await edges('azure.client-id')),
    ]
    expect(asked.length).toBeGreaterThan(8)
    expect(states(asked)).toEqual(['unknown'])
  })
})

describe('with the account as well', () => {
  beforeAll(async () => sync(aws, replay((await recordedAccount()).all), T(4)), 60_000)

  test('service accounts name their roles, and roles their service accounts', async () => {
    const declared = matched(await edges('aws.arn', 'kubernetes.service-account'))
    const permitted = matched(await edges('oidc.subject', 'aws.iam-role'))
    const by = (verdicts: string[], name: (role: string, full: string) => string) =>
      ACCOUNTS.flatMap(({ full, awsRoles }) =>
        awsRoles.flatMap(({ arn, verdict }) =>
          verdicts.includes(verdict) ? [name(roleName(arn), full)] : [],
        ),
      ).sort()
    expect(declared.sort()).toEqual(by(['both sides agree'], (role, full) => `${full} - ${role}`))
    expect(permitted.sort()).toEqual(
      by(['both sides agree', 'role side only', ASSOCIATED], (role, full) => `${role} - ${full}`),
    )
  })
  test('a service account that names no role gets one by an association that only the account knows', async () => {
    const [one, ...others] = ACCOUNTS.filter(({ awsRoles }) =>
      awsRoles.some(({ verdict }) => verdict === ASSOCIATED),
    )
    expect([one?.full, others]).toEqual(['kube-system/cluster-autoscaler', []])
    const declared = await edges('aws.arn', 'kubernetes.service-account')
    expect(declared.filter(({ from }) => from === one?.full)).toEqual([])
    const [{ reason } = { reason: '' }] = await db.$queryRaw<{ reason: string }[]>`
      SELECT e.reason FROM edge e JOIN identity t ON t.id = e.to_identity_id
      WHERE e.key_type = 'oidc.subject' AND t.name = ${one?.full} AND e.state = 'matched'`
    expect(reason).toContain('EKS Pod Identity association of the cluster acme-prod')
  })
  test('the cluster of the account is the issuer that the cluster itself knows', async () => {
    const rows = (await edges('oidc.issuer')).filter(({ fromType }) => fromType === 'aws.eks-cluster')
    expect(rows).toMatchObject([{ from: 'acme-prod', state: 'matched' }])
  })
  test('a role for a service account that does not exist is dangling', async () => {
    const rows = (await edges('oidc.subject', 'aws.iam-role')).filter(({ state }) => state === 'dangling')
    expect(rows.map(({ from, value }) => [from, value.split(':').slice(-2).join('/')])).toEqual([
      ['acme-shop-inventory', 'shop/inventory-api'],
    ])
  })
  test('the provider is that of the cluster; one whose cluster is gone is unknown', async () => {
    const rows = (await edges('oidc.issuer')).map(({ value, state }) => `${roleName(value)} ${state}`)
    expect(rows).toContain('z50I997l2Z matched')
    expect(rows).toContain('DECOMMISSIONED0OLD unknown')
  })
  test('an engine of the vault acts as a role, by the key of a user', async () => {
    const [s3] = expected.vaultToAws
    const engine = await edges('aws.arn', 'vault.aws-engine-role')
    expect(matched(engine)).toEqual([`aws/s3-deploy (assumed_role) - ${roleName(s3?.awsRole ?? '')}`])
    const key = await edges('aws.access-key-id')
    expect(matched(key)).toEqual([`Access of aws to AWS - ${s3?.accessKeyId}`])
    const [{ user } = { user: null }] = await db.$queryRaw<{ user: string }[]>`
      SELECT i.name AS user FROM credential c JOIN identity i ON i.id = c.identity_id WHERE c.name = ${s3?.accessKeyId}`
    expect(user).toBe('vault-aws-root')
  })
  test('roles of the account sign in to the vault', async () => {
    const rows = [
      ...(await edges('aws.arn', 'vault.aws-role')),
      ...(await edges('aws.role-name', 'vault.aws-role')),
    ]
    const written = expected.awsToVault.flatMap(({ vaultRole, awsRole, roles = [] }) =>
      [...roles, ...(awsRole === undefined ? [] : [awsRole])].map(
        (arn) => `${roleName(vaultRole)} - ${roleName(arn)}`,
      ),
    )
    expect([...new Set(matched(rows))].sort()).toEqual(written.sort())
  })
  test('secrets of services that are not read stay unknown, and so do other clouds', async () => {
    for (const type of ['aws.secret', 'aws.parameter', 'gcp.service-account-email', 'azure.client-id'])
      expect([type, states(await edges(type))]).toEqual([type, ['unknown']])
  })
  test('all of it again changes nothing', async () => {
    const all = () => db.edge.findMany({ orderBy: { id: 'asc' } })
    const before = await all()
    await sync(kubernetes, cluster(), T(5))
    expect(await all()).toEqual(before)
    expect(await db.scope.findFirst({ where: { name: NAME } })).not.toBeNull()
  })
})

describe('after a service account was deleted and made anew', () => {
  const older = ACCOUNTS.find(({ full }) => full === REMADE)?.uid ?? ''
  beforeAll(async () => {
    const whole = replay(WORLD)
    const later: Transport = {
      send: async (permission, params, signal) =>
        JSON.parse(
          JSON.stringify(await whole.send(permission, params, signal)).replaceAll(older, NEWER_UID),
        ) as unknown,
      explain: (error) => whole.explain(error),
    }
    await sync(kubernetes, later, T(6))
  }, 60_000)

  test('whoever signed in by the newer uid is found, and every other is as before', async () => {
    expect(await entities()).toEqual(ENTITIES.map(([id, full]) => [id, full, 'matched']))
  })
  test('what means it by its name passes to it, and is said to be inherited', async () => {
    const inherited = await db.$queryRaw<{ role: string; account: string }[]>`
      SELECT f.name AS role, t.native_id AS account FROM edge e JOIN identity f ON f.id = e.from_identity_id
      JOIN identity t ON t.id = e.to_identity_id WHERE e.lookalike AND e.key_type IN ('kubernetes.subject', 'oidc.subject')
      AND e.match = 'exact' ORDER BY 1`
    expect(inherited).toEqual([{ role: 'settlement', account: NEWER_UID }])
  })
})
