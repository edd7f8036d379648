// The sample organisation with every connector there is: what each page shows of it, and how its sources belong together.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { IdentityFilter } from '@/core/list'
import { homeSummary } from '@/inventory/queries/home-summary'
import { getIdentity } from '@/inventory/queries/get-identity'
import { listIdentities } from '@/inventory/queries/list-identities'
import { listSources } from '@/inventory/queries/list-sources'
import { runJob } from '@/jobs'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { connectorOf } from '../connector-registry'
import { evaluateScope } from '../evaluation/evaluate-scope'
import { addSample } from './add-sample'

const administrator = actorAs('administrator')

beforeAll(async () => {
  const signal = new AbortController().signal
  const at = { signal, stopping: signal, lastAttempt: true, connectorOf }
  const { connections } = await addSample(administrator, {})
  for (const { runId } of connections) await runJob('sync-connection', { runId }, at)
  await runJob('join-changes', {}, at)
  for (const { id: scopeId } of await db.scope.findMany())
    await evaluateScope({ scopeId, signal, now: new Date().toISOString() })
}, 120_000)
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

const counted = (rows: { name: string; count: number }[]) =>
  Object.fromEntries(rows.map(({ name, count }) => [name, count]))
const namedIdentity = async (name: string, type: string) => {
  const { id } = await db.identity.findFirstOrThrow({ where: { name, type } })
  return getIdentity(administrator, id)
}

test('the sources page shows an account, a tenant, an organisation, a cluster and a vault', async () => {
  const { rows } = await listSources(administrator)
  const scopes = rows.flatMap((row) =>
    row.scopes.rows.map(({ name, type, identities }) => [row.connectorId, name, type, identities]),
  )
  expect(scopes.sort()).toEqual([
    ['aws', 'halden-production', 'aws.account', 76],
    ['azure', 'Halden Logistics', 'azure.tenant', 11],
    ['gcp', 'halden.example', 'gcp.organization', 16],
    ['kubernetes', 'halden-prod', 'kubernetes.cluster', 25],
    ['vault', 'vault.halden.example:8200', 'vault.cluster', 21],
  ])
})

test('home and the list of identities count all of them', async () => {
  const home = await homeSummary(administrator)
  expect(home.identities).toEqual({
    total: 149,
    byClass: { machine: 116, human: 10, provider: 10, unclear: 13 },
  })
  expect(home.unjudged).toEqual({ scopes: 0, of: 5 })
  expect((await listIdentities(administrator, IdentityFilter.parse({}))).total).toBe(149)
  const types = await db.$queryRaw<{ name: string; count: number }[]>`
    SELECT type AS name, count(*)::int FROM identity WHERE type NOT LIKE 'aws.%' GROUP BY 1`
  expect(counted(types)).toEqual({
    'azure.agent-blueprint': 1,
    'azure.agent-identity': 1,
    'azure.application': 4,
    'azure.managed-identity': 3,
    'azure.service-principal': 2,
    'gcp.everyone': 1,
    'gcp.federated-principal': 6,
    'gcp.foreign-service-account': 1,
    'gcp.service-account': 7,
    'gcp.service-agent': 1,
    'kubernetes.group': 2,
    'kubernetes.node': 3,
    'kubernetes.service-account': 19,
    'kubernetes.user': 1,
    'vault.approle-role': 3,
    'vault.aws-role': 2,
    'vault.entity': 3,
    'vault.jwt-role': 2,
    'vault.kubernetes-role': 6,
    'vault.root': 1,
    'vault.token-role': 2,
    'vault.userpass-user': 2,
  })
})

test('rights that nobody judges yet are unknown, and never none', async () => {
  const rows = await db.$queryRaw<{ name: string; count: number }[]>`
    SELECT split_part(i.type, '.', 1) || ' ' || p.privilege_class AS name, count(*)::int
    FROM posture p JOIN identity i ON i.id = p.identity_id GROUP BY 1`
  expect(counted(rows)).toEqual({
    'aws administrator': 11,
    'aws conditional': 4,
    'aws limited': 56,
    'aws none': 5,
    'azure unknown': 11,
    'gcp unknown': 16,
    'kubernetes unknown': 25,
    // Root tokens, and four that hold a policy for every path.
    'vault administrator': 5,
    // One policy is not there to be read, and one role hands on whatever its maker holds.
    'vault conditional': 2,
    'vault limited': 13,
    'vault none': 1,
  })
  const { facts } = await namedIdentity('checkout/checkout-api', 'kubernetes.service-account')
  expect(facts.privilege).toMatchObject({
    state: 'unknown',
    why: 'not-collected',
    detail: expect.stringContaining('not evaluated yet') as string,
  })
})

