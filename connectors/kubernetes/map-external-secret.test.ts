// Where a copied secret comes from, as its store says it.
import { describe, expect, test } from 'vitest'
import { Observation } from '@/core/observation'
import { copiedSecret } from './map-external-secret'
import { hostOf } from './map-secret-store'
import { ExternalSecret, SecretStore } from './shapes-extensions'

const UID = 'cluster-1'
const meta = () => ({ uid: 'u-1', name: 'x', namespace: 'shop' })

describe('a copied secret', () => {
  const store = (provider: object) =>
    SecretStore.parse({ metadata: { uid: 's', name: 'store', namespace: 'shop' }, spec: { provider } })
  const copy = (more: object = {}) =>
    ExternalSecret.parse({ metadata: meta(), spec: { data: [{ remoteRef: { key: 'shop/smtp' } }], ...more } })
  const values = (provider: object, more: object = {}) =>
    copiedSecret(copy(more), store(provider), UID).links?.map(({ to, value, authority }) => [
      to,
      value,
      authority,
    ])
  test.each([
    ['kv', 'v2', 'shop/smtp', 'kv/shop/smtp'],
    ['kv', undefined, 'kv/data/shop/smtp', 'kv/shop/smtp'],
    ['kv/', 'v2', '/shop/smtp', 'kv/shop/smtp'],
    [undefined, 'v2', 'kv/data/shop/smtp', 'kv/shop/smtp'],
    [undefined, 'v1', 'kv/data/smtp', 'kv/data/smtp'],
    ['team/kv', 'v2', 'data/x', 'team/kv/x'],
  ])('of Vault at %s (%s) with key %s comes from %s', (path, version, key, expected) => {
    const vault = { server: 'https://vault.acme.example', path, version }
    expect(values({ vault }, { data: [{ remoteRef: { key } }] })).toEqual([
      ['vault.path', `vault.acme.example:443|${expected}`, 'vault:vault.acme.example:443'],
    ])
  })
  test('of AWS is named by region, and by account where a role tells it', () => {
    const aws = { service: 'ParameterStore', region: 'eu-west-1', role: 'arn:aws:iam::123456789012:role/x' }
    expect(values({ aws })).toEqual([['aws.parameter', 'eu-west-1|shop/smtp', 'aws:123456789012']])
    expect(values({ aws: { ...aws, service: 'SecretsManager', role: undefined } })).toEqual([
      ['aws.secret', 'eu-west-1|shop/smtp', undefined],
    ])
  })
  test('of Azure is named by its vault, where it is a secret', () => {
    const azurekv = { vaultUrl: 'https://KV-Shop.vault.azure.net/', tenantId: 'AB12' }
    const named = (key: string) => values({ azurekv }, { data: [{ remoteRef: { key } }] })
    const expected = [['azure.key-vault-secret', 'kv-shop.vault.azure.net/smtp', 'azure:ab12']]
    expect(named('SMTP')).toEqual(expected)
    expect(named('secret/smtp')).toEqual(expected)
    expect(named('cert/smtp')).toBeUndefined()
    expect(values({ azurekv: { vaultUrl: 'kv' } })).toBeUndefined()
  })
  test('of Google is named by its project, where the store says which', () => {
    const named = (gcpsm: object) => values({ gcpsm }, { data: [{ remoteRef: { key: 'smtp' } }] })
    expect(named({ projectID: 'shop-prod' })).toEqual([
      ['gcp.secret', 'projects/shop-prod/secrets/smtp', 'gcp-project:shop-prod'],
    ])
    expect(named({})).toBeUndefined()
  })
  test('of another source, or through a store that is not there, tells no source', () => {
    expect(values({ doppler: {} })).toBeUndefined()
    expect(copiedSecret(copy(), undefined, UID).links).toBeUndefined()
  })
  test.each([
    [{}, true],
    [{ refreshInterval: '15m0s' }, true],
    [{ refreshInterval: '0s' }, false],
    [{ refreshInterval: '0' }, false],
    [{ refreshPolicy: 'CreatedOnce' }, false],
  ])('with %j is copied again: %s', (more, again) => {
    expect(copiedSecret(copy(more), undefined, UID).rotates).toMatchObject({ value: again })
  })
  test('an address that is none names no server', () => expect(hostOf('vault')).toBeUndefined())
})

test('one made of very many secrets, or of one with an endless name, is told in few words', () => {
  const data = Array.from({ length: 600 }, (_, n) => ({ remoteRef: { key: `k${n}` } }))
  const many = ExternalSecret.parse({ metadata: meta(), spec: { data } })
  const vault = SecretStore.parse({
    metadata: { uid: 's', name: 'store', namespace: 'shop' },
    spec: { provider: { vault: { server: 'https://v.example', path: 'kv' } } },
  })
  const row = copiedSecret(many, vault, UID)
  expect(Observation.safeParse(row).success).toBe(true)
  expect(row.links).toMatchObject([{ match: 'pattern', value: 'v.example:443|*' }])
  const azure = SecretStore.parse({
    metadata: { uid: 's', name: 'store', namespace: 'shop' },
    spec: { provider: { azurekv: { vaultUrl: 'https://kv.vault.azure.net' } } },
  })
  expect(copiedSecret(many, azure, UID).links).toMatchObject([
    { match: 'pattern', value: 'kv.vault.azure.net/*' },
  ])
  const endless = ExternalSecret.parse({
    metadata: meta(),
    spec: { data: [{ remoteRef: { key: 'x'.repeat(5000) } }], refreshInterval: '1'.repeat(5000) },
  })
  expect(Observation.safeParse(copiedSecret(endless, vault, UID)).success).toBe(true)
})
