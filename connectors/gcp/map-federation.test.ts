// Whom a pool lets in from outside Google Cloud: by its providers, and never by a guess.
import { describe, expect, test } from 'vitest'
import { unknown } from '@/core/fact'
import { poolLinks } from './map-federation'
import { principalIdentity } from './map-principal'
import { readMember, type Member } from './members'
import type { Pools, ReadPool } from './pools'
import { Provider } from './shapes'

const REFUSAL = unknown('denied', 'iam.workloadIdentityPools.list', 'no')
const provider = (more: object): Provider =>
  Provider.parse({ name: 'projects/1001/locations/global/workloadIdentityPools/p/providers/x', ...more })
const poolsWith = (...providers: Provider[]): Pools => {
  const pool: ReadPool = {
    name: 'projects/1001/locations/global/workloadIdentityPools/p',
    id: 'p',
    project: '1001',
    displayName: '',
    providers,
  }
  return {
    all: [pool],
    refusals: [],
    find: (project, id) => (project === '1001' && id === 'p' ? pool : undefined),
  }
}
const NO_POOLS: Pools = { all: [], refusals: [], find: () => undefined }
type InPool = Extract<Member, { kind: 'pool' }>
const inPool = (rest: string, pool = 'p', project = '1001'): InPool =>
  readMember(
    `principalSet://iam.googleapis.com/projects/${project}/locations/global/workloadIdentityPools/${pool}/${rest}`,
  ) as InPool
const linksOf = (member: InPool, pools: Pools) =>
  poolLinks(member, pools).links.map(({ to, match, value, authority }) => [to, match, value, authority])