test('what leads from one source to another is matched, dangling or unknown as it should be', async () => {
  const rows = await db.$queryRaw<{ name: string; count: number }[]>`
    SELECT key_type || ' ' || state AS name, count(*)::int FROM edge GROUP BY 1`
  expect(counted(rows)).toEqual({
    // The engine of the vault acts by the key of a user of the account.
    'aws.access-key-id matched': 1,
    // Four accounts of others, which are not connected.
    'aws.account matched': 1,
    'aws.account unknown': 4,
    'aws.arn matched': 32,
    // The vault lets in any role called lambda-*: there is none.
    'aws.arn dangling': 1,
    'aws.arn unknown': 1,
    'aws.role-name matched': 3,
    'aws.unique-id dangling': 1,
    'azure.client-id matched': 1,
    // Secrets of the cluster are copies of what a key vault, a secret manager and the vault keep.
    'azure.key-vault-secret matched': 1,
    'gcp.role matched': 18,
    'gcp.secret matched': 1,
    'gcp.service-account-email matched': 1,
    'gcp.service-account-email unknown': 1,
    'gcp.workload-identity matched': 1,
    'gcp.workload-identity unknown': 2,
    'kubernetes.secret matched': 5,
    'kubernetes.service-account matched': 22,
    // The provider in the account, and the cluster by the name that the account has for it.
    'oidc.issuer matched': 4,
    // GitHub is not connected.
    'oidc.issuer unknown': 8,
    'oidc.subject matched': 23,
    'oidc.subject unknown': 16,
    // A role of the account and one of the vault are for storefront/web, which is gone.
    'oidc.subject dangling': 2,
    'vault.auth-role matched': 1,
    'vault.issuing-path matched': 22,
    'vault.path matched': 16,
  })
  const gone = await db.$queryRaw<{ type: string }[]>`
    SELECT i.type FROM edge e JOIN identity i ON i.id = e.from_identity_id
    WHERE e.key_type = 'oidc.subject' AND e.state = 'dangling' AND e.key_value LIKE '%:storefront:web' ORDER BY 1`
  expect(gone.map(({ type }) => type)).toEqual(['aws.iam-role', 'vault.kubernetes-role'])
})

test('a service account shows what runs as it, its tokens, and the roles it becomes on both sides', async () => {
  const { usedBy, credentials, connections, facts } = await namedIdentity(
    'checkout/checkout-api',
    'kubernetes.service-account',
  )
  const [workload] = usedBy.rows
  expect(usedBy.rows).toHaveLength(1)
  expect(workload).toMatchObject({
    type: 'kubernetes.deployment',
    namespace: 'checkout',
    replicas: { state: 'known' },
    images: { state: 'known' },
    nodes: { state: 'known' },
  })
  expect(facts.automountsToken).toMatchObject({ state: 'known' })
  expect(credentials.rows.map(({ facts: { lifetimeSeconds } }) => lifetimeSeconds?.state)).toContain('known')
  const ends = connections.itBecomes.rows.map(({ other, state }) => `${other?.type} ${other?.name} ${state}`)
  expect(ends).toContain('aws.iam-role checkout-api matched')
  expect(ends.some((end) => end.startsWith('vault.kubernetes-role ') && end.endsWith(' matched'))).toBe(true)
})

test('a service account that names no role shows the one that an association in the account gives it', async () => {
  const { connections } = await namedIdentity('kube-system/karpenter', 'kubernetes.service-account')
  const roles = connections.itBecomes.rows.flatMap(({ other, state, reason }) =>
    other?.type === 'aws.iam-role' ? [{ name: other.name, state, reason }] : [],
  )
  expect(roles).toEqual([
    { name: 'karpenter', state: 'matched', reason: expect.stringContaining('EKS Pod Identity') as string },
  ])
})
