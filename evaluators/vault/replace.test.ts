// What is written for a secret id, a token or a password lets in the one that is meant and nobody else.
import { describe, expect, test } from 'vitest'
import type { Principal } from '@/core/access'
import * as t from '@/tests/replacing'
import { vaultPlatform } from './platform'

const GITHUB = 'https://token.actions.githubusercontent.com'
const APPROLE = t.holder('vault.approle-role', { id: 'auth_approle_1/role/deploy' })
const method = (path: string, sort: string) => ({
  id: `auth_${sort}_1`,
  type: 'vault.auth-method',
  name: `auth/${path} (${sort})`,
  aliases: [`auth/${path}`],
})
const known = (more = {}) => t.knownOf('vault.secret-id', { identity: APPROLE, ...more })

function made(type: string, trust: { principal: string; conditions: Record<string, unknown> }) {
  const role: Principal = {
    id: 'r',
    type,
    name: 'r',
    aliases: ['auth/x/role/r'],
    class: 'machine',
    enabled: true,
    tags: { role_type: 'jwt' },
    held: [],
    trusts: [{ id: 't', principalType: 'federated', effect: 'allow', actions: ['login'], ...trust }],
  }
  return vaultPlatform.within(t.realmWith('vault.cluster', { principals: [role] }))
}

describe('a workflow', () => {
  const way = t.wayOf(known(), 'pipeline')
  const resources = t.resourcesIn(t.filledIn(t.fileOf(way, 'main.tf'), t.FILLED))
  const { role_type, bound_subject, bound_audiences, bound_claims, user_claim } = t.valuesOf(
    resources,
    'vault_jwt_auth_backend_role',
  )
  const method = t.valuesOf(resources, 'vault_jwt_auth_backend')
  const access = made('vault.jwt-role', {
    // As the connector tells it.
    principal: String(method['bound_issuer']).replace('https://', ''),
    conditions: { bound_subject, bound_audiences, bound_claims, user_claim },
  })
  const asks = (claims: Record<string, string>, issuer = GITHUB) =>
    access.admits('r', { kind: 'token', issuer, claims }).answer
  const right = { aud: 'vault.example', sub: t.SUBJECT, repository_id: '77' }

  test('the one subject comes in, and no lookalike', () => {
    expect(role_type).toBe('jwt')
    expect(asks(right)).toBe('yes')
    for (const sub of t.LOOKALIKES) expect(asks({ ...right, sub }), sub).toBe('no')
    expect(asks({ ...right, aud: 'sts.amazonaws.com' })).toBe('no')
    expect(asks({ ...right, repository_id: '78' })).toBe('no')
    expect(asks(right, 'https://gitlab.com')).toBe('no')
  })
  test('nothing is weak about it', () => expect(access.pitfalls('r')).toEqual([]))
})

describe('a service account', () => {
  test('of a method that is there: the one comes in, and no lookalike', () => {
    const way = t.wayOf(known({ issuers: [method('eks-prod', 'kubernetes'), method('x', 'jwt')] }), 'pods')
    const role = t.valuesOf(
      t.resourcesIn(t.filledIn(t.fileOf(way, 'main.tf'), t.FILLED)),
      'vault_kubernetes_auth_backend_role',
    )
    expect(role['backend']).toBe('eks-prod')
    const [namespace, name] = [
      role['bound_service_account_namespaces'] as string[],
      role['bound_service_account_names'] as string[],
    ]
    const access = made('vault.kubernetes-role', {
      principal: `${namespace.join()}/${name.join()}`,
      conditions: { audience: role['audience'] },
    })
    const asks = (sub: string, aud = 'vault.example') =>
      access.admits('r', { kind: 'token', issuer: 'https://oidc.example', claims: { sub, aud } }).answer
    // Which cluster a method is for is not told by a role: that alone keeps it from a plain yes.
    expect(asks(t.ACCOUNT)).not.toBe('no')
    for (const sub of t.ACCOUNT_LOOKALIKES) expect(asks(sub), sub).toBe('no')
    expect(asks(t.ACCOUNT, 'another')).toBe('no')
    expect(access.pitfalls('r')).toEqual([])
  })
  test('of none that was seen: its path is left to fill in', () => {
    const way = t.wayOf(known(), 'pods')
    expect(way.fillIn.map(({ mark }) => mark)).toContain('FILL_IN_KUBERNETES_MOUNT')
    expect(way.notes[0]).toMatch(/No method of the type kubernetes was seen/)
  })
})

describe('what it holds', () => {
  const policies = (ids: string[]) => {
    const rights = ids.map((id) => ({ id, name: id, via: 'attached', effect: 'allow' }))
    const way = t.wayOf(known({ rights }), 'pods')
    const role = t.valuesOf(
      t.resourcesIn(t.fileOf(way, 'main.tf').text),
      'vault_kubernetes_auth_backend_role',
    )
    return { given: role['token_policies'], notes: way.notes.join(' ') }
  }
  test('is given to the role, default apart', () =>
    expect(policies(['default', 'shop', 'shop']).given).toEqual(['shop']))
  test('root is not, and that is said', () => {
    const { given, notes } = policies(['root'])
    expect(given).toEqual(['FILL_IN_POLICY'])
    expect(notes).toContain('which no role gives')
  })
})

test('a static account becomes a role at the same mount', () => {
  const credential = {
    id: 'database_1/static-roles/app',
    type: 'vault.database-account',
    name: 'app (db/pg/static-roles/app)',
  }
  const way = t.wayOf(t.knownOf('vault.database-account', { credential }), 'dynamic')
  const role = t.valuesOf(t.resourcesIn(t.fileOf(way, 'main.tf').text), 'vault_database_secret_backend_role')
  expect(role).toMatchObject({ backend: 'db/pg', name: 'rollcall-app', db_name: 'FILL_IN_DATABASE' })
  expect(way.steps.at(-1)).toContain('deleting the role alone leaves the account')
})
test('a password may be a person’s', () => {
  expect(t.wayOf(t.knownOf('vault.userpass-password'), 'people').files).toEqual([])
  expect(() => t.wayOf(t.knownOf('vault.token'), 'people')).toThrow()
})
