// The sample organisation: how many of each fact are known, absent and unknown, and the few that a reader can check by name.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeSender } from '@/jobs/queue'
import { db } from '@/prisma/client'
import { told } from '@/tests/facts-world'
import { credentialFacts, factScope, identityFacts, secretFacts } from './index'
import type { HintName } from './people'

type Facts = Record<string, { state: string; value?: unknown; why?: string; detail?: string }>
const all = new Map<string, Facts>()
const NOW = '2026-11-23T00:00:00.000Z'

beforeAll(async () => {
  const scopes = await db.scope.findMany()
  for (const { id } of scopes) await read(id)
})
afterAll(async () => {
  await closeSender()
  await db.$disconnect()
})

async function read(scopeId: string): Promise<void> {
  const scope = await factScope(scopeId)
  if (!scope) throw new Error('there is no such scope')
  const where = { scopeId, retiredAt: null }
  const [identities, credentials, secrets, owners] = await Promise.all([
    db.identity.findMany({ where }),
    db.credential.findMany({ where }),
    db.secret.findMany({ where }),
    db.ownerHint.findMany({ where }),
  ])
  const hints = new Map<string, HintName[]>()
  for (const { identityId, ...hint } of owners)
    if (identityId !== null) hints.set(identityId, [...(hints.get(identityId) ?? []), hint])
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)
  const found = new Map<string, object>([
    ...(await identityFacts(scope, ids(identities), hints, NOW)),
    ...(await credentialFacts(scope, ids(credentials), NOW)),
    ...(await secretFacts(scope, ids(secrets))),
  ])
  for (const { id, type, name } of [...identities, ...credentials, ...secrets])
    all.set(`${type} ${name} ${id}`, found.get(id) as Facts)
}

const states = (fact: string): string => {
  const counts = { known: 0, absent: 0, unknown: 0 }
  for (const facts of all.values()) {
    const state = facts[fact]?.state
    if (state !== undefined) counts[state as keyof typeof counts]++
  }
  return `${counts.known} ${counts.absent} ${counts.unknown}`
}
/** Those of which it is known, without their ids. */
const which = (fact: string, state = 'known'): string[] =>
  [...all]
    .flatMap(([name, facts]) => (facts[fact]?.state === state ? [name.replace(/ [^ ]+$/, '')] : []))
    .sort()
const of = (name: string): Facts => {
  const found = [...all].find(([key]) => key.startsWith(`${name} `))
  if (!found) throw new Error(`there is no ${name}`)
  return found[1]
}

// known, absent, unknown
test.each([
  ['maxSessionSeconds', '61 40 61'],
  ['vendor', '3 147 12'],
  ['tags', '141 21 0'],
  ['succeededAt', '0 162 0'],
  ['isDefault', '162 0 0'],
  ['deletedPrincipals', '3 152 7'],
  ['actsBy', '141 3 18'],
  ['grants', '121 41 0'],
  // Only Google Cloud and AWS tell what was used of what was granted.
  ['exercise', '66 41 55'],
  ['consumers', '60 8 94'],
  ['consumersGoneAt', '0 68 94'],
  // Instances and sources but clusters and AWS do not tell what their variables are.
  ['plainSecrets', '4 52 106'],
  ['issuers', '23 126 13'],
  ['reaches', '32 127 3'],
  ['people', '4 92 66'],
  ['signIns', '6 155 1'],
  ['identityEnabled', '82 5 0'],
  ['lifetimeSeconds', '35 48 4'],
  ['siblings', '9 72 6'],
  ['supersededBy', '2 85 0'],
  ['alternative', '41 46 0'],
  ['copiedEverySeconds', '3 14 0'],
  ['keptIn', '14 3 0'],
  ['copies', '3 14 0'],
  ['sourceRotatedAt', '4 13 0'],
])('%s', (fact, expected) => expect(states(fact)).toBe(expected))

test('whose trust names somebody who is gone', () =>
  expect(which('deletedPrincipals')).toEqual([
    'aws.iam-role gone-principal',
    'aws.iam-role old-storefront',
    'vault.kubernetes-role old-storefront',
  ]))
