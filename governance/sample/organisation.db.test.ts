// The sample organisation with every connector there is: what each page shows of it, and how its sources belong together.
import { afterAll, expect, test } from 'vitest'
import { IdentityFilter } from '@/core/list'
import { homeSummary } from '@/inventory/queries/home-summary'
import { getIdentity } from '@/inventory/queries/get-identity'
import { listIdentities } from '@/inventory/queries/list-identities'
import { listSources } from '@/inventory/queries/list-sources'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { actorAs } from '@/tests/actors'
import { weekSentences } from '../news/week-sentences'
import { getScore } from '../score/get-score'

const administrator = actorAs('administrator')

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

test('the sources page shows an account, a tenant, an organisation, a cluster, a trust domain and a vault', async () => {
  const { rows } = await listSources(administrator)
  const scopes = rows.flatMap((row) =>
    row.scopes.rows.map(({ name, type, identities }) => [row.connectorId, name, type, identities]),
  )
  expect(scopes.sort()).toEqual([
    ['aws', 'halden-production', 'aws.account', 76],
    ['azure', 'Halden Logistics', 'azure.tenant', 11],
    ['gcp', 'halden.example', 'gcp.organization', 16],
    ['kubernetes', 'halden-prod', 'kubernetes.cluster', 25],
    ['spire', 'halden.example', 'spire.trust-domain', 13],
    ['vault', 'vault.halden.example:8200', 'vault.cluster', 21],
  ])
})

test('a fresh sample has a score, and no change but that it was read', async () => {
  const home = await homeSummary(administrator)
  expect(home.week.closed).toEqual([])
  expect(home.week.opened).toEqual([])
  expect(weekSentences(home.week).map(({ text }) => text)).toEqual([
    expect.stringMatching(/^6 scopes were read for the first time: .+ and 3 more\.$/),
  ])
  const score = await getScore(administrator)
  expect(score.identities).toBe(142)
  expect(score.unjudged).toBe(0)
  const { low = 0, high = 0 } = score.score ?? {}
  expect([low > 0, low < high, high < 100]).toEqual([true, true, true])
  expect(score.raises).toHaveLength(5)
})