describe('whom a pool lets in', () => {
  const MAPPED = { 'google.subject': 'assertion.sub' }
  test.each([
    [
      'subject/ns/shop/sa/cart',
      ['gcp.workload-identity', 'exact', 'shop-one.svc.id.goog[shop/cart]', 'gke:shop-one.svc.id.goog'],
    ],
    [
      'namespace/shop',
      ['gcp.workload-identity', 'pattern', 'shop-one.svc.id.goog[shop/*]', 'gke:shop-one.svc.id.goog'],
    ],
    ['*', ['gcp.workload-identity', 'pattern', 'shop-one.svc.id.goog[*]', 'gke:shop-one.svc.id.goog']],
    ['kubernetes.serviceaccount.uid/4f1a', ['kubernetes.uid', 'exact', '4f1a', undefined]],
    [
      'kubernetes.cluster/https://container.googleapis.com/v1/projects/p/locations/l/clusters/c',
      [
        'oidc.subject',
        'pattern',
        'container.googleapis.com/v1/projects/p/locations/l/clusters/c|system:serviceaccount:*',
        'oidc:container.googleapis.com/v1/projects/p/locations/l/clusters/c',
      ],
    ],
  ])('clusters of a project: %s', (rest, link) =>
    expect(linksOf(inPool(rest, 'shop-one.svc.id.goog'), NO_POOLS)).toEqual([link]),
  )
  test.each([
    [
      'a subject that is passed on',
      MAPPED,
      'subject/system:serviceaccount:a:b',
      [
        [
          'oidc.subject',
          'exact',
          'issuer.example/id/1|system:serviceaccount:a:b',
          'oidc:issuer.example/id/1',
        ],
      ],
    ],
    [
      'a subject that is made up',
      { 'google.subject': '"x::" + assertion.sub' },
      'subject/x::y',
      [['oidc.subject', 'pattern', 'issuer.example/id/1|*', undefined]],
    ],
    [
      'an attribute',
      { ...MAPPED, 'attribute.team': 'assertion.team' },
      'attribute.team/a',
      [['oidc.subject', 'pattern', 'issuer.example/id/1|*', undefined]],
    ],
    ['an attribute that is not mapped', MAPPED, 'attribute.team/a', []],
    ['everyone', MAPPED, '*', [['oidc.subject', 'pattern', 'issuer.example/id/1|*', undefined]]],
  ])('an issuer: %s', (_, attributeMapping, rest, links) =>
    expect(
      linksOf(
        inPool(rest),
        poolsWith(provider({ attributeMapping, oidc: { issuerUri: 'https://issuer.example/id/1' } })),
      ),
    ).toEqual(links),
  )
  const GITHUB = provider({
    attributeMapping: {
      ...MAPPED,
      'attribute.repository': 'assertion.repository',
      'attribute.owner': 'assertion.repository_owner',
    },
    attributeCondition: "assertion.repository_owner == 'acme'",
    oidc: { issuerUri: 'https://token.actions.githubusercontent.com' },
  })
  test.each([
    ['attribute.repository/acme/shop', ['repo:acme/shop:*', 'repo:acme@*/shop@*:*']],
    ['attribute.owner/acme', ['repo:acme/*', 'repo:acme@*/*']],
    ['attribute.repository/acme/*', ['*']],
  ])('pipelines: %s', (rest, forms) => {
    const { links } = poolLinks(inPool(rest), poolsWith(GITHUB))
    expect(links.map(({ value }) => value)).toEqual(
      forms.map((form) => `token.actions.githubusercontent.com|${form}`),
    )
    expect(links[0]?.reason).toContain("assertion.repository_owner == 'acme'")
  })
  test.each([
    [
      'attribute.aws_role/arn:aws:sts::410258837719:assumed-role/Deploy',
      'aws.role-name',
      '410258837719/deploy',
    ],
    [
      'subject/arn:aws:sts::410258837719:assumed-role/Deploy/session-1',
      'aws.role-name',
      '410258837719/deploy',
    ],
    ['subject/arn:aws:iam::410258837719:user/ci', 'aws.arn', 'arn:aws:iam::410258837719:user/ci'],
    ['attribute.account/410258837719', 'aws.account', '410258837719'],
    // Another account cannot come in through this provider: only the provider's own is meant.
    ['attribute.aws_role/arn:aws:sts::999999999999:assumed-role/Deploy', 'aws.account', '410258837719'],
    ['*', 'aws.account', '410258837719'],
  ])('an account: %s', (rest, to, value) =>
    expect(linksOf(inPool(rest), poolsWith(provider({ aws: { accountId: '410258837719' } })))).toEqual([
      [to, 'exact', value, 'aws:410258837719'],
    ]),
  )
  test('a tenant: its subject is an object id', () => {
    const pools = poolsWith(
      provider({ attributeMapping: MAPPED, oidc: { issuerUri: 'https://sts.windows.net/t/' } }),
    )
    expect(linksOf(inPool('subject/AB-12'), pools)).toContainEqual([
      'azure.object-id',
      'exact',
      'ab-12',
      undefined,
    ])
  })
  test('a trust domain: the SPIFFE ID of the pool', () => {
    const pools = poolsWith()
    const pool = { ...pools.all[0]!, mode: 'TRUST_DOMAIN' }
    expect(linksOf(inPool('subject/ns/a/sa/b'), { ...pools, find: () => pool })).toEqual([
      ['spiffe.id', 'exact', 'spiffe://p.global.1001.workload.id.goog/ns/a/sa/b', undefined],
    ])
  })
  test('a pool that could not be read leaves names open, one that is elsewhere does not', () => {
    expect(poolLinks(inPool('*'), { ...NO_POOLS, find: () => REFUSAL })).toEqual({ links: [], unseen: true })
    expect(poolLinks(inPool('*'), NO_POOLS)).toEqual({ links: [], unseen: false })
    expect(principalIdentity(inPool('*'), { ...NO_POOLS, find: () => REFUSAL }, 'x')).toMatchObject({
      joiningUnseen: true,
    })
  })
  test('a provider that is off says so', () => {
    const pools = poolsWith(provider({ disabled: true, aws: { accountId: '410258837719' } }))
    expect(poolLinks(inPool('*'), pools).links[0]?.reason).toContain('The provider is disabled')
  })
})