test('as whom nothing can act', () =>
  expect(which('actsBy', 'absent')).toEqual([
    'aws.iam-role gone-principal',
    'aws.iam-role old-storefront',
    'kubernetes.service-account checkout/default',
  ]))
test('as whom nothing runs', () =>
  expect(which('consumers', 'absent')).toEqual([
    'aws.iam-role gone-principal',
    'aws.iam-role lambda-legacy-migration',
    'aws.iam-role old-storefront',
    'azure.application Proof of concept',
    'kubernetes.service-account checkout/default',
    'vault.aws-role lambdas',
    'vault.entity old-integration',
    'vault.kubernetes-role old-storefront',
  ]))
test('whom people can become', () =>
  expect(which('people')).toEqual([
    'aws.iam-role breakglass',
    'azure.application GitHub deployer',
    'azure.application Storefront',
    'gcp.service-account deployer@halden-data.iam.gserviceaccount.com',
  ]))
test('what runs in one source as an identity of another', () => {
  const cluster = (namespace: string) => ({ places: [{ names: ['halden-prod', namespace], count: 1 }] })
  expect(told(of('aws.iam-role checkout-api')['consumers'])).toMatchObject(cluster('checkout'))
  expect(told(of('azure.managed-identity id-invoice-export')['consumers'])).toMatchObject(cluster('billing'))
  expect(told(of('vault.kubernetes-role label-printer')['consumers'])).toMatchObject(cluster('warehouse'))
})
test('what has secrets in plain, told of what it runs as there and of nothing that it becomes', () => {
  expect(which('plainSecrets')).toEqual([
    'aws.iam-role ecs-tariff-sync',
    'aws.iam-role lambda-refund-processor',
    'kubernetes.service-account data/notebook',
    'kubernetes.service-account warehouse/label-printer',
  ])
  expect(told(of('kubernetes.service-account data/notebook')['plainSecrets'])).toEqual({
    count: 2,
    names: ['JUPYTER_TOKEN of data/notebook-anna', 'WAREHOUSE_PASSWORD of data/notebook-anna'],
  })
  const absent = which('plainSecrets', 'absent')
  expect(absent).toContain('aws.iam-role lambda-tracking-webhook')
  expect(absent).toContain('kubernetes.service-account checkout/checkout-api')
  const why = (name: string) => told(of(name)['plainSecrets'])
  expect(why('aws.iam-role lambda-image-scanner')).toMatch(/^denied: image-scanner: AWS tells an error/)
  expect(why('aws.iam-role ecs-report-runner')).toMatch(/^not-collected: halden-batch\/report-runner: .*S3/)
  expect(why('aws.iam-role bastion')).toMatch(/^not-offered: bastion: an instance lists no variables/)
  expect(why('kubernetes.service-account pricing/pricing-engine')).toMatch(/^not-collected: .*ConfigMap/)
})
test('what the platform gives to whatever names none', () => {
  const defaults = [...all].flatMap(([name, facts]) => (told(facts['isDefault']) === true ? [name] : []))
  expect(defaults.map((name) => name.replace(/ [^ ]+$/, '')).sort()).toEqual([
    'gcp.service-account 731000000011-compute@developer.gserviceaccount.com',
    'kubernetes.service-account checkout/default',
  ])
})
test('where a copy in the cluster is kept, and which secrets of it are in no store', () => {
  expect(told(of('kubernetes.external-secret checkout/smtp')['keptIn'])).toEqual({
    count: 1,
    names: ['kv/checkout/smtp in vault.halden.example:8200'],
  })
  expect(told(of('kubernetes.secret data/warehouse-db')['keptIn'])).toEqual({
    count: 1,
    names: ['warehouse-db in halden.example'],
  })
  expect(which('keptIn', 'absent')).toEqual([
    'kubernetes.secret billing/bank-gateway',
    'kubernetes.secret checkout/stripe',
    'kubernetes.secret routing/map-provider',
  ])
})