test('home and the list of identities count all of them', async () => {
  const home = await homeSummary(administrator)
  expect(home.identities).toEqual({
    total: 162,
    byClass: { machine: 129, human: 10, provider: 10, unclear: 13 },
  })
  expect(home.unjudged).toEqual({ scopes: 0, of: 6 })
  expect((await listIdentities(administrator, IdentityFilter.parse({}))).total).toBe(162)
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
    'spire.agent': 3,
    'spire.federated-domain': 1,
    'spire.node-alias': 1,
    'spire.workload': 8,
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

test('what rules and gives nothing is there for whoever judges access, and nobody holds it', async () => {
  const rows = await db.$queryRaw<{ name: string; count: number }[]>`
    SELECT e.type AS name, count(*)::int FROM entitlement e WHERE e.doc ->> 'gives' = 'nothing'
      AND e.type = ANY(${['gcp.tree', 'azure.management-groups', 'azure.key-vault', 'kubernetes.server']}) GROUP BY 1`
  expect(counted(rows)).toEqual({
    // The organisation, and a folder in it.
    'gcp.tree': 2,
    // The root group, and one in it.
    'azure.management-groups': 2,
    'azure.key-vault': 1,
    'kubernetes.server': 1,
  })
  const held = await db.$queryRaw`
    SELECT e.native_id FROM entitlement e JOIN "grant" g ON g.entitlement_id = e.id WHERE e.doc ->> 'gives' = 'nothing'`
  expect(held).toEqual([])
})

test('rights are judged in every source', async () => {
  const rows = await db.$queryRaw<{ name: string; count: number }[]>`
    SELECT split_part(i.type, '.', 1) || ' ' || p.privilege_class AS name, count(*)::int
    FROM posture p JOIN identity i ON i.id = p.identity_id GROUP BY 1`
  expect(counted(rows)).toEqual({
    'aws administrator': 11,
    // What they hold could not be read in full.
    'aws conditional': 4,
    // That the organization keeps to two regions is no way out: they are chosen.
    'aws escalates': 3,
    'aws none': 6,
    'aws read': 2,
    'aws sensitive': 32,
    'aws write': 18,
    'azure none': 5,
    'azure sensitive': 4,
    'azure write': 2,
    'gcp administrator': 1,
    // Editors of a project act as its owner's service account.
    'gcp escalates': 5,
    'gcp none': 1,
    'gcp sensitive': 8,
    'gcp write': 1,
    'kubernetes administrator': 3,
    'kubernetes conditional': 1,
    // A node with the administrator of the pipeline on it, and a notebook that owns that node.
    'kubernetes escalates': 2,
    'kubernetes read': 16,
    'kubernetes sensitive': 3,
    'spire administrator': 2,
    // Agents hold the keys of an administrator that is registered below all of them, and so does the name they go by.
    'spire escalates': 4,
    'spire none': 7,
    // Root tokens, and four that hold a policy for every path.
    'vault administrator': 5,
    // Four of them have a role of the cloud issued that is administrator of the cluster.
    'vault conditional': 5,
    'vault none': 2,
    'vault sensitive': 9,
  })
})

test('a service account that only reads its cluster comes to be administrator of an account', async () => {
  const { facts } = await namedIdentity('kube-system/karpenter', 'kubernetes.service-account')
  // An association gives it a role, which may start instances that run as a stronger one.
  expect(facts.privilege).toMatchObject({ state: 'known', value: { class: 'conditional', hops: 2 } })
  const { facts: role } = await namedIdentity('karpenter', 'aws.iam-role')
  expect(role.privilege).toMatchObject({ state: 'known', value: { class: 'escalates', hops: 1 } })
})

test('a policy of the organization that keeps to some regions leaves what is certain there', async () => {
  const thumbnailer = await db.$queryRaw<{ certain: string }[]>`
    SELECT v.certain FROM access_verdict v JOIN identity i ON i.id = v.identity_id WHERE i.name = 'lambda-thumbnailer'`
  expect(thumbnailer).toEqual([{ certain: 'sensitive' }])
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
    'aws.arn matched': 34,
    // The vault lets in any role called lambda-*: there is none.
    'aws.arn dangling': 2,
    'aws.arn unknown': 1,
    'aws.eks-cluster matched': 4,
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
    // Entries of the trust domain name seven, by namespace and name.
    'kubernetes.service-account matched': 29,
    // Who runs a server for the depots is not in this cluster.
    'kubernetes.service-account unknown': 1,
    // The provider in the account, and the cluster by the name that the account has for it.
    'oidc.issuer matched': 8,
    // GitHub is not connected.
    'oidc.issuer unknown': 8,
    'oidc.subject matched': 23,
    'oidc.subject unknown': 16,
    // A role of the account and one of the vault are for storefront/web, which is gone.
    'oidc.subject dangling': 2,
    // A partner's trust domain.
    'spiffe.trust-domain unknown': 1,
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

test('weak spots of entries are findings of the rules of their topics', async () => {
  const rows = await db.$queryRaw<{ rule: string; name: string; verdict: string; message: string }[]>`
    SELECT f.rule_id AS rule, i.name, f.verdict, f.message FROM finding f JOIN identity i ON i.id = f.identity_id
    WHERE i.type LIKE 'spire.%' AND f.state = 'open'
      AND f.rule_id IN ('identity-placement-only', 'identity-trust-controls', 'identity-trust-loose') ORDER BY 1, 2`
  const told = rows.map(({ rule, name, verdict, message }) => [
    rule.replace('identity-', ''),
    name.replace('spiffe://halden.example', ''),
    verdict,
    /F\d\d/.exec(message)?.[0],
  ])
  expect(told).toEqual([
    ['placement-only', '/data/any', 'fail', 'F25'],
    ['placement-only', '/fleet/telemetry', 'fail', 'F25'],
    ['placement-only', '/platform/operations', 'fail', 'F25'],
    ['trust-controls', '/edge/depots', 'fail', 'F27'],
    ['trust-controls', '/platform/operations', 'fail', 'F27'],
    // It federates, and whom of the other domain it lets in is not told (F28).
    ['trust-loose', '/checkout/checkout-api', 'unknown', undefined],
  ])
})

test('a role shows what lets it into a cluster', async () => {
  const { connections } = await namedIdentity('github-deploy', 'aws.iam-role')
  const entries = connections.itBecomes.rows.flatMap(({ other, state, reason }) =>
    other?.type === 'aws.eks-access-entry' ? [{ name: other.name, state, reason }] : [],
  )
  expect(entries).toEqual([
    {
      name: 'role/github-deploy in halden-prod',
      state: 'matched',
      reason: expect.stringContaining('into the cluster halden-prod as arn:aws:sts::') as string,
    },
  ])
})
