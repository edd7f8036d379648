// What is written for a key of a service account lets in the one that is meant and nobody else.
import { describe, expect, test } from 'vitest'
import type { Principal, Realm } from '@/core/access'
import * as t from '@/tests/replacing'
import { gcp } from '.'

const GITHUB = 'https://token.actions.githubusercontent.com'
const EMAIL = 'deploy@shop.iam.gserviceaccount.com'
const ACCOUNT = t.holder('gcp.service-account', {
  id: '1001',
  name: EMAIL,
  aliases: [EMAIL, `projects/shop/serviceAccounts/${EMAIL}`],
})
const known = (more = {}) => t.knownOf('gcp.service-account-key', { identity: ACCOUNT, ...more })
const NUMBERS = { type: 'gcp.tree', parents: {}, numbers: { '700': 'shop' } }

function made(member: string, rulings: Realm['rulings'] = []) {
  const account: Principal = {
    ...ACCOUNT,
    class: 'machine',
    enabled: true,
    held: [],
    trusts: [
      {
        id: 't',
        principalType: 'federated',
        principal: member,
        effect: 'allow',
        actions: ['iam.serviceAccounts.getAccessToken', 'iam.serviceAccounts.getOpenIdToken'],
      },
    ],
  }
  const { type, ...document } = NUMBERS
  const tree = { id: 'tree', name: 'tree', type, language: 'gcp-tree', aliases: [], document }
  return gcp.within(
    t.realmWith('gcp.organization', {
      id: 'organizations/1',
      principals: [account],
      rulings: [tree, ...rulings],
    }),
  )
}
const memberIn = (text: string, refer: (ref: string) => string): string => {
  const { role, service_account_id, member } = t.valuesOf(
    t.resourcesIn(text, refer),
    'google_service_account_iam_member',
  )
  expect([role, service_account_id]).toEqual([
    'roles/iam.workloadIdentityUser',
    `projects/shop/serviceAccounts/${EMAIL}`,
  ])
  return String(member)
}

describe('a workflow', () => {
  const text = t.filledIn(t.fileOf(t.wayOf(known(), 'pipeline'), 'main.tf'), t.FILLED)
  const resources = t.resourcesIn(text)
  const pool = `projects/700/locations/global/workloadIdentityPools/${String(
    t.valuesOf(resources, 'google_iam_workload_identity_pool')['workload_identity_pool_id'],
  )}`
  const provider = resources.find(({ kind }) => kind === 'google_iam_workload_identity_pool_provider')
  const name = `${pool}/providers/${String(provider?.values['workload_identity_pool_provider_id'])}`
  const [oidc] = provider?.inner as Record<string, unknown>[]
  const access = made(
    memberIn(text, () => pool),
    [
      {
        id: `${name}/rule`,
        name,
        type: 'gcp.workload-identity-rule',
        language: 'gcp-workload-identity',
        aliases: [],
        document: {
          pool,
          issuer: oidc?.['issuer_uri'],
          allowedAudiences: [],
          attributeMapping: provider?.values['attribute_mapping'],
          attributeCondition: provider?.values['attribute_condition'],
          disabled: false,
        },
      },
    ],
  )
  const asks = (claims: Record<string, string>, issuer = GITHUB) =>
    access.admits('1001', { kind: 'token', issuer, claims }).answer
  const right = { aud: `https://iam.googleapis.com/${name}`, sub: t.SUBJECT, repository_id: '77' }

  test('the one subject comes in, and no lookalike', () => {
    expect(asks(right)).toBe('yes')
    for (const sub of t.LOOKALIKES) expect(asks({ ...right, sub }), sub).toBe('no')
    expect(asks({ ...right, aud: 'sts.amazonaws.com' })).toBe('no')
    expect(asks({ ...right, repository_id: '78' })).toBe('no')
    expect(asks(right, 'https://gitlab.com')).toBe('no')
  })
  test('nothing is weak about it', () => expect(access.pitfalls('1001')).toEqual([]))
})

test('a service account of a project’s clusters: the one comes in, and no lookalike', () => {
  const issuers = [{ id: '//c/1', type: 'gcp.gke-cluster', name: 'prod (shop.svc.id.goog)', aliases: [] }]
  const way = t.wayOf(known({ issuers }), 'pods')
  const member = memberIn(t.filledIn(t.fileOf(way, 'main.tf'), t.FILLED), () => '700')
  const access = made(member)
  const issuer = 'https://container.googleapis.com/v1/projects/shop/locations/europe-west1/clusters/prod'
  const asks = (sub: string) => access.admits('1001', { kind: 'token', issuer, claims: { sub } }).answer
  expect(asks(t.ACCOUNT)).toBe('yes')
  for (const sub of t.ACCOUNT_LOOKALIKES) expect(asks(sub), sub).toBe('no')
  // The pool is one for all clusters of a project: that cannot be narrowed, and is said.
  expect(access.pitfalls('1001').map(({ id, severity }) => `${id} ${severity}`)).toEqual(['F23 low'])
  expect(way.notes[0]).toContain('One pool is for all clusters')
})

test('a provider that is there needs a binding alone, and what it maps is said not to be known', () => {
  const pool = 'projects/700/locations/global/workloadIdentityPools/ci'
  const one = (name: string) => ({
    id: `${pool}/providers/a`,
    type: 'gcp.workload-identity-provider',
    name,
    aliases: [],
  })
  const way = t.wayOf(known({ issuers: [one('ci/a (gitlab.com)')] }), 'issuer-1')
  expect(memberIn(t.fileOf(way, 'main.tf').text, String)).toBe(
    `principal://iam.googleapis.com/${pool}/subject/FILL_IN_SUBJECT`,
  )
  expect(way.notes[0]).toContain('was not looked at')
  for (const name of [
    'ci/a (gitlab.com, disabled)',
    'ci/a (AWS account 111122223333)',
    'ci/a (SAML)',
    'ci/a',
  ])
    expect(() => t.wayOf(known({ issuers: [one(name)] }), 'issuer-1'), name).toThrow()
})
test('the account is attached by its email, and left open where none is known', () => {
  const text = (more = {}) => t.fileOf(t.wayOf(known(more), 'attached'), 'attached.tf').text
  expect(text()).toContain(`email = "${EMAIL}"`)
  expect(text({ identity: undefined })).toContain('email = "FILL_IN_SERVICE_ACCOUNT_EMAIL"')
})
test('an HMAC key says that requests are made otherwise', () =>
  expect(t.wayOf(t.knownOf('gcp.hmac-key', { identity: ACCOUNT }), 'pipeline').notes[0]).toContain('HMAC'))
