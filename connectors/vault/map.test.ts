// Roles, entities, secret ids and stored secrets in the forms servers give them, and what each form means.
import { describe, expect, test } from 'vitest'
import { known, type Fact } from '@/core/fact'
import { LINKS_MAX } from '@/core/join'
import type { z } from 'zod'
import { configuredCluster, namedCluster, type Cluster } from './clusters'
import type { Connection } from './connection'
import { secretIdRow } from './collect-secret-ids'
import { secretRow } from './collect-secrets'
import type { Look, Mount } from './look'
import { awsTrust, azureTrust, gcpTrust } from './map-cloud'
import { jwtClass, jwtTrust } from './map-jwt'
import { issuerRow, lifeOf, type Life } from './map-issuer'
import { kubernetesTrust } from './map-kubernetes'
import { ownerHints } from './map-owner'
import { userClass } from './map-userpass'
import { policiesOf, sessionSeconds } from './observed'
import * as shapes from './shapes'
import { KvMetadata } from './shapes-engines'
import { durationSeconds, inWords } from './values'

const decoded = <T extends z.ZodType>(shape: T, data: unknown): z.output<T> =>
  shape.parse({ data, auth: null })
const ISSUER = {
  id: 'i',
  path: 'm/roles/r',
  name: 'm/r',
  type: 'vault.pki-role',
  source: 'read <pki>/roles/+',
} as const
const MOUNT: Mount = {
  path: 'm',
  type: 't',
  accessor: 'acc',
  defaultTtl: undefined,
  maxTtl: undefined,
  version: '2',
}
const API: Cluster = { by: 'api', host: 'k8s.example:6443' }

describe('service accounts of a role', () => {
  const trust = (fields: Record<string, unknown>, cluster: Cluster = API) =>
    kubernetesTrust(
      'role',
      decoded(shapes.KubernetesRole, {
        bound_service_account_names: ['a'],
        bound_service_account_namespaces: ['n'],
        ...fields,
      }),
      cluster,
    )
  const links = (fields: Record<string, unknown>, cluster?: Cluster) =>
    trust(fields, cluster).flatMap(({ links = [] }) =>
      links.map(({ match, value, authority }) => `${match} ${value}${authority ? '' : ' unsure'}`),
    )

  test('every name in every namespace', () =>
    expect(
      links({ bound_service_account_names: ['b', 'a'], bound_service_account_namespaces: ['n', 'm'] }),
    ).toEqual([
      'exact k8s.example:6443|m/a',
      'exact k8s.example:6443|m/b',
      'exact k8s.example:6443|n/a',
      'exact k8s.example:6443|n/b',
    ]))
  test.each([
    [{ bound_service_account_names: ['*'] }, 'pattern k8s.example:6443|n/*'],
    [{ bound_service_account_namespaces: ['*'] }, 'pattern k8s.example:6443|*/a'],
    [{ bound_service_account_names: ['app*'] }, 'pattern k8s.example:6443|n/app*'],
  ])('%j', (fields, expected) => expect(links(fields)).toEqual([expected]))
  test('namespaces by a selector, beside those that are listed', () => {
    const rows = trust({ bound_service_account_namespace_selector: '{"matchLabels":{"team":"shop"}}' })
    expect(rows.map(({ principal }) => principal)).toEqual(['n/a', '*/a'])
    expect(rows[1]?.links).toMatchObject([
      { match: 'pattern', value: 'k8s.example:6443|*/a', reason: expect.stringContaining('matchLabels') },
    ])
    expect(rows[1]?.links?.[0]).not.toHaveProperty('authority')
  })
  test('nobody, where none is listed', () => {
    expect(links({ bound_service_account_names: [] })).toEqual([])
    expect(links({ bound_service_account_namespaces: null })).toEqual([])
  })
  test('more than can be told one by one are one wide pattern that says so', () => {
    const many = Array.from({ length: LINKS_MAX + 1 }, (_, n) => `a${n}`)
    const rows = trust({ bound_service_account_names: many })
    expect(rows).toHaveLength(1)
    expect(rows[0]?.links?.[0]).toMatchObject({
      value: 'k8s.example:6443|*/*',
      reason: expect.stringContaining('501 names in 1 namespaces'),
    })
    expect(rows[0]?.links?.[0]).not.toHaveProperty('authority')
  })
  test('by the issuer of the cluster', () =>
    expect(links({}, { by: 'issuer', issuer: 'oidc.example/1' })).toEqual([
      'exact oidc.example/1|system:serviceaccount:n:a',
    ]))
})

