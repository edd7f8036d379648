// What is written for a secret of an application lets in the one that is meant and nobody else.
import { describe, expect, test } from 'vitest'
import type { Principal } from '@/core/access'
import * as t from '@/tests/replacing'
import { azure } from '.'

const TENANT = '11111111-2222-4333-8444-555555555555'
const CLIENT = '22222222-2222-4333-8444-555555555555'
const OBJECT = '33333333-2222-4333-8444-555555555555'
const GITHUB = 'https://token.actions.githubusercontent.com'
const APPLICATION = t.holder('azure.application', {
  id: '44444444-2222-4333-8444-555555555555',
  aliases: [CLIENT],
  facets: [
    { id: 'sp', type: 'azure.service-principal' },
    { id: OBJECT, type: 'azure.application-registration' },
  ],
})
const known = (more = {}) =>
  t.knownOf('azure.client-secret', {
    identity: APPLICATION,
    scope: { id: TENANT, name: 'tenant' },
    ...more,
  })
const credential = (id: string, more = {}) =>
  t.valuesOf(
    t.resourcesIn(t.filledIn(t.fileOf(t.wayOf(known(more), id), 'main.tf'), t.FILLED), (ref) => ref),
    'azuread_application_federated_identity_credential',
  )
function made({ issuer, subject, audiences }: Record<string, unknown>) {
  const application: Principal = {
    ...APPLICATION,
    class: 'machine',
    enabled: true,
    held: [],
    trusts: [
      {
        id: 't',
        principalType: 'federated',
        principal: String(issuer),
        effect: 'allow',
        actions: ['login'],
        conditions: { issuer, subject, audiences },
      },
    ],
  }
  return azure.within(t.realmWith('azure.tenant', { id: TENANT, principals: [application] }))
}

describe('a workflow', () => {
  const access = made(credential('pipeline'))
  const asks = (claims: Record<string, string>, issuer = GITHUB) =>
    access.admits(APPLICATION.id, { kind: 'token', issuer, claims }).answer
  const right = { aud: 'api://AzureADTokenExchange', sub: 'repo:acme@1/shop@77:environment:prod' }

  test('the one subject comes in, and no lookalike', () => {
    expect(asks(right)).toBe('yes')
    for (const sub of [...t.LOOKALIKES, t.SUBJECT, 'repo:acme@1/shop@78:environment:prod'])
      expect(asks({ ...right, sub }), sub).toBe('no')
    expect(asks({ ...right, aud: 'sts.amazonaws.com' })).toBe('no')
    expect(asks(right, 'https://gitlab.com')).toBe('no')
  })
  test('nothing is weak about it', () => expect(access.pitfalls(APPLICATION.id)).toEqual([]))
})

test('a service account of a cluster: the one comes in, and no lookalike', () => {
  const access = made(credential('pods'))
  const asks = (sub: string) =>
    access.admits(APPLICATION.id, {
      kind: 'token',
      issuer: 'https://oidc.example/id/1',
      claims: { sub, aud: 'api://AzureADTokenExchange' },
    }).answer
  expect(asks(t.ACCOUNT)).toBe('yes')
  for (const sub of t.ACCOUNT_LOOKALIKES) expect(asks(sub), sub).toBe('no')
  expect(access.pitfalls(APPLICATION.id)).toEqual([])
  expect(t.fileOf(t.wayOf(known(), 'pods'), 'service-account.yaml').text).toContain(CLIENT)
})
test('a managed identity signs in as the application, by tokens of the tenant itself', () => {
  expect(credential('managed')).toMatchObject({
    application_id: `/applications/${OBJECT}`,
    issuer: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    subject: 'azurerm_user_assigned_identity.rollcall_deploy.principal_id',
  })
  expect(t.wayOf(known({ scope: { id: 'x', name: 'x' } }), 'managed').fillIn).toContainEqual({
    mark: 'FILL_IN_TENANT_ID',
    means: 'the id of the tenant',
  })
})
test('without a registration it is left open, and said', () => {
  const way = t.wayOf(known({ identity: { ...APPLICATION, facets: [] } }), 'pipeline')
  expect(way.fillIn.map(({ mark }) => mark)).toContain('FILL_IN_APPLICATION_OBJECT_ID')
  expect(way.notes.join(' ')).toContain('was not seen in this tenant')
})

describe('a key of a resource', () => {
  const ACCOUNT = '/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/halden'
  const scopeOf = (type: string, id: string) =>
    t.valuesOf(
      t.resourcesIn(
        t.fileOf(t.wayOf(t.knownOf(type, { credential: { id, type, name: 'k' } }), 'managed'), 'main.tf')
          .text,
      ),
      'azurerm_role_assignment',
    )
  test('becomes a role on the resource that it opens', () => {
    expect(scopeOf('azure.storage-key', `${ACCOUNT}/keys/key1`)).toMatchObject({
      scope: ACCOUNT,
      role_definition_name: 'FILL_IN_STORAGE_ROLE',
    })
    expect(scopeOf('azure.registry-admin', 'x')).toMatchObject({
      scope: 'FILL_IN_RESOURCE_ID',
      role_definition_name: 'FILL_IN_REGISTRY_ROLE',
    })
  })
  test('has no federated credential: no application holds it', () =>
    expect(() => t.wayOf(t.knownOf('azure.storage-key'), 'pipeline')).toThrow())
})
