// A recorded account and the cluster its roles trust, through the whole pipeline: who may become which role is what the
// people who made the estate wrote down, and changes as the cluster does.
import { beforeAll, expect, test } from 'vitest'
import aws from '@/connectors/aws/collect'
import { recordedWorld } from '@/connectors/aws/fixtures/recorded-world'
import { defineConnector, type Connector } from '@/core/connector'
import { applyRun } from '@/inventory/apply'
import { observe } from '@/inventory/observe'
import { UpstreamError, type Transport } from '@/core/upstream'
import { db } from '@/prisma/client'
import { replay } from '@/tests/conformance'
import { identity } from '@/tests/scripted-source'
import { joinChanges } from './join-changes'

const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/z50I997l2Z'
/** Service accounts of the recorded cluster, with their uids. */
const ACCOUNTS: Record<string, string> = {
  'ci/default': '1',
  'ci/gha-deployer': '2',
  'payments/default': '3',
  'payments/fraud-scorer': '4',
  'payments/ledger': '5',
  'payments/payments-api': '6',
  'payments/settlement-batch': '7',
  'shop/checkout-api': '8',
  'shop/web-frontend': '9',
  'kube-system/cluster-autoscaler': '10',
}
type Cluster = { accounts: Record<string, string>; refused?: true }
const nowhere: Transport = {
  send: () => Promise.reject(new Error('a scripted cluster asks nothing')),
  explain: () => undefined,
}
const cluster = ({ accounts, refused }: Cluster): Connector =>
  defineConnector({
    manifest: {} as Connector['manifest'],
    open: () => nowhere,
    openFile: () => Promise.reject(new Error('no files')),
    async *scopes() {
      yield { nativeId: 'prod', name: 'prod', type: 'demo.cluster', authorities: [`oidc:${ISSUER}`] }
    },
    streams: {
      accounts: {
        kinds: ['identity', 'issuer'],
        async *collect() {
          for (const [name, uid] of Object.entries(accounts))
            yield identity(uid, {
              name,
              aliases: [name],
              keys: [
                {
                  type: 'oidc.subject',
                  value: `${ISSUER}|system:serviceaccount:${name.replace('/', ':')}`,
                },
              ],
            })
          yield {
            kind: 'issuer',
            nativeId: ISSUER,
            aliases: [],
            type: 'demo.issuer',
            name: ISSUER,
            keys: [{ type: 'oidc.issuer', value: ISSUER }],
            audiences: { state: 'absent', source: 's' },
            createdAt: { state: 'absent', source: 's' },
            expiresAt: { state: 'absent', source: 's' },
          }
          if (refused) throw new UpstreamError('denied', 'accounts:list', 'refused by the test')
        },
      },
    },
  })

const connections = new Map<string, string>()
/** One sync and the jobs that follow it. */
async function sync(
  connectorId: string,
  connector: Connector,
  transport: Transport,
  at: string,
): Promise<string[]> {
  const connectionId =
    connections.get(connectorId) ??
    (
      await db.connection.create({
        data: {
          connectorId,
          name: connectorId,
          mode: 'live',
          settings: Buffer.from('x'),
          intervalMinutes: 60,
          createdBy: 'test',
        },
      })
    ).id
  connections.set(connectorId, connectionId)
  const run = await db.run.create({
    data: { connectionId, trigger: 'test', requestedBy: 'test', startedAt: at, observedAt: at },
  })
  await observe({
    connector,
    transport,
    connection: { id: connectionId, connectorId, mode: 'live' },
    runId: run.id,
    observedAt: at,
    signal: new AbortController().signal,
  })
  const jobs: string[] = []
  await applyRun({ runId: run.id, send: async (_, name) => void jobs.push(name) })
  await joinChanges()
  return jobs
}
const T = (n: number) => `2026-11-${20 + n}T08:00:00.000Z`
const seeCluster = (state: Cluster, at: string) => sync('demo', cluster(state), nowhere, at)

/** Edges of trust to subjects of the cluster: role ← who, with the state. */
async function roles(): Promise<string[]> {
  const rows = await db.$queryRaw<{ role: string; who: string | null; state: string; lookalike: boolean }[]>`
    SELECT f.name AS role, t.name AS who, e.state, e.lookalike FROM edge e JOIN identity f ON f.id = e.from_identity_id
    LEFT JOIN identity t ON t.id = e.to_identity_id
    WHERE e.key_type = 'oidc.subject' AND e.key_value LIKE ${`${ISSUER}%`}`
  return rows
    .map(
      ({ role, who, state, lookalike }) =>
        `${role} <- ${who ?? '?'} ${state}${lookalike ? ' (lookalike)' : ''}`,
    )
    .sort()
}