describe('a cluster', () => {
  const config = (host: string) => configuredCluster(MOUNT, known(host, 's'))
  const nothing = { by: 'nothing', mount: 'm', accessor: 'acc' }
  test.each([
    ['https://k8s.example', { by: 'api', host: 'k8s.example:443' }],
    ['https://10.0.0.1:6443/', { by: 'api', host: '10.0.0.1:6443' }],
    ['https://kubernetes.default.svc', nothing],
    ['https://kubernetes.default.svc.cluster.local:443', nothing],
    ['https://127.0.0.1:6443', nothing],
    ['https://localhost', nothing],
    ['', nothing],
  ])('%s', (host, expected) => expect(config(host)).toMatchObject({ state: 'known', value: expected }))
  test('that cannot be asked for stays unknown', () => {
    const refused: Fact<string> = { state: 'unknown', why: 'denied', source: 's' }
    expect(configuredCluster(MOUNT, refused)).toBe(refused)
  })
  test('is as the settings say, the whole path before the short one', () => {
    const connection = {
      clusters: ['k8s=https://a.example/', 'auth/k8s=API.example'],
    } as unknown as Connection
    expect(namedCluster(connection, ['auth/k8s', 'k8s'])).toEqual({ by: 'api', host: 'api.example:443' })
    expect(namedCluster(connection, ['k8s'])).toEqual({ by: 'issuer', issuer: 'a.example' })
    expect(namedCluster(connection, ['other'])).toBeUndefined()
  })
})

describe('tokens of an issuer', () => {
  const CONFIG = decoded(shapes.JwtConfig, { bound_issuer: 'https://idp.example/' })
  const role = (fields: Record<string, unknown>) => decoded(shapes.JwtRole, fields)
  const subjects = (fields: Record<string, unknown>) =>
    (jwtTrust('role', role(fields), CONFIG).links ?? [])
      .filter(({ to }) => to === 'oidc.subject')
      .map(({ match, value }) => `${match} ${value}`)
  test.each([
    ['a subject', { bound_subject: 'a*b' }, ['exact idp.example|a*b']],
    ['a claim', { bound_claims: { sub: 'a*b' }, bound_claims_type: 'string' }, ['exact idp.example|a*b']],
    [
      'a claim that may vary',
      { bound_claims: { sub: 'a*b' }, bound_claims_type: 'glob' },
      ['pattern idp.example|a*b'],
    ],
    ['one of several', { bound_claims: { sub: ['b', 'a'] } }, ['exact idp.example|a', 'exact idp.example|b']],
    ['a claim by its path', { bound_claims: { '/sub': 'a' } }, ['exact idp.example|a']],
    [
      'both: the subject has to be that one',
      { bound_subject: 'a', bound_claims: { sub: ['a', 'b'] } },
      ['exact idp.example|a'],
    ],
    ['nothing about the subject', { bound_claims: { repository: 'x' } }, ['pattern idp.example|*']],
    ['nothing at all', {}, ['pattern idp.example|*']],
    ['too long a subject', { bound_subject: 'x'.repeat(2000) }, ['pattern idp.example|*']],
  ])('%s', (_, fields, expected) => expect(subjects(fields)).toEqual(expected))
  test.each([
    ['glob', 'spiffe://partner.example/*', ['pattern spiffe://partner.example/* @ spiffe:partner.example']],
    ['glob', 'spiffe://partner.example/ns/*', []],
    ['string', 'spiffe://partner.example/*', []],
  ])('of a whole trust domain: %s %s', (type, sub, expected) => {
    const { links = [] } = jwtTrust('role', role({ bound_claims: { sub }, bound_claims_type: type }), CONFIG)
    const found = links.filter(({ to }) => to === 'spiffe.id')
    expect(found.map(({ match, value, authority }) => `${match} ${value} @ ${authority}`)).toEqual(expected)
  })
  test('of nobody in particular, where the method has only keys', () => {
    const trust = jwtTrust(
      'role',
      role({ bound_subject: 'a' }),
      decoded(shapes.JwtConfig, { bound_issuer: '', jwks_url: '' }),
    )
    expect(trust.links).toBeUndefined()
    expect(trust.principal).toContain('keys')
  })
  test('people sign in through a browser', () => {
    expect(jwtClass(known(role({ role_type: 'oidc' }), 's')).class).toBe('human')
    expect(jwtClass(known(role({ role_type: 'jwt' }), 's')).class).toBe('machine')
    expect(jwtClass({ state: 'unknown', why: 'denied', source: 's' })).toMatchObject({
      class: 'unclear',
      classUnseen: true,
    })
  })
})

