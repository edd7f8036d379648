// The sample cluster: replayed as of today, whole, and trusted by the cloud roles of the sample.
import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Of } from '@/core/observation'
import { eventsOf } from './fixtures/recorded-world'
import { sampleTransport } from './sample'

const NOW = new Date('2031-03-04T12:00:00Z')
const events = await eventsOf(sampleTransport(NOW))
const all = events.flatMap((event) => (event.type === 'observations' ? event.observations : []))
const identities = all.filter((one): one is Of<'identity'> => one.kind === 'identity')
const accounts = identities.filter(({ type }) => type === 'kubernetes.service-account')

test('is seen whole, but for what can never be and what is not installed', () => {
  const partial = events.flatMap((event) =>
    event.type === 'coverage' && Object.values(event.kinds).some(({ state }) => state === 'partial')
      ? [event.stream]
      : [],
  )
  expect(partial).toEqual(['signing-requests', 'audit-log'])
})
test('holds service accounts, nodes, people and groups', () => {
  const count = (type: string) => identities.filter((one) => one.type === type).length
  expect([
    count('kubernetes.service-account'),
    count('kubernetes.node'),
    count('kubernetes.user'),
    count('kubernetes.group'),
  ]).toEqual([19, 3, 1, 2])
})
test('its service accounts bear the names that roles of the sample trust', () => {
  const subjects = accounts.flatMap(({ keys = [] }) =>
    keys.flatMap(({ type, value }) => (type === 'oidc.subject' ? [value] : [])),
  )
  expect(subjects).toContain(
    'oidc.eks.eu-north-1.amazonaws.com/id/4F1A7C2E9B3D4E60|system:serviceaccount:checkout:checkout-api',
  )
  const roles = accounts.flatMap(({ links = [] }) => links.map(({ value }) => value))
  expect(roles).toContain('arn:aws:iam::410258837719:role/checkout-api')
})
test('keeps its ages: an old token was used yesterday, another is marked as invalid', () => {
  const tokens = all.filter(
    (one): one is Of<'credential'> => one.kind === 'credential' && one.type === 'kubernetes.legacy-token',
  )
  expect(
    tokens.map(({ lastUsedAt, enabled }) =>
      [lastUsedAt, enabled].map((fact) => 'value' in fact && fact.value),
    ),
  ).toEqual([
    ['2031-03-03T00:00:00.000Z', true],
    ['2029-07-19T00:00:00.000Z', false],
  ])
})
test('copies secrets from a vault, a key vault and a secret manager, as service accounts', () => {
  const copies = all.filter(
    (one): one is Of<'secret'> => one.kind === 'secret' && one.type === 'kubernetes.external-secret',
  )
  expect(
    copies.map(({ name, rotates, links = [] }) => [
      name,
      'value' in rotates && rotates.value,
      ...links.map(({ to, kind }) => `${to} ${kind ?? 'identity'}`).sort(),
    ]),
  ).toEqual([
    ['billing/mail-relay', true, 'azure.key-vault-secret secret', 'kubernetes.service-account identity'],
    ['data/warehouse-db', true, 'gcp.secret secret', 'kubernetes.service-account identity'],
    ['checkout/smtp', false, 'kubernetes.service-account identity', 'vault.path secret'],
  ])
})
test('has variables with secrets in plain, none where they are taken from Secrets, and one ConfigMap that is not read', () => {
  const told = all.flatMap((one): string[] => {
    if (one.kind !== 'workload' || !one.plainSecrets || one.plainSecrets.state === 'absent') return []
    const { plainSecrets } = one
    return [
      `${one.name}: ${plainSecrets.state === 'known' ? plainSecrets.value.names.join(' ') : plainSecrets.why}`,
    ]
  })
  expect(told.sort()).toEqual([
    'data/notebook-anna: JUPYTER_TOKEN WAREHOUSE_PASSWORD',
    'pricing/pricing-engine: not-collected',
    'warehouse/label-printer: PRINTER_PASSWORD',
  ])
  expect(JSON.stringify(events)).not.toContain('never-read')
})
test('is small', () => {
  expect(statSync(`${import.meta.dirname}/sample/cluster.json`).size).toBeLessThan(40 * 1024)
})