let jobs: string[]
beforeAll(async () => {
  const { all } = await recordedWorld()
  jobs = await sync('aws', aws as unknown as Connector, replay(all), T(1))
}, 60_000)

test('a sync that brings links asks for them to be joined', () => expect(jobs).toContain('join-changes'))

test('before the cluster is connected nothing can be told of it', async () => {
  expect(await roles()).toEqual([
    'acme-cluster-autoscaler <- ? unknown',
    'acme-payments-any-sa <- ? unknown',
    'acme-payments-api <- ? unknown',
    'acme-shop-checkout <- ? unknown',
    'acme-shop-inventory <- ? unknown',
  ])
})

test('inside the account, principals are matched by their ARN', async () => {
  const edges = await db.edge.findMany({ where: { keyType: 'aws.arn', toKind: 'identity' } })
  expect(edges.map((e) => `${e.keyValue.split('/').at(-1)} ${e.state}`).sort()).toEqual([
    // Three whom access entries of EKS let into a cluster: one of them is gone.
    'acme-gha-deploy matched',
    'acme-human-breakglass matched',
    'acme-node-gone dangling',
    'alice matched',
    'nhi-collector matched',
    'vault-aws-root matched',
  ])
  const foreign = await db.edge.findMany({ where: { keyType: 'aws.account' } })
  expect(foreign.map((e) => e.state)).toEqual(['unknown', 'unknown'])
  const providers = await db.edge.findMany({ where: { keyType: 'aws.arn', toKind: 'issuer' } })
  expect(new Set(providers.map((e) => e.state))).toEqual(new Set(['matched']))
})

test('seen in part, it tells who is there and never who is not', async () => {
  const some = { 'payments/ledger': '5' }
  await seeCluster({ accounts: some, refused: true }, T(2))
  expect(await roles()).toEqual([
    'acme-cluster-autoscaler <- ? unknown',
    'acme-payments-any-sa <- payments/ledger matched',
    'acme-payments-api <- ? unknown',
    'acme-shop-checkout <- ? unknown',
    'acme-shop-inventory <- ? unknown',
  ])
})

const WHOLE = [
  // By an association of EKS Pod Identity; the others by their trust policies.
  'acme-cluster-autoscaler <- kube-system/cluster-autoscaler matched',
  'acme-payments-any-sa <- payments/default matched',
  'acme-payments-any-sa <- payments/fraud-scorer matched',
  'acme-payments-any-sa <- payments/ledger matched',
  'acme-payments-any-sa <- payments/payments-api matched',
  'acme-payments-any-sa <- payments/settlement-batch matched',
  'acme-payments-api <- payments/payments-api matched',
  'acme-shop-checkout <- shop/checkout-api matched',
  'acme-shop-inventory <- ? dangling',
]
test('seen whole, it is as was written down: one role trusts an account that does not exist', async () => {
  await seeCluster({ accounts: ACCOUNTS }, T(3))
  expect(await roles()).toEqual(WHOLE)
  const issuers = await db.edge.findMany({ where: { keyType: 'oidc.issuer' } })
  expect(issuers.map((e) => `${e.keyValue.split('/').at(-1)} ${e.state}`).sort()).toEqual([
    'DECOMMISSIONED0OLD unknown',
    'token.actions.githubusercontent.com unknown',
    // The provider, the cluster as the account knows it, and three access entries of it.
    'z50I997l2Z matched',
    'z50I997l2Z matched',
    'z50I997l2Z matched',
    'z50I997l2Z matched',
    'z50I997l2Z matched',
  ])
})

test('looking again changes nothing and asks for nothing', async () => {
  const before = await db.edge.findMany({ orderBy: { id: 'asc' } })
  expect(await seeCluster({ accounts: ACCOUNTS }, T(4))).not.toContain('join-changes')
  expect(await db.edge.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
})

test('made anew under the same name, it is another one and inherits the trust', async () => {
  await seeCluster({ accounts: { ...ACCOUNTS, 'payments/payments-api': '66' } }, T(5))
  expect(await roles()).toEqual(
    WHOLE.map((line) => (line.startsWith('acme-payments-api <-') ? `${line} (lookalike)` : line)),
  )
  const edge = await db.edge.findFirstOrThrow({ where: { lookalike: true } })
  const [was, is] = await Promise.all([
    db.identity.findFirstOrThrow({ where: { nativeId: '6' } }),
    db.identity.findFirstOrThrow({ where: { nativeId: '66' } }),
  ])
  expect(edge.predecessorId).toBe(was.id)
  expect(is.predecessorId).toBe(was.id)
})