describe('principals of clouds', () => {
  const aws = (fields: Record<string, unknown>) =>
    awsTrust('role', decoded(shapes.AwsAuthRole, fields)).flatMap(({ links = [] }) =>
      links.map(({ to, match, value, bound }) => `${to} ${match} ${value}${bound ? ' bound' : ''}`),
    )
  const ARN = 'arn:aws:iam::123456789012'
  test.each([
    [
      'a role, without its path as sessions show it',
      { bound_iam_principal_arn: [`${ARN}:role/p/Deploy`] },
      ['aws.role-name exact 123456789012/deploy'],
    ],
    [
      'a role by its unique id',
      { bound_iam_principal_arn: [`${ARN}:role/p/Deploy`], resolve_aws_unique_ids: true },
      [`aws.arn exact ${ARN}:role/p/Deploy bound`],
    ],
    [
      'roles by a pattern',
      { bound_iam_principal_arn: [`${ARN}:role/p/*`] },
      [`aws.arn pattern ${ARN}:role/p/*`],
    ],
    ['a user', { bound_iam_principal_arn: `${ARN}:user/x` }, [`aws.arn exact ${ARN}:user/x`]],
    ['an account', { bound_account_id: ['123456789012'] }, ['aws.account exact 123456789012']],
    [
      'a principal of an account: the principal',
      { bound_account_id: ['123456789012'], bound_iam_principal_arn: [`${ARN}:user/x`] },
      [`aws.arn exact ${ARN}:user/x`],
    ],
    ['nobody by name', { bound_region: ['eu-west-1'] }, []],
  ])('%s', (_, fields, expected) => expect(aws(fields)).toEqual(expected))
  test('are a row each, so that it shows which came or went', () => {
    const role = decoded(shapes.AwsAuthRole, { bound_iam_principal_arn: [`${ARN}:user/b`, `${ARN}:user/a`] })
    expect(awsTrust('role', role).map(({ nativeId }) => nativeId)).toEqual([
      `role/trust/${ARN}:user/a`,
      `role/trust/${ARN}:user/b`,
    ])
  })
  test('of Azure and Google', () => {
    const azure = azureTrust('role', decoded(shapes.AzureAuthRole, { bound_service_principal_ids: ['id-1'] }))
    expect(azure[0]?.links).toMatchObject([{ to: 'azure.object-id', value: 'id-1' }])
    const gcp = gcpTrust(
      'role',
      decoded(shapes.GcpAuthRole, { bound_service_accounts: ['a@p.iam.gserviceaccount.com'] }),
    )
    expect(gcp[0]?.links).toMatchObject([
      { to: 'gcp.service-account-email', value: 'a@p.iam.gserviceaccount.com' },
    ])
    expect(gcpTrust('role', decoded(shapes.GcpAuthRole, { bound_projects: ['p'] }))).toMatchObject([
      { principal: 'google', conditions: { bound_projects: ['p'] } },
    ])
  })
})

describe('what a role gives', () => {
  const role = (fields: Record<string, unknown>) => decoded(shapes.UserpassUser, fields)
  test.each([
    [{ token_policies: ['b', 'A'] }, ['a', 'b', 'default']],
    [{ token_policies: ['a'], token_no_default_policy: true }, ['a']],
    [{ policies: ['old'] }, ['default', 'old']],
    [{}, ['default']],
  ])('%j', (fields, expected) => expect(policiesOf(role(fields))).toEqual(expected))
  test.each([
    [{ token_max_ttl: 3600 }, {}, 3600],
    [{ token_max_ttl: 3600 }, { maxTtl: 600 }, 600],
    [{}, { maxTtl: 600 }, 600],
    [{ token_period: 60, token_explicit_max_ttl: 900, token_max_ttl: 3600 }, {}, 900],
    [{ token_period: 60 }, { maxTtl: 600 }, 'absent'],
    [{ token_ttl: 60 }, {}, 'unknown'],
  ])('lives at most: %j on %j', (fields, mount, expected) => {
    const fact = sessionSeconds(role(fields), { ...MOUNT, ...mount }, 'read auth/<approle>/role/+')
    expect(fact.state === 'known' ? fact.value : fact.state).toBe(expected)
  })
  test('in words', () => {
    expect([45, 90, 3600, 5400, 86_400, 2_592_000].map(inWords)).toEqual([
      '45 s',
      '90 s',
      '1 h',
      '90 min',
      '1 d',
      '30 d',
    ])
    const ttls = (life: Life, mount = MOUNT) => {
      const { defaultTtlSeconds, maxTtlSeconds } = issuerRow({ ...ISSUER, life: lifeOf(life, mount) })
      return [defaultTtlSeconds, maxTtlSeconds].map((fact) =>
        fact?.state === 'known' ? fact.value : fact?.state,
      )
    }
    expect(ttls({ standard: 3600, most: 86_400 })).toEqual([3600, 86_400])
    expect(ttls({ standard: 0, most: 0 }, { ...MOUNT, maxTtl: 60 })).toEqual(['unknown', 60])
    expect(ttls({})).toEqual(['unknown', 'unknown'])
    expect(['2160h0m0s', '30m0s', '0s', 'x', ''].map(durationSeconds)).toEqual([
      7_776_000,
      1800,
      0,
      undefined,
      undefined,
    ])
  })
})

describe('a secret id', () => {
  const row = (fields: Record<string, unknown>) =>
    secretIdRow(
      'role',
      'r',
      'acc',
      known(
        decoded(shapes.SecretId, {
          secret_id_accessor: 'acc',
          creation_time: '2026-01-01T00:00:00.123456789Z',
          ...fields,
        }),
        's',
      ),
    )
  test('that never ends', () => {
    expect(row({ expiration_time: '0001-01-01T00:00:00Z' }).expiresAt).toMatchObject({
      state: 'absent',
      note: 'it never ends',
    })
    expect(row({ expiration_time: '2026-02-01T00:00:00Z' }).expiresAt).toMatchObject({
      value: '2026-02-01T00:00:00.000Z',
    })
    expect(row({}).createdAt).toMatchObject({ value: '2026-01-01T00:00:00.123Z' })
  })
  test('shows its use only where uses are counted', () => {
    const later = '2026-01-03T00:00:00Z'
    const never = '2026-01-01T00:00:00.123456789Z'
    expect(row({ secret_id_num_uses: 9, last_updated_time: later }).lastUsedAt).toMatchObject({
      value: '2026-01-03T00:00:00.000Z',
    })
    expect(row({ secret_id_num_uses: 9, last_updated_time: never }).lastUsedAt.state).toBe('absent')
    expect(row({ secret_id_num_uses: 0, last_updated_time: never }).lastUsedAt.state).toBe('unknown')
  })
})

describe('a stored secret', () => {
  const look = { ns: 'team', connection: { host: 'b:1', alsoKnownAs: ['a:1', 'b:1'] } } as unknown as Look
  const row = (fields: Record<string, unknown>) =>
    secretRow(
      look,
      { ...MOUNT, path: 'kv' },
      'a/b',
      known(
        decoded(KvMetadata, {
          created_time: '2026-01-01T00:00:00Z',
          current_version: 2,
          delete_version_after: '0s',
          versions: {},
          ...fields,
        }),
        's',
      ),
    )
  const version = (created_time: string, deletion_time = '') => ({
    created_time,
    deletion_time,
    destroyed: false,
  })
  test('goes by every host of its server', () =>
    expect(row({}).keys?.map(({ value }) => value)).toEqual(['a:1|team/kv/a/b', 'b:1|team/kv/a/b']))
  test('was rotated with its newest version, whatever the order', () => {
    const versions = {
      2: version('2026-03-01T00:00:00Z'),
      1: version('2026-01-01T00:00:00Z'),
      10: version('2025-01-01T00:00:00Z'),
    }
    expect(row({ versions }).rotatedAt).toMatchObject({ value: '2026-03-01T00:00:00.000Z' })
    expect(row({ versions: {}, current_version: 0 }).rotatedAt.state).toBe('absent')
  })
  test('ends when its newest version does; a span set later is for later versions', () => {
    const versions = { 2: version('2026-03-01T00:00:00Z', '2026-05-30T00:00:00Z') }
    expect(row({ versions, delete_version_after: '2160h0m0s' }).expiresAt).toMatchObject({
      value: '2026-05-30T00:00:00.000Z',
    })
    expect(
      row({ versions: { 2: version('2026-03-01T00:00:00Z') }, delete_version_after: '2160h0m0s' }).expiresAt,
    ).toMatchObject({
      state: 'absent',
      note: 'versions made from now on end after 90 d',
    })
  })
})

describe('owners', () => {
  const hints = (metadata: Record<string, string>) =>
    ownerHints('id', metadata, { name: 'the entity', id: '' }).map(({ names, value }) => `${names} ${value}`)
  test.each([
    [{ owner: 'alice@acme.example' }, ['person alice@acme.example']],
    [{ Owner_Email: 'shop-oncall@acme.example' }, ['team shop-oncall@acme.example']],
    [{ team: 'platform' }, ['team platform']],
    [{ 'acme/contact': 'devex' }, ['unclear devex']],
    [{ pipeline: 'shop', owner: ' ' }, []],
  ])('%j', (metadata, expected) => expect(hints(metadata)).toEqual(expected))
})

test('users are people unless their name says otherwise', () => {
  for (const name of ['alice', 'break-glass', 'ines.lund', 'botha', 'cicero'])
    expect(userClass(name).class).toBe('human')
  for (const name of ['svc-jenkins', 'backup', 'ci', 'my_bot']) expect(userClass(name).class).toBe('unclear')
})

test('what looks like a secret never gets into metadata that is kept', () => {
  const entity = decoded(shapes.Entity, {
    id: 'e',
    name: 'n',
    aliases: null,
    metadata: { note: 'token: abcdefgh', team: 'shop' },
  })
  expect(entity.metadata).toEqual({ note: '[removed: looks like a secret]', team: 'shop' })
})
test('an answer that carries a sign-in is not looked at', () => {
  const given = { data: { keys: [] }, auth: { client_token: 'canary' } }
  expect(shapes.UserpassUser.safeParse(given).success).toBe(false)
})
